import { signal } from '@preact/signals';
import type {
  CellDetail,
  MatrixCell,
  MatrixColumn,
  MatrixPage,
  MatrixRow,
  Requests as Methods
} from '../../contract';
import { Pages } from '../pages';
import { messageOf } from '../requests';
import type { ViewState } from '../state';
import { type Block, blockOf } from './block';
import { Copying } from './copying';
import { Editing } from './editing';

/** How many rows one request fetches. */
const PAGE = 100;
/** How long a cell is selected before its details are asked for, in milliseconds. */
const REST = 120;

export type Only = NonNullable<Methods['matrix']['params']['only']>;

/** Which rows are wanted, and in which order. */
export interface MatrixQuery {
  text: string;
  /** A column's id or an order of the list; after `-` the other way round. */
  sort: string;
  only: Only;
  /** The column to which `only` is limited; null: any. */
  within: string | null;
}

/** A place in the grid; the column -1 is the paper's own. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The comparison matrix of one view. */
export class MatrixState {
  readonly query = signal<MatrixQuery>({
    text: '',
    sort: 'citekey',
    only: 'all',
    within: null
  });
  readonly columns = signal<readonly MatrixColumn[]>([]);
  /** Columns that nobody made and the papers' words could fill. */
  readonly offered = signal<readonly string[]>([]);
  readonly rows: Pages<MatrixRow>;
  readonly place = signal<Place>({ row: 0, column: -1 });
  /** The other corner of the cells selected together; null: just the one. */
  readonly reach = signal<Place | null>(null);
  /** All that is known of the selected cell; null: none is, or it is on its way. */
  readonly detail = signal<CellDetail | null>(null);
  /** Which column is being made ("new") or changed (its id). */
  readonly form = signal<string | null>(null);
  readonly editing: Editing;
  readonly copying = new Copying(this);
  left = 0;
  top = 0;

  private timer: ReturnType<typeof setTimeout> | undefined;
  private round = 0;

  constructor(readonly view: ViewState) {
    this.rows = new Pages(PAGE, offset => this.fetch(offset));
    this.editing = new Editing(view, detail => this.put(detail));
  }

  /** Other rows, or the same in another order. */
  ask(change: Partial<MatrixQuery>): void {
    this.query.value = { ...this.query.value, ...change };
    this.place.value = { row: 0, column: this.place.value.column };
    this.reach.value = null;
    this.top = 0;
    this.rows.restart();
  }

  /** Order by a column, or the other way round. */
  sortBy(name: string): void {
    const sort = this.query.value.sort === name ? `-${name}` : name;
    this.ask({ sort });
  }

  /** Fetch again what is shown. */
  refresh(): void {
    void this.rows.refresh();
    this.look();
  }

  /** Select a cell; outside of the grid means its nearest edge. */
  select(row: number, column: number): void {
    this.place.value = this.inside(row, column);
    this.reach.value = null;
    const paper = this.rows.row(this.place.value.row);
    this.view.list.select(paper?.citekey ?? null);
    this.look();
  }

  /** Select all cells from the selected one to this; outside of the grid means its edge. */
  extend(row: number, column: number): void {
    const to = this.inside(row, column);
    const { place } = this;
    const alone = to.row === place.value.row && to.column === place.value.column;
    this.reach.value = alone ? null : to;
  }

  /** Select every cell, and the papers' titles; the selected one stays in sight. */
  selectAll(): void {
    this.place.value = { row: 0, column: -1 };
    this.extend(Infinity, Infinity);
    this.look();
  }

  /** Whether every cell is selected: no corner of that is gone to. */
  get isAll(): boolean {
    const { top, bottom, left, right } = this.block;
    const rows = this.rows.total.value ?? 0;
    const all = bottom - top === rows - 1 && right - left === this.columns.value.length;
    return this.reach.value !== null && all;
  }

  /** The cells that are selected together. */
  get block(): Block {
    return blockOf(this.place.value, this.reach.value ?? this.place.value);
  }

  private inside(row: number, column: number): Place {
    const last = Math.max(0, (this.rows.total.value ?? 0) - 1);
    return {
      row: Math.max(0, Math.min(last, row)),
      column: Math.max(-1, Math.min(this.columns.value.length - 1, column))
    };
  }

  /** The selected row and column, if both are there. */
  get selected(): { row: MatrixRow; column: MatrixColumn; cell: MatrixCell } | null {
    const { row: at, column: number } = this.place.value;
    const row = this.rows.row(at);
    const column = this.columns.value[number];
    const cell = row?.cells[number];
    return row && column && cell ? { row, column, cell } : null;
  }

  /** Take a suggested value as mine, or say that it does not fit. */
  async decide(
    detail: { citekey: string; column: string },
    id: string,
    fits: boolean
  ): Promise<void> {
    await this.act(fits ? 'accept_cell' : 'reject_cell', { ...detail, id }, answer =>
      this.put(answer)
    );
  }

  /** Take the first suggestion for a cell, as it is shown. */
  async acceptFirst(row: MatrixRow, column: MatrixColumn): Promise<void> {
    const of = { citekey: row.citekey, column: column.id };
    try {
      const { suggestions } = await this.view.requests.ask('cell', of);
      const first = suggestions.find(one => one.rejected_by === null && one.id);
      if (first?.id) {
        await this.decide(of, first.id, true);
      }
    } catch (error) {
      this.view.say(messageOf(error), row.citekey);
    }
  }

  /** Change the columns; true if it was done. */
  async act<M extends keyof Methods>(
    method: M,
    params: Methods[M]['params'],
    done: (answer: Methods[M]['result']) => void = () => {}
  ): Promise<boolean> {
    const { view } = this;
    if (view.askName()) {
      return false;
    }
    view.saving.begin();
    try {
      done(await view.requests.ask(method, params));
      view.saving.end(null);
      this.refresh();
      return true;
    } catch (error) {
      view.saving.end(messageOf(error));
      view.say(messageOf(error), null);
      return false;
    }
  }

  /** Leave: what is being typed is saved. */
  dispose(): void {
    clearTimeout(this.timer);
    void this.editing.commit();
  }

  /** Show a cell as the project has it now. */
  private put(detail: CellDetail): void {
    const at = this.columns.value.findIndex(({ id }) => id === detail.column.id);
    this.rows.patch(
      row => row.citekey === detail.citekey,
      row => ({ ...row, cells: row.cells.map((c, i) => (i === at ? detail.cell : c)) })
    );
    const { selected } = this;
    if (
      selected?.row.citekey === detail.citekey &&
      selected.column.id === detail.column.id
    ) {
      this.detail.value = detail;
    }
  }

  private async fetch(offset: number): Promise<MatrixPage> {
    const page = await this.page(offset, PAGE);
    this.columns.value = page.columns;
    this.offered.value = page.offered;
    return page;
  }

  /** So many rows of what is shown, from this one on. */
  page(offset: number, limit: number): Promise<MatrixPage> {
    const { columns, papers } = this.view.spec;
    const { text, sort, only, within } = this.query.value;
    return this.view.requests.ask('matrix', {
      ...(columns !== null && { columns: columns.join('\n') }),
      ...(papers !== null && { papers: papers.join('\n') }),
      ...(text && { text }),
      ...(within !== null && { within }),
      sort,
      only,
      offset,
      limit
    });
  }

  /** Ask for the selected cell's details, once the selection rests. */
  private look(): void {
    clearTimeout(this.timer);
    const round = ++this.round;
    const { selected, detail } = this;
    const { citekey, column } = detail.value ?? {};
    if (citekey !== selected?.row.citekey || column?.id !== selected?.column.id) {
      detail.value = null;
    }
    if (!selected) {
      return;
    }
    const of = { citekey: selected.row.citekey, column: selected.column.id };
    this.timer = setTimeout(() => {
      this.view.requests.ask('cell', of).then(
        answer => {
          if (round === this.round) {
            detail.value = answer;
          }
        },
        () => {
          // The grid says what is wrong; details come with the next selection.
        }
      );
    }, REST);
  }
}
