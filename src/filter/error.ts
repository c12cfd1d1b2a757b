import { NmcapError } from '../errors.js';

/** libpcap's words, and the expression they are about. */
export function explainFilterError(error: unknown, filter = ''): unknown {
  if (!(error instanceof NmcapError) || error.code !== 'NM_BAD_FILTER') return error;
  const form =
    "filters are written as in pcap-filter(7), for example 'tcp port 80 and not host 192.0.2.1'";
  // More likely a second port than a filter.
  const hint = /\s/.test(filter.trim()) ? form : `${form}; several ports are named with -i each`;
  return new NmcapError('NM_BAD_FILTER', `bad filter '${filter}': ${error.message}`, {
    cause: error,
    hint,
  });
}
