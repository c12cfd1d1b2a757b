import { sentence } from './sentence.js';

/** The controls of Wireshark's toolbar for nmcap's ports, by number. */
export const CONTROL = { log: 0, statistics: 1 } as const;

/** Without a control Wireshark has no pipes for messages either (extcap_init_interfaces). */
export const CONTROL_SENTENCES: readonly string[] = [
  sentence('control', {
    number: CONTROL.log,
    type: 'button',
    role: 'logger',
    display: 'Log',
    tooltip: 'Show what nmcap has reported',
  }),
  sentence('control', {
    number: CONTROL.statistics,
    type: 'button',
    display: 'Statistics',
    tooltip: 'Add the statistics so far to the log',
  }),
];

/** Commands of a control message, as far as they are used (extcap(4), control pipes). */
export const COMMAND = { set: 1, add: 2, statusBar: 6 } as const;

export interface ControlMessage {
  readonly control: number;
  readonly command: number;
  readonly payload: string;
}

/** 'T', the length of what follows in three bytes, the control, the command. */
const HEADER_LENGTH = 6;
const LENGTH_AT = 1;
const CONTROL_AT = 4;
const COMMAND_AT = 5;
/** Bytes of the control and the command, which the length includes. */
const COUNTED = HEADER_LENGTH - CONTROL_AT;
const SYNC = 'T'.charCodeAt(0);
/** Wireshark sends no longer ones (interface_toolbar.cpp, controlSend). */
const MAX_PAYLOAD = 65535;

/** A payload that is too long is cut off. */
export function encodeControlMessage({ control, command, payload }: ControlMessage): Uint8Array {
  const text = Buffer.from(payload).subarray(0, MAX_PAYLOAD);
  const bytes = Buffer.alloc(HEADER_LENGTH + text.length);
  bytes[0] = SYNC;
  bytes.writeUIntBE(COUNTED + text.length, LENGTH_AT, CONTROL_AT - LENGTH_AT);
  bytes[CONTROL_AT] = control;
  bytes[COMMAND_AT] = command;
  text.copy(bytes, HEADER_LENGTH);
  return bytes;
}

/**
 * Takes the first message off; undefined where it is not complete. Bytes that begin none are passed over.
 */
export function takeControlMessage(
  received: Uint8Array,
): { message: ControlMessage; rest: Uint8Array } | undefined {
  const bytes = Buffer.from(received.buffer, received.byteOffset, received.length);
  for (let start = bytes.indexOf(SYNC); start >= 0; start = bytes.indexOf(SYNC, start + 1)) {
    if (bytes.length - start < HEADER_LENGTH) return undefined;
    const length = bytes.readUIntBE(start + LENGTH_AT, CONTROL_AT - LENGTH_AT);
    if (length < COUNTED || length > COUNTED + MAX_PAYLOAD) continue;
    const end = start + CONTROL_AT + length;
    if (bytes.length < end) return undefined;
    return {
      message: {
        control: bytes.readUInt8(start + CONTROL_AT),
        command: bytes.readUInt8(start + COMMAND_AT),
        payload: bytes.toString('utf8', start + HEADER_LENGTH, end),
      },
      rest: bytes.subarray(end),
    };
  }
  return undefined;
}
