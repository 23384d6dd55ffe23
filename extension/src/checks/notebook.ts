import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Finding, TextEdit } from '../contract';

/** The place of a cell by its id, else by its number among all; -1: it is not there. */
export function placeOf(
  panel: NotebookPanel,
  cell: string | null,
  number: number | null
): number {
  const cells = Array.from(panel.model?.cells ?? []);
  const found = cells.findIndex(({ id }) => id === cell);
  const at = (number ?? 0) - 1;
  return found >= 0 || cell !== null ? found : at < cells.length ? at : -1;
}

/** Bring a cell to the front and make it the active one. */
export async function reveal(panel: NotebookPanel, at: number): Promise<void> {
  const { content } = panel;
  content.mode = 'command';
  content.deselectAll();
  content.activeCellIndex = at;
  await content.scrollToItem(at, 'smart');
  content.activeCell?.node.focus();
}

/**
 * Whether the cells still say what the finding was told of: offsets of another text would
 * change the wrong words.
 */
export function stillThere(panel: NotebookPanel, finding: Finding): boolean {
  const { start, end, quote } = finding;
  const at = placeOf(panel, finding.cell_id, finding.cell);
  if (at < 0) {
    return false;
  }
  if (start === null || end === null || quote === '' || quote.endsWith('…')) {
    return true;
  }
  const letters = Array.from(sourceOf(panel, at));
  return letters.slice(start, end).join('').replace(/\s+/g, ' ').trim() === quote;
}

/** Make the edits of a fix; each cell's are one step of its undoing. */
export function apply(
  panel: NotebookPanel,
  finding: Finding,
  edits: readonly TextEdit[]
): void {
  const last = [...edits].sort((one, other) => other.start - one.start);
  for (const { cell, start, end, text } of last) {
    const own = cell === finding.cell ? finding.cell_id : null;
    const at = placeOf(panel, own, cell);
    const model = panel.model?.cells.get(at);
    if (!model) {
      continue;
    }
    // Offsets count characters; JavaScript counts some of them twice.
    const letters = Array.from(sourceOf(panel, at));
    const from = letters.slice(0, start).join('').length;
    const to = letters.slice(0, end).join('').length;
    model.sharedModel.updateSource(from, to, text);
    rendered(panel, at);
  }
}

/** Put a comment into a cell that silences a rule there. */
export function ignore(panel: NotebookPanel, at: number, rule: string): void {
  const model = panel.model?.cells.get(at);
  if (model) {
    const source = sourceOf(panel, at);
    const comment =
      model.type === 'code'
        ? `\n# reviewkit: ignore ${rule}`
        : `\n\n<!-- reviewkit: ignore ${rule} -->`;
    model.sharedModel.updateSource(source.length, source.length, comment);
    rendered(panel, at);
  }
}

function sourceOf(panel: NotebookPanel, at: number): string {
  return panel.model?.cells.get(at).sharedModel.getSource() ?? '';
}

/** A rendered cell shows its new text. */
function rendered(panel: NotebookPanel, at: number): void {
  const cell = panel.content.widgets[at] as CodeCell | undefined;
  cell?.update();
}
