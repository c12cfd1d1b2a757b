import { NmcapError } from '../errors.js';

/** Until savefiles can be read. */
export function readFrames(path: string): Promise<never[]> {
  throw new NmcapError('NM_INPUT', `${path}: files cannot be replayed yet`);
}
