import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Diagnosis } from '../../../src/doctor/examine.js';
import { exitStatus, reportJson, reportText } from '../../../src/doctor/report.js';
import { VERSION } from '../../../src/version.js';

const FOUND: readonly Diagnosis[] = [
  { id: 'device', finding: { status: 'ok', text: '/dev/netmap is there' } },
  {
    id: 'offloads',
    finding: {
      status: 'warning',
      text: 'on: rx tx tso gso gro lro; expect merged frames, longer than a buffer, and more of it',
      fix: ['ethtool -K em0 rx off'],
      facts: { offloads_on: ['rx'] },
    },
  },
  { id: 'port', finding: { status: 'problem', text: "there is no port 'em\u001b[2J'" } },
  { id: 'adapter', finding: { status: 'unknown', text: 'not known' } },
];

describe("the doctor's report", () => {
  it('has a line for each check, in 80 columns', () => {
    assert.equal(
      reportText(FOUND, false),
      `ok       device        /dev/netmap is there
warning  offloads      on: rx tx tso gso gro lro; expect merged frames, longer
                       than a buffer, and more of it
         fix: ethtool -K em0 rx off
problem  port          there is no port 'em?[2J'
unknown  adapter       not known

1 problem, 1 warning
`,
    );
  });

  it('is coloured by what was found', () => {
    const lines = reportText(FOUND, true).split('\n');
    assert.match(lines[0] ?? '', /^\u001b\[32mok /);
    assert.match(lines[1] ?? '', /^\u001b\[33mwarning /);
    assert.match(lines[4] ?? '', /^\u001b\[31mproblem /);
  });

  it('is one JSON document', () => {
    const text = reportJson(FOUND, 'em0', '/tmp');
    assert.ok(text.endsWith('}\n') && !text.slice(0, -1).includes('\n'));
    const { checks, ...others } = JSON.parse(text) as { checks: object[] };
    assert.deepEqual(others, {
      nmcap: VERSION,
      port: 'em0',
      folder: '/tmp',
      problems: 1,
      warnings: 1,
    });
    assert.deepEqual(checks[0], { id: 'device', status: 'ok', text: '/dev/netmap is there' });
    assert.deepEqual(checks[1], { id: 'offloads', ...FOUND[1]?.finding });
  });

  it('has status 1 for problems only', () => {
    assert.equal(exitStatus(FOUND), 1);
    assert.equal(exitStatus(FOUND.filter(({ id }) => id !== 'port')), 0);
    assert.match(reportText(FOUND.slice(0, 1), false), /\n\nno problems\n$/);
  });
});
