import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { isExtcapCall } from '../../../src/extcap/call.js';
import { chosenPort, interfaceName, portOf } from '../../../src/extcap/interface-name.js';
import { parseRequest } from '../../../src/extcap/request.js';
import { sentence } from '../../../src/extcap/sentence.js';

describe("Wireshark's requests", () => {
  it('are told from command lines that people type', () => {
    assert.ok(isExtcapCall(['--extcap-interfaces', '--extcap-version=4.4']));
    assert.ok(isExtcapCall(['--capture', '--extcap-interface', 'sim:em0', '--fifo', '/tmp/f']));
    assert.ok(!isExtcapCall(['sim:em0', '-w', 'extcap']));
    assert.ok(!isExtcapCall(['sim:em0', '--', '--extcap-interfaces']));
  });

  it('have the choices of a capture', () => {
    const request = parseRequest([
      ...['--capture', '--extcap-interface=netmap:em0', '--fifo', '/tmp/f'],
      ...['--extcap-capture-filter', '-x', '--direction', 'tx', '--zero-copy', '--ring', ''],
      ...['--snapshot-length=96', '--extcap-new-in-5', '--wait'],
    ]);
    assert.deepEqual(request, {
      kind: 'capture',
      interfaceName: 'netmap:em0',
      fifo: '/tmp/f',
      filter: '-x',
      controlIn: undefined,
      controlOut: undefined,
      choices: {
        direction: 'tx',
        zeroCopy: true,
        snapshotLength: '96',
        ring: undefined,
        wait: true,
        reattach: false,
        rate: undefined,
      },
    });
  });
});

describe('the name of an interface in Wireshark', () => {
  const names = [
    ['em0', 'netmap:em0'],
    ['vale0:a', 'vale0:a'],
    ['em0}1', 'netmap:em0%7D1'],
    ['sim:em0{1', 'sim:em0{1'],
    ['odd%7D', 'netmap:odd%257D'],
  ] as const;
  for (const [port, name] of names) {
    it(`is ${name} for ${port}`, () => {
      assert.equal(interfaceName(port), name);
      assert.equal(portOf(name).replace('netmap:', ''), port);
    });
  }

  it('takes what has no option on the command line', () => {
    const none = { ring: undefined, rate: undefined };
    assert.equal(chosenPort('sim:em0', none), 'sim:em0');
    assert.equal(chosenPort('sim:em0', { ...none, rate: '1000' }), 'sim:em0');
    assert.equal(chosenPort('sim:em0', { ring: '1', rate: 'max' }), 'sim:em0-1@rate=max');
    assert.equal(chosenPort('netmap:em0%7D1', { ...none, ring: '0' }), 'netmap:em0}1-0');
  });
});

describe('a sentence', () => {
  it('has no value that ends it, or begins another', () => {
    assert.equal(
      sentence('interface', { value: 'a}b\nc', display: undefined, number: 0 }),
      'interface {value=a)b)c}{number=0}\n',
    );
  });
});
