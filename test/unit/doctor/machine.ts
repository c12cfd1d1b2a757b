import assert from 'node:assert/strict';

import type { Link } from '../../../src/binding.js';
import type { Finding, Subject } from '../../../src/doctor/check.js';
import { examine, SYSTEM_CHECKS, USER_CHECKS } from '../../../src/doctor/examine.js';
import type { World } from '../../../src/doctor/world.js';
import { type ErrorCode, NmcapError } from '../../../src/errors.js';
import type { ListedPort } from '../../../src/monitor/port-list.js';
import { parsePortName } from '../../../src/monitor/port-name.js';
import { NIC_INFO, VALE_INFO } from '../../support/port-info.js';

export const EM0: ListedPort = { name: 'em0', kind: 'nic', info: NIC_INFO, inNetmapMode: true };
export const VALE_A: ListedPort = {
  name: 'vale0:a',
  kind: 'vale',
  info: VALE_INFO,
  inNetmapMode: true,
};

/** A machine, by what it answers; without anything, a Linux that has nothing. */
export interface Machine {
  readonly platform?: NodeJS.Platform;
  /** Also the folders that exist. */
  readonly files?: Readonly<Record<string, string>>;
  /** What programs print, by the command line. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, Link>>;
  /** Or why there is no list of them. */
  readonly ports?: readonly ListedPort[] | ErrorCode;
  /** Why libpcap cannot be asked. */
  readonly addonError?: ErrorCode;
  readonly filterError?: ErrorCode;
}

/** What a healthy Linux with netmap has. */
export const HEALTHY: Machine = {
  files: {
    '/sys/module/netmap': '',
    '/sys/module/netmap/holders/e1000e': '',
    '/sys/module/netmap/parameters/no_timestamp': '0\n',
    '/sys/module/netmap/parameters/admode': '0\n',
    '/sys/module/netmap/parameters/buf_size': '2048\n',
    '/sys/module/netmap/parameters/priv_buf_size': '2048\n',
    '/home/a/extcap/nmcap': '',
  },
  links: { em0: { mtu: 1500, driver: 'e1000e', bitsPerSecond: 1e9, offloads: [] } },
  ports: [EM0, VALE_A],
};

export const FREEBSD: Machine = {
  platform: 'freebsd',
  programs: {
    'sysctl -n dev.netmap.no_timestamp': '0\n',
    'sysctl -n dev.netmap.admode': '0\n',
    'sysctl -n dev.netmap.buf_size': '2048\n',
    'sysctl -n dev.netmap.priv_buf_size': '2048\n',
    dmesg: 'em0: netmap queues/slots: TX 1/1024, RX 1/1024\n',
  },
  links: { em0: { mtu: 1500, bitsPerSecond: 1e9, offloads: [] } },
  ports: [EM0],
};

/** The same with other files. */
export function withFiles(machine: Machine, files: Readonly<Record<string, string>>): Machine {
  return { ...machine, files: { ...machine.files, ...files } };
}

/** The same with other ones of these. */
export function withPrograms(machine: Machine, programs: Record<string, string>): Machine {
  return { ...machine, programs: { ...machine.programs, ...programs } };
}

function worldOf(machine: Machine): World {
  const { files = {}, programs = {}, links = {}, ports = 'NM_NO_DEVICE' } = machine;
  const { platform = 'linux', addonError, filterError } = machine;
  const fail = (code: ErrorCode): never => {
    throw new NmcapError(code, `failed with ${code}`);
  };
  return {
    platform,
    release: '6.1.0-test',
    extcapFolders: () => ['/home/a/extcap', '/home/a/old/extcap'],
    readFile: (place) => files[place],
    exists: (place) => place in files,
    run: (program, ...args) => programs[[program, ...args].join(' ')],
    findProgram: (name) => (`/usr/bin/${name}` in files ? `/usr/bin/${name}` : undefined),
    findLink: (name) => links[name],
    libpcapVersion: () => (addonError === undefined ? 'libpcap version 1.10.3' : fail(addonError)),
    compileFilter() {
      if (filterError !== undefined) fail(filterError);
    },
    ports: () => (typeof ports === 'string' ? fail(ports) : ports),
  };
}

/** What one check finds; `port`: as on the command line. */
export async function finding(
  machine: Machine,
  id: string,
  port?: string,
  folder = '/nonexistent',
): Promise<Finding> {
  const check = [...SYSTEM_CHECKS, ...USER_CHECKS].find((one) => one.id === id);
  assert.ok(check !== undefined, id);
  const subject: Subject = {
    world: worldOf(machine),
    port: port === undefined ? undefined : parsePortName(port),
    folder,
  };
  const [found] = await examine([check], subject);
  assert.equal(found?.id, id);
  return found.finding;
}
