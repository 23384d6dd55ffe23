import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Note } from '../contract';
import { anchorTyped, anchorWord } from '../views/anchor';
import { changeWords } from '../views/change-words';
import { FakeModel } from './fake';
import { clean, type Page, showModel, type } from './page';

afterEach(clean);

const NOTE: Note = {
  id: 'n1',
  text: 'as it was',
  updated: null,
  seen: ['op1'],
  anchor: 'p4'
};

async function edit(model: FakeModel): Promise<[Page, HTMLInputElement]> {
  const page = showModel(model);
  await page.open('key1');
  await vi.waitFor(() => page.button('Edit this note'));
  page.button('Edit this note').click();
  return [page, await page.find<HTMLInputElement>('input.rk-note-page')];
}

function withNote(note: Partial<Note> = {}): FakeModel {
  const model = new FakeModel();
  model.putMine('key1', { notes: [{ ...NOTE, ...note }] });
  return model;
}

describe('where a note belongs', () => {
  it('is written as people write it', () => {
    const all = ['p4', 'p4-6', '§4.2', '"two words"', null];
    const words = ['p. 4', 'pp. 4–6', '§4.2', '“two words”', ''];
    expect(all.map(anchorWord)).toEqual(words);
    expect(all.map(anchorTyped)).toEqual(['4', '4-6', '§4.2', '"two words"', '']);
  });

  it('is shown beside my notes and those of others', async () => {
    const model = new FakeModel();
    model.putMine('key2', { notes: [{ ...NOTE, anchor: '§4.2' }] });
    const page = showModel(model);
    await page.open('key2');
    await page.says('p. 4');
    const shown = page.all('.rk-note .rk-note-place').map(place => place.textContent);
    expect(shown).toEqual(['§4.2', 'p. 4']);
  });

  it('is saved by itself, without the text', async () => {
    const [page, field] = await edit(withNote());
    expect(field.value).toBe('4');
    type(field, 'page 5');
    await vi.waitFor(() => expect(page.model.mine('key1').notes[0]?.anchor).toBe('p5'));
    expect(page.model.asked('review').map(({ note }) => note)).toEqual([
      { id: 'n1', anchor: 'page 5', seen: ['op1'] }
    ]);
    await vi.waitFor(() => expect(field.value).toBe('5'));
    await vi.waitFor(() => expect(localStorage.length).toBe(0));
    page.press('Enter', field);
    await vi.waitFor(() => expect(page.get('input.rk-note-page')).toBeNull());
    await page.says('p. 5');
  });

  it('is taken back with an empty field', async () => {
    const [page, field] = await edit(withNote());
    type(field, '');
    field.dispatchEvent(new FocusEvent('blur'));
    await vi.waitFor(() => expect(page.model.mine('key1').notes[0]?.anchor).toBe(null));
    expect(page.model.asked('review')[0]?.note).toEqual({
      id: 'n1',
      anchor: null,
      seen: ['op1']
    });
  });

  it('goes along with a new note', async () => {
    const page = showModel(new FakeModel());
    await page.open('key1');
    page.button('Add a note').click();
    type(await page.find<HTMLInputElement>('input.rk-note-page'), '7');
    type(await page.find<HTMLTextAreaElement>('.rk-note-field'), 'Why?');
    await vi.waitFor(() => expect(page.model.mine('key1').notes[0]?.anchor).toBe('p7'));
    expect(page.model.asked('review').map(({ note }) => note)).toEqual([
      { id: null, text: 'Why?', anchor: '7', seen: [] }
    ]);
  });

  it('survives a failure and a reload', async () => {
    const model = withNote();
    model.failing.set('review', { message: 'No space left.', code: 'not-durable' });
    const [page, field] = await edit(model);
    type(field, '9');
    await page.says('No space left.');
    page.close();
    const again = withNote();
    const next = showModel(again);
    await next.open('key1');
    await next.says('Not saved yet');
    expect((await next.find<HTMLInputElement>('input.rk-note-page')).value).toBe('9');
    next.button('Retry').click();
    await vi.waitFor(() => expect(again.mine('key1').notes[0]?.anchor).toBe('p9'));
    await vi.waitFor(() => expect(localStorage.length).toBe(0));
  });

  it('that changed elsewhere is taken while I type the text, and not taken back', async () => {
    const model = withNote();
    const [page, field] = await edit(model);
    const area = await page.find<HTMLTextAreaElement>('.rk-note-field');
    type(area, 'my words');
    model.putMine('key1', { notes: [{ ...NOTE, anchor: 'p8', seen: ['op7'] }] });
    model.push('key1');
    await vi.waitFor(() => expect(field.value).toBe('8'));
    expect(area.value).toBe('my words');
    await vi.waitFor(() =>
      expect(model.mine('key1').notes[0]).toMatchObject({
        text: 'my words',
        anchor: 'p8'
      })
    );
  });

  it('that both changed is asked for', async () => {
    const model = withNote();
    model.failing.set('review', { message: 'No space left.', code: 'not-durable' });
    const [page, field] = await edit(model);
    type(field, '9');
    await page.says('No space left.');
    model.putMine('key1', { notes: [{ ...NOTE, anchor: 'p8', seen: ['op7'] }] });
    model.push('key1');
    await page.says('p. 8');
    expect(field.value).toBe('9');
    model.failing.delete('review');
    page.button('Keep mine').click();
    await vi.waitFor(() => expect(model.mine('key1').notes[0]?.anchor).toBe('p9'));
    expect(model.asked('review').at(-1)?.note).toEqual({
      id: 'n1',
      anchor: '9',
      seen: ['op1', 'op7']
    });
  });

  it('is told in the history', () => {
    const change = {
      id: 'x',
      citekey: 'key1',
      reviewer: 'ana',
      field: 'note:abcdef.anchor',
      value: 'p4-6' as unknown,
      by: 'ana',
      at: '',
      via: 'panel',
      group: null,
      origin: null
    };
    expect(changeWords(change, [])).toBe('put a note at pp. 4–6');
    expect(changeWords({ ...change, value: null }, [])).toBe(
      'took the page off a note'
    );
  });
});
