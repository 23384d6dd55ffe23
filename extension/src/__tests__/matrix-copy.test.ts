import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sheetText } from '../views/matrix/sheet-text';
import type { MatrixCell, MatrixRow } from '../contract';
import { MatrixModel } from './matrix-fake';
import { clean, type Page, showModel } from './page';

afterEach(clean);

const EMPTY: MatrixCell = {
  state: 'empty',
  text: '',
  mine: '',
  people: [],
  fits: true
};

/** What a copy puts on the clipboard, by type; null: the view leaves it to the browser. */
function copied(): Map<string, string> | null {
  const data = new Map<string, string>();
  const event = new Event('copy', { bubbles: true, cancelable: true });
  Object.assign(event, {
    clipboardData: { setData: (type: string, text: string) => data.set(type, text) }
  });
  document.body.dispatchEvent(event);
  return event.defaultPrevented ? data : null;
}

/** A spreadsheet's reading of tab-separated text. */
function parsed(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^\t\n"]*))(\t|\n|$)/g
  )) {
    rows[rows.length - 1].push(quoted?.replace(/""/g, '"') ?? bare);
    if (end === '\n') {
      rows.push([]);
    } else if (end === '') {
      break;
    }
  }
  return rows;
}

describe('cells for a spreadsheet', () => {
  const { columns } = new MatrixModel();
  const hostile = [
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-x', "'-x"],
    ["'=x", "''=x"],
    ['\t=1', "'\t=1"],
    ['two\nlines\tand "quotes"', 'two\nlines\tand "quotes"'],
    ["it's", "it's"]
  ];

  it.each(hostile)('keeps %j as text in one cell', (text, expected) => {
    const cells = [EMPTY, { ...EMPTY, state: 'filled' as const, text }, EMPTY];
    const row: MatrixRow = { citekey: 'a', title: text, year: null, empty: 0, cells };
    const { plain, html } = sheetText(columns, [row, row], [-1, 2], false);
    const line = [expected, '', expected, ''];
    expect(parsed(plain)).toEqual([line, line]);
    const table = new DOMParser().parseFromString(html, 'text/html');
    expect(table.querySelectorAll('tr')[1].children).toHaveLength(4);
    expect(table.querySelector('td:nth-child(3)')?.textContent).toBe(
      expected.replace('\n', '')
    );
  });

  it('leaves numbers numbers, and marks what is only suggested', () => {
    const number = (text: string, state: MatrixCell['state']): MatrixRow => ({
      citekey: 'a',
      title: 'A',
      year: null,
      empty: 0,
      cells: [{ ...EMPTY, state, text }, EMPTY, EMPTY]
    });
    const rows = [number('-2.5', 'filled'), number('2.5', 'suggested')];
    const { plain } = sheetText(columns, rows, [0, 0], true);
    expect(plain).toBe('Speedup (x)\n-2.5\n2.5?');
  });
});

describe('copying out of the matrix', () => {
  let model: MatrixModel;
  let page: Page;
  const cell = (row: number, column: string): HTMLElement =>
    page.get(`[data-citekey="key${row}"] [data-column="${column}"]`)!;
  const mouse = (
    target: HTMLElement,
    type: string,
    more: MouseEventInit = {}
  ): void => {
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, ...more }));
  };

  beforeEach(async () => {
    model = new MatrixModel(300);
    page = showModel(model);
    await page.find('[data-citekey="key1"]');
    mouse(cell(1, 'speedup'), 'mousedown');
    (await page.find('.rk-grid')).focus();
  });

  it('takes the cells that shift and the arrows select, and says how many', async () => {
    page.press('ArrowDown', undefined, { shiftKey: true });
    page.press('ArrowRight', undefined, { shiftKey: true });
    await page.says('2 rows by 2 columns selected');
    expect(page.all('[role=gridcell][aria-selected=true]')).toHaveLength(4);
    expect(copied()?.get('text/plain')).toBe('2.5?\t\n2 / 3\t');
    await page.says('4 cells copied');
    page.press('ArrowDown');
    await vi.waitFor(() =>
      expect(page.all('[role=gridcell][aria-selected=true]')).toHaveLength(1)
    );
  });

  it('takes what the mouse drags over, and what shift and a click reach', async () => {
    mouse(cell(3, 'remark'), 'mouseenter', { buttons: 1, bubbles: false });
    await page.says('3 rows by 2 columns selected');
    mouse(cell(2, 'speedup'), 'mousedown', { shiftKey: true });
    await page.says('2 rows by 1 column selected');
    expect(copied()?.get('text/plain')).toBe('2.5?\n2 / 3');
  });

  it('takes one cell, and leaves other text to the browser', () => {
    expect(copied()?.get('text/plain')).toBe('2.5?');
    page.get<HTMLInputElement>('[type=search]')!.focus();
    expect(copied()).toBeNull();
  });

  it('fetches rows that were never in sight, and asks for the key again', async () => {
    page.press('a', undefined, { ctrlKey: true });
    await page.says('300 rows by 4 columns selected');
    expect(copied()?.size).toBe(0);
    await page.says('copy once more');
    const rows = parsed(copied()?.get('text/plain') ?? '');
    expect(rows).toHaveLength(301);
    expect(rows[0]).toEqual(['Paper', 'Speedup (x)', 'Remark', 'Rating']);
    expect(rows[300][0]).toBe(model.papers[299].title);
  });

  it('takes nothing back from several cells at one key', async () => {
    page.press('ArrowDown', undefined, { shiftKey: true });
    page.press('Delete');
    await page.says('Select a single cell');
    expect(model.asked('fill')).toEqual([]);
    page.press('Escape');
    await vi.waitFor(() => expect(page.all('.rk-among')).toHaveLength(0));
  });
});
