import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { binding, type Link } from '../binding.js';
import { extcapFolders } from '../extcap-folders.js';
import { openDevice } from '../library/open-device.js';
import type { Device } from '../monitor/device.js';
import { type ListedPort, listPorts } from '../monitor/port-list.js';
import type { PortName } from '../monitor/port-name.js';

/** The longest that a program is waited for. */
const PATIENCE_MS = 5000;
/** The kernel's log on a machine that has run for long. */
const MAX_OUTPUT = 1 << 26;

/** What the checks ask of the machine, or of one that a test describes. */
export interface World {
  readonly platform: NodeJS.Platform;
  /** Of the kernel. */
  readonly release: string;
  /** Where the user's Wireshark looks for extcap programs. */
  readonly extcapFolders: () => readonly string[];
  /** Undefined: there is no such file, or it may not be read. */
  readonly readFile: (place: string) => string | undefined;
  /** Whether something is there that can be reached, through links too. */
  readonly exists: (place: string) => boolean;
  /** The program's standard output; undefined: there is no such program, or it failed. */
  readonly run: (program: string, ...args: string[]) => string | undefined;
  /** Where the shell would find a program. */
  readonly findProgram: (name: string) => string | undefined;
  /** Undefined: there is no such interface. */
  readonly findLink: (name: string) => Link | undefined;
  /** libpcap's own words. @throws NmcapError NM_NATIVE_MISSING */
  readonly libpcapVersion: () => string;
  /** @throws NmcapError NM_BAD_FILTER, NM_NATIVE_MISSING */
  readonly compileFilter: (expression: string) => void;
  /** The ports of the device that the examined port is on. @throws NmcapError as listPorts() does */
  readonly ports: () => readonly ListedPort[];
}

/** This machine, until it is closed. */
export async function openMachine(
  port: PortName | undefined,
): Promise<{ readonly world: World; close(): void }> {
  const device = await openDevice(port === undefined ? [] : [port]);
  return {
    world: thisMachine(port, device),
    close() {
      device.close();
    },
  };
}

function thisMachine(port: PortName | undefined, device: Device): World {
  return {
    platform: process.platform,
    release: os.release(),
    extcapFolders,
    readFile,
    exists: (place) => fs.existsSync(place),
    run,
    findProgram(name) {
      const folders = (process.env['PATH'] ?? '').split(':');
      return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
    },
    findLink: (name) => binding().findLink(name),
    libpcapVersion: () => binding().libpcapVersion,
    compileFilter(expression) {
      binding().describeFilter(expression, 1);
    },
    ports: once(() => listPorts(namesToAsk(port, device), device)),
  };
}

/** Interfaces, and the pipe in question: netmap lists only the ports of switches by itself. */
function namesToAsk(port: PortName | undefined, { native }: Device): string[] {
  const kernelName = port?.kernelName ?? '';
  const names = native === undefined ? binding().interfaceNames() : [];
  const isOnSwitch = kernelName.includes(':') && !/[{}]/.test(kernelName);
  return isOnSwitch || kernelName === '' ? names : [...new Set([...names, kernelName])];
}

function readFile(place: string): string | undefined {
  try {
    return fs.readFileSync(place, 'utf8');
  } catch {
    return undefined;
  }
}

function run(program: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: PATIENCE_MS,
      maxBuffer: MAX_OUTPUT,
    });
  } catch {
    return undefined;
  }
}

/** Asked for again, the answer or the error is the same. */
function once<T>(ask: () => T): () => T {
  let answer: { value: T } | { error: unknown } | undefined;
  return () => {
    if (answer === undefined) {
      try {
        answer = { value: ask() };
      } catch (error) {
        answer = { error };
      }
    }
    if ('error' in answer) throw answer.error;
    return answer.value;
  };
}
