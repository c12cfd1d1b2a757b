import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** scripts/structure.mjs is plain JavaScript, so that it runs without the project's packages. */
interface Structure {
  HOUSES: Record<
    string,
    {
      circles: readonly string[];
      storeys: readonly (readonly (readonly [room: string, purpose: string])[])[];
    }
  >;
  violations(house: string): string[];
  circles(house: string): string[][];
  backDoors(house: string): string[];
  roomOf(file: string): string;
  withDrawings(text: string): string;
}

const TEXT = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');

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

  it('has every room in the drawings of docs/architecture.md, storey by storey', () => {
    for (const [house, { storeys }] of Object.entries(structure.HOUSES)) {
      const [, drawing = ''] =
        new RegExp(`^\\x60{3}text\n${house}/\n([^\\x60]*)`, 'm').exec(TEXT) ?? [];
      const drawn = drawing
        .split('├──')
        .map((storey) => [...storey.matchAll(/^│ ([\w-]+) /gm)].map(([, room]) => room));
      assert.deepEqual(
        drawn,
        storeys.map((rooms) => rooms.map(([room]) => room)),
      );
    }
  });

  it('has every file and folder that docs/architecture.md names', () => {
    const named = [...TEXT.matchAll(/`((?:src|native|test|bench|scripts)\/[\w./-]*)`/g)];
    assert.ok(named.length > 25);
    for (const [, place = ''] of named) assert.ok(existsSync(path.join(ROOT, place)), place);
  });

  it('is as docs/architecture.md draws it', () => {
    assert.equal(TEXT, structure.withDrawings(TEXT), 'run: node scripts/structure.mjs --write');
    for (const house of Object.keys(structure.HOUSES)) {
      assert.match(TEXT, new RegExp(`^\\x60{3}text\n${house}/\n│`, 'm'));
    }
  });
});
