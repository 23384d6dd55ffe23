import type { ICellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';

/** What the metadata of the bibliography's cell call it. */
export const ROLE = 'bibliography';

interface Ours {
  role?: unknown;
  style?: unknown;
}

function ours(cell: ICellModel): Ours | null {
  const value: unknown = cell.getMetadata('reviewkit');
  return typeof value === 'object' && value !== null ? value : null;
}

/** Whether this cell holds the bibliography. */
export function isBibliography(cell: ICellModel): boolean {
  return cell.type === 'markdown' && ours(cell)?.role === ROLE;
}

/** All cells of a notebook that match. */
export function cellsOf(
  model: INotebookModel,
  matches: (cell: ICellModel) => boolean
): ICellModel[] {
  return Array.from(model.cells).filter(matches);
}

/** The style that the notebook's bibliography names; null: there is none. */
export function styleOf(model: INotebookModel): string | null {
  for (const cell of cellsOf(model, isBibliography)) {
    const style = ours(cell)?.style;
    if (typeof style === 'string' && style) {
      return style;
    }
  }
  return null;
}

/** Have the bibliography in this style: in its cell, else in a new one at the end. */
export function putBibliography(
  model: INotebookModel,
  source: string,
  style: string
): void {
  const existing = cellsOf(model, isBibliography);
  for (const cell of existing) {
    cell.setMetadata('reviewkit', { ...ours(cell), role: ROLE, style });
    renew(cell, source);
  }
  if (existing.length === 0) {
    const metadata = { reviewkit: { role: ROLE, style } };
    model.sharedModel.insertCell(model.cells.length, {
      cell_type: 'markdown',
      metadata,
      source
    });
  }
}

/** Give a cell this source; only what differs is touched, and nobody has to undo it. */
export function renew(cell: ICellModel, source: string): boolean {
  const shared = cell.sharedModel;
  const before = shared.getSource();
  if (before === source) {
    return false;
  }
  const shorter = Math.min(before.length, source.length);
  let start = 0;
  while (start < shorter && before[start] === source[start]) {
    start++;
  }
  let end = 0;
  while (
    end < shorter - start &&
    before[before.length - 1 - end] === source[source.length - 1 - end]
  ) {
    end++;
  }
  const written = source.slice(start, source.length - end);
  shared.transact(() => {
    shared.updateSource(start, before.length - end, written);
  }, false);
  return true;
}
