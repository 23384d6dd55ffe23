import type { MatrixColumn } from '../../contract';

/** Heights in CSS pixels. */
export const ROW = 34;
export const HEAD = 52;
/** Rows, and pixels sideways, that are drawn beyond the edge. */
const SPARE = 6;
const SPARE_WIDTH = 200;

const WIDTHS: Record<MatrixColumn['type'], number> = {
  number: 120,
  choice: 140,
  text: 200,
  'yes/no': 96,
  quote: 260,
  rating: 110,
  tag: 110
};
/** The widest that a column gets for its name, and about how wide a letter of it is. */
const WIDEST = 240;
const LETTER = 8;
/** What stands beside a name: space at both ends, the button, the arrow of the order. */
const BESIDE = 52;
/** Width of the papers' titles, in a wide and a narrow view. */
const TITLE = 280;
const NARROW_TITLE = 150;
const NARROW = 560;

export function titleWidth(width: number): number {
  return width < NARROW ? NARROW_TITLE : TITLE;
}

/** What is seen of the grid. */
export interface Sight {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** First and last of the columns in sight, and where each begins. */
export interface Span {
  readonly first: number;
  readonly last: number;
  /** Begin of each column, in pixels from the end of the titles; one more for the end. */
  readonly begins: readonly number[];
}

/** As wide as its values need it, and its name as far as that goes. */
function widthOf({ name, unit, type }: MatrixColumn): number {
  const letters = name.length + (unit ? unit.length + 1 : 0);
  return Math.max(WIDTHS[type], Math.min(WIDEST, BESIDE + letters * LETTER));
}

export function columnsIn(columns: readonly MatrixColumn[], sight: Sight): Span {
  const begins = [0];
  columns.forEach((column, i) => begins.push(begins[i] + widthOf(column)));
  const from = sight.left - SPARE_WIDTH;
  const to = sight.left + sight.width + SPARE_WIDTH;
  let first = columns.findIndex((_, i) => begins[i + 1] >= from);
  let last = columns.length - 1;
  if (first < 0) {
    first = 0;
  }
  while (last > first && begins[last] > to) {
    last -= 1;
  }
  return { first, last, begins };
}

/** First and last of the rows in sight. */
export function rowsIn(total: number, sight: Sight): [number, number] {
  return [
    Math.max(0, Math.floor(sight.top / ROW) - SPARE),
    Math.min(total, Math.ceil((sight.top + sight.height) / ROW) + SPARE) - 1
  ];
}
