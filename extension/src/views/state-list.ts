import { signal } from '@preact/signals';
import type { Page, PaperRow, Query } from '../contract';
import { Pages } from './pages';
import type { Requests } from './requests';

/** How many rows one request fetches. */
export const PAGE = 200;

/** For more papers than this, all rows in sight are fetched instead. */
const ROWS = 50;

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
  private stale: Set<string> | null = new Set();
  private order = '';

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

  /** These papers changed (null: any may have); fetched again with the next `catchUp`. */
  changed(citekeys: readonly string[] | null): void {
    if (citekeys === null || this.stale === null) {
      this.stale = null;
    } else {
      citekeys.forEach(citekey => this.stale?.add(citekey));
    }
  }

  /** Fetch what changed: its rows, or all in sight if papers may stand elsewhere now. */
  async catchUp(): Promise<void> {
    const { stale } = this;
    this.stale = new Set();
    if (stale?.size === 0) {
      return;
    }
    if (
      stale === null ||
      stale.size > ROWS ||
      this.rows.busy.value ||
      !isAlphabetical(this.query.value)
    ) {
      return this.rows.refresh();
    }
    try {
      const citekeys = [...stale].join('\n');
      const { rows, order } = await this.requests.ask('rows', { citekeys });
      if (order === this.order) {
        const fresh = new Map(rows.map(row => [row.citekey, row]));
        return this.rows.exchange(row => fresh.get(row.citekey));
      }
    } catch {
      // The list says why it cannot be fetched.
    }
    await this.rows.refresh();
  }

  private async fetch(offset: number): Promise<Page> {
    const { text, tag, status, reviewer, sort } = this.query.value;
    const page = await this.requests.ask('papers', {
      ...(text && { text }),
      ...(tag !== null && { tag }),
      ...(status !== null && { status }),
      ...(reviewer !== null && { reviewer }),
      sort,
      offset,
      limit: PAGE
    });
    this.order = page.order;
    return page;
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

/** Whether all papers are listed by citekey: an opinion moves none of them. */
function isAlphabetical(query: Query): boolean {
  const { text, tag, status, reviewer, sort } = query;
  return (
    !text && tag === null && status === null && reviewer === null && sort === ALL.sort
  );
}
