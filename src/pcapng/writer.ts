import { BlockType, BYTE_ORDER_MAGIC, Option } from './block.js';
import { BlockBuilder } from './block-builder.js';
import type { ByteOrder, Interface, Section } from './section.js';

const SECTION_LENGTH_UNKNOWN = -1n;

/**
 * The blocks that a file begins with: the section header, and a description of each interface that
 * the section has so far, in the section's byte order.
 */
export function sectionPreamble(section: Section): Uint8Array {
  return Buffer.concat([sectionHeader(section), interfaceDescriptions(section, 0)]);
}

/** The descriptions of the interfaces from id `first` on; a savefile may add some later. */
export function interfaceDescriptions(section: Section, first: number): Uint8Array {
  return Buffer.concat(
    section.interfaces
      .slice(first)
      .map((described) => interfaceDescription(described, section.byteOrder)),
  );
}

/** The statistics of one interface at the end of a capture. What is left out is unknown, not 0. */
export interface InterfaceStatistics {
  readonly interfaceId: number;
  /** When the figures were taken; like the two below, in the interface's ticks since 1970. */
  readonly timestamp: bigint;
  readonly startTime?: bigint | undefined;
  readonly endTime?: bigint | undefined;
  /** Frames taken from the interface. */
  readonly received?: number | bigint | undefined;
  /** Of these, those that passed the filter. */
  readonly filterAccepted?: number | bigint | undefined;
  /** Of these, those that reached the user. */
  readonly delivered?: number | bigint | undefined;
}

/** An interface statistics block with only those figures that are known. */
export function interfaceStatistics(
  { byteOrder }: Section,
  {
    interfaceId,
    timestamp,
    startTime,
    endTime,
    received,
    filterAccepted,
    delivered,
  }: InterfaceStatistics,
): Uint8Array {
  return new BlockBuilder(BlockType.InterfaceStatistics, byteOrder)
    .uint32(interfaceId)
    .timestamp(timestamp)
    .timestampOption(Option.StatisticsStartTime, startTime)
    .timestampOption(Option.StatisticsEndTime, endTime)
    .uint64Option(Option.StatisticsReceived, received)
    .uint64Option(Option.StatisticsFilterAccepted, filterAccepted)
    .uint64Option(Option.StatisticsDelivered, delivered)
    .build();
}

/** Bytes of the statistics of one interface with all figures. */
export function interfaceStatisticsLength(section: Section): number {
  const [startTime, endTime] = [0n, 0n];
  const figures = { received: 0, filterAccepted: 0, delivered: 0 };
  return interfaceStatistics(section, {
    ...{ interfaceId: 0, timestamp: 0n, startTime, endTime },
    ...figures,
  }).length;
}

function sectionHeader(section: Section): Uint8Array {
  if (section.block !== undefined) return section.block;
  const { byteOrder, hardware, os, application } = section;
  return new BlockBuilder(BlockType.SectionHeader, byteOrder)
    .uint32(BYTE_ORDER_MAGIC)
    .uint16(1)
    .uint16(0)
    .uint64(SECTION_LENGTH_UNKNOWN)
    .textOption(Option.SectionHardware, hardware)
    .textOption(Option.SectionOs, os)
    .textOption(Option.SectionApplication, application)
    .build();
}

function interfaceDescription(described: Interface, byteOrder: ByteOrder): Uint8Array {
  if (described.block !== undefined) return described.block;
  const block = new BlockBuilder(BlockType.InterfaceDescription, byteOrder)
    .uint16(described.linkType)
    .uint16(0)
    .uint32(described.snapshotLength)
    .textOption(Option.InterfaceName, described.name)
    .textOption(Option.InterfaceDescription, described.description)
    .option(Option.InterfaceTsResol, Uint8Array.of(timestampResolution(described.ticksPerSecond)));
  if (described.filter !== undefined) {
    // The first byte is the filter's type: 0 is pcap-filter text.
    block.textOption(Option.InterfaceFilter, `\0${described.filter}`);
  }
  block.textOption(Option.InterfaceOs, described.os);
  if (described.fcsLength !== undefined) {
    block.option(Option.InterfaceFcsLength, Uint8Array.of(8 * described.fcsLength));
  }
  if (described.secondsOffset !== 0n) {
    block.uint64Option(Option.InterfaceTsOffset, described.secondsOffset);
  }
  return block.textOption(Option.InterfaceHardware, described.hardware).build();
}

/** if_tsresol: n for 10^n ticks per second, 0x80 + n for 2^n (section 4.2, "if_tsresol"). */
function timestampResolution(ticksPerSecond: bigint): number {
  const exponentOf = (base: bigint): number | undefined => {
    let exponent = 0;
    let power = 1n;
    for (; power < ticksPerSecond; exponent++) power *= base;
    return power === ticksPerSecond ? exponent : undefined;
  };
  const decimal = exponentOf(10n);
  if (decimal !== undefined) return decimal;
  const binary = exponentOf(2n);
  if (binary !== undefined) return 0x80 | binary;
  throw new RangeError(`if_tsresol cannot express ${ticksPerSecond.toString()} ticks per second`);
}
