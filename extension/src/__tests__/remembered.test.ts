import type { IStateDB } from '@jupyterlab/statedb';
import { beforeEach, expect, it, vi } from 'vitest';
import { Remembered } from '../remembered';

const db = { fetch: vi.fn(), save: vi.fn(() => Promise.resolve()) };

function remembered(): Remembered {
  return new Remembered(db as unknown as IStateDB);
}

beforeEach(() => {
  vi.useFakeTimers();
  db.fetch.mockReset();
  db.save.mockReset();
});

it('gives back after a reload what was shown before it', async () => {
  const before = remembered();
  await before.recall();
  before.show('demo');
  before.keep('demo', { open: 'k' });
  before.keep('other', { open: null });
  vi.runAllTimers();
  expect(db.save).toHaveBeenCalledOnce();
  const [, stored] = db.save.mock.calls[0] as unknown as [string, unknown];
  db.fetch.mockResolvedValue(JSON.parse(JSON.stringify(stored)));
  const after = remembered();
  expect(await after.recall()).toBe('demo');
  expect(after.view('demo')).toEqual({ open: 'k' });
  expect(after.view('nowhere')).toBeNull();
});

it('stores nothing before it knows what was stored', () => {
  const early = remembered();
  early.show('demo');
  vi.runAllTimers();
  expect(db.save).not.toHaveBeenCalled();
});

it.each([[null], [{ project: 3, views: 'x' }], [{ views: [['a', 1], 7] }]])(
  'begins at the root with a state like %j',
  async stored => {
    db.fetch.mockResolvedValue(stored);
    expect(await remembered().recall()).toBe('');
  }
);

it('forgets the oldest of many projects', async () => {
  const many = remembered();
  await many.recall();
  for (let i = 0; i < 30; i++) {
    many.keep(`p${i}`, i);
  }
  expect(many.view('p9')).toBeNull();
  expect(many.view('p10')).toBe(10);
});
