import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { GATHER_MS, LiveEvents, REOPEN_MS, ROUND_MS, SILENCE_MS, type EventKind, type Stream } from "./event-source";

class FakeStream implements Stream {
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  closed = false;
  private listeners = new Map<string, (event: MessageEvent<string>) => void>();

  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(name, listener);
  }

  send(name: string): void {
    this.listeners.get(name)?.({ data: "{}" } as MessageEvent<string>);
  }

  close(): void {
    this.closed = true;
  }
}

let streams: FakeStream[];
let rounds: EventKind[][];
let states: boolean[];
let speeds: string[];
let live: LiveEvents;
/** Ends the round that reads. */
let endRound: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  [streams, rounds, states, speeds] = [[], [], [], []];
  live = new LiveEvents({
    open: () => {
      const stream = new FakeStream();
      streams.push(stream);
      return stream;
    },
    onEvents: (kinds) => {
      rounds.push([...kinds].toSorted());
      return new Promise<void>((resolve) => {
        endRound = resolve;
      });
    },
    onState: (state) => states.push(state),
    onTransfers: (data) => speeds.push(data),
  });
  live.start();
  streams[0]?.onopen?.({} as Event);
});

afterEach(() => {
  live.stop();
  vi.useRealTimers();
});

test("many events in a moment lead to one round with their kinds", () => {
  for (let index = 0; index < 500; index += 1) streams[0]?.send(index % 2 ? "download" : "run");
  vi.advanceTimersByTime(GATHER_MS);
  expect(rounds).toEqual([["download", "run"]]);
});

test("the next round waits for the end of the one that reads, and then as long as that took", async () => {
  streams[0]?.send("book");
  vi.advanceTimersByTime(GATHER_MS);
  streams[0]?.send("run");
  await vi.advanceTimersByTimeAsync(2_000);
  streams[0]?.send("run");
  expect(rounds).toEqual([["book"]]);
  endRound();
  await vi.advanceTimersByTimeAsync(1_900);
  expect(rounds).toEqual([["book"]]);
  await vi.advanceTimersByTimeAsync(200);
  expect(rounds).toEqual([["book"], ["run"]]);
});

test("a round that does not end delays the next one only for a while", async () => {
  streams[0]?.send("book");
  vi.advanceTimersByTime(GATHER_MS);
  streams[0]?.send("run");
  await vi.advanceTimersByTimeAsync(2 * ROUND_MS);
  expect(rounds).toEqual([["book"], ["run"]]);
});

test("a lost stream is opened again after growing delays, and then everything is read again", () => {
  streams[0]?.onerror?.({} as Event);
  expect(states).toEqual([true, false]);
  vi.advanceTimersByTime(REOPEN_MS[0]);
  streams[1]?.onerror?.({} as Event);
  vi.advanceTimersByTime(REOPEN_MS[0]);
  expect(streams).toHaveLength(2);
  vi.advanceTimersByTime(REOPEN_MS[1] - REOPEN_MS[0]);
  streams[2]?.onopen?.({} as Event);
  vi.advanceTimersByTime(GATHER_MS);
  expect(states).toEqual([true, false, false, true]);
  expect(rounds[0]).toHaveLength(8);
});

test("a stream that is silent for too long is replaced, and everything is read again", () => {
  vi.advanceTimersByTime(SILENCE_MS + GATHER_MS);
  expect(streams[0]?.closed).toBe(true);
  expect(streams).toHaveLength(2);
  expect(rounds).toHaveLength(1);
});

test("a reset reads everything again", () => {
  streams[0]?.send("reset");
  vi.advanceTimersByTime(GATHER_MS);
  expect(rounds[0]).toHaveLength(8);
});

test("speeds are passed on and read nothing again", () => {
  for (let index = 0; index < 100; index += 1) streams[0]?.send("transfer");
  vi.advanceTimersByTime(GATHER_MS);
  expect([speeds.length, rounds]).toEqual([100, []]);
});

test("after a stop nothing is opened and nothing is read", () => {
  streams[0]?.onerror?.({} as Event);
  live.stop();
  vi.advanceTimersByTime(SILENCE_MS * 2);
  expect([streams.length, rounds.length]).toEqual([1, 0]);
});
