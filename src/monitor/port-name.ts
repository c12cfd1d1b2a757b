import { NmcapError } from '../errors.js';

/** Which rings of the parent a monitor watches. */
export type RingSelection = AllRings | OneRing;

/** All rings of the NIC, of the host's stack, or of both. */
export interface AllRings {
  /** Which ones. */
  readonly kind: 'nic' | 'host' | 'nic+host';
}

/** One pair of rings. */
export interface OneRing {
  /** The NIC's, or those of the host's stack. */
  readonly kind: 'one-nic' | 'one-host';
  /** Its number, from 0. */
  readonly ring: number;
}

/** Letters after the slash of a port name. */
export interface PortFlags {
  /** r */
  readonly monitorRx: boolean;
  /** t */
  readonly monitorTx: boolean;
  /** z */
  readonly zeroCopy: boolean;
  /** x */
  readonly exclusive: boolean;
}

/** A parsed port name: netmap's grammar, with nmcap's own prefix `sim:`. */
export interface PortName {
  /** As it was given. */
  readonly text: string;
  /** Whose port it is: `/dev/netmap`, or the simulation that `sim:` stands for. */
  readonly device: 'kernel' | 'simulated';
  /** The kernel's name for the port: `em0`, `vale0:a`, `vale0:a{1`; of a whole switch `vale0:`. */
  readonly kernelName: string;
  /** It stands for all ports of a VALE switch. */
  readonly isSwitch: boolean;
  /** What follows the name: `-0`, `^`, `*`; without it, all NIC rings. */
  readonly rings: RingSelection;
  /** What follows the slash. */
  readonly flags: PortFlags;
  /** `@NUMBER`. */
  readonly memoryId: number | undefined;
  /** Slots of the monitor's rings: `@conf:slots=N` or `@conf:rx-slots=N`. */
  readonly slots: number | undefined;
  /** What follows the `@` of a simulated port, by key; empty on the kernel's. */
  readonly simulation: ReadonlyMap<string, SimulationOption>;
}

/** An option of a simulated port. */
export interface SimulationOption {
  /** What follows the `=`. */
  readonly value: string;
  /** Where the value begins in the port name's text. */
  readonly at: number;
}

/** netmap's nr_name holds 64 bytes, including the terminating NUL. */
const MAX_KERNEL_NAME = 63;
/** Bytes of an interface's name, and so of a switch's and of a VALE port's (IFNAMSIZ, less the NUL). */
const MAX_INTERFACE_NAME = 15;
/** The largest ring that the kernel gives a monitor (netmap_monitor.c, NM_MONITOR_MAXSLOTS). */
export const MAX_SLOTS = 4096;
/** One slot always stays empty, so that a full ring differs from an empty one. */
const MIN_SLOTS = 2;
/** nmreq_register.nr_rx_slots has 32 bits. */
const SLOTS_LIMIT = 0x1_0000_0000;
/** A ring number fits into netmap's NETMAP_RING_MASK. */
const RING_LIMIT = 0x0fff;
const IDENTIFIER = /^[A-Za-z0-9_]*$/;
/** What ends a port's name, as in libnetmap: ring suffix, flags, memory id or options. */
const NAME_END = /[-*^/@]/;

/**
 * Parses `em0`, `netmap:em0-0/rt`, `vale0:a{1@3`, `sim:em0@rate=1000,seed=7`, …
 *
 * @throws NmcapError NM_BAD_PORT_NAME, with a caret under the mistake
 */
export function parsePortName(text: string): PortName {
  return new Parser(text).parse();
}

/** The error for a mistake at `at` in `text`. */
export function badPortName(text: string, at: number, reason: string, hint?: string): NmcapError {
  return new NmcapError('NM_BAD_PORT_NAME', `bad port name '${text}': ${reason}`, {
    excerpt: { text, at },
    hint: hint ?? "port names look like em0, em0-0, em0^, vale0:a or sim:em0; see 'man nmcap'",
  });
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): PortName {
    const simulated = this.#accept('sim:');
    if (simulated) this.#refuseOtherOptionMark();
    const kernelName = this.#kernelName();
    const isSwitch = kernelName.endsWith(':');
    if (isSwitch && /[-*^]/.test(this.#text.charAt(this.#at))) {
      this.#fail('the rings of a whole switch cannot be chosen');
    }
    const rings = this.#rings();
    const flags = this.#flags();
    let memoryId: number | undefined;
    let slots: number | undefined;
    let simulation: PortName['simulation'] = new Map();
    if (simulated) {
      simulation = this.#simulation();
    } else {
      memoryId = this.#memoryId();
      slots = this.#options();
    }
    if (this.#at < this.#text.length) this.#fail(`unexpected '${this.#text.charAt(this.#at)}'`);
    const device = simulated ? 'simulated' : 'kernel';
    return {
      text: this.#text,
      device,
      kernelName,
      isSwitch,
      rings,
      flags,
      memoryId,
      slots,
      simulation,
    };
  }

  #fail(reason: string, at = this.#at, hint?: string): never {
    throw badPortName(this.#text, at, reason, hint);
  }

  #accept(literal: string): boolean {
    if (!this.#text.startsWith(literal, this.#at)) return false;
    this.#at += literal.length;
    return true;
  }

  /** Characters up to the first of `end`, or to the end of the text. */
  #until(end: RegExp): string {
    const rest = this.#text.slice(this.#at);
    const length = rest.search(end);
    const taken = length < 0 ? rest : rest.slice(0, length);
    this.#at += taken.length;
    return taken;
  }

  /** `sim:em0,rate=5`: the options without the sign that begins them. */
  #refuseOtherOptionMark(): void {
    const mistake = /^([^@,;:?&=]*(?::[^@,;:?&=]*)?)[,;:?&]([a-z]+=.*)$/.exec(
      this.#text.slice(this.#at),
    );
    if (mistake === null) return;
    const [, name = '', options = ''] = mistake;
    this.#fail(
      "options follow an '@'",
      this.#at + name.length,
      `'sim:${name}@${options}' is the right spelling`,
    );
  }

  #kernelName(): string {
    this.#accept('netmap:');
    const start = this.#at;
    const name = this.#until(NAME_END);
    if (name === '') this.#fail('the name is empty');
    if (!/^[\x21-\x7e]*$/.test(name)) {
      this.#fail('names consist of printable ASCII characters', start);
    }
    const colon = name.indexOf(':');
    if (colon >= 0) {
      const prefix = name.slice(0, colon);
      if (!prefix.startsWith('vale') || !IDENTIFIER.test(prefix)) {
        this.#fail(
          `unknown prefix '${prefix}:'`,
          start,
          'the prefixes are netmap:, sim: and those of VALE switches, such as vale0:',
        );
      }
    }
    // To the kernel, every name that begins with "vale" is on a switch.
    if (name.startsWith('vale') && colon < 0) {
      this.#fail(
        'the port of the switch is missing',
        this.#at,
        `VALE ports have names like vale0:a; '${name}:' stands for all ports of the switch`,
      );
    }
    const pipe = name.search(/[{}]/);
    if (colon >= 0) this.#checkValeLengths(start, colon, pipe < 0 ? name.length : pipe);
    if (pipe === 0 || (colon >= 0 && pipe === colon + 1)) {
      this.#fail("the pipe's parent is missing", start + pipe);
    }
    if (pipe >= 0) {
      const id = name.slice(pipe + 1);
      if (id === '') this.#fail("the pipe's id is missing");
      if (!IDENTIFIER.test(id)) {
        this.#fail("a pipe's id consists of letters, digits and _", start + pipe + 1);
      }
    }
    if (name.length > MAX_KERNEL_NAME) {
      this.#fail(`longer than ${MAX_KERNEL_NAME} characters`, start + MAX_KERNEL_NAME);
    }
    return name;
  }

  /** The kernel answers ENOMEM to longer ones (nm_bdg_name_validate). */
  #checkValeLengths(start: number, colon: number, end: number): void {
    const most = MAX_INTERFACE_NAME;
    if (colon > most) {
      this.#fail(`a switch's name has ${most} characters at most`, start + most);
    }
    if (end - colon - 1 > most) {
      this.#fail(`a VALE port's name has ${most} characters at most`, start + colon + 1 + most);
    }
  }

  #rings(): RingSelection {
    if (this.#accept('*')) return { kind: 'nic+host' };
    if (this.#accept('-')) return { kind: 'one-nic', ring: this.#ringNumber() };
    if (!this.#accept('^')) return { kind: 'nic' };
    if (!/\d/.test(this.#text.charAt(this.#at))) return { kind: 'host' };
    return { kind: 'one-host', ring: this.#ringNumber() };
  }

  #ringNumber(): number {
    const start = this.#at;
    const ring = this.#number('a ring number');
    if (ring >= RING_LIMIT) this.#fail('no port has so many rings', start);
    return ring;
  }

  #number(what: string): number {
    const digits = /^\d+/.exec(this.#text.slice(this.#at))?.[0];
    if (digits === undefined) this.#fail(`expected ${what}`);
    this.#at += digits.length;
    return Number(digits);
  }

  #flags(): PortFlags {
    const letters = this.#accept('/') ? this.#flagLetters() : '';
    return {
      monitorRx: letters.includes('r'),
      monitorTx: letters.includes('t'),
      zeroCopy: letters.includes('z'),
      exclusive: letters.includes('x'),
    };
  }

  #flagLetters(): string {
    const start = this.#at;
    const letters = this.#until(/@/);
    if (letters === '') this.#fail('expected flags after the slash: r, t, z or x');
    const strange = letters.search(/[^xztrRT]/);
    if (strange >= 0) {
      this.#fail(`unknown flag '${letters.charAt(strange)}'`, start + strange);
    }
    return letters;
  }

  #memoryId(): number | undefined {
    if (!/^@\d/.test(this.#text.slice(this.#at))) return undefined;
    this.#at++;
    const start = this.#at;
    const id = this.#number('a memory id');
    if (id < 1 || id > 0xffff) this.#fail('expected a memory id from 1 to 65535', start);
    return id;
  }

  /** Of netmap's `@` options a monitor only has the ring size; the rest is set by its parent. */
  #options(): number | undefined {
    let slots: number | undefined;
    while (this.#accept('@')) {
      const start = this.#at;
      const name = this.#until(/[@:=]/);
      if (name !== 'conf' || !this.#accept(':')) {
        const known = ['share', 'conf', 'extmem', 'offset'].includes(name);
        this.#fail(
          known && name !== 'conf'
            ? `the option '${name}' is for opening a port, not for watching one`
            : `unknown option '${name}'`,
          start,
          "a monitor takes '@conf:slots=N'",
        );
      }
      do {
        const keyStart = this.#at;
        const key = this.#until(/[@=,]/);
        if (key !== 'slots' && key !== 'rx-slots') {
          this.#fail(
            `a monitor cannot set '${key}'`,
            keyStart,
            "a monitor can set 'slots' or 'rx-slots'; the port's application sets the rest",
          );
        }
        if (!this.#accept('=')) this.#fail(`expected '=' after '${key}'`);
        slots = this.#slots();
      } while (this.#accept(','));
    }
    return slots;
  }

  #slots(): number {
    const start = this.#at;
    const slots = this.#number('a number of slots');
    if (slots < MIN_SLOTS) {
      this.#fail(
        `a ring of ${slots} slots never holds a frame`,
        start,
        `one slot always stays empty: choose from ${MIN_SLOTS} to ${MAX_SLOTS}`,
      );
    }
    if (slots >= SLOTS_LIMIT) {
      this.#fail('no ring is that large', start, `netmap gives a monitor ${MAX_SLOTS} at most`);
    }
    return slots;
  }

  #simulation(): Map<string, SimulationOption> {
    const options = new Map<string, SimulationOption>();
    if (!this.#accept('@')) return options;
    do {
      const start = this.#at;
      const key = this.#until(/[=,]/);
      if (key === '') this.#fail('expected an option of the simulation');
      if (options.has(key)) this.#fail(`'${key}' is given twice`, start);
      if (!this.#accept('=')) this.#fail(`expected '=' after '${key}'`);
      const at = this.#at;
      options.set(key, { value: this.#until(/,/), at });
    } while (this.#accept(','));
    return options;
  }
}
