import { binding } from '../binding.js';
import type { FilterDumpOptions } from '../cli/options.js';
import { explainFilterError } from '../filter/error.js';
import { LINKTYPE_ETHERNET } from '../pcapng/section.js';
import { openSavefile } from '../savefile/open.js';

/**
 * The compiled filter as `tcpdump -d` prints it; of a savefile with several link types, that for each.
 *
 * @throws NmcapError NM_BAD_FILTER, or the reason why the savefile cannot be read
 */
export async function dumpFilter({ filter, savefile }: FilterDumpOptions): Promise<string> {
  const linkTypes = savefile === undefined ? [] : await linkTypesOf(savefile);
  if (linkTypes.length <= 1) return describe(filter, linkTypes[0] ?? LINKTYPE_ETHERNET);
  return linkTypes
    .map((linkType) => `link type ${linkType}:\n${describeOrReason(filter, linkType)}`)
    .join('');
}

function describe(filter: string, linkType: number): string {
  try {
    return binding().describeFilter(filter, linkType);
  } catch (error) {
    throw explainFilterError(error, filter);
  }
}

/** Packets of a link type that the filter cannot be compiled for do not pass. */
function describeOrReason(filter: string, linkType: number): string {
  try {
    return binding().describeFilter(filter, linkType);
  } catch (error) {
    return `none passes: ${error instanceof Error ? error.message : String(error)}\n`;
  }
}

/** Of the interfaces that are described before the first packet, each link type once. */
async function linkTypesOf(savefile: string): Promise<number[]> {
  const source = await openSavefile(savefile);
  source.close();
  return [...new Set(source.section.interfaces.map(({ linkType }) => linkType))];
}
