import type { FilterDumpOptions } from '../cli/options.js';
import { NmcapError } from '../errors.js';
import { describeFilter, openSavefile } from '../index.js';

/**
 * The compiled filter as `tcpdump -d` prints it; of a savefile with several link types, that for each.
 *
 * @throws NmcapError NM_BAD_FILTER, or the reason why the savefile cannot be read
 */
export async function dumpFilter({ filter, savefile }: FilterDumpOptions): Promise<string> {
  const linkTypes = savefile === undefined ? [] : await linkTypesOf(savefile);
  if (linkTypes.length <= 1) return describeFilter(filter, linkTypes[0]);
  return linkTypes
    .map((linkType) => `link type ${linkType}:\n${describeOrReason(filter, linkType)}`)
    .join('');
}

/** Packets of a link type that the filter cannot be compiled for do not pass. */
function describeOrReason(filter: string, linkType: number): string {
  try {
    return describeFilter(filter, linkType);
  } catch (error) {
    if (!(error instanceof NmcapError)) throw error;
    const { cause = error } = error;
    return `none passes: ${cause instanceof Error ? cause.message : error.message}\n`;
  }
}

/** Of the interfaces that are described before the first packet, each link type once. */
async function linkTypesOf(savefile: string): Promise<number[]> {
  const source = await openSavefile(savefile);
  source.close();
  return [...new Set(source.section.interfaces.map(({ linkType }) => linkType))];
}
