import type { MatrixCell, MatrixColumn, MatrixRow } from '../../contract';

/** Cells as a spreadsheet takes them from the clipboard. */
export interface SheetText {
  readonly plain: string;
  readonly html: string;
}

// A spreadsheet runs a cell that begins so; a leading ' keeps it text.
const FORMULA = /^'*[=+\-@\t\r]/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The rows, with the names of the columns above them if asked for; `first` and `last` are
 * columns, and -1 is the paper's title.
 */
export function sheetText(
  columns: readonly MatrixColumn[],
  rows: readonly MatrixRow[],
  [first, last]: readonly [number, number],
  headed: boolean
): SheetText {
  const numbers: number[] = [];
  for (let i = first; i <= last; i++) {
    numbers.push(i);
  }
  const table = rows.map(row =>
    numbers.map(i =>
      guarded(i < 0 ? row.title || row.citekey : shown(row.cells[i]), columns[i])
    )
  );
  if (headed) {
    table.unshift(numbers.map(i => guarded(i < 0 ? 'Paper' : titleOf(columns[i]))));
  }
  const lines = table.map(cells => cells.map(quoted).join('\t'));
  const marked = table.map(
    cells => `<tr>${cells.map(text => `<td>${escaped(text)}</td>`).join('')}</tr>`
  );
  return { plain: lines.join('\n'), html: `<table>${marked.join('')}</table>` };
}

function titleOf({ name, unit }: MatrixColumn): string {
  return unit ? `${name} (${unit})` : name;
}

/** What is only suggested is marked, as in the files that are written. */
function shown(cell: MatrixCell | undefined): string {
  return cell ? `${cell.text}${cell.state === 'suggested' ? '?' : ''}` : '';
}

/** With a `'` before what a spreadsheet would run as a formula; a number stays one. */
function guarded(text: string, column?: MatrixColumn): string {
  const number =
    (column?.type === 'number' || column?.type === 'rating') && NUMBER.test(text);
  return FORMULA.test(text) && !number ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;'
};

function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, sign => ENTITIES[sign])
    .replace(/\r\n?|\n/g, '<br style="mso-data-placement:same-cell">');
}
