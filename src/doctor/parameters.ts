import type { World } from './world.js';

const LINUX = '/sys/module/netmap/parameters';
const FREEBSD = 'dev.netmap';

/** A parameter of netmap's module, a number all of them; undefined: it cannot be read. */
export function parameter({ platform, readFile, run }: World, name: string): number | undefined {
  const text =
    platform === 'linux' ? readFile(`${LINUX}/${name}`) : run('sysctl', '-n', `${FREEBSD}.${name}`);
  const [digits] = /^\d+(?=\n?$)/.exec(text ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The command that sets it until the module is loaded again. */
export function setParameter({ platform }: World, name: string, value: number): string {
  return platform === 'linux'
    ? `echo ${value} > ${LINUX}/${name}`
    : `sysctl ${FREEBSD}.${name}=${value}`;
}
