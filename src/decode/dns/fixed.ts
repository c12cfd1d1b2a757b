/**
 * Offsets into what follows the name of a record (RFC 1035, 4.1.3), beginning with its type; a
 * question has only the type and the class.
 */
export const Fixed = { class: 2, timeToLive: 4, dataLength: 8, data: 10 } as const;

/** What an OPT record has in place of the time to live (RFC 6891, 6.1.3). */
export const FixedOpt = { responseCode: 4, flags: 6 } as const;

/** Bytes after a question's name. */
export const QUESTION_FIXED = 4;
