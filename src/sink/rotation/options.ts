import type { Compression } from '../../binding.js';
import type { RecordingOptions } from './recording.js';

/** How the files of one capture follow one another, and which of them stay. */
export interface RotationOptions {
  /** The most bytes that a file has on disk; a first packet may be larger. Default: no limit. */
  readonly size?: number | undefined;
  /** Files are switched by the clock. Default: they are not. */
  readonly period?: RotationPeriod | undefined;
  /** The newest so many files stay, and older ones of this capture are removed. Default: all stay. */
  readonly keep?: number | undefined;
  /** The capture ends with the file of that number. Default: no limit. */
  readonly fileLimit?: number | undefined;
}

/** How long a file is written. */
export interface RotationPeriod {
  /** Whole ones, of the packets' times. */
  readonly seconds: number;
  /** Begin at multiples of that in local time, such as on the hour, not with the capture. */
  readonly aligned: boolean;
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
