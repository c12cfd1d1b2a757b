import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { JsonFormat } from '../../../src/print/json.js';
import { Random } from '../../../src/sim/random.js';
import { longestText } from '../../support/bounds.js';
import { fieldText } from '../../support/fields.js';
import { nested, nestedAtRandom, WRAPPERS } from '../../support/frames/nested.js';
import { bytes, ethernet, hex, ipv4, u16, udp } from '../../support/packet.js';
import { assertSameAsTcpdump, PLAIN_OPTIONS, summaryText } from '../../support/tcpdump.js';

const LARGEST = 0xffff;
const VERBOSE = { ...PLAIN_OPTIONS, verbosity: 3, linkHeader: true } as const;

describe('A packet of headers nested in one another', () => {
  for (const [kind, wrap] of Object.entries(WRAPPERS)) {
    it(`is looked into to a bounded depth: ${kind}`, () => {
      assertBounded(nested(LARGEST, () => wrap));
    });
  }

  it('is looked into to a bounded depth: mixtures', () => {
    const random = new Random(1);
    for (let i = 0; i < 10; i++) assertBounded(nestedAtRandom(LARGEST, random));
  });

  function assertBounded(frame: Uint8Array): void {
    const text = summaryText([{ bytes: frame }], VERBOSE);
    assert.equal(text.split(' [nested more than 128 deep]').length, 2);
    assert.ok(text.length <= longestText(0) + 128 * 400, `${text.length} characters`);
    JSON.parse(fieldText(new JsonFormat(), [{ bytes: frame }]));
  }

  it('is shown whole if it is no deeper than anything real', () => {
    const random = new Random(2);
    const frames = Array.from({ length: 50 }, () => nestedAtRandom(1514, random));
    assertSameAsTcpdump(frames.map((frame) => ({ bytes: frame })));
    assertSameAsTcpdump([{ bytes: nested(20 * 120, () => WRAPPERS['IPIP'] ?? assert.fail()) }]);
  });
});

describe('A DNS message', () => {
  const FIRST_DATA = 23;

  /** A record whose data are the name, and as many as fit that are named by a pointer to it. */
  function namedOften(name: Uint8Array): Uint8Array {
    const pointer = u16(0xc000 | FIRST_DATA);
    const first = bytes(0, u16(10, 1, 0, 0, name.length), name);
    const other = bytes(pointer, u16(2, 1, 0, 0, 2), pointer);
    const count = Math.floor((LARGEST - 28 - 12 - first.length) / other.length);
    const records = bytes(first, ...new Array<Uint8Array>(count).fill(other));
    const message = bytes(u16(1, 0x8000, 0, count + 1, 0, 0), records);
    return ethernet(0x0800, ipv4({ protocol: 17 }, udp({ destination: 53 }, message)));
  }

  const repeated = (count: number, label: Uint8Array) =>
    bytes(...new Array<Uint8Array>(count).fill(label), 0);

  const longest = {
    'bit strings': repeated(254, bytes(hex('4100'), new Uint8Array(32).fill(0xab))),
    'short labels': repeated(8000, hex('0161')),
    'characters to be escaped': repeated(4, bytes(62, new Uint8Array(62).fill(0x80))),
  };
  for (const [what, name] of Object.entries(longest)) {
    it(`does not multiply a name by pointing to it: ${what}`, () => {
      const frame = namedOften(name);
      const text = summaryText([{ bytes: frame }], VERBOSE);
      assert.ok(text.length <= longestText(frame.length), `${text.length} characters`);
    });
  }

  it('has no name of thousands of pointers', () => {
    const pointers = Array.from({ length: 300 }, (_, i) => 0xc000 | (i === 0 ? 12 : 2 * i + 21));
    const name = u16(...pointers);
    const message = bytes(
      u16(1, 0x8000, 0, 2, 0, 0),
      bytes(0, u16(10, 1, 0, 0, name.length), name),
      bytes(0, u16(2, 1, 0, 0, 2), u16(0xc000 | (FIRST_DATA + 2 * 299))),
    );
    const frame = ethernet(0x0800, ipv4({ protocol: 17 }, udp({ destination: 53 }, message)));
    assert.match(summaryText([{ bytes: frame }]), / NULL, NS <DOMAIN NAME TOO LONG> \(/);
  });
});
