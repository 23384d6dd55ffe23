import { Editing } from './editing';
import type { MatrixState, Place } from './state';

/**
 * The keys of the grid, as in a spreadsheet; `page` is how many rows are in sight. What they
 * mean nothing for goes on to the keys of the whole view.
 */
export function press(state: MatrixState, event: KeyboardEvent, page: number): void {
  if (act(state, event, page)) {
    event.preventDefault();
  }
}

function act(state: MatrixState, event: KeyboardEvent, page: number): boolean {
  const { key } = event;
  const { row, column } = state.place.value;
  if (event.altKey || event.isComposing) {
    return false;
  }
  const control = event.ctrlKey || event.metaKey;
  const from = (event.shiftKey && state.reach.value) || state.place.value;
  const to = target(key, control, from, page);
  if (to && event.shiftKey) {
    state.extend(to.row, to.column);
    return true;
  }
  if (to) {
    state.select(to.row, to.column);
    return true;
  }
  if (control && key.toLowerCase() === 'a') {
    state.selectAll();
    return true;
  }
  if (key === 'Escape' && state.reach.value) {
    state.reach.value = null;
    return true;
  }
  if (key === 'Tab') {
    const next = column + (event.shiftKey ? -1 : 1);
    const inside = next >= -1 && next < state.columns.value.length;
    if (inside) {
      state.select(row, next);
    }
    // At the edge the key leaves the grid.
    return inside;
  }
  const paper = state.rows.row(row);
  if (column < 0) {
    if (key === 'Enter' && paper && !control) {
      state.view.open(paper.citekey);
      return true;
    }
    return false;
  }
  return inCell(state, key, control);
}

/** Where a key leads; null: it leads nowhere. Beyond the edge means the edge. */
function target(
  key: string,
  control: boolean,
  { row, column }: Place,
  page: number
): Place | null {
  switch (key) {
    case 'ArrowDown':
      return { row: control ? Infinity : row + 1, column };
    case 'ArrowUp':
      return { row: control ? 0 : row - 1, column };
    case 'ArrowRight':
      return { row, column: control ? Infinity : column + 1 };
    case 'ArrowLeft':
      return { row, column: control ? -1 : column - 1 };
    case 'Home':
      return { row: control ? 0 : row, column: -1 };
    case 'End':
      return { row: control ? Infinity : row, column: Infinity };
    case 'PageDown':
      return { row: row + page, column };
    case 'PageUp':
      return { row: row - page, column };
    default:
      return null;
  }
}

/** The keys that mean the selected cell. */
function inCell(state: MatrixState, key: string, control: boolean): boolean {
  const { selected } = state;
  if (!selected) {
    return false;
  }
  const { row, column, cell } = selected;
  if (control) {
    if (key === 'Enter' && cell.state === 'suggested') {
      void state.acceptFirst(row, column);
      return true;
    }
    return false;
  }
  if (column.type === 'rating' && /^[0-5]$/.test(key)) {
    void state.view.rate(row.citekey, key === '0' ? null : Number(key));
    return true;
  }
  if (column.type === 'tag' && (key === ' ' || key === 'Enter')) {
    const tag = [column.about || column.name];
    const mine = cell.people.includes(state.view.reviewer ?? '');
    void state.act('review', {
      citekey: row.citekey,
      ...(mine ? { remove_tags: tag } : { add_tags: tag })
    });
    return true;
  }
  if (!Editing.takes(column)) {
    return false;
  }
  if (key === 'Enter' || key === 'F2') {
    state.editing.begin(row, column, cell.mine, null);
    return true;
  }
  if (key === 'Delete' || key === 'Backspace') {
    if (state.reach.value) {
      // So much is not taken back by one key.
      state.view.say('Select a single cell to take back what you said in it.', null);
      return true;
    }
    void state.editing.clear(row, column, cell.mine);
    return true;
  }
  if (Array.from(key).length === 1 && key !== '/' && key !== '?') {
    state.editing.begin(row, column, cell.mine, key);
    return true;
  }
  return false;
}
