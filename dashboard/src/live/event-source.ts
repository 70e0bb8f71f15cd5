/** The stream of events of one tab. It opens again by itself, and says when the page has to poll instead. */

export const EVENT_KINDS = [
  "run",
  "download",
  "import",
  "missing_book",
  "book",
  "correction",
  "import_list",
  "health",
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

export interface Stream {
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

interface Options {
  open: () => Stream;
  /** Reads again what these events concern. The next round waits for it. */
  onEvents: (kinds: ReadonlySet<EventKind>) => Promise<unknown>;
  onState: (live: boolean) => void;
  /** The speeds of all downloads, which need no list to be read again. */
  onTransfers: (data: string) => void;
}

/** The longest silence before the page asks for everything again. The stream carries a comment every 15 s, which a page
 * cannot see, so that silence is normal while nothing happens. */
export const SILENCE_MS = 60_000;
/** Events that arrive within this time lead to one round of calls. */
export const GATHER_MS = 400;
/** The longest time for which a round delays the next one. */
export const ROUND_MS = 10_000;
export const REOPEN_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;

export class LiveEvents {
  private stream: Stream | null = null;
  private gathered = new Set<EventKind>();
  private gatherTimer: ReturnType<typeof setTimeout> | undefined;
  private reading = false;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private reopenTimer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;

  constructor(private readonly options: Options) {}

  start(): void {
    this.stream?.close();
    const stream = this.options.open();
    this.stream = stream;
    stream.onopen = () => {
      if (this.failures > 0) this.gather(EVENT_KINDS);
      this.failures = 0;
      this.options.onState(true);
      this.watch();
    };
    stream.onerror = () => this.reopen();
    for (const kind of EVENT_KINDS) stream.addEventListener(kind, () => this.gather([kind]));
    stream.addEventListener("transfer", ({ data }) => {
      this.watch();
      this.options.onTransfers(data);
    });
    stream.addEventListener("reset", () => this.gather(EVENT_KINDS));
    this.watch();
  }

  stop(): void {
    this.stream?.close();
    this.stream = null;
    clearTimeout(this.gatherTimer);
    clearTimeout(this.watchdog);
    clearTimeout(this.reopenTimer);
    this.gatherTimer = undefined;
  }

  private gather(kinds: Iterable<EventKind>): void {
    for (const kind of kinds) this.gathered.add(kind);
    this.watch();
    if (!this.reading) this.readAfter(GATHER_MS);
  }

  private readAfter(delay: number): void {
    this.gatherTimer ??= setTimeout(() => void this.read(), delay);
  }

  /** Read again what the gathered events concern. While events keep arriving, at most half of the time is spent on it. */
  private async read(): Promise<void> {
    const gathered = this.gathered;
    this.gathered = new Set();
    this.gatherTimer = undefined;
    this.reading = true;
    const startedAt = performance.now();
    let limit: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([
      this.options.onEvents(gathered),
      new Promise((resolve) => {
        limit = setTimeout(resolve, ROUND_MS);
      }),
    ]);
    clearTimeout(limit);
    this.reading = false;
    if (this.stream && this.gathered.size > 0) this.readAfter(Math.max(GATHER_MS, performance.now() - startedAt));
  }

  /** After a long silence the connection may be dead without an error, as after a laptop slept: open it again. */
  private watch(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => {
      this.gather(EVENT_KINDS);
      this.start();
    }, SILENCE_MS);
  }

  private reopen(): void {
    this.stream?.close();
    this.stream = null;
    clearTimeout(this.watchdog);
    clearTimeout(this.reopenTimer);
    this.options.onState(false);
    const delay = REOPEN_MS[Math.min(this.failures, REOPEN_MS.length - 1)];
    this.failures += 1;
    this.reopenTimer = setTimeout(() => this.start(), delay);
  }
}
