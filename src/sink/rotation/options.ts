import type { Compression } from '../../binding.js';
import type { RecordingOptions } from './recording.js';

/** How the files of one capture follow one another, and which of them stay. */
export interface RotationOptions {
  /** The most bytes that a file has on disk. */
  readonly size: number | undefined;
  /** Files are switched by the clock. */
  readonly period: { readonly seconds: number; readonly aligned: boolean } | undefined;
  /** The newest so many files stay. */
  readonly keep: number | undefined;
  /** The capture ends with the file of that number. */
  readonly fileLimit: number | undefined;
}

/** What is done with each file once it is complete; a capture that does not rotate has one. */
export interface CompletionOptions {
  /** A program that is run with the file's name. */
  readonly command: string | undefined;
  /** Lines about the files on standard output. */
  readonly list: 'text' | 'json' | undefined;
}

/** How a series is written. */
export interface SeriesOptions {
  /** Of all files together, bytes on disk; the capture ends there. */
  readonly maxSize: number | undefined;
  readonly compression: Compression | undefined;
  /** A live capture: files begin by the clock, and have statistics. */
  readonly live: boolean;
  /** The files of a flight recorder. */
  readonly recording?: RecordingOptions | undefined;
  /** Called at the end with what the format could not hold. */
  readonly warn: (message: string) => void;
}
