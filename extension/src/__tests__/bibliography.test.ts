import { NotebookModel } from '@jupyterlab/notebook';
import { beforeEach, expect, it } from 'vitest';
import {
  cellsOf,
  isBibliography,
  putBibliography,
  renew,
  styleOf
} from '../citing/cells';

let model: NotebookModel;

beforeEach(() => {
  model = new NotebookModel();
  model.sharedModel.insertCells(0, [
    { cell_type: 'markdown', source: '[@a]', metadata: {} },
    {
      cell_type: 'code',
      source: '1',
      metadata: { reviewkit: { role: 'bibliography' } }
    }
  ]);
});

function sources(): string[] {
  return Array.from(model.cells).map(cell => cell.sharedModel.getSource());
}

it('puts the bibliography into a new cell at the end, once', () => {
  expect(styleOf(model)).toBeNull();
  putBibliography(model, 'One.', 'apa');
  putBibliography(model, 'Two.', 'ieee');
  expect(sources()).toEqual(['[@a]', '1', 'Two.']);
  expect(styleOf(model)).toBe('ieee');
  expect(cellsOf(model, isBibliography)).toHaveLength(1);
});

it('keeps what else the metadata say', () => {
  putBibliography(model, 'One.', 'apa');
  const cell = cellsOf(model, isBibliography)[0];
  cell.setMetadata('reviewkit', { role: 'bibliography', style: 'apa', more: 1 });
  cell.setMetadata('tags', ['x']);
  putBibliography(model, 'One.', 'ieee');
  expect(cell.metadata).toEqual({
    reviewkit: { role: 'bibliography', style: 'ieee', more: 1 },
    tags: ['x']
  });
});

it('renews only what differs, and nothing of it can be undone', () => {
  const cell = model.cells.get(0);
  const shared = cell.sharedModel;
  shared.clearUndoHistory();
  shared.updateSource(0, 0, 'typed ');
  const changes: unknown[] = [];
  shared.changed.connect((_, change) => changes.push(change.sourceChange));
  expect(renew(cell, 'typed [@ab]')).toBe(true);
  expect(changes).toEqual([[{ retain: 9 }, { insert: 'b' }]]);
  expect(renew(cell, 'typed [@ab]')).toBe(false);
  shared.undo();
  expect(shared.getSource()).toBe('[@ab]');
});

it('renews any text into any other', () => {
  const cell = model.cells.get(0);
  for (const text of ['', 'aa', 'aaa', 'a', 'bab', 'ab', '', 'ü\n\nü']) {
    renew(cell, text);
    expect(cell.sharedModel.getSource()).toBe(text);
  }
});
