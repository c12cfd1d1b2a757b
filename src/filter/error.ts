import { NmcapError } from '../errors.js';
import { asCaptureFilter, isDisplayFilter } from './display-filter.js';

/** Adds the expression, and a hint, to what libpcap says about it. `kind`: what it is a filter for. */
export function explainFilterError(error: unknown, filter = '', kind = 'filter'): unknown {
  if (!(error instanceof NmcapError) || error.code !== 'NM_BAD_FILTER') return error;
  return new NmcapError('NM_BAD_FILTER', `bad ${kind} '${filter}': ${error.message}`, {
    cause: error,
    hint: hintFor(filter.trim()),
  });
}

function hintFor(filter: string): string {
  if (isDisplayFilter(filter)) {
    const capture = asCaptureFilter(filter);
    return capture === undefined
      ? `this is a Wireshark display filter; ${FORM}`
      : `this is a Wireshark display filter; the capture filter is '${capture}'`;
  }
  return PORT.test(filter) ? `${FORM}; name several ports with -i each` : FORM;
}

const FORM =
  "filters are written as in pcap-filter(7), for example 'tcp port 80 and not host 192.0.2.1'";

/** One word that is more likely a second port: netmap:em0, vale0:a, sim:em0, em1, eth0-1, enp3s0f1. */
const PORT = /^(?:(?:netmap|sim|vale\w*):\S+|[a-z]+\d\w*(?:[-^{}/@]\S*)?)$/i;
