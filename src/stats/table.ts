import type { CaptureStats, DirectionStats } from './stats.js';

type Row = readonly [label: string, inbound: number, outbound: number];

/**
 * The accounts of a capture as text; `written`: packets that the outputs have.
 *
 * There is no row for what the kernel dropped: netmap does not count it. A ring that was found full
 * is the only sign of it.
 */
export function accountTable(stats: CaptureStats, written: number): string {
  const sum = (direction: 'inbound' | 'outbound', field: keyof DirectionStats) =>
    stats.rings.reduce((total, ring) => total + (ring[direction][field] ?? 0), 0);
  const both = (label: string, field: keyof DirectionStats): Row => [
    label,
    sum('inbound', field),
    sum('outbound', field),
  ];
  const passed = both('passed', 'passed');
  const discarded = both('discarded by nmcap', 'discarded');
  const delivered = (way: 1 | 2) => passed[way] - discarded[way];
  // Where writing broke off, nobody has looked at the directions of what was written until then.
  const all = written === delivered(1) + delivered(2);
  const ringFull = both('ring found full', 'ringFull');
  const incomplete = both('incomplete frames', 'incomplete');

  const lines = [
    line('', 'In', 'Out', 'total'),
    rowLine(both('seen', 'seen')),
    rowLine(passed),
    all
      ? rowLine(['written', delivered(1), delivered(2)])
      : line('written', '-', '-', String(written)),
    rowLine(discarded),
    rowLine(ringFull),
  ];
  if (total(incomplete) > 0) lines.push(rowLine(incomplete));
  if (stats.rings.some(({ inbound }) => inbound.sent !== undefined)) {
    lines.push(rowLine(both('lost by full rings', 'lost')), rowLine(both('sent in all', 'sent')));
    return lines.join('');
  }
  if (total(ringFull) > 0) {
    lines.push(
      'a full ring may have cost frames before nmcap saw them: netmap does not count them\n',
    );
  }
  return lines.join('');
}

function total([, inbound, outbound]: Row): number {
  return inbound + outbound;
}

function rowLine(row: Row): string {
  return line(row[0], String(row[1]), String(row[2]), String(total(row)));
}

function line(label: string, ...columns: string[]): string {
  return `  ${label.padEnd(20)}${columns.map((column) => column.padStart(14)).join('')}\n`;
}
