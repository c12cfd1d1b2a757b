import { NmcapError } from '../errors.js';
import { writeText } from '../output.js';
import { configSentences } from './config.js';
import { parseRequest, type Request } from './request.js';
import { sentence } from './sentence.js';

/**
 * Answers Wireshark or tshark, which run nmcap as an extcap plug-in: extcap(4). Each question loads only
 * what its answer needs, as Wireshark asks several at its every start.
 *
 * @throws NmcapError
 */
export async function answerWireshark(argv: readonly string[]): Promise<number> {
  const request = parseRequest(argv);
  if (request.kind === 'capture') {
    const { captureForWireshark } = await import('./capture.js');
    return captureForWireshark(request);
  }
  await writeText(await answerTo(request));
  return 0;
}

async function answerTo(request: Exclude<Request, { kind: 'capture' }>): Promise<string> {
  switch (request.kind) {
    case 'interfaces': {
      const { interfaceSentences } = await import('./interfaces.js');
      return interfaceSentences();
    }
    case 'dlts':
      return sentence('dlt', { number: 1, name: 'EN10MB', display: 'Ethernet' });
    case 'config':
      return configSentences(request.interfaceName);
    case 'check-filter':
      return whatIsWrong(request.filter);
    case 'clean-up':
      return '';
  }
}

/** A line on what is wrong with a filter; empty where nothing is. */
async function whatIsWrong(filter: string): Promise<string> {
  const { dumpFilter } = await import('../run/dump-filter.js');
  try {
    await dumpFilter({ task: 'dump-filter', filter, savefile: undefined });
    return '';
  } catch (error) {
    if (!(error instanceof NmcapError)) throw error;
    return `${[error.message, error.hint].filter(Boolean).join('; ')}\n`;
  }
}
