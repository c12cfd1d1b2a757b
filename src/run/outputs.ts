import type { CaptureOptions } from '../cli/options.js';
import { type OutputOptions, type PreparedOutputs, prepareOutputs } from '../index.js';
import { writeText } from '../output.js';
import { report, withoutStandingLine } from '../report.js';
import { fileHandler } from './finished-files.js';
import { reporter } from './open-source.js';

/**
 * Loads what the outputs that `options` name need, but opens none: nmcap may become a user that cannot
 * read its own modules in between. The decoders, which are most of nmcap, are loaded only for printing.
 */
export async function loadOutputs(options: CaptureOptions): Promise<PreparedOutputs> {
  return prepareOutputs(outputsOf(options), {
    onFile: fileHandler(options.completion, {
      print: (text) => withoutStandingLine(() => writeText(text)),
      run: withoutStandingLine,
      report,
    }),
    report: reporter(options.quiet),
  });
}

function outputsOf(options: CaptureOptions): OutputOptions[] {
  const { write, print, output, statsJson, statsInterval, rotation, mode, maxSize } = options;
  const outputs: OutputOptions[] = [];
  if (write !== undefined) outputs.push({ kind: 'savefile', ...write, rotation, mode, maxSize });
  if (print !== undefined) {
    outputs.push(
      output === undefined
        ? { kind: 'text', path: '-', format: print }
        : { kind: 'text', path: output, format: print, rotation, mode, maxSize },
    );
  }
  if (statsJson !== undefined) {
    outputs.push({ kind: 'statistics', path: statsJson, mode, lines: statsInterval !== undefined });
  }
  return outputs;
}
