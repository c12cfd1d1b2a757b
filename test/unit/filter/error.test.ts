import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { NmcapError } from '../../../src/errors.js';
import { asCaptureFilter, isDisplayFilter } from '../../../src/filter/display-filter.js';
import { explainFilterError } from '../../../src/filter/error.js';

function hintOf(filter: string): string {
  const error = explainFilterError(new NmcapError('NM_BAD_FILTER', 'syntax error'), filter);
  assert.ok(error instanceof NmcapError);
  return error.hint ?? '';
}

describe('a display filter', () => {
  for (const [display, capture] of [
    ['ip.src==192.0.2.10', 'src host 192.0.2.10'],
    ['ip.addr == 10.0.0.0/8 && tcp.port eq 80', 'net 10.0.0.0/8 and tcp port 80'],
    [
      '!(udp.dstport == 53) || ip.dst != 192.0.2.1',
      'not (udp dst port 53) or not dst host 192.0.2.1',
    ],
    ['eth.src == 02:00:00:00:00:01 and vlan.id == 17', 'ether src 02:00:00:00:00:01 and vlan 17'],
    ['tcp.flags.syn == 1', undefined],
    ['ip.src == 192.0.2.1 && frame.len > 100', undefined],
    ['http.request', undefined],
    ['dns.qry.name contains "example"', undefined],
  ] as const) {
    it(`is recognised: ${display}`, () => {
      assert.equal(isDisplayFilter(display), true);
      assert.equal(asCaptureFilter(display), capture);
      const hint = hintOf(display);
      assert.match(hint, /^this is a Wireshark display filter/);
      if (capture !== undefined) assert.ok(hint.endsWith(`'${capture}'`), hint);
    });
  }

  it('is not what only looks a little like one', () => {
    for (const capture of [
      'host ip.example.com',
      'host www.example.com and tcp port 80',
      'tcp[13] & 2 == 2',
      'ip[6:2] & 0x1fff = 0',
      'src net 192.0.2.0/24',
    ]) {
      assert.equal(isDisplayFilter(capture), false, capture);
    }
  });
});

describe('the hint of a bad filter', () => {
  it('names -i for one word that looks like a port', () => {
    for (const port of [
      'em1',
      'netmap:em0',
      'vale0:a',
      'sim:em0@rate=max',
      'eth0-1/rt',
      'enp3s0f1',
    ]) {
      assert.match(hintOf(port), /-i each$/, port);
    }
    for (const other of ['tcpp', 'udp prot 53', 'em1 em2', 'hots 192.0.2.1', '']) {
      assert.doesNotMatch(hintOf(other), /-i each/, other);
    }
  });
});
