import { signal } from '@preact/signals';
import type { PaperRow, Query } from '../contract';
import { messageOf, type Requests } from './requests';

/** How many rows one request fetches. */
export const PAGE = 200;

export const ALL: Query = {
  text: '',
  tag: null,
  status: null,
  reviewer: null,
  sort: 'citekey'
};

/**
 * The rows of a query, fetched in pages as they come into sight. Old rows stay visible until
 * the new ones are there, so that neither typing nor a change elsewhere makes the list blink.
 */
export class ListState {
  readonly query = signal<Query>(ALL);
  /** How many papers the query finds; null until the first answer. */
  readonly total = signal<number | null>(null);
  /** Grows with every change of the rows held; the list draws again. */
  readonly drawn = signal(0);
  readonly busy = signal(false);
  readonly failure = signal<string | null>(null);
  readonly selected = signal<string | null>(null);
  /** Where the selected paper stands in the list; -1: nothing is selected. */
  readonly index = signal(-1);

  private readonly pages = new Map<number, readonly PaperRow[]>();
  private readonly stale = new Set<number>();
  private readonly asked = new Set<number>();
  private round = 0;
  private replace = true;
  private sight: [number, number] = [0, 0];

  constructor(private readonly requests: Requests) {}

  /** The row at this place, or undefined while it is not fetched. */
  row(index: number): PaperRow | undefined {
    return this.pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Another query: its rows take the place of the present ones when they arrive. */
  ask(change: Partial<Query>): void {
    this.query.value = { ...this.query.value, ...change };
    this.replace = true;
    this.sight = [0, 0];
    this.refresh();
  }

  /** Fetch again what is in sight, after a change or a failure. */
  refresh(): void {
    this.round += 1;
    this.asked.clear();
    for (const page of this.pages.keys()) {
      this.stale.add(page);
    }
    this.see(...this.sight);
  }

  /** Rows `first` to `last` are in sight: fetch what is missing of them. */
  see(first: number, last: number): void {
    this.sight = [first, last];
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
      const held = this.pages.has(page) && !this.stale.has(page) && !this.replace;
      if (!held && !this.asked.has(page)) {
        void this.fetch(page);
      }
    }
  }

  /** Select a paper; it keeps its place in the list if it is among the rows held. */
  select(citekey: string | null): void {
    this.selected.value = citekey;
    this.index.value = -1;
    for (const [page, rows] of this.pages) {
      this.find(page, rows);
    }
  }

  /** Select the row at this place, also one that is still to be fetched. */
  move(index: number): void {
    this.index.value = index;
    this.selected.value = this.row(index)?.citekey ?? null;
  }

  /** Show my change at once; the answer of the project follows. */
  patch(citekey: string, change: Partial<PaperRow>): void {
    for (const [page, rows] of this.pages) {
      const at = rows.findIndex(row => row.citekey === citekey);
      if (at >= 0) {
        this.pages.set(
          page,
          rows.map((row, i) => (i === at ? { ...row, ...change } : row))
        );
        this.drawn.value += 1;
        return;
      }
    }
  }

  private async fetch(page: number): Promise<void> {
    const round = this.round;
    this.asked.add(page);
    this.busy.value = true;
    try {
      const { text, tag, status, reviewer, sort } = this.query.value;
      const answer = await this.requests.ask('papers', {
        ...(text && { text }),
        ...(tag !== null && { tag }),
        ...(status !== null && { status }),
        ...(reviewer !== null && { reviewer }),
        sort,
        offset: page * PAGE,
        limit: PAGE
      });
      if (round !== this.round) {
        return;
      }
      this.take(page, answer.rows, answer.total);
    } catch (error) {
      if (round === this.round) {
        this.failure.value = messageOf(error);
      }
    } finally {
      if (round === this.round) {
        this.asked.delete(page);
        this.busy.value = this.asked.size > 0;
      }
    }
  }

  private take(page: number, rows: readonly PaperRow[], total: number): void {
    if (this.replace) {
      this.pages.clear();
      this.stale.clear();
      this.replace = false;
    }
    this.pages.set(page, rows);
    this.stale.delete(page);
    this.failure.value = null;
    this.total.value = total;
    this.find(page, rows);
    this.drawn.value += 1;
  }

  /** The selected paper may have moved. */
  private find(page: number, rows: readonly PaperRow[]): void {
    const citekey = this.selected.value;
    if (citekey === null && this.index.value >= 0) {
      // The selection went to a row that had not arrived.
      const awaited = rows[this.index.value - page * PAGE];
      this.selected.value = awaited?.citekey ?? null;
      return;
    }
    const at = rows.findIndex(row => row.citekey === citekey);
    if (at >= 0) {
      this.index.value = page * PAGE + at;
    } else if (Math.floor(this.index.value / PAGE) === page) {
      this.index.value = -1;
    }
  }
}
