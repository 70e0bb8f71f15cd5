/** The speeds of the running downloads, from the last event. A row reads its own figures and no list again. */

import { useSyncExternalStore } from "react";

import type { Schema } from "../api/client";

export type Transfer = Schema["Transfer"];

/** After this time without an event the figures are asked for, as while the stream is interrupted. */
export const SILENT_MS = 8_000;

export class TransferStore {
  private figures = new Map<string, Transfer>();
  private listeners = new Set<() => void>();
  private silenceTimer: ReturnType<typeof setTimeout> | undefined;
  silent = false;

  /** Take the figures of an event. Figures that did not change stay the same object, so that their rows are not drawn. */
  receive(data: string): void {
    const items = read(data);
    if (!items) return;
    const before = this.figures;
    this.figures = new Map(
      items.map((each) => {
        const known = before.get(each.id);
        return [each.id, known && JSON.stringify(known) === JSON.stringify(each) ? known : each] as const;
      }),
    );
    this.silent = false;
    this.watch();
    this.notify();
  }

  get(id: string): Transfer | undefined {
    return this.silent ? undefined : this.figures.get(id);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.watch();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) clearTimeout(this.silenceTimer);
    };
  };

  private watch(): void {
    clearTimeout(this.silenceTimer);
    if (this.listeners.size === 0) return;
    this.silenceTimer = setTimeout(() => {
      this.silent = true;
      this.notify();
    }, SILENT_MS);
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

export const transfers = new TransferStore();

/** The present figures of a download, and whether no events with figures arrive. */
export function useTransfer(id: string): { figures: Transfer | undefined; silent: boolean } {
  const figures = useSyncExternalStore(transfers.subscribe, () => transfers.get(id));
  const silent = useSyncExternalStore(transfers.subscribe, () => transfers.silent);
  return { figures, silent };
}

function read(data: string): Transfer[] | null {
  try {
    const content = JSON.parse(data) as Partial<Schema["Transfers"]> | null;
    return Array.isArray(content?.items) ? content.items : null;
  } catch {
    return null;
  }
}
