import { explainShortage, NmcapError } from './errors.js';
import { isExtcapCall } from './extcap/call.js';
import { writeText } from './output.js';
import { reportError } from './report.js';

/** From the command line to the exit status; every error is reported here. */
export async function main(argv: readonly string[]): Promise<number> {
  // A message that nobody reads is no reason to fail.
  process.stderr.on('error', () => undefined);
  try {
    return await obey(argv);
  } catch (error) {
    // The reader of standard output went away because it has seen enough.
    if (error instanceof NmcapError && error.code === 'NM_BROKEN_PIPE') return 0;
    // The file that is one too many may be one of nmcap's own modules.
    return reportError(error instanceof NmcapError ? error : (explainShortage(error) ?? error));
  }
}

/** Loads only what is needed: --help and usage errors are quick, and so is what Wireshark asks first. */
async function obey(argv: readonly string[]): Promise<number> {
  if (isExtcapCall(argv)) {
    const { answerWireshark } = await import('./extcap/extcap.js');
    return answerWireshark(argv);
  }
  const { parseCommandLine } = await import('./cli/parse.js');
  const options = await parseCommandLine(argv, process.stdout.isTTY);
  if (options.task === 'print-text') {
    await writeText(options.text);
    return 0;
  }
  if (options.task === 'link-extcap') {
    const { linkExtcap } = await import('./extcap/link.js');
    await writeText(linkExtcap(options.action));
    return 0;
  }
  const { run } = await import('./run/run.js');
  return run(options);
}
