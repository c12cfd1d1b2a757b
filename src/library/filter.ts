import { binding } from '../binding.js';
import { explainFilterError } from '../filter/error.js';
import { LINKTYPE_ETHERNET } from '../pcapng/section.js';

/**
 * The compiled program of a filter as `tcpdump -d` prints it, or those for each direction where the
 * filter asks for it; lines with their newlines.
 *
 * @param linkType LINKTYPE_ number; default: Ethernet
 * @throws NmcapError NM_BAD_FILTER, whose `cause` has libpcap's own words; NM_NATIVE_MISSING
 */
export function describeFilter(filter: string, linkType: number = LINKTYPE_ETHERNET): string {
  try {
    return binding().describeFilter(filter, linkType);
  } catch (error) {
    throw explainFilterError(error, filter);
  }
}

/**
 * Instructions of a filter's program that one frame may take; one that takes more does not pass, and is
 * counted. Only `protochain` has loops.
 *
 * @throws NmcapError NM_NATIVE_MISSING
 */
export function filterStepLimit(): number {
  return binding().filterStepLimit;
}
