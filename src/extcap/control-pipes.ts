import fs from 'node:fs';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { debug } from '../debug.js';
import { type Output, pipeOutput } from '../output.js';
import {
  type ControlMessage,
  encodeControlMessage,
  takeControlMessage,
} from './control-message.js';

/** How often opening the pipe to Wireshark is tried again while that is refused. */
const RETRY_MS = 100;
/** How long Wireshark is given to read the last messages. */
const LAST_WORDS_MS = 500;

/** The named pipes by which nmcap and Wireshark's toolbar talk to each other. */
export class ControlPipes {
  readonly #ending = new AbortController();
  readonly #input: net.Socket | undefined;
  /** Settles when all messages so far have been sent. */
  #sent: Promise<void>;
  #output: Output | undefined;

  /**
   * To be called before anything else: Wireshark's window stands still until somebody has opened the
   * pipe that it writes to (interface_toolbar.cpp, startCapture).
   */
  constructor(
    { controlIn, controlOut }: { controlIn: string | undefined; controlOut: string | undefined },
    onMessage: (message: ControlMessage) => void,
  ) {
    this.#input = controlIn === undefined ? undefined : listen(controlIn, onMessage);
    this.#sent = controlOut === undefined ? Promise.resolve() : this.#open(controlOut);
  }

  /** Messages go out one after the other; without a reader they are dropped in the end. */
  send(message: ControlMessage): void {
    const bytes = encodeControlMessage(message);
    this.#sent = this.#sent.then(() => this.#output?.write(bytes)).catch(noteFailure);
  }

  /** Waits a little for the last messages to be read. */
  async close(): Promise<void> {
    await Promise.race([this.#sent, sleep(LAST_WORDS_MS)]);
    this.#ending.abort();
    this.#input?.destroy();
    await this.#output?.close().catch(noteFailure);
  }

  /** Refused at first is another user's pipe, where nmcap has yet to become that user. */
  async #open(path: string): Promise<void> {
    const { O_WRONLY, O_NONBLOCK } = fs.constants;
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        // Refused, too, as long as nobody reads from it.
        this.#output = pipeOutput(path, fs.openSync(path, O_WRONLY | O_NONBLOCK));
        return;
      } catch (error) {
        noteFailure(error);
      }
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Open for writing as well, so that a reading end without a writer is not taken for the end. */
function listen(path: string, onMessage: (message: ControlMessage) => void): net.Socket {
  const { O_RDWR, O_NONBLOCK } = fs.constants;
  const socket = new net.Socket({
    fd: fs.openSync(path, O_RDWR | O_NONBLOCK),
    readable: true,
    writable: false,
  });
  let received: Uint8Array = new Uint8Array(0);
  socket.on('data', (piece) => {
    received = Buffer.concat([received, piece]);
    for (let taken = takeControlMessage(received); taken; taken = takeControlMessage(received)) {
      received = taken.rest;
      onMessage(taken.message);
    }
  });
  socket.on('error', noteFailure);
  // The capture is what keeps the process alive.
  return socket.unref();
}

/** Messages are a convenience: the capture goes on without them. */
function noteFailure(error: unknown): void {
  debug(() => `control pipe: ${String(error)}`);
}
