import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The two ends of a virtual cable. Their driver knows nothing of netmap, so that netmap runs them in
 * its generic mode.
 */
export interface CableSystem {
  /** Makes one with ends of these names, up and promiscuous, on which nothing else sends. */
  create(names: readonly [string, string], queues: number, mtu: number): void;
  remove(end: string): void;
  /** A parameter of netmap's module. */
  parameter(name: NetmapParameter): string;
  setParameter(name: NetmapParameter, value: string): void;
}

type NetmapParameter = 'admode' | 'buf_size' | 'generic_rings';

/** veth(4). */
const linux: CableSystem = {
  create([end, other], queues, mtu) {
    const options = `mtu ${mtu} numtxqueues ${queues} numrxqueues ${queues}`;
    const quiet = '/proc/sys/net/ipv6/conf';
    // IPv6 off before they are up: nothing but a scenario sends on them.
    shell(`ip link add ${end} ${options} type veth peer name ${other} ${options}
           echo 1 | tee ${quiet}/${end}/disable_ipv6 > ${quiet}/${other}/disable_ipv6
           ip link set ${end} up promisc on
           ip link set ${other} up promisc on`);
  },
  remove(end) {
    shell(`ip link del ${end}`);
  },
  parameter(name) {
    return readFileSync(`/sys/module/netmap/parameters/${name}`, 'utf8').trim();
  },
  setParameter(name, value) {
    writeFileSync(`/sys/module/netmap/parameters/${name}`, value);
  },
};

/** epair(4), whose two ends are epairNa and epairNb until they are renamed. */
const freebsd: CableSystem = {
  create([end, other], queues, mtu) {
    // Of an interface without netmap's own driver: nm_os_generic_find_num_queues in netmap_freebsd.c.
    freebsd.setParameter('generic_rings', String(queues));
    const first = shell('ifconfig epair create').trim();
    const second = `${first.slice(0, -1)}b`;
    shell(`ifconfig ${first} name ${end} > /dev/null
           ifconfig ${second} name ${other} > /dev/null
           ifconfig ${end} mtu ${mtu} inet6 ifdisabled -auto_linklocal
           ifconfig ${other} mtu ${mtu} inet6 ifdisabled -auto_linklocal
           ifconfig ${end} promisc up
           ifconfig ${other} promisc up`);
  },
  remove(end) {
    shell(`ifconfig ${end} destroy`);
  },
  parameter(name) {
    return shell(`sysctl -n dev.netmap.${name}`).trim();
  },
  setParameter(name, value) {
    shell(`sysctl dev.netmap.${name}=${value} > /dev/null`);
  },
};

/** This system's. */
export const cables = process.platform === 'linux' ? linux : freebsd;

/** What the script prints. */
function shell(script: string): string {
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout;
}
