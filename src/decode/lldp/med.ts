import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { writePaddedText } from '../padded-text.js';
import { printLocation } from './location.js';
import { ORGANIZATION_HEADER, printSubtype } from './subtype.js';

const Subtype = { Capabilities: 1, NetworkPolicy: 2, Location: 3, Power: 4 } as const;

const SUBTYPE_NAMES: Names = new Map<number, string>([
  [Subtype.Capabilities, 'LLDP-MED Capabilities'],
  [Subtype.NetworkPolicy, 'Network policy'],
  [Subtype.Location, 'Location identification'],
  [Subtype.Power, 'Extended power-via-MDI'],
  [5, 'Inventory - hardware revision'],
  [6, 'Inventory - firmware revision'],
  [7, 'Inventory - software revision'],
  [8, 'Inventory - serial number'],
  [9, 'Inventory - manufacturer name'],
  [10, 'Inventory - model name'],
  [11, 'Inventory - asset ID'],
]);

/** The subtypes whose data is text. */
const INVENTORY_NAMES: Names = new Map([
  [5, 'Hardware revision'],
  [6, 'Firmware revision'],
  [7, 'Software revision'],
  [8, 'Serial number'],
  [9, 'Manufacturer name'],
  [10, 'Model name'],
  [11, 'Asset ID'],
]);

const CAPABILITIES: BitNames = [
  [0x01, 'LLDP-MED capabilities'],
  [0x02, 'network policy'],
  [0x04, 'location identification'],
  [0x08, 'extended power via MDI-PSE'],
  [0x10, 'extended power via MDI-PD'],
  [0x20, 'Inventory'],
];

const DEVICE_TYPES: Names = new Map([
  [1, 'endpoint class 1'],
  [2, 'endpoint class 2'],
  [3, 'endpoint class 3'],
  [4, 'network connectivity'],
]);

const APPLICATION_TYPES: Names = new Map([
  [1, 'voice'],
  [2, 'voice signaling'],
  [3, 'guest voice'],
  [4, 'guest voice signaling'],
  [5, 'softphone voice'],
  [6, 'video conferencing'],
  [7, 'streaming video'],
  [8, 'video signaling'],
]);

const POLICY_FLAGS: BitNames = [
  [0x80, 'Unknown'],
  [0x40, 'Tagged'],
  [0x20, 'reserved'],
];

const POWER_SOURCES: Names = new Map([
  [1, 'PSE - primary power source'],
  [2, 'local - backup power source'],
  [3, 'PSE+local - reserved'],
]);

const POWER_PRIORITIES: Names = new Map([
  [1, 'critical'],
  [2, 'high'],
  [3, 'low'],
]);

/** Tenths of a watt; values from here on are reserved. */
const MAX_POWER = 1024;

/**
 * LLDP for media endpoint devices (ANSI/TIA-1057); the organisation's number is at `at`. False if
 * the subtype is unknown.
 */
export function printMediaEndpoint(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  if (length < ORGANIZATION_HEADER) return true;
  const subtype = printSubtype(packet, SUBTYPE_NAMES, at);
  const data = at + ORGANIZATION_HEADER;
  switch (subtype) {
    case Subtype.Capabilities:
      if (length >= 7) printCapabilities(packet, data);
      return true;
    case Subtype.NetworkPolicy:
      if (length >= 8) printNetworkPolicy(packet, data);
      return true;
    case Subtype.Location:
      if (length >= 5) printLocation(packet, data, length - ORGANIZATION_HEADER);
      return true;
    case Subtype.Power:
      if (length >= 7) printPower(packet, data);
      return true;
    default: {
      const name = INVENTORY_NAMES.get(subtype);
      if (name === undefined) return false;
      line.text('\n\t  ');
      line.text(name);
      line.byte(Char.Space);
      writePaddedText(packet, data, length - ORGANIZATION_HEADER);
      return true;
    }
  }
}

function printCapabilities(packet: Packet, data: number): void {
  const { line } = packet;
  const capabilities = packet.u16(data);
  line.text('\n\t    Media capabilities [');
  writeBits(line, CAPABILITIES, capabilities);
  writeHex(line, '] (0x', capabilities, 4, ')');
  const device = packet.u8(data + 2);
  line.text('\n\t    Device type [');
  line.text(DEVICE_TYPES.get(device) ?? 'unknown');
  writeHex(line, '] (0x', device, 2, ')');
}

/** Offset of the flags, VLAN, priority and DSCP, which share three bytes (ANSI/TIA-1057, 10.2.3). */
const POLICY = 1;

function printNetworkPolicy(packet: Packet, data: number): void {
  const { line } = packet;
  const application = packet.u8(data);
  line.text('\n\t    Application type [');
  line.text(APPLICATION_TYPES.get(application) ?? 'none');
  writeHex(line, '] (0x', application, 2, ')');
  line.text(', Flags [');
  writeBits(line, POLICY_FLAGS, packet.u8(data + POLICY));
  writeNumber(line, ']\n\t    Vlan id ', (packet.u16(data + POLICY) & 0x1ffe) >> 1);
  writeNumber(line, ', L2 priority ', (packet.u16(data + POLICY + 1) & 0x01ff) >> 6);
  writeNumber(line, ', DSCP value ', packet.u16(data + POLICY + 1) & 0x003f);
}

function printPower(packet: Packet, data: number): void {
  const { line } = packet;
  const flags = packet.u8(data);
  // The type is in the high two bits; tcpdump looks at the low two.
  line.text('\n\t    Power type [');
  line.text((flags & 3) !== 0 ? 'PD device' : 'PSE device');
  line.text('], Power source [');
  line.text(POWER_SOURCES.get((flags >> 4) & 3) ?? 'none');
  line.text(']\n\t    Power priority [');
  line.text(POWER_PRIORITIES.get(flags & 15) ?? 'none');
  writeHex(line, '] (0x', flags & 15, 2, ')');
  const power = packet.u16(data + 1);
  if (power < MAX_POWER) {
    writeNumber(line, ', Power ', Math.floor(power / 10));
    writeNumber(line, '.', power % 10, ' Watts');
  } else {
    writeNumber(line, ', Power ', power, ' (Reserved)');
  }
}
