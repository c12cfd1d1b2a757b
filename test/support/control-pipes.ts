import { closeSync, constants, openSync, writeSync } from 'node:fs';

import {
  type ControlMessage,
  encodeControlMessage,
  takeControlMessage,
} from '../../src/extcap/control-message.js';
import { makePipe, readAvailable } from './pipe.js';

/** Wireshark's ends of the control pipes. */
export interface Toolbar {
  /** The arguments that name them. */
  readonly args: readonly string[];
  /** All messages so far. */
  received(): readonly ControlMessage[];
  send(message: ControlMessage): void;
  close(): void;
}

/** `prefix`: of the pipes' names. */
export function openToolbar(prefix: string): Toolbar {
  const [incoming, outgoing] = [makePipe(`${prefix}.out`), makePipe(`${prefix}.in`)];
  const [reader, writer] = [incoming, outgoing].map((pipe) =>
    openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK),
  ) as [number, number];
  const messages: ControlMessage[] = [];
  let bytes: Uint8Array = new Uint8Array(0);
  return {
    args: ['--extcap-control-out', incoming, '--extcap-control-in', outgoing],
    received() {
      bytes = Buffer.concat([bytes, readAvailable(reader)]);
      for (let taken = takeControlMessage(bytes); taken; taken = takeControlMessage(bytes)) {
        messages.push(taken.message);
        bytes = taken.rest;
      }
      return messages;
    },
    send(message) {
      writeSync(writer, encodeControlMessage(message));
    },
    close() {
      closeSync(reader);
      closeSync(writer);
    },
  };
}
