import type { Place } from './state';

/** A rectangle of cells, edges included; the column -1 is the papers' own. */
export interface Block {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The cells between two corners. */
export function blockOf(one: Place, other: Place): Block {
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column)
  };
}

export function isInside(block: Block, row: number, column: number): boolean {
  return (
    row >= block.top &&
    row <= block.bottom &&
    column >= block.left &&
    column <= block.right
  );
}

/** How large it is, in words; empty for a single cell. */
export function sizeOf({ top, bottom, left, right }: Block): string {
  const rows = bottom - top + 1;
  const columns = right - left + 1;
  const of = (number: number, what: string): string =>
    `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
  return rows * columns === 1
    ? ''
    : `${of(rows, 'row')} by ${of(columns, 'column')} selected`;
}
