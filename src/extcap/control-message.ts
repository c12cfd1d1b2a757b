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
 * Takes the first message off; undefined where it is not complete. Bytes before a sync are passed over.
 */
export function takeControlMessage(
  bytes: Uint8Array,
): { message: ControlMessage; rest: Uint8Array } | undefined {
  const start = bytes.indexOf(SYNC);
  if (start < 0) return undefined;
  const message = Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
  if (message.length < HEADER_LENGTH) return undefined;
  const length = message.readUIntBE(LENGTH_AT, CONTROL_AT - LENGTH_AT);
  if (length < COUNTED || length > COUNTED + MAX_PAYLOAD) {
    return takeControlMessage(message.subarray(1));
  }
  const end = CONTROL_AT + length;
  if (message.length < end) return undefined;
  return {
    message: {
      control: message.readUInt8(CONTROL_AT),
      command: message.readUInt8(COMMAND_AT),
      payload: message.toString('utf8', HEADER_LENGTH, end),
    },
    rest: message.subarray(end),
  };
}
