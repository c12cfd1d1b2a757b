import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { PortInfo } from '../../../src/binding.js';
import { NmcapError } from '../../../src/errors.js';
import { explainAttachError } from '../../../src/monitor/attach-error.js';
import { parsePortName } from '../../../src/monitor/port-name.js';

const NIC: PortInfo = {
  txSlots: 1024,
  rxSlots: 1024,
  txRings: 2,
  rxRings: 4,
  hostTxRings: 1,
  hostRxRings: 1,
  memoryId: 1,
};
/** VALE ports and pipes have no host rings. */
const VALE: PortInfo = { ...NIC, txRings: 1, rxRings: 1, hostTxRings: 0, hostRxRings: 0 };

function systemCallError(systemCall: string, errno: string): NmcapError {
  return new NmcapError('NM_SYSTEM_CALL', `${systemCall}: ${errno}`, { systemCall, errno });
}

interface Case {
  port?: string;
  zeroCopy?: boolean;
  /** What PORT_INFO_GET answers, by name; ENXIO to others. */
  info?: Record<string, PortInfo | string>;
  /** REGISTER's errno where the memory id is left out. */
  withoutMemoryId?: string;
}

function explain(
  error: NmcapError,
  { port = 'em0', zeroCopy = false, info = { em0: NIC }, withoutMemoryId }: Case = {},
): NmcapError {
  const explained = explainAttachError(
    error,
    { port: parsePortName(port), zeroCopy },
    {
      portInfo(name) {
        const answer = info[name] ?? 'ENXIO';
        if (typeof answer === 'string') throw systemCallError('PORT_INFO_GET', answer);
        return answer;
      },
      errorWithoutMemoryId: () =>
        withoutMemoryId === undefined ? undefined : systemCallError('REGISTER', withoutMemoryId),
    },
  );
  assert.ok(explained instanceof NmcapError);
  assert.ok(explained.cause instanceof NmcapError);
  assert.ok(explained.message.startsWith(`${port}: `), explained.message);
  return explained;
}

/** What REGISTER answers, as docs/attach-errors.md has it. */
const REGISTER: [
  what: string,
  errno: string,
  Case,
  NmcapError['code'],
  message: RegExp,
  hint: RegExp,
][] = [
  ['no interface', 'ENXIO', {}, 'NM_NO_SUCH_PORT', /no port 'em0'/, /ip link/],
  ['a NIC nobody opened', 'EINVAL', {}, 'NM_NOT_NETMAP_MODE', /not in netmap mode/, /tcpdump/],
  [
    'a VALE port nobody opened',
    'EINVAL',
    { port: 'vale0:a', info: { 'vale0:a': VALE } },
    'NM_NOT_NETMAP_MODE',
    /'vale0:a' is not in netmap mode/,
    /'vale-ctl' lists/,
  ],
  [
    "a pipe's end nobody opened",
    'EINVAL',
    { port: 'vale0:a}1', info: { 'vale0:a}1': VALE } },
    'NM_NOT_NETMAP_MODE',
    /'vale0:a}1' is not in netmap mode/,
    /watch 'vale0:a\{1'/,
  ],
  [
    'a NIC ring too many',
    'EINVAL',
    { port: 'em0-4' },
    'NM_NO_SUCH_RING',
    /NIC ring 4: it has 4/,
    /'em0'/,
  ],
  [
    'a host ring too many',
    'EINVAL',
    { port: 'em0^1' },
    'NM_NO_SUCH_RING',
    /host ring 1: it has 1/,
    /'em0'/,
  ],
  ...['vale0:a^', 'vale0:a^0', 'vale0:a*', 'vale0:a{1^'].map((port): (typeof REGISTER)[number] => [
    `host rings of a port without, ${port}`,
    'EINVAL',
    { port, info: { 'vale0:a': VALE, 'vale0:a{1': VALE } },
    'NM_NO_SUCH_RING',
    /no host rings/,
    /'vale0:a(\{1)?'/,
  ]),
  [
    'an interface that is not on the switch',
    'EINVAL',
    { port: 'vale0:veth0', info: { 'vale0:veth0': 'EINVAL', veth0: NIC } },
    'NM_NO_SUCH_PORT',
    /'veth0' is a network interface, and not known as a port of switch 'vale0'/,
    /^try 'nmcap veth0'$/,
  ],
  [
    'its pipe',
    'EINVAL',
    { port: 'vale0:p14{1', info: { 'vale0:p14{1': 'EINVAL', p14: VALE } },
    'NM_NO_SUCH_PORT',
    /'p14' is a network interface/,
    /^try 'nmcap p14\{1'$/,
  ],
  [
    'another version',
    'EINVAL',
    { info: { em0: 'EINVAL' } },
    'NM_API_MISMATCH',
    /unsupported netmap API version \(need 14\)/,
    /dmesg.*update it/,
  ],
  [
    'another version, asked about a VALE port',
    'EINVAL',
    { port: 'vale0:a', info: { 'vale0:a': 'EINVAL', a: 'EINVAL' } },
    'NM_API_MISMATCH',
    /unsupported netmap API version/,
    /update/,
  ],
  ['a port that has gone', 'EINVAL', { info: {} }, 'NM_NO_SUCH_PORT', /no port 'em0'/, /ip link/],
  [
    'a memory that does not exist',
    'EINVAL',
    { port: 'vale0:a@77', info: { 'vale0:a': VALE } },
    'NM_ATTACH_FAILED',
    /no memory with the id 77/,
    /leave out '@77'/,
  ],
  [
    'that, of a port nobody opened',
    'EINVAL',
    { port: 'vale0:a@77', info: { 'vale0:a': VALE }, withoutMemoryId: 'EINVAL' },
    'NM_NOT_NETMAP_MODE',
    /not in netmap mode/,
    /start/,
  ],
  [
    'that, of no interface',
    'EINVAL',
    { port: 'em0@77', withoutMemoryId: 'ENXIO' },
    'NM_NO_SUCH_PORT',
    /no port 'em0'/,
    /ip link/,
  ],
  [
    'no switch left',
    'ENOMEM',
    { port: 'vale9:a', info: { 'vale9:a': 'ENOMEM' } },
    'NM_NO_SUCH_PORT',
    /no application has opened 'vale9:a'/,
    /start the netmap application first/,
  ],
  [
    'no memory for a copy monitor',
    'ENOMEM',
    {},
    'NM_ATTACH_FAILED',
    /the kernel has no memory/,
    /smaller rings/,
  ],
  [
    'no memory for a zero-copy monitor',
    'ENOMEM',
    { zeroCopy: true },
    'NM_ATTACH_FAILED',
    /the application's memory has no room/,
    /drop -z/,
  ],
  [
    'a pipe of a NIC on a switch',
    'EBUSY',
    { port: 'veth1{1' },
    'NM_ATTACH_FAILED',
    /'veth1' is attached to a VALE switch/,
    /watch 'veth1' itself/,
  ],
  ['anything busy', 'EBUSY', {}, 'NM_ATTACH_FAILED', /busy/, /vale-ctl/],
  ['admode without emulation', 'ENOTSUP', {}, 'NM_NOT_NETMAP_MODE', /admode/, /echo 0 >/],
  ['the same as FreeBSD names it', 'EOPNOTSUPP', {}, 'NM_NOT_NETMAP_MODE', /admode/, /sysctl/],
];

describe('explainAttachError', () => {
  for (const [what, errno, scene, code, message, hint] of REGISTER) {
    it(`explains ${errno} of REGISTER: ${what}`, () => {
      const explained = explain(systemCallError('REGISTER', errno), scene);
      assert.equal(explained.code, code);
      assert.match(explained.message, message);
      assert.match(explained.hint ?? '', hint);
    });
  }

  const others: [systemCall: string, errno: string, NmcapError['code'], hint: RegExp][] = [
    ['open', 'ENOENT', 'NM_NO_DEVICE', /modprobe netmap/],
    ['open', 'ENXIO', 'NM_NO_DEVICE', /modprobe netmap/],
    ['open', 'EACCES', 'NM_NO_PERMISSION', /sudo/],
    ['open', 'EPERM', 'NM_NO_PERMISSION', /sudo/],
    ['open', 'EMFILE', 'NM_NO_RESOURCES', /ulimit -n/],
    ['mmap', 'ENOMEM', 'NM_ATTACH_FAILED', /ulimit -v/],
    ['mmap', 'EIO', 'NM_ATTACH_FAILED', /^$/],
  ];
  for (const [systemCall, errno, code, hint] of others) {
    it(`explains ${errno} of ${systemCall}`, () => {
      const explained = explain(systemCallError(systemCall, errno));
      assert.equal(explained.code, code);
      assert.match(explained.hint ?? '', hint);
    });
  }

  for (const zeroCopy of [false, true]) {
    it(`names the port whose memory makes no sense, ${zeroCopy ? 'zero-copy' : 'copy'}`, () => {
      const error = new NmcapError('NM_ATTACH_FAILED', "a ring's head lies outside of the ring");
      const { message, hint = '' } = explain(error, { zeroCopy });
      assert.equal(message, "em0: a ring's head lies outside of the ring");
      assert.match(hint, zeroCopy ? /without -z/ : /report it/);
    });
  }

  it('counts the rings of a monitor as the kernel does: as many as the larger side has', () => {
    const { code } = explain(systemCallError('REGISTER', 'EINVAL'), { port: 'em0-3' });
    assert.equal(code, 'NM_NOT_NETMAP_MODE');
  });

  it('leaves other errors alone', () => {
    const probe = {
      portInfo: () => NIC,
      errorWithoutMemoryId: () => undefined,
    };
    for (const error of [new TypeError('a defect'), new NmcapError('NM_BAD_FILTER', 'a filter')]) {
      const refused = { port: parsePortName('em0'), zeroCopy: false };
      assert.equal(explainAttachError(error, refused, probe), error);
    }
  });
});
