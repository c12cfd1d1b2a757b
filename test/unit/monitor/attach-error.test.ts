import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { PortInfo } from '../../../src/binding.js';
import { NmcapError } from '../../../src/errors.js';
import { explainAttachError } from '../../../src/monitor/attach-error.js';
import { parsePortName } from '../../../src/monitor/port-name.js';

const INFO: PortInfo = {
  txSlots: 1024,
  rxSlots: 1024,
  txRings: 2,
  rxRings: 4,
  hostTxRings: 1,
  hostRxRings: 1,
  memoryId: 1,
};

function systemCallError(systemCall: string, errno: string): NmcapError {
  return new NmcapError('NM_SYSTEM_CALL', `${systemCall}: ${errno}`, { systemCall, errno });
}

function explain(
  systemCall: string,
  errno: string,
  { name = 'em0', info = () => INFO }: { name?: string; info?: () => PortInfo } = {},
): NmcapError {
  const error = systemCallError(systemCall, errno);
  const explained = explainAttachError(error, parsePortName(name), info);
  assert.ok(explained instanceof NmcapError);
  assert.equal(explained.cause, error);
  assert.match(explained.message, new RegExp(`^${name.replaceAll(/[\^*{]/g, '\\$&')}: `));
  return explained;
}

describe('explainAttachError', () => {
  const noPort = () => {
    throw systemCallError('PORT_INFO_GET', 'ENXIO');
  };
  const otherVersion = () => {
    throw systemCallError('PORT_INFO_GET', 'EINVAL');
  };
  const cases: [string, NmcapError['code'], () => NmcapError][] = [
    ['no /dev/netmap', 'NM_NO_DEVICE', () => explain('open', 'ENOENT')],
    ['no permission', 'NM_NO_PERMISSION', () => explain('open', 'EACCES')],
    ['no such interface', 'NM_NO_SUCH_PORT', () => explain('REGISTER', 'ENXIO')],
    ['EINVAL of a port that is there', 'NM_NOT_NETMAP_MODE', () => explain('REGISTER', 'EINVAL')],
    [
      'EINVAL of a port that is not',
      'NM_NO_SUCH_PORT',
      () => explain('REGISTER', 'EINVAL', { info: noPort }),
    ],
    [
      'EINVAL of everything',
      'NM_API_MISMATCH',
      () => explain('REGISTER', 'EINVAL', { info: otherVersion }),
    ],
    ['a ring too many', 'NM_NO_SUCH_RING', () => explain('REGISTER', 'EINVAL', { name: 'em0-4' })],
    [
      'host rings that the port lacks',
      'NM_NO_SUCH_RING',
      () =>
        explain('REGISTER', 'EINVAL', {
          name: 'vale0:a^',
          info: () => ({ ...INFO, hostTxRings: 0, hostRxRings: 0 }),
        }),
    ],
    ['a busy port', 'NM_ATTACH_FAILED', () => explain('REGISTER', 'EBUSY')],
    ['no memory', 'NM_ATTACH_FAILED', () => explain('REGISTER', 'ENOMEM')],
    ['anything else', 'NM_ATTACH_FAILED', () => explain('mmap', 'EIO')],
  ];
  for (const [what, code, make] of cases) {
    it(`explains ${what}`, () => {
      assert.equal(make().code, code);
    });
  }

  it('counts the rings of a monitor as the kernel does: as many as the larger side has', () => {
    assert.equal(explain('REGISTER', 'EINVAL', { name: 'em0-3' }).code, 'NM_NOT_NETMAP_MODE');
  });

  it('names the API version that is needed', () => {
    const { message, hint } = explain('REGISTER', 'EINVAL', { info: otherVersion });
    assert.equal(message, 'em0: unsupported netmap API version (need 14)');
    assert.match(hint ?? '', /dmesg/);
  });

  it('leaves other errors alone', () => {
    const error = new TypeError('a defect');
    assert.equal(
      explainAttachError(error, parsePortName('em0'), () => INFO),
      error,
    );
  });
});
