import { type CaptureStats, delivered, totals } from '../index.js';

type Row = readonly [label: string, inbound: number, outbound: number];

/**
 * The statistics of a capture as text; `written`: the number of packets that have reached every output.
 *
 * There is no row for what the kernel dropped, as netmap does not count it. The only sign of it is a
 * ring that was found full.
 */
export function statsTable({ rings, passedOver }: CaptureStats, written: number): string {
  const { inbound, outbound, total } = totals(rings);
  const both = (label: string, field: 'seen' | 'passed' | 'discarded' | 'ringFull'): string =>
    row([label, inbound[field], outbound[field]]);
  const lines = [
    line('', 'In', 'Out', 'total'),
    both('seen', 'seen'),
    both('passed', 'passed'),
    // If writing broke off, the directions of what was written by then are not known.
    written === delivered(total)
      ? row(['written', delivered(inbound), delivered(outbound)])
      : line('written', '-', '-', String(written)),
    // Nor are those of what a flight recorder has passed over.
    ...(passedOver === undefined ? [] : [line('passed over', '-', '-', String(passedOver))]),
    both('discarded by nmcap', 'discarded'),
    both('ring found full', 'ringFull'),
  ];
  if (total.incomplete > 0) {
    lines.push(row(['incomplete frames', inbound.incomplete, outbound.incomplete]));
  }
  if (inbound.lost !== undefined && outbound.lost !== undefined) {
    lines.push(row(['lost by full rings', inbound.lost, outbound.lost]));
  } else if (total.ringFull > 0) {
    lines.push('frames may have been lost while a ring was full: netmap does not count them\n');
  }
  if (inbound.sent !== undefined && outbound.sent !== undefined) {
    lines.push(row(['sent (total)', inbound.sent, outbound.sent]));
  }
  return lines.join('');
}

function row([label, inbound, outbound]: Row): string {
  return line(label, String(inbound), String(outbound), String(inbound + outbound));
}

function line(label: string, ...columns: string[]): string {
  return `  ${label.padEnd(20)}${columns.map((column) => column.padStart(14)).join('')}\n`;
}
