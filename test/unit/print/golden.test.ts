import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { ALL_FRAMES } from '../../support/frames/all.js';
import { PLAIN_OPTIONS, summaryText } from '../../support/tcpdump.js';

/** Every frame of the tests with its name above it: for people to read, and to see changes in. */
function everyFrame(verbosity: 0 | 2): string {
  return ALL_FRAMES.map(({ title, frames, linkType }) => {
    const options = { ...PLAIN_OPTIONS, timeStyle: 'none' as const, verbosity };
    const lines = Object.entries(frames).map(
      ([name, bytes]) => `# ${name}\n${summaryText([{ bytes }], options, linkType)}`,
    );
    return `## ${title}\n${lines.join('')}\n`;
  }).join('');
}

describe('Golden summaries', () => {
  for (const [file, verbosity] of [
    ['summaries.txt', 0],
    ['summaries-vv.txt', 2],
  ] as const) {
    it(`${file} is what is printed (NMCAP_UPDATE_GOLDEN=1 renews it)`, () => {
      const path = new URL(`../../golden/${file}`, import.meta.url);
      const actual = everyFrame(verbosity);
      if (process.env['NMCAP_UPDATE_GOLDEN'] === '1') writeFileSync(path, actual);
      assert.equal(actual, readFileSync(path, 'utf8'));
    });
  }
});
