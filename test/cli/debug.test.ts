import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { nmcap, shell } from '../support/nmcap.js';

describe('NMCAP_DEBUG', () => {
  it('describes requests, grants, batches and the end of a capture', () => {
    const { status, stderr } = shell('NMCAP_DEBUG=1 nmcap sim:em0 -c 3 -w /dev/null');
    assert.equal(status, 0, stderr);
    const steps = stderr.match(/^nmcap: \[ *\d+\.\d ms\] .*$/gm) ?? [];
    const expected = [
      /REGISTER em0: mode 1, ring 0, flags 0x300, memory 0$/,
      /sim:em0: attached as em0\/rt#\d+, flags 0x300, .*; ring 0: 4096 slots of 2048 bytes$/,
      /the source writes it itself$/,
      /has written [1-3] packets$/,
      /the drain has ended: limit$/,
    ];
    // The packets may have been written one after the other.
    const places = expected.map((step) => steps.findIndex((line) => step.test(line)));
    assert.ok(!places.includes(-1), stderr);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
      stderr,
    );
  });

  it('shows where an error came from', () => {
    const { status, stderr } = shell('NMCAP_DEBUG=1 nmcap -r /nonexistent');
    assert.equal(status, 1);
    assert.match(stderr, /^nmcap: NmcapError: .*\nnmcap: +at /m);
  });

  it('is silent when it is not set, or empty', () => {
    assert.doesNotMatch(nmcap(['sim:em0', '-c', '3', '-w', '/dev/null']).stderr, / ms\] /);
    assert.doesNotMatch(shell('NMCAP_DEBUG= nmcap sim:em0 -c 3 -w /dev/null').stderr, / ms\] /);
  });
});
