import path from 'node:path';

import strftime from 'strftime';

/** dumpcap's name: the number of the file, and when it began. */
const NUMBERED = '%Y%m%d%H%M%S';
const DIGITS = 5;

/**
 * Names the files of one capture. A template with conversions of strftime(3) is expanded with the
 * local time at which the file begins; a second file of the same name gets a number, which starts
 * anew with each name. Other files are named as dumpcap names them: `name_00001_20261122213000.pcapng`.
 */
export class FileNames {
  readonly #template: string;
  readonly #isTemplate: boolean;
  #expanded = '';
  #number = 0;

  constructor(template: string) {
    this.#template = template;
    this.#isTemplate = template.includes('%');
  }

  /** The next name for a file that begins at `time`; asked again where that is taken. */
  next(time: Date): string {
    if (!this.#isTemplate) {
      this.#number++;
      return withSuffix(this.#template, `_${padded(this.#number)}_${strftime(NUMBERED, time)}`);
    }
    const expanded = strftime(this.#template, time);
    if (expanded !== this.#expanded) {
      this.#expanded = expanded;
      this.#number = 0;
      return expanded;
    }
    this.#number++;
    return withSuffix(expanded, `_${padded(this.#number)}`);
  }
}

function padded(number: number): string {
  return String(number).padStart(DIGITS, '0');
}

/** Puts `suffix` before the endings of a name: that of the format, and that of a compression. */
function withSuffix(name: string, suffix: string): string {
  const { dir, base } = path.parse(name);
  const [endings = ''] = /(?<=.)(?:\.[^.]+)?(?:\.(?:gz|zst))?$/i.exec(base) ?? [];
  const stem = base.slice(0, base.length - endings.length);
  return path.join(dir, `${stem}${suffix}${endings}`);
}
