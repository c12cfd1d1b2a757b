import assert from 'node:assert/strict';
import { endianness } from 'node:os';
import { describe } from 'node:test';

import { binding, type NativeDrain } from '../../src/binding.js';
import { PacketCursor } from '../../src/pcapng/cursor.js';
import { Direction } from '../../src/pcapng/direction.js';
import { LINKTYPE_ETHERNET, type Section } from '../../src/pcapng/section.js';
import { scenario } from './contract.js';
import type { Fixture } from './fixture.js';
import { range } from './frame.js';
import { SlotFlag } from './netmap.js';
import { type Receiver, waitFor } from './station.js';

const BATCH_SIZE = 1 << 20;

const SECTION: Section = {
  byteOrder: endianness() === 'LE' ? 'little' : 'big',
  interfaces: [
    {
      linkType: LINKTYPE_ETHERNET,
      snapshotLength: 262_144,
      ticksPerSecond: 1_000_000n,
      secondsOffset: 0n,
    },
  ],
};

interface Packet {
  /** Of the frame's first slot. */
  sequence: number;
  length: number;
  direction: Direction;
  ring: number | undefined;
  /** Seconds since 1970. */
  time: number;
}

/** A drain on a monitor, and the packets that it has handed over. */
class Capture {
  readonly drain: NativeDrain;
  readonly packets: Packet[] = [];

  constructor(ports: Fixture, monitor: Receiver) {
    this.drain = new (binding().Drain)(
      {
        inbound: true,
        outbound: true,
        snapshotLength: 262_144,
        packetLimit: 0,
        batchSize: BATCH_SIZE,
        batchCount: 4,
        realtime: false,
        awaitsPorts: false,
      },
      () => {
        // The scenarios look for themselves.
      },
    );
    this.drain.setPorts([monitor.port]);
    ports.atEnd(() => {
      this.drain.close();
    });
    this.drain.start();
  }

  /** Waits until so many packets have come. */
  await(count: number): readonly Packet[] {
    waitFor(() => {
      this.#takeBatches();
      return this.packets.length >= count;
    });
    return this.packets;
  }

  /** Waits for the end, then takes what is left. */
  finish(): string {
    waitFor(() => {
      this.#takeBatches();
      return this.drain.end().reason !== 'running';
    });
    this.#takeBatches();
    return this.drain.end().reason;
  }

  #takeBatches(): void {
    const cursor = new PacketCursor();
    for (;;) {
      const batch = this.drain.take();
      if (batch === undefined) return;
      const { index, length } = batch;
      cursor.reset(new Uint8Array(this.drain.memory, index * BATCH_SIZE, length), SECTION);
      while (cursor.next()) this.packets.push(packet(cursor));
      this.drain.release(index);
    }
  }
}

function packet(cursor: PacketCursor): Packet {
  const { bytes, dataOffset } = cursor;
  return {
    sequence: new DataView(bytes.buffer, bytes.byteOffset + dataOffset).getUint32(14, true),
    length: cursor.capturedLength,
    direction: cursor.direction,
    ring: cursor.ring,
    time: cursor.seconds + cursor.nanoseconds / 1e9,
  };
}

function outline(packets: readonly Packet[]): unknown[] {
  return packets.map(({ sequence, length, direction }) => [sequence, length, direction]);
}

describe('the drain on a monitor', () => {
  scenario('tags each packet with its direction and time', {}, (ports) => {
    const before = Date.now() / 1000;
    const [application, peer] = ports.openBoth();
    const capture = new Capture(ports, ports.monitor(ports.parent));
    application.send([1, 2]);
    capture.await(2);
    peer.send([3, 4]);
    application.take(2);
    const packets = capture.await(4);
    assert.deepEqual(outline(packets), [
      [1, 60, Direction.Outbound],
      [2, 60, Direction.Outbound],
      [3, 60, Direction.Inbound],
      [4, 60, Direction.Inbound],
    ]);
    const after = Date.now() / 1000;
    // The kernel's clock for ring->ts may lag by one of its ticks.
    for (const { time } of packets) assert.ok(time > before - 0.1 && time < after + 0.1);
    capture.drain.requestStop();
    assert.equal(capture.finish(), 'stopped');
  });

  scenario('joins the slots of a frame', { on: ['VALE', 'pipe'] }, (ports) => {
    const [application, peer] = ports.openBoth();
    const capture = new Capture(ports, ports.monitor(ports.parent));
    const more = { length: 2000, flags: SlotFlag.MoreFragments };
    application.put([1, 2, 3], more);
    application.put([4], { length: 100 });
    application.send([5]);
    capture.await(2);
    peer.put([6], more);
    peer.send([7], { length: 50 });
    application.take(2);
    assert.deepEqual(outline(capture.await(3)), [
      [1, 6100, Direction.Outbound],
      [5, 60, Direction.Outbound],
      [6, 2050, Direction.Inbound],
    ]);
    capture.drain.requestStop();
    assert.equal(capture.finish(), 'stopped');
    const [counters] = capture.drain.counters().rings;
    assert.deepEqual([counters?.inbound.bytes, counters?.outbound.bytes], [2050, 6160]);
  });

  scenario(
    'counts what it saw, and a ring that it found full',
    { on: ['VALE', 'pipe'] },
    (ports) => {
      const [application, peer] = ports.openBoth();
      const monitor = ports.monitor(ports.parent, { rxSlots: 8 });
      const capture = new Capture(ports, monitor);
      application.send([100]);
      capture.await(1);
      application.send(range(0, 19));
      // The slot of the first frame is free once the drain polls again.
      const [, first = 0] = capture.await(7).map(({ sequence }) => sequence);
      assert.ok(first === 13 || first === 14, String(first));
      const sent = 21 - first;
      assert.deepEqual(
        capture.await(sent).map(({ sequence }) => sequence),
        [100, ...range(first, 19)],
      );
      peer.send([20]);
      application.take(1);
      capture.await(sent + 1);
      capture.drain.requestStop();
      assert.equal(capture.finish(), 'stopped');
      const { rings } = capture.drain.counters();
      assert.deepEqual(rings, [
        {
          interfaceId: 0,
          ring: 0,
          inbound: { seen: 1, bytes: 60, passed: 1, discarded: 0, ringFull: 0, incomplete: 0 },
          outbound: {
            seen: sent,
            bytes: 60 * sent,
            passed: sent,
            discarded: 0,
            ringFull: 1,
            incomplete: 0,
          },
        },
      ]);
    },
  );

  scenario(
    'tells the ring where there are several',
    { on: ['VALE', 'wire'], shape: { rings: 4 } },
    (ports) => {
      const [application] = ports.openBoth();
      const capture = new Capture(ports, ports.monitor(ports.parent));
      for (let ring = 0; ring < 4; ring++) {
        application.send([ring], { ring });
        capture.await(ring + 1);
      }
      assert.deepEqual(
        capture.packets.map(({ sequence, ring }) => [sequence, ring]),
        range(0, 3).map((ring) => [ring, ring]),
      );
      capture.drain.requestStop();
      assert.equal(capture.finish(), 'stopped');
    },
  );

  for (const zeroCopy of [false, true]) {
    const what = zeroCopy ? 'zero-copy' : 'copy';
    scenario(`${what}: goes on after another program has spoilt a ring's head`, {}, (ports) => {
      const [application, peer] = ports.openBoth();
      const monitor = ports.monitor(ports.parent, { zeroCopy });
      const capture = new Capture(ports, monitor);
      const status = () => capture.drain.statuses()[0];
      // Outside of the ring; then one slot behind the ten frames, so that the ring looks full.
      [0xffff_ffff, 11].forEach((head, turn) => {
        monitor.slots.spoil(0, head);
        waitFor(() => status()?.resets === turn + 1);
        assert.deepEqual(status(), { left: false, resets: turn + 1 });
        peer.send(range(10 * turn, 10 * turn + 9));
        application.take(10);
        assert.deepEqual(
          capture.await(10 * turn + 10).map(({ sequence }) => sequence),
          range(0, 10 * turn + 9),
        );
      });
      application.port.close();
      assert.equal(capture.finish(), 'parents-left');
      assert.deepEqual(status(), { left: true, resets: 2 });
    });

    scenario(`${what}: ends with what there is when the application leaves`, {}, (ports) => {
      const [application, peer] = ports.openBoth();
      const capture = new Capture(ports, ports.monitor(ports.parent, { zeroCopy }));
      peer.send(range(0, 9));
      application.take(10);
      capture.await(10);
      application.port.close();
      assert.equal(capture.finish(), 'parents-left');
      assert.deepEqual(
        capture.packets.map(({ sequence }) => sequence),
        range(0, 9),
      );
    });
  }
});
