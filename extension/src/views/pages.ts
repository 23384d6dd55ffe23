import { signal } from '@preact/signals';
import { messageOf } from './requests';

/** One answer: some rows, and how many there are in all. */
export interface Answer<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/**
 * The rows of a long list, fetched in pages as they come into sight. Old rows stay visible
 * until the new ones are there, so that neither typing nor a change elsewhere makes the list
 * blink.
 */
export class Pages<Row> {
  /** How many rows there are; null until the first answer. */
  readonly total = signal<number | null>(null);
  /** Grows with every change of the rows held; the list draws again. */
  readonly drawn = signal(0);
  readonly busy = signal(false);
  readonly failure = signal<string | null>(null);

  private readonly pages = new Map<number, readonly Row[]>();
  private readonly stale = new Set<number>();
  private readonly asked = new Set<number>();
  private round = 0;
  private replace = true;
  private sight: [number, number] = [0, 0];

  /**
   * @param size How many rows one request fetches.
   * @param ask Fetches so many rows from this one on.
   * @param arrived Is told the first place of rows that came, before they are drawn.
   */
  constructor(
    private readonly size: number,
    private readonly ask: (offset: number) => Promise<Answer<Row>>,
    private readonly arrived: (first: number, rows: readonly Row[]) => void = () => {}
  ) {}

  /** The row at this place, or undefined while it is not fetched. */
  row(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / this.size))?.[index % this.size];
  }

  /** The pages held, each with the place of its first row. */
  *held(): Iterable<[number, readonly Row[]]> {
    for (const [page, rows] of this.pages) {
      yield [page * this.size, rows];
    }
  }

  /** Other rows take the place of the present ones when they arrive. */
  restart(): void {
    this.replace = true;
    this.sight = [0, 0];
    void this.refresh();
  }

  /** Fetch again what is in sight, after a change or a failure. */
  async refresh(): Promise<void> {
    this.round += 1;
    this.asked.clear();
    for (const page of this.pages.keys()) {
      this.stale.add(page);
    }
    await this.see(...this.sight);
  }

  /** Rows `first` to `last` are in sight: fetch what is missing of them. */
  async see(first: number, last: number): Promise<void> {
    this.sight = [first, last];
    const { size } = this;
    const fetches: Promise<void>[] = [];
    for (let page = Math.floor(first / size); page <= Math.floor(last / size); page++) {
      const held = this.pages.has(page) && !this.stale.has(page) && !this.replace;
      if (!held && !this.asked.has(page)) {
        fetches.push(this.fetch(page));
      }
    }
    await Promise.all(fetches);
  }

  /** Show a change of one row at once; the answer of the project follows. */
  patch(is: (row: Row) => boolean, change: (row: Row) => Row): void {
    for (const [page, rows] of this.pages) {
      const at = rows.findIndex(is);
      if (at >= 0) {
        this.pages.set(
          page,
          rows.map((row, i) => (i === at ? change(row) : row))
        );
        this.drawn.value += 1;
        return;
      }
    }
  }

  /** Put these in the place of rows that are held. */
  exchange(fresh: (row: Row) => Row | undefined): void {
    for (const [page, rows] of this.pages) {
      this.pages.set(
        page,
        rows.map(row => fresh(row) ?? row)
      );
    }
    this.drawn.value += 1;
  }

  private async fetch(page: number): Promise<void> {
    const round = this.round;
    this.asked.add(page);
    this.busy.value = true;
    try {
      const answer = await this.ask(page * this.size);
      if (round === this.round) {
        this.take(page, answer);
      }
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

  private take(page: number, { rows, total }: Answer<Row>): void {
    if (this.replace) {
      this.pages.clear();
      this.stale.clear();
      this.replace = false;
    }
    this.pages.set(page, rows);
    this.stale.delete(page);
    this.failure.value = null;
    this.total.value = total;
    this.arrived(page * this.size, rows);
    this.drawn.value += 1;
  }
}
