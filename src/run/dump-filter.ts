import { binding } from '../binding.js';
import type { FilterDumpOptions } from '../cli/options.js';
import { explainFilterError } from '../filter/error.js';
import { LINKTYPE_ETHERNET } from '../pcapng/section.js';
import { openSavefile } from '../savefile/open.js';

/**
 * The compiled filter as `tcpdump -d` prints it.
 *
 * @throws NmcapError NM_BAD_FILTER, or the reason why the savefile cannot be read
 */
export async function dumpFilter({ filter, savefile }: FilterDumpOptions): Promise<string> {
  const linkType = savefile === undefined ? LINKTYPE_ETHERNET : await linkTypeOf(savefile);
  try {
    return binding().describeFilter(filter, linkType);
  } catch (error) {
    throw explainFilterError(error, filter);
  }
}

/** The link type of the first interface. */
async function linkTypeOf(savefile: string): Promise<number> {
  const source = await openSavefile(savefile);
  source.close();
  return source.section.interfaces[0]?.linkType ?? LINKTYPE_ETHERNET;
}
