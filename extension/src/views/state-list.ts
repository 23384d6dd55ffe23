import { signal } from '@preact/signals';
import type { PaperRow, Query } from '../contract';
import { Pages } from './pages';
import type { Requests } from './requests';

/** How many rows one request fetches. */
export const PAGE = 200;

export const ALL: Query = {
  text: '',
  tag: null,
  status: null,
  reviewer: null,
  sort: 'citekey'
};

/** The papers that a query finds, and the one that is selected. */
export class ListState {
  readonly query = signal<Query>(ALL);
  readonly rows: Pages<PaperRow>;
  readonly selected = signal<string | null>(null);
  /** Where the selected paper stands in the list; -1: nothing is selected. */
  readonly index = signal(-1);

  constructor(private readonly requests: Requests) {
    this.rows = new Pages(
      PAGE,
      offset => this.fetch(offset),
      (first, rows) => this.find(first, rows)
    );
  }

  /** Another query: its rows take the place of the present ones when they arrive. */
  ask(change: Partial<Query>): void {
    this.query.value = { ...this.query.value, ...change };
    this.rows.restart();
  }

  /** Select a paper; it keeps its place in the list if it is among the rows held. */
  select(citekey: string | null): void {
    this.selected.value = citekey;
    this.index.value = -1;
    for (const [first, rows] of this.rows.held()) {
      this.find(first, rows);
    }
  }

  /** Select the row at this place, also one that is still to be fetched. */
  move(index: number): void {
    this.index.value = index;
    this.selected.value = this.rows.row(index)?.citekey ?? null;
  }

  /** Show my change at once; the answer of the project follows. */
  patch(citekey: string, change: Partial<PaperRow>): void {
    this.rows.patch(
      row => row.citekey === citekey,
      row => ({ ...row, ...change })
    );
  }

  private fetch(offset: number): Promise<{ rows: readonly PaperRow[]; total: number }> {
    const { text, tag, status, reviewer, sort } = this.query.value;
    return this.requests.ask('papers', {
      ...(text && { text }),
      ...(tag !== null && { tag }),
      ...(status !== null && { status }),
      ...(reviewer !== null && { reviewer }),
      sort,
      offset,
      limit: PAGE
    });
  }

  /** The selected paper may have moved. */
  private find(first: number, rows: readonly PaperRow[]): void {
    const citekey = this.selected.value;
    const index = this.index.value;
    if (citekey === null && index >= 0) {
      // The selection went to a row that had not arrived.
      this.selected.value = rows[index - first]?.citekey ?? null;
      return;
    }
    const at = rows.findIndex(row => row.citekey === citekey);
    if (at >= 0) {
      this.index.value = first + at;
    } else if (index >= first && index < first + PAGE) {
      this.index.value = -1;
    }
  }
}
