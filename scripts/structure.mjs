// The storeys of the source code, and the imports measured against them. `node scripts/structure.mjs`
// draws them; with --write the drawing in docs/architecture.md is made anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCUMENT = path.join(ROOT, 'docs/architecture.md');

/**
 * Rooms (folders, or single files at the top) from the highest storey to the lowest, with what each
 * is for. An import leads to a lower storey, never up or sideways.
 */
export const HOUSES = {
  src: {
    storeys: [
      [['main', 'starts; answers --version alone']],
      [['app', 'from errors to the exit status']],
      [['extcap', 'has Wireshark list netmap ports, and captures for it']],
      [['run', 'one run of the program: what to open, what to report, when to end']],
      [
        ['cli', 'argv to Options'],
        ['status', 'how a capture is going, for people: the live line, the final table'],
      ],
      [['index', 'the public interface: all that the rooms above may use of those below']],
      [['doctor', 'checks of the machine: can captures work here']],
      [['library', 'opens sources and outputs, carries batches from one to the others']],
      [['sim', 'simulated ports and their traffic']],
      [['sink', 'where packets go: savefile, text, count, statistics']],
      [['print', 'a packet as a summary line, as JSON, as columns']],
      [
        ['monitor', 'source: monitors on netmap ports'],
        ['savefile', 'source: pcapng and pcap files'],
      ],
      [['source', 'what both sources promise']],
      [['decode', 'protocols: a packet to text and fields']],
      [
        ['stats', 'counters, their table and JSON'],
        ['pcap', 'the classic file format'],
      ],
      [['pcapng', 'blocks, sections, batches, the packet cursor']],
      [['text', 'bytes of text; knows no protocol']],
      [['filter', 'what filters mean, and what is wrong with one']],
      [
        ['output', 'files, pipes and terminals that bytes are written to'],
        ['report', 'what nmcap writes about itself'],
      ],
      [['binding', 'the native addon, typed']],
      [['debug', 'NMCAP_DEBUG: what nmcap does, step by step']],
      [
        ['errors', 'NmcapError and its codes'],
        ['extcap-folders', 'where Wireshark looks for plug-ins'],
        ['printable', 'text from outside, made safe to print'],
        ['version', "nmcap's own version"],
      ],
    ],
    /** Rooms whose files may import each other in circles: tunnels carry every protocol in any other. */
    circles: ['decode'],
    /**
     * The rooms above `entry` are the program. What they use of nmcap's own work they import from there,
     * as any other program does; `plumbing` is what every program has for itself.
     */
    front: {
      entry: 'index',
      plumbing: [
        'doctor',
        'extcap-folders',
        'output',
        'report',
        'text',
        'debug',
        'errors',
        'printable',
        'version',
      ],
      /** A library does not change the user that a process runs as: looking one up is not public. */
      exceptions: ['src/run/drop-root.ts -> src/binding.ts'],
    },
  },
  native: {
    storeys: [
      [['napi', 'arguments in, results and errors out']],
      [
        ['savefile', "selects a file's packets, converts pcap records"],
        ['sim', 'the simulated netmap device'],
      ],
      [['capture', 'the drain thread, its batches, and the thread that writes them']],
      [
        ['compress', 'gzip members and zstd frames'],
        ['filter', 'pcap-filter programs'],
        ['netmap', 'the interface to the kernel: requests, ports, rings'],
      ],
      [['system', 'threads, wake-ups, users, failed system calls']],
    ],
    circles: [],
  },
};

/** Relative paths of the files below `folder`, with `/`. */
function filesBelow(folder, endings) {
  return readdirSync(path.join(ROOT, folder), { recursive: true })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => path.join(folder, name))
    .sort();
}

/** Each file of a house with the files of it that it imports. */
export function importsOf(house) {
  const files = filesBelow(house, ['.ts', '.cc', '.h']);
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      const specifiers =
        house === 'src'
          ? [...text.matchAll(/(?:\bfrom\s+|\bimport\(\s*|^import\s+)'(\.[^']+)'/gm)].map(
              ([, name]) => path.join(path.dirname(file), name.replace(/\.js$/, '.ts')),
            )
          : // Without a folder: of the addon that only the tests have.
            [...text.matchAll(/^#include "([^"]+\/[^"]+)"/gm)].map(([, name]) =>
              path.join(house, name),
            );
      for (const target of specifiers) {
        if (!known.has(target)) throw new Error(`${file} imports ${target}, which is not there`);
      }
      return [file, [...new Set(specifiers)]];
    }),
  );
}

/** The room of a file: the folder below the house, or the file itself at its top. */
export function roomOf(file) {
  return file.split('/')[1].replace(/\.ts$/, '');
}

/** Imports that do not lead down, as `from -> to`, and files in no storey: none in good order. */
export function violations(house) {
  const storeyOf = new Map(
    HOUSES[house].storeys.flatMap((rooms, storey) => rooms.map(([room]) => [room, storey])),
  );
  const found = [];
  for (const [file, targets] of importsOf(house)) {
    const from = storeyOf.get(roomOf(file));
    if (from === undefined) found.push(`${file} is in no storey`);
    for (const target of targets) {
      const to = storeyOf.get(roomOf(target));
      if (roomOf(target) !== roomOf(file) && !(to > from)) found.push(`${file} -> ${target}`);
    }
  }
  return found;
}

/** Imports by which the program goes around the public interface: none in good order. */
export function backDoors(house) {
  const { storeys, front } = HOUSES[house];
  const above = storeys.findIndex((rooms) => rooms.some(([room]) => room === front.entry));
  const program = storeys.slice(0, above).flatMap((rooms) => rooms.map(([room]) => room));
  const allowed = new Set([...program, front.entry, ...front.plumbing]);
  const found = [];
  for (const [file, targets] of importsOf(house)) {
    if (!program.includes(roomOf(file))) continue;
    for (const target of targets) {
      const way = `${file} -> ${target}`;
      if (!allowed.has(roomOf(target)) && !front.exceptions.includes(way)) found.push(way);
    }
  }
  return found;
}

/** Groups of files that import each other in circles (strongly connected components, Tarjan). */
export function circles(house) {
  const graph = importsOf(house);
  const index = new Map();
  const low = new Map();
  const stack = [];
  const found = [];
  const visit = (file) => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    stack.push(file);
    for (const target of graph.get(file)) {
      if (!index.has(target)) visit(target);
      if (stack.includes(target)) low.set(file, Math.min(low.get(file), low.get(target)));
    }
    if (low.get(file) !== index.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) found.push(group.sort());
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found;
}

/** A house as text: its storeys from the top, what each room is for, and the rooms that it uses. */
export function drawing(house) {
  const uses = new Map();
  for (const [file, targets] of importsOf(house)) {
    const room = roomOf(file);
    if (!uses.has(room)) uses.set(room, new Set());
    for (const target of targets) if (roomOf(target) !== room) uses.get(room).add(roomOf(target));
  }
  const order = HOUSES[house].storeys.flat().map(([room]) => room);
  const width = Math.max(...order.map((room) => room.length));
  const lines = HOUSES[house].storeys.flatMap((rooms) => [
    ...rooms.map(([room, purpose]) => {
      const below = order.filter((name) => uses.get(room)?.has(name)).join(' ');
      const head = `│ ${room.padEnd(width)}  ${purpose}`;
      return below === '' ? head : `${head}\n│ ${' '.repeat(width)}    ↓ ${below}`;
    }),
    '├──',
  ]);
  return `${house}/\n${lines.slice(0, -1).join('\n')}`;
}

/** The document with its drawings replaced by those of today. */
export function withDrawings(text) {
  return text.replaceAll(/(```text\n)(src|native)\/\n[^`]*(```)/g, (_, open, house, close) => {
    return `${open}${drawing(house)}\n${close}`;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--write')) {
    writeFileSync(DOCUMENT, withDrawings(readFileSync(DOCUMENT, 'utf8')));
  } else {
    for (const house of Object.keys(HOUSES)) {
      console.log(drawing(house));
      const up = violations(house);
      console.log(`imports that do not lead down: ${up.length}`);
      for (const line of up) console.log(`  ${line}`);
      const round = circles(house);
      console.log(`files in circles: ${round.flat().length}\n`);
      for (const group of round) console.log(`  ${group.join(' ')}`);
    }
  }
}
