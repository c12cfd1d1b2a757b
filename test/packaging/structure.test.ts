import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** scripts/structure.mjs is plain JavaScript, so that it runs without the project's packages. */
interface Structure {
  HOUSES: Record<string, { circles: readonly string[] }>;
  violations(house: string): string[];
  circles(house: string): string[][];
  backDoors(house: string): string[];
  roomOf(file: string): string;
  withDrawings(text: string): string;
}

const structure = (await import(path.join(ROOT, 'scripts/structure.mjs'))) as Structure;

describe('the structure', () => {
  for (const [house, { circles }] of Object.entries(structure.HOUSES)) {
    it(`has no import in ${house}/ that leads up`, () => {
      assert.deepEqual(structure.violations(house), []);
    });
    it(`has circles in ${house}/ only where they are allowed`, () => {
      const elsewhere = structure
        .circles(house)
        .filter((files) => files.some((file) => !circles.includes(structure.roomOf(file))));
      assert.deepEqual(elsewhere, []);
    });
  }

  it('has the program use the public interface and nothing beneath it', () => {
    assert.deepEqual(structure.backDoors('src'), []);
  });

  it('is as docs/architecture.md draws it', () => {
    const text = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
    assert.equal(text, structure.withDrawings(text), 'run: node scripts/structure.mjs --write');
    for (const house of Object.keys(structure.HOUSES)) {
      assert.match(text, new RegExp(`^\\x60{3}text\n${house}/\n│`, 'm'));
    }
  });
});
