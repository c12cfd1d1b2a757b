import type { ListOptions } from '../cli/options.js';
import { NmcapError } from '../errors.js';
import { report } from '../report.js';
import { kernelPorts, kindOf, simulatedPorts, type WatchablePort } from './watchable-ports.js';

/**
 * What can be captured from, as a table or as JSON lines (docs/json.md): the system's ports, and
 * simulated ones. Without netmap there are only these, and stderr says why.
 *
 * @throws NmcapError why the system's ports cannot be listed
 */
export async function listInterfaces({ json }: ListOptions): Promise<string> {
  const entries = [...(await kernelPortsIfAny()), ...(await simulatedPorts())];
  return json ? entries.map(jsonLine).join('') : table(entries);
}

async function kernelPortsIfAny(): Promise<WatchablePort[]> {
  try {
    return await kernelPorts();
  } catch (error) {
    if (!(error instanceof NmcapError) || error.code !== 'NM_NO_DEVICE') throw error;
    report(`${error.message}: only simulated ports are listed`);
    return [];
  }
}

function table(entries: readonly WatchablePort[]): string {
  const rows = [['NAME', 'KIND', 'RINGS', 'SLOTS', 'MONITOR'], ...entries.map(row)];
  const widths = rows.reduce<number[]>(
    (widest, cells) => cells.map((cell, i) => Math.max(widest[i] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((cells) => {
      const padded = cells.map((cell, i) => cell.padEnd(widths[i] ?? 0));
      return `${padded.join('  ').trimEnd()}\n`;
    })
    .join('');
}

function row(port: WatchablePort): string[] {
  const { name, info, inNetmapMode } = port;
  return [
    name,
    kindOf(port),
    info === undefined ? 'unknown' : bothWays(info.rxRings, info.txRings),
    info === undefined ? 'unknown' : bothWays(info.rxSlots, info.txSlots),
    inNetmapMode === undefined ? 'unknown' : inNetmapMode ? 'yes' : 'no: not in netmap mode',
  ];
}

function bothWays(rx: number, tx: number): string {
  return rx === tx ? String(rx) : `${rx} rx, ${tx} tx`;
}

/** JSON.stringify drops members that are undefined. */
function jsonLine({ name, kind, simulated, info, inNetmapMode }: WatchablePort): string {
  return `${JSON.stringify({
    name,
    kind,
    simulated,
    rx_rings: info?.rxRings,
    tx_rings: info?.txRings,
    rx_slots: info?.rxSlots,
    tx_slots: info?.txSlots,
    memory_id: info?.memoryId,
    monitor: inNetmapMode,
  })}\n`;
}
