/**
 * nmcap as a library: captures from netmap ports, and reads savefiles, in batches that a cursor walks.
 * The program `nmcap` is written on this interface and nothing beneath it.
 *
 * docs/library.md introduces it, with examples.
 *
 * @packageDocumentation
 */
/// <reference lib="esnext.disposable" preserve="true" />

export { type ErrorCode, type ErrorDetails, type Excerpt, NmcapError } from './errors.js';
export type {
  Batch,
  Capture,
  Monitor,
  OpenFile,
  Outputs,
  Savefile,
  Trigger,
} from './library/capture.js';
export { fieldNames } from './library/field-names.js';
export { describeFilter, filterStepLimit } from './library/filter.js';
export { listPorts } from './library/list-ports.js';
export { openMonitor } from './library/open-monitor.js';
export { openOutputs, type PreparedOutputs, prepareOutputs } from './library/open-outputs.js';
export { openSavefile } from './library/open-savefile.js';
export type {
  OpenMonitorOptions,
  OpenOptions,
  OpenSavefileOptions,
  Report,
} from './library/options.js';
export type {
  OutputEvents,
  OutputOptions,
  OutputPlace,
  PacketOutput,
  SavefileOutput,
  StatisticsOutput,
  TextOutput,
} from './library/outputs.js';
export { type Versions, versions } from './library/versions.js';
export {
  DEFAULT_BUFFER_SIZE,
  type MonitoredDirection,
  type RecordedBytes,
  type RecordedTime,
  type RecorderOptions,
} from './monitor/options.js';
export { type MonitoredPorts, parsePorts } from './monitor/port-choice.js';
export type { ListedPort, PortInfo, PortKind } from './monitor/port-list.js';
export type {
  AllRings,
  OneRing,
  PortFlags,
  PortName,
  RingSelection,
  SimulationOption,
} from './monitor/port-name.js';
export { MAX_SNAPSHOT_LENGTH } from './pcapng/block.js';
export { PacketCursor } from './pcapng/cursor.js';
export { Direction } from './pcapng/direction.js';
export {
  type ByteOrder,
  type Interface,
  LINKTYPE_ETHERNET,
  type Section,
} from './pcapng/section.js';
export type {
  ColumnsFormat,
  JsonLinesFormat,
  PrintFormat,
  SummaryFormat,
} from './print/printer.js';
export type {
  DumpStyle,
  SummaryOptions,
  TimePrecision,
  TimeStyle,
  Verbosity,
} from './print/summary.js';
export { DEFAULT_RATE as DEFAULT_SIMULATED_RATE } from './sim/options.js';
export { savefileFormat } from './sink/file-name.js';
export type { CompletedFile, FileHandler } from './sink/rotation/completion.js';
export type { FinishedFile } from './sink/rotation/finished-file.js';
export type { RotationOptions, RotationPeriod } from './sink/rotation/options.js';
export {
  type CaptureStats,
  delivered,
  type DirectionStats,
  type RingStats,
  type Totals,
  totals,
  type WriterStats,
} from './stats/stats.js';
