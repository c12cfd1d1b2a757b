import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { parseCommandLine } from '../../../src/cli/parse.js';

function parse(line: string) {
  return parseCommandLine(['em0', ...line.split(' ')], false);
}

describe("dumpcap's options", () => {
  const same: [theirs: string, ours: string][] = [
    ['-f udp', 'udp'],
    ['-a duration:10', '--duration 10'],
    ['--autostop duration:0.5', '--duration 0.5'],
    ['-a packets:7', '-c 7'],
    ['-w o -a filesize:3000', '-w o --max-size 3'],
    ['-w o -b filesize:1000', '-w o -C 1'],
    ['-w o --ring-buffer filesize:1000', '-w o -C 1'],
    ['-w o -b duration:60', '-w o -G 60'],
    ['-w o -b interval:60', '-w o -G 60 --align'],
    ['-w o -b filesize:1000 -b files:5', '-w o -C 1 --keep 5'],
    ['-w o -b filesize:1000 -b duration:60 -b files:5', '-w o -C 1 -G 60 --keep 5'],
    ['-w o -b duration:60 -a files:3', '-w o -G 60 -W 3'],
    ['-w o -b files:5 -a filesize:1000 -b duration:60', '-w o -C 1 -G 60 --keep 5'],
  ];
  for (const [theirs, ours] of same) {
    it(`set what nmcap's own do: ${theirs}`, async () => {
      assert.deepEqual(await parse(theirs), await parse(ours));
    });
  }

  it('count 1000 bytes to the kB', async () => {
    const options = await parse('-w o -a filesize:100');
    assert.equal(options.task, 'capture');
    assert.equal(options.maxSize, 100_000);
  });

  it('end after so many files of a size, which -W does not', async () => {
    const options = await parse('-w o -b filesize:1000 -a files:3');
    assert.equal(options.task, 'capture');
    const { rotation } = options;
    assert.deepEqual(rotation, {
      size: 1_000_000,
      period: undefined,
      keep: undefined,
      fileLimit: 3,
    });
  });

  const twice: [line: string, message: RegExp][] = [
    ['-a duration:1 --duration 2', /-a duration: and --duration set the same/],
    ['-a duration:1 -a duration:2', /-a duration: and -a duration: set the same/],
    ['-w o -b duration:60 -b interval:60', /-b interval: and -b duration: set the same/],
    ['-w o -b filesize:9 -a filesize:8', /-b filesize: and -a filesize: set the same/],
    ['-w o -b duration:9 -a files:8 -W 4', /-a files: and -W cannot be combined/],
    ['-w o -b interval:9 --align', /-b interval: and --align set the same/],
  ];
  for (const [line, message] of twice) {
    it(`cannot set the same twice: ${line}`, async () => {
      await assert.rejects(parse(line), { code: 'NM_USAGE', message });
    });
  }
});

describe("tshark's --read-file", () => {
  it('is -r', async () => {
    const read = (option: string) => parseCommandLine([option, 'in.pcap'], false);
    assert.deepEqual(await read('--read-file'), await read('-r'));
    await assert.rejects(parse('--read-file in.pcap -z'), { code: 'NM_USAGE', message: /-z/ });
  });
});

describe("tcpdump's long options", () => {
  const same: [theirs: string, ours: string][] = [
    [
      '--packet-buffered --no-promiscuous-mode --no-optimize --linktype EN10MB',
      '-U -p -O -y EN10MB',
    ],
    ['--dont-verify-checksums', '-K'],
    ['--absolute-tcp-sequence-numbers', '-S'],
    ['--time-stamp-precision=nano', '--nano'],
    ['--time-stamp-precision micro', '--micro'],
    ['--direction in', '-Q in'],
  ];
  for (const [theirs, ours] of same) {
    it(`mean what the letters do: ${theirs}`, async () => {
      assert.deepEqual(await parse(theirs), await parse(ours));
    });
  }

  it('refuse what the letters refuse', async () => {
    const refused: [line: string, message: RegExp][] = [
      ['--dump-filter --no-optimize tcp', /leave out -O/],
      ['--dont-verify-checksums -v', /-K cannot be combined/],
      ['--linktype PPP', /expected EN10MB/],
    ];
    for (const [line, message] of refused) await assert.rejects(parse(line), { message });
  });
});
