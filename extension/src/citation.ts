import type { INotebookTracker } from '@jupyterlab/notebook';

/** Whether a citation can be put somewhere. */
export function canCite(notebooks: INotebookTracker | null): boolean {
  return Boolean(notebooks?.activeCell);
}

/** Put `[@citekey]` where the cursor of the active cell is. */
export function insertCitation(notebooks: INotebookTracker, citekey: string): void {
  const cell = notebooks.activeCell;
  if (!cell) {
    return;
  }
  const text = `[@${citekey}]`;
  if (cell.model.type === 'markdown') {
    (cell as unknown as { rendered: boolean }).rendered = false;
  }
  if (cell.editor) {
    cell.editor.replaceSelection?.(text);
    cell.editor.focus();
  } else {
    // A cell far outside the window has no editor.
    const source = cell.model.sharedModel;
    source.updateSource(source.source.length, source.source.length, text);
  }
}
