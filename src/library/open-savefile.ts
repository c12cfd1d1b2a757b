import type { Savefile } from './capture.js';
import { checkSeconds, checkWhole } from './check.js';
import { Limits } from './limits.js';
import type { OpenSavefileOptions } from './options.js';
import { SourceCapture } from './source-capture.js';

/**
 * Opens a savefile; `-` is standard input. The format, pcapng or any variant of pcap, compressed with
 * gzip or zstd or not, is recognised by the first bytes, never by the name. Settles when the first
 * section is known and, unless the file has none, one of its interfaces.
 *
 * @throws NmcapError NM_INPUT where it cannot be read, NM_BAD_SAVEFILE where it is not a savefile,
 *   NM_BAD_FILTER, NM_USAGE; the signal's reason where that is aborted before
 */
export async function openSavefile(
  path: string,
  options: OpenSavefileOptions = {},
): Promise<Savefile> {
  const { filter, packetLimit = 0, duration, signal, report } = options;
  checkWhole('packetLimit', packetLimit, 0);
  checkSeconds('duration', duration);
  const { openSavefile: open } = await import('../savefile/open.js');
  const { Selection } = await import('../savefile/selection.js');
  const source = await open(path, new Selection(filter, packetLimit), signal, (message) => {
    report?.(message, 'warning');
  });
  return new SourceCapture(source, new Limits(signal, duration));
}
