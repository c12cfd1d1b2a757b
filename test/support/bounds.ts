/**
 * No packet makes more text than this: a byte is shown in at most four characters and in two places,
 * but a compressed DNS name of two bytes, in a question of six, stands for some 1100 characters.
 */
export function longestText(capturedLength: number): number {
  return 4096 + 200 * capturedLength;
}
