import { LineBuffer } from '../../text/line.js';
import { Rfc3339 } from '../../text/rfc3339.js';

/** A file that is complete and closed. */
export interface FinishedFile {
  readonly path: string;
  readonly packets: number;
  /** On disk. */
  readonly bytes: number;
  /** Of its packets, microseconds since 1970; undefined where it has none. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/** Name, packets, bytes, time of the first and of the last packet, with tabs between them. */
export function fileLine({ path, packets, bytes, first, last }: FinishedFile): string {
  // A name may have any character but NUL; one line stays one line.
  const name = JSON.stringify(path).slice(1, -1).replaceAll('\\"', '"');
  return `${[name, packets, bytes, timeText(first) ?? '-', timeText(last) ?? '-'].join('\t')}\n`;
}

/** The same as a JSON object on a line; times that are not known are left out. */
export function fileJson({ path, packets, bytes, first, last }: FinishedFile): string {
  const object = { file: path, packets, bytes, first: timeText(first), last: timeText(last) };
  return `${JSON.stringify(object)}\n`;
}

/** RFC 3339, UTC, to the microsecond. */
function timeText(time: number | undefined): string | undefined {
  if (time === undefined) return undefined;
  const seconds = Math.floor(time / 1e6);
  const text = new LineBuffer(64);
  new Rfc3339().write(text, seconds, (time - seconds * 1e6) * 1000, 6);
  return Buffer.from(text.take()).toString('latin1');
}
