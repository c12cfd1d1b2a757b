import { redirectMessages } from '../report.js';
import { COMMAND, CONTROL } from './control-message.js';
import type { ControlPipes } from './control-pipes.js';

/**
 * Wireshark shows this much of what an extcap plug-in has written to standard error (extcap.c,
 * STDERR_BUFFER_SIZE), and reads it only at the end: who writes more than a pipe holds waits for ever.
 */
const MAX_SHOWN = 1000;

/**
 * Has messages go where Wireshark shows them: to the status bar and the log of its toolbar or, where
 * there is none, as in tshark, to standard error.
 */
export function redirectToWireshark(pipes: ControlPipes | undefined): void {
  redirectMessages(pipes === undefined ? limited(MAX_SHOWN) : onToolbar(pipes));
}

function onToolbar(pipes: ControlPipes): (text: string) => void {
  return (text) => {
    pipes.send({ control: CONTROL.log, command: COMMAND.add, payload: text });
    // A sentence of nmcap's, where others are lines of a table.
    const [, sentence] = /^nmcap: (.*)\n$/.exec(text) ?? [];
    if (sentence === undefined) return;
    pipes.send({ control: CONTROL.log, command: COMMAND.statusBar, payload: sentence });
  };
}

function limited(bytes: number): (text: string) => void {
  let left = bytes;
  return (text) => {
    left -= Buffer.byteLength(text);
    if (left >= 0) process.stderr.write(text);
  };
}
