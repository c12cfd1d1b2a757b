import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import type { Status } from '../../../src/doctor/check.js';
import { measureDiskSpeed } from '../../../src/doctor/disk-speed.js';
import type { ErrorCode } from '../../../src/errors.js';
import { temporaryFolder } from '../../support/folder.js';
import {
  EM0,
  finding,
  FREEBSD,
  HEALTHY,
  type Machine,
  VALE_A,
  withFiles,
  withPrograms,
} from './machine.js';

const PARAMETERS = '/sys/module/netmap/parameters';
const NOTHING: Machine = {};

/** A machine that gives no list of ports for this reason. */
const without = (code: ErrorCode): Machine => ({ ...HEALTHY, ports: code });

interface Case {
  readonly name: string;
  readonly on: Machine;
  readonly port?: string;
  readonly status: Status;
  readonly text: RegExp;
  readonly fix?: readonly string[];
  readonly facts?: object;
}

const CASES: Readonly<Record<string, readonly Case[]>> = {
  addon: [
    { name: 'there', on: NOTHING, status: 'ok', text: /^nmcap \d.* on Node\.js \d/ },
    {
      name: 'not built',
      on: { addonError: 'NM_NATIVE_MISSING' },
      status: 'problem',
      text: /NM_NATIVE_MISSING/,
      fix: ['npm rebuild nmcap'],
    },
  ],
  device: [
    { name: 'there', on: HEALTHY, status: 'ok', text: /is there/ },
    { name: 'not for me', on: without('NM_NO_PERMISSION'), status: 'ok', text: /is there/ },
    {
      name: 'the module is not loaded',
      on: withFiles(NOTHING, { '/lib/modules/6.1.0-test/modules.dep': 'extra/netmap.ko:\n' }),
      status: 'problem',
      text: /^this system has no \/dev\/netmap$/,
      fix: ['modprobe netmap'],
    },
    {
      name: 'there is no module',
      on: withFiles(NOTHING, { '/lib/modules/6.1.0-test/modules.dep': 'net/veth.ko:\n' }),
      status: 'problem',
      text: /no netmap module for kernel 6\.1\.0-test/,
      fix: ['git clone https://github.com/luigirizzo/netmap', 'modprobe netmap'],
    },
    {
      name: 'in a container',
      on: withFiles(NOTHING, { '/sys/module/netmap': '' }),
      status: 'problem',
      text: /container/,
      fix: ['docker run --device /dev/netmap ...'],
    },
    {
      name: 'on FreeBSD',
      on: { platform: 'freebsd' },
      status: 'problem',
      text: /no \/dev\/netmap/,
      fix: ['kldload netmap'],
    },
    {
      name: 'nobody can ask',
      on: { addonError: 'NM_NATIVE_MISSING', ports: 'NM_NATIVE_MISSING' },
      status: 'skipped',
      text: /NM_NATIVE_MISSING/,
    },
    { name: 'a simulated port', on: NOTHING, port: 'sim:em0', status: 'skipped', text: /simul/ },
  ],
  permission: [
    { name: 'granted', on: HEALTHY, status: 'ok', text: /may be opened/ },
    { name: 'of another API', on: without('NM_API_MISMATCH'), status: 'ok', text: /may be opened/ },
    {
      name: 'denied',
      on: without('NM_NO_PERMISSION'),
      port: 'em0',
      status: 'problem',
      text: /NM_NO_PERMISSION/,
      fix: ['sudo nmcap doctor em0'],
    },
    { name: 'no device', on: NOTHING, status: 'skipped', text: /no \/dev\/netmap/ },
    { name: 'no memory', on: without('NM_NO_RESOURCES'), status: 'unknown', text: /RESOURCES/ },
  ],
  api: [
    { name: '14', on: HEALTHY, status: 'ok', text: /API 14/, facts: { api: 14 } },
    {
      name: 'of another number, which the log has',
      on: withPrograms(without('NM_API_MISMATCH'), {
        dmesg: 'API mismatch: got 11 need 99\nAPI mismatch: got 14 need 15\n',
      }),
      status: 'problem',
      text: /^netmap speaks API 15, not 14/,
      fix: ['git clone https://github.com/luigirizzo/netmap'],
      facts: { api: 15 },
    },
    {
      name: 'of another number, which nobody knows',
      on: { ...FREEBSD, programs: {}, ports: 'NM_API_MISMATCH' },
      status: 'problem',
      text: /another API than 14/,
      fix: ['freebsd-update fetch install'],
      facts: {},
    },
    { name: 'no device', on: NOTHING, status: 'skipped', text: /no \/dev\/netmap/ },
    { name: 'denied', on: without('NM_NO_PERMISSION'), status: 'skipped', text: /no answer/ },
  ],
  'time-stamps': [
    { name: 'on', on: HEALTHY, status: 'ok', text: /every sync/, facts: { no_timestamp: 0 } },
    { name: 'on, FreeBSD', on: FREEBSD, status: 'ok', text: /every sync/ },
    {
      name: 'off',
      on: withFiles(HEALTHY, { [`${PARAMETERS}/no_timestamp`]: '1\n' }),
      status: 'warning',
      text: /no_timestamp=1/,
      fix: [`echo 0 > ${PARAMETERS}/no_timestamp`],
      facts: { no_timestamp: 1 },
    },
    {
      name: 'off, FreeBSD',
      on: withPrograms(FREEBSD, { 'sysctl -n dev.netmap.no_timestamp': '1\n' }),
      status: 'warning',
      text: /no_timestamp=1/,
      fix: ['sysctl dev.netmap.no_timestamp=0'],
    },
    { name: 'no module', on: NOTHING, status: 'skipped', text: /no \/dev\/netmap/ },
    {
      name: 'not to be read',
      on: { ...HEALTHY, files: {} },
      status: 'unknown',
      text: /cannot be read/,
    },
    {
      name: 'not a number',
      on: withFiles(HEALTHY, { [`${PARAMETERS}/no_timestamp`]: 'N\n' }),
      status: 'unknown',
      text: /cannot be read/,
    },
  ],
  'adapter-mode': [
    { name: 'best', on: HEALTHY, status: 'ok', text: /admode=0/, facts: { admode: 0 } },
    {
      name: 'native only',
      on: withFiles(HEALTHY, { [`${PARAMETERS}/admode`]: '1\n' }),
      status: 'warning',
      text: /cannot be opened/,
      fix: [`echo 0 > ${PARAMETERS}/admode`],
    },
    {
      name: 'emulated only',
      on: withPrograms(FREEBSD, { 'sysctl -n dev.netmap.admode': '2\n' }),
      status: 'warning',
      text: /emulates all/,
      fix: ['sysctl dev.netmap.admode=0'],
      facts: { admode: 2 },
    },
    { name: 'unreadable', on: { ...HEALTHY, files: {} }, status: 'unknown', text: /cannot/ },
  ],
  buffers: [
    {
      name: 'that fit',
      on: HEALTHY,
      port: 'em0',
      status: 'ok',
      text: /^2048 bytes; those of copy monitors 2048/,
      facts: { buf_size: 2048, priv_buf_size: 2048, mtu: 1500 },
    },
    {
      name: 'larger than the frames need',
      on: withFiles(HEALTHY, { [`${PARAMETERS}/buf_size`]: '4096\n' }),
      port: 'em0',
      status: 'ok',
      text: /4096/,
    },
    {
      name: 'too small for jumbo frames',
      on: {
        ...withFiles(HEALTHY, { [`${PARAMETERS}/buf_size`]: '10240\n' }),
        links: { em0: { mtu: 9000, offloads: [] } },
      },
      port: 'em0',
      status: 'warning',
      text: /9018 bytes.*buffers 2048.*cut off/,
      fix: [`echo 10240 > ${PARAMETERS}/priv_buf_size`],
    },
    {
      name: 'frames of several slots',
      on: { ...HEALTHY, links: { em0: { mtu: 9000, offloads: [] } } },
      port: 'em0',
      status: 'ok',
      text: /2048/,
    },
    {
      name: 'of any port',
      on: withPrograms(FREEBSD, { 'sysctl -n dev.netmap.buf_size': '4096\n' }),
      status: 'warning',
      text: /4096/,
      fix: ['sysctl dev.netmap.priv_buf_size=4096'],
    },
    {
      name: 'of a VALE port, which has the same itself',
      on: withFiles(HEALTHY, { [`${PARAMETERS}/buf_size`]: '4096\n' }),
      port: 'vale0:a',
      status: 'ok',
      text: /ports and monitors/,
    },
    { name: 'unreadable', on: { ...HEALTHY, files: {} }, status: 'unknown', text: /cannot/ },
  ],
  port: [
    {
      name: 'there',
      on: HEALTHY,
      port: 'em0',
      status: 'ok',
      text: /^NIC, rings 4, slots 512$/,
    },
    {
      name: 'not there',
      on: HEALTHY,
      port: 'em1',
      status: 'problem',
      text: /'em1'/,
      fix: ['nmcap -D'],
    },
    { name: 'a switch', on: HEALTHY, port: 'vale0:', status: 'ok', text: /switch: vale0:a$/ },
    {
      name: 'an empty switch',
      on: HEALTHY,
      port: 'vale1:',
      status: 'problem',
      text: /on a switch 'vale1:'/,
      fix: ['nmcap -D'],
    },
    {
      name: 'none named, some open',
      on: HEALTHY,
      status: 'ok',
      text: /in netmap mode: em0, vale0:a/,
      facts: { in_netmap_mode: ['em0', 'vale0:a'] },
    },
    {
      name: 'none named, none open',
      on: { ...HEALTHY, ports: [{ ...EM0, inNetmapMode: false }] },
      status: 'warning',
      text: /nothing to watch/,
      fix: ['nmcap -D'],
    },
    {
      name: 'more than a line has room for',
      on: {
        ...HEALTHY,
        ports: Array.from({ length: 11 }, (_, i) => ({ ...VALE_A, name: `vale0:${i}` })),
      },
      status: 'ok',
      text: /vale0:7 and 3 more$/,
    },
    { name: 'no device', on: NOTHING, port: 'em0', status: 'skipped', text: /no \/dev\/netmap/ },
  ],
  'netmap-mode': [
    { name: 'in use', on: HEALTHY, port: 'em0', status: 'ok', text: /has it open$/ },
    { name: 'of a switch', on: HEALTHY, port: 'vale0:', status: 'ok', text: /open: vale0:a$/ },
    {
      name: 'not in use',
      on: { ...HEALTHY, ports: [{ ...EM0, inNetmapMode: false }] },
      port: 'em0',
      status: 'problem',
      text: /^not in netmap mode/,
      fix: ['nmcap em0 --wait', 'tcpdump -i em0'],
    },
    {
      name: 'not in use, on a switch',
      on: { ...HEALTHY, ports: [{ ...VALE_A, inNetmapMode: false }] },
      port: 'vale0:a',
      status: 'problem',
      text: /^not in netmap mode/,
      fix: ['nmcap vale0:a --wait'],
    },
    {
      name: 'which netmap does not tell',
      on: { ...HEALTHY, ports: [{ ...EM0, inNetmapMode: undefined }] },
      port: 'em0',
      status: 'unknown',
      text: /does not answer/,
    },
    { name: 'no such port', on: HEALTHY, port: 'em1', status: 'skipped', text: /no such port/ },
    { name: 'no port', on: HEALTHY, status: 'skipped', text: /no port is named/ },
  ],
  adapter: [
    {
      name: 'native',
      on: HEALTHY,
      port: 'em0',
      status: 'ok',
      text: /^native/,
      facts: { adapter: 'native' },
    },
    {
      name: 'native, FreeBSD',
      on: FREEBSD,
      port: 'em0',
      status: 'ok',
      text: /^native/,
    },
    {
      name: 'native, by the log of the start',
      on: {
        ...FREEBSD,
        programs: {},
        files: { '/var/run/dmesg.boot': 'x\nem0: netmap queues/slots: TX 1/1024\n' },
      },
      port: 'em0',
      status: 'ok',
      text: /^native/,
    },
    {
      name: 'emulated, by the driver',
      on: { ...HEALTHY, links: { em0: { mtu: 1500, driver: 'veth', offloads: [] } } },
      port: 'em0',
      status: 'ok',
      text: /^emulated: the driver does not support/,
      facts: { adapter: 'emulated' },
    },
    {
      name: 'emulated, although the driver supports netmap',
      on: withFiles(HEALTHY, { [`${PARAMETERS}/admode`]: '2\n' }),
      port: 'em0',
      status: 'warning',
      text: /^emulated, although/,
      fix: [`echo 0 > ${PARAMETERS}/admode`],
    },
    {
      name: 'emulated, by the log',
      on: withPrograms(FREEBSD, {
        dmesg: [
          'Emulated adapter for em0 created (prev was NULL)',
          'Emulated netmap adapter for em0 destroyed',
          'Emulated adapter for em0 created (prev was NULL)',
          'Emulated adapter for em0 activated',
          'Emulated adapter for em01 deactivated',
        ].join('\n'),
      }),
      port: 'em0',
      status: 'ok',
      text: /^emulated/,
    },
    {
      name: 'no longer emulated, by the log',
      on: withPrograms(HEALTHY, {
        dmesg: 'Emulated adapter for em0 activated\nEmulated adapter for em0 deactivated\n',
      }),
      port: 'em0',
      status: 'ok',
      text: /^native/,
    },
    {
      name: 'of an unknown driver',
      on: { ...HEALTHY, links: { em0: { mtu: 1500, offloads: [] } } },
      port: 'em0',
      status: 'unknown',
      text: /driver is not known/,
    },
    {
      name: 'of which FreeBSD says nothing any more',
      on: { ...FREEBSD, programs: {} },
      port: 'em0',
      status: 'unknown',
      text: /does not mention/,
    },
    { name: 'of a VALE port', on: HEALTHY, port: 'vale0:a', status: 'skipped', text: /only/ },
    {
      name: 'of a NIC on a switch',
      on: HEALTHY,
      port: 'vale0:em0',
      status: 'ok',
      text: /^native/,
    },
    {
      name: 'without a device',
      on: { ...HEALTHY, ports: 'NM_NO_DEVICE' },
      port: 'em0',
      status: 'skipped',
      text: /no \/dev\/netmap/,
    },
  ],
  offloads: [
    {
      name: 'off',
      on: HEALTHY,
      port: 'em0',
      status: 'ok',
      text: /^off$/,
      facts: { offloads_on: [] },
    },
    {
      name: 'all on, Linux',
      on: {
        links: {
          enp3s0f1: {
            mtu: 1500,
            offloads: ['rx', 'tx', 'tso', 'gso', 'gro', 'lro', 'rxvlan', 'txvlan'],
          },
        },
      },
      port: 'enp3s0f1',
      status: 'warning',
      text: /^on: rx tx .*merged.*VLAN tags.*checksums/,
      fix: [
        'ethtool -K enp3s0f1 rx off tx off tso off gso off gro off lro off',
        'ethtool -K enp3s0f1 rxvlan off txvlan off',
      ],
    },
    {
      name: 'some on, FreeBSD',
      on: {
        ...FREEBSD,
        links: { em0: { mtu: 1500, offloads: ['txcsum', 'tso', 'vlanhwfilter'] } },
      },
      port: 'em0',
      status: 'warning',
      text: /^on: txcsum tso vlanhwfilter; expect merged.*other VLANs.*checksums/,
      fix: ['ifconfig em0 -txcsum -tso -vlanhwfilter'],
      facts: { offloads_on: ['txcsum', 'tso', 'vlanhwfilter'] },
    },
    { name: 'of no interface', on: NOTHING, port: 'em0', status: 'skipped', text: /only/ },
    { name: 'of no port', on: HEALTHY, status: 'skipped', text: /only/ },
  ],
  libpcap: [
    { name: 'compiles', on: HEALTHY, status: 'ok', text: /^1\.10\.3; compiles/ },
    {
      name: 'does not compile',
      on: { filterError: 'NM_BAD_FILTER' },
      status: 'problem',
      text: /does not compile 'tcp port 80/,
      fix: ['npm rebuild nmcap'],
    },
    {
      name: 'cannot be asked',
      on: { addonError: 'NM_NATIVE_MISSING' },
      status: 'skipped',
      text: /NM_NATIVE_MISSING/,
    },
  ],
  extcap: [
    {
      name: 'installed',
      on: HEALTHY,
      status: 'ok',
      text: /\/home\/a\/extcap\/nmcap$/,
      facts: { extcap: '/home/a/extcap/nmcap' },
    },
    {
      name: 'installed for an older Wireshark',
      on: withFiles(NOTHING, { '/home/a/old/extcap/nmcap': '' }),
      status: 'ok',
      text: /old/,
    },
    {
      name: 'not installed',
      on: withFiles(NOTHING, { '/usr/bin/tshark': '' }),
      status: 'warning',
      text: /does not list/,
      fix: ['nmcap extcap install'],
    },
    { name: 'without Wireshark', on: NOTHING, status: 'skipped', text: /no Wireshark/ },
  ],
};

describe('the doctor', () => {
  for (const [id, cases] of Object.entries(CASES)) {
    for (const { name, on, port, ...expected } of cases) {
      it(`finds out about ${id}: ${name}`, async () => {
        const { status, text, fix, facts } = await finding(on, id, port);
        assert.equal(status, expected.status, text);
        assert.match(text, expected.text);
        assert.deepEqual(fix, expected.fix);
        if (expected.facts !== undefined) assert.deepEqual(facts, expected.facts);
      });
    }
  }
});

describe('the folder that the doctor examines', () => {
  const folder = temporaryFolder();

  it('has room, and leaves nothing behind', async () => {
    const { status, facts } = await finding(HEALTHY, 'folder', 'em0', folder);
    assert.ok(status === 'ok' || status === 'warning');
    assert.ok(Number(facts?.['free_bytes']) > 0);
    const speed = measureDiskSpeed(folder, 50);
    assert.ok(speed > 1e5 && speed < 1e11, String(speed));
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is not there', async () => {
    const none = path.join(folder, 'none');
    const found = await finding(HEALTHY, 'folder', 'em0', none);
    assert.equal(found.status, 'problem');
    assert.deepEqual(found.fix, [`mkdir -p ${none}`]);
    assert.equal((await finding(HEALTHY, 'disk-speed', 'em0', none)).status, 'skipped');
  });

  // Not even by root.
  it('cannot be written to', { skip: !existsSync('/proc/self') && 'no /proc' }, async () => {
    const found = await finding(HEALTHY, 'folder', 'em0', '/proc');
    assert.equal(found.status, 'problem');
    assert.match(found.text, /^\/proc cannot be written to by /);
    assert.equal((await finding(HEALTHY, 'disk-speed', 'em0', '/proc')).status, 'skipped');
  });

  for (const [bitsPerSecond, status, fix] of [
    [1e3, 'ok', undefined],
    [1e15, 'warning', ['nmcap em0 -s 128 -w ...', 'nmcap em0 -d tx -w ...']],
    [undefined, 'ok', undefined],
  ] as const) {
    it(`is compared with a port of ${bitsPerSecond ?? 'unknown'} bit/s`, async () => {
      const links = { em0: { mtu: 1500, offloads: [], ...(bitsPerSecond && { bitsPerSecond }) } };
      const found = await finding({ ...HEALTHY, links }, 'disk-speed', 'em0', folder);
      assert.equal(found.status, status, found.text);
      assert.deepEqual(found.fix, fix);
      assert.ok(Number(found.facts?.['bytes_per_second']) > 1e5);
      assert.equal(found.facts?.['port_bits_per_second'], bitsPerSecond);
      assert.match(
        found.text,
        bitsPerSecond === undefined ? /em0 is not known/ : /both directions/,
      );
    });
  }
});
