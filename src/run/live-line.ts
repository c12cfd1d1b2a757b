import fs from 'node:fs';
import tty from 'node:tty';

import { printAbove, type StandingLine } from '../report.js';
import { liveLine, type Progress, type Screen } from '../status/live-line.js';

const STDERR = 2;

/** From the cursor to the end of the line, and to the end of the screen. */
const ERASE_LINE = '\r\u001b[K';
const ERASE_BELOW = '\r\u001b[J';

/**
 * One line at the bottom of the terminal that is drawn again and again. The cursor waits at its
 * start, so that it is found there whatever has become of the window.
 */
export class LiveLine implements StandingLine {
  readonly #terminal: number;
  readonly #look: Pick<Screen, 'colour' | 'unicode'>;
  #progress: Progress | undefined;
  /** Columns of the window when the line was drawn; undefined: it is not there. */
  #drawnFor: number | undefined;
  #hidden = 0;

  private constructor(terminal: number) {
    this.#terminal = terminal;
    this.#look = { colour: wantsColour(process.env), unicode: hasUnicode(process.env) };
    printAbove(this);
  }

  /** Undefined where standard error is not a terminal on which a line can be drawn anew. */
  static open(): LiveLine | undefined {
    if (!process.stderr.isTTY || process.env['TERM'] === 'dumb') return undefined;
    const terminal = openTerminal();
    return terminal === undefined ? undefined : new LiveLine(terminal);
  }

  update(progress: Progress): void {
    this.#progress = progress;
    this.#draw();
  }

  hide(): void {
    this.#hidden++;
    this.#erase();
  }

  show(): void {
    this.#hidden--;
    this.#draw();
  }

  /** Takes the line away for good; whether there was one. */
  close(): boolean {
    const wasDrawn = this.#drawnFor !== undefined;
    this.#erase();
    printAbove(undefined);
    fs.closeSync(this.#terminal);
    return wasDrawn;
  }

  #draw(): void {
    if (this.#hidden > 0 || this.#progress === undefined || !isInForeground()) return;
    const width = columns();
    const line = liveLine(this.#progress, { width, ...this.#look });
    this.#write(`${this.#eraser(width)}${line}\r`);
    this.#drawnFor = width;
  }

  #erase(): void {
    if (this.#drawnFor === undefined) return;
    if (isInForeground()) this.#write(this.#eraser(columns()));
    this.#drawnFor = undefined;
  }

  /** A terminal whose window has become narrower wraps the line: the rest of it is below. */
  #eraser(width: number): string {
    return this.#drawnFor === undefined || this.#drawnFor === width ? ERASE_LINE : ERASE_BELOW;
  }

  /** What the terminal does not take at once, stopped by ^S or at the end of a dead line, is dropped. */
  #write(text: string): void {
    try {
      fs.writeSync(this.#terminal, text);
    } catch {
      // The next line begins by erasing this one.
    }
  }
}

/** Of the window as it is now; a terminal that does not know has the customary 80. */
function columns(): number {
  return process.stderr.columns || 80;
}

/**
 * The terminal of standard error once more, so that it can be written to without waiting:
 * process.stderr waits for a terminal that is stopped, and signals and files with it. O_NONBLOCK on
 * the same open file would be the shell's, too. On FreeBSD only /dev/tty makes another one.
 */
function openTerminal(): number | undefined {
  const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = fs.constants;
  const place = process.platform === 'linux' ? `/proc/self/fd/${STDERR}` : '/dev/tty';
  try {
    const descriptor = fs.openSync(place, O_WRONLY | O_NONBLOCK | O_NOCTTY);
    if (tty.isatty(descriptor)) return descriptor;
    fs.closeSync(descriptor);
  } catch {
    // Of another user, as after su(1).
  }
  return undefined;
}

/**
 * Whether the terminal is nmcap's to draw on, not a shell's that has put it into the background: on
 * Linux by /proc/self/stat, proc(5), fields pgrp and tpgid; elsewhere it is not known.
 */
function isInForeground(): boolean {
  try {
    const stat = fs.readFileSync('/proc/self/stat', 'latin1');
    const [, , group, , , terminalGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === terminalGroup || terminalGroup === '-1';
  } catch {
    return true;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

function wantsColour({ NO_COLOR }: Environment): boolean {
  return NO_COLOR === undefined || NO_COLOR === '';
}

/** What setlocale(3) would find for LC_CTYPE. */
function hasUnicode({ LC_ALL, LC_CTYPE, LANG }: Environment): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '');
  return /utf-?8/i.test(locale ?? '');
}
