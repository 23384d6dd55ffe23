import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeModel } from './fake';
import { clean, type Page, show, showModel, type } from './page';

afterEach(clean);

async function newNote(page: Page): Promise<HTMLTextAreaElement> {
  page.button('Add a note').click();
  return await page.find<HTMLTextAreaElement>('textarea[aria-label="New note"]');
}

async function editNote(page: Page): Promise<HTMLTextAreaElement> {
  await vi.waitFor(() => page.button('Edit this note'));
  page.button('Edit this note').click();
  return await page.find<HTMLTextAreaElement>('textarea.rk-note-field');
}

/** A model whose paper key1 has a note of mine. */
function withNote(text = 'as it was'): FakeModel {
  const model = new FakeModel();
  model.putMine('key1', {
    notes: [{ id: 'n1', text, updated: null, seen: ['op1'], anchor: null }]
  });
  return model;
}

describe('my review', () => {
  it('saves rating, status and tags at once', async () => {
    const page = show();
    await page.open('key1');
    page.button('4 of 5').click();
    await vi.waitFor(() => expect(page.model.mine('key1').rating).toBe(4));
    const status = await page.find<HTMLSelectElement>('.rk-review-mine select');
    status.value = 'read';
    status.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() => expect(page.model.mine('key1').status).toBe('read'));
    const tags = await page.find<HTMLInputElement>('.rk-tag-field');
    type(tags, 'serv');
    await page.find('.rk-offer');
    page.press('ArrowDown', tags);
    await page.find('.rk-offer.rk-active');
    page.press('Enter', tags);
    await vi.waitFor(() => expect(page.model.mine('key1').tags).toEqual(['serving']));
    await page.says('Saved');
  });

  it('rates by arrows, with one star in the tab order', async () => {
    const page = show();
    await page.open('key1');
    const group = await page.find('[role="radiogroup"]');
    expect(group.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    page.press('ArrowRight', group.querySelector('[tabindex="0"]')!);
    await vi.waitFor(() => expect(page.model.mine('key1').rating).toBe(1));
    await vi.waitFor(() =>
      expect(
        group.querySelector('[aria-checked="true"]')?.getAttribute('data-value')
      ).toBe('1')
    );
  });

  it('keeps a choice that could not be saved until it is', async () => {
    const page = show();
    await page.open('key1');
    page.model.failing.set('review', {
      message: 'The disk is full.',
      code: 'not-durable'
    });
    page.button('2 of 5').click();
    await page.says('The disk is full.');
    expect((await page.find('.rk-saving')).textContent).toBe('Not saved');
    page.model.failing.clear();
    page.button('Retry').click();
    await vi.waitFor(() => expect(page.model.mine('key1').rating).toBe(2));
    await vi.waitFor(() => expect(page.text).not.toContain('The disk is full.'));
  });

  it('who reviews from another computer chooses the name that is known', async () => {
    const model = new FakeModel();
    model.me = { reviewer: null, name: null, source: null, locked: false };
    const page = showModel(model);
    await page.says('Already reviewing here');
    page.button('Ben Okafor').click();
    await page.says('Review as Ben Okafor');
    page.button('Review as Ben Okafor').click();
    await vi.waitFor(() =>
      expect(model.asked('set_me')).toEqual([{ name: 'Ben Okafor' }])
    );
  });

  it('asks who is reviewing before the first edit', async () => {
    const model = new FakeModel();
    model.me = { reviewer: null, name: null, source: null, locked: false };
    const page = showModel(model);
    await page.open('key1');
    page.button('4 of 5').click();
    const name = await page.find<HTMLInputElement>('.rk-who input');
    expect(model.asked('review')).toEqual([]);
    type(name, 'Cleo');
    await page.says('Review as Cleo');
    page.button('Review as Cleo').click();
    await vi.waitFor(() => expect(model.asked('set_me')).toEqual([{ name: 'Cleo' }]));
    await vi.waitFor(() => expect(page.get('.rk-who')).toBeNull());
    await page.find('.rk-review-mine');
    page.button('4 of 5').click();
    await vi.waitFor(() => expect(model.mine('key1').rating).toBe(4));
  });

  it('settles a conflict with one click', async () => {
    const model = new FakeModel();
    const value = (id: string, rating: number): object => ({
      id,
      value: rating,
      by: 'ana',
      at: null,
      via: 'csv',
      pieces: [],
      text: null
    });
    const values = [value('x', 4), value('y', 2)] as never;
    model.change('key1', {
      conflicts: [{ citekey: 'key1', reviewer: 'ana', field: 'rating', values }]
    });
    const page = showModel(model);
    await page.find('[data-citekey="key1"] .rk-badge');
    await page.open('key1');
    page.button('Keep this: 2 of 5').click();
    await vi.waitFor(() => expect(page.get('.rk-conflict')).toBeNull());
    expect(model.asked('resolve')).toEqual([
      { citekey: 'key1', reviewer: 'ana', field: 'rating', id: 'y' }
    ]);
  });
});

describe('answers', () => {
  it('that are older than my change do not undo it', async () => {
    const page = show();
    await page.open('key1');
    page.model.held = [];
    page.model.push('key1');
    await vi.waitFor(() => expect(page.model.held).toHaveLength(1));
    const [late] = page.model.held.splice(0);
    const old = structuredClone(page.model.papers);
    page.model.held = null;
    page.button('5 of 5').click();
    await page.says('Saved');
    const fresh = page.model.papers.splice(0, Infinity, ...old);
    late?.();
    page.model.papers.splice(0, Infinity, ...fresh);
    await vi.waitFor(() => expect(page.model.asked('paper')).toHaveLength(3));
    await page.find('.rk-review-mine [aria-checked="true"][data-value="5"]');
    expect(page.text).toContain('5 of 5');
  });

  it('are asked for one at a time, however many changes meet them', async () => {
    const page = show();
    await page.open('key1');
    const { model } = page;
    let late: (() => void)[] = [];
    for (let n = 0; n < 6; n++) {
      model.held = null;
      page.button(`${(n % 5) + 1} of 5`).click();
      await vi.waitFor(() => expect(model.mine('key1').rating).toBe((n % 5) + 1));
      await page.says('Saved');
      model.held = [];
      const before = model.asked('paper').length;
      late.forEach(answer => answer());
      model.push('key1');
      await vi.waitFor(() => expect(model.asked('paper')).not.toHaveLength(before));
      await new Promise(done => setTimeout(done));
      expect(model.asked('paper')).toHaveLength(before + 1);
      late = model.held;
    }
  });

  it('go one after the other, and superseded ratings are left out', async () => {
    const page = show();
    await page.open('key1');
    page.model.held = [];
    ['1', '2', '3', '4'].forEach(value => page.button(`${value} of 5`).click());
    await vi.waitFor(() => expect(page.model.held).toHaveLength(1));
    page.model.release();
    await vi.waitFor(() => expect(page.model.mine('key1').rating).toBe(4));
    expect(page.model.asked('review').map(({ rating }) => rating)).toEqual([1, 4]);
  });

  it('that say no to a deletion are shown, and the note stays', async () => {
    const model = withNote();
    const page = showModel(model);
    await page.open('key1');
    await page.says('as it was');
    model.failing.set('review', { message: 'No space left.', code: 'not-durable' });
    page.button('Delete this note').click();
    await page.says('No space left.');
    expect(page.text).toContain('as it was');
  });

  it('may bring the paper before it is known who I am', async () => {
    const model = withNote();
    model.held = [];
    model.set('ui', { open: 'key1' });
    const page = showModel(model);
    const [project, ...others] = model.held;
    model.held = null;
    others.forEach(answer => answer());
    await page.find('.rk-review-mine');
    project?.();
    await page.says('as it was');
  });
});

describe('a note', () => {
  it('is saved as one types, once, and edited rather than doubled', async () => {
    const page = show();
    await page.open('key1');
    const field = await newNote(page);
    type(field, 'Table');
    type(field, 'Table 3');
    await vi.waitFor(() => expect(page.model.mine('key1').notes).toHaveLength(1));
    type(field, 'Table 3 is the result.');
    field.dispatchEvent(new FocusEvent('blur'));
    await vi.waitFor(() =>
      expect(page.model.mine('key1').notes.map(({ text }) => text)).toEqual([
        'Table 3 is the result.'
      ])
    );
    expect(page.model.asked('review').map(({ note }) => note)).toEqual([
      { id: null, text: 'Table 3', seen: [] },
      { id: 'n1', text: 'Table 3 is the result.', seen: ['op1'] }
    ]);
    await vi.waitFor(() => expect(localStorage.length).toBe(0));
  });

  it('is saved when the view goes away', async () => {
    const page = show();
    await page.open('key1');
    type(await newNote(page), 'in a hurry');
    page.close();
    await vi.waitFor(() =>
      expect(page.model.mine('key1').notes[0]?.text).toBe('in a hurry')
    );
    await vi.waitFor(() => expect(page.model.heard).toBe(0));
    expect(localStorage.length).toBe(0);
  });

  it('survives a failure and a reload', async () => {
    const model = withNote();
    const page = showModel(model);
    await page.open('key1');
    model.failing.set('review', { message: 'No space left.', code: 'not-durable' });
    type(await editNote(page), 'precious words');
    await page.says('No space left.');
    page.close();

    const again = withNote();
    const next = showModel(again);
    await next.open('key1');
    await next.says('Not saved yet');
    expect((await next.find<HTMLTextAreaElement>('.rk-note-field')).value).toBe(
      'precious words'
    );
    expect(again.asked('review')).toEqual([]);
    next.button('Retry').click();
    await vi.waitFor(() =>
      expect(again.mine('key1').notes[0]?.text).toBe('precious words')
    );
    await vi.waitFor(() => expect(localStorage.length).toBe(0));
  });

  it('can be discarded after a reload', async () => {
    const model = withNote();
    model.failing.set('review', { message: 'No space left.', code: 'not-durable' });
    const page = showModel(model);
    await page.open('key1');
    type(await newNote(page), 'a draft');
    await page.says('No space left.');
    page.close();
    const next = showModel(withNote());
    await next.open('key1');
    await next.says('Not saved yet');
    next.button('Discard').click();
    await vi.waitFor(() => expect(localStorage.length).toBe(0));
    expect(next.text).toContain('as it was');
  });

  it('is not overwritten by a change from elsewhere while I type', async () => {
    const model = withNote();
    const page = showModel(model);
    await page.open('key1');
    const field = await editNote(page);
    type(field, 'my words');
    model.putMine('key1', {
      notes: [
        { id: 'n1', text: 'their words', updated: null, seen: ['op9'], anchor: null }
      ]
    });
    model.push('key1');
    await page.says('their words');
    expect(field.value).toBe('my words');
    expect(model.mine('key1').notes[0]?.text).toBe('their words');
    page.button('Keep mine').click();
    await vi.waitFor(() => expect(model.mine('key1').notes[0]?.text).toBe('my words'));
    expect(model.asked('review')[0]).toMatchObject({
      note: { id: 'n1', text: 'my words', seen: ['op1', 'op9'] }
    });
  });

  it('takes the newer text with one click', async () => {
    const model = withNote();
    const page = showModel(model);
    await page.open('key1');
    const field = await editNote(page);
    type(field, 'my words');
    model.putMine('key1', {
      notes: [
        { id: 'n1', text: 'their words', updated: null, seen: ['op9'], anchor: null }
      ]
    });
    model.push('key1');
    await page.says('their words');
    page.button('Take the newer text').click();
    await vi.waitFor(() => expect(field.value).toBe('their words'));
    expect(model.asked('review')).toEqual([]);
    expect(localStorage.length).toBe(0);
  });

  it('follows a change from elsewhere when I am not typing', async () => {
    const model = withNote();
    const page = showModel(model);
    await page.open('key1');
    await page.says('as it was');
    model.putMine('key1', {
      notes: [
        { id: 'n1', text: 'as it is', updated: null, seen: ['op2'], anchor: null }
      ]
    });
    model.push('key1');
    await page.says('as it is');
  });

  it('says what was waiting to be written', async () => {
    const model = withNote();
    model.waiting = ['waiting for reviews.csv'];
    const page = showModel(model);
    await page.says('Waiting for reviews.csv…');
  });
});

describe('the form', () => {
  it('shows one paper and no list', async () => {
    const page = show({ view: 'form', citekey: 'key4' });
    await page.says('Paper 4:');
    expect(page.get('.rk-list')).toBeNull();
    expect(page.model.asked('papers')).toEqual([]);
  });

  it('follows the spec of its model', async () => {
    const page = show({ view: 'form', citekey: 'key4' });
    await page.says('Paper 4:');
    page.model.set('spec', {
      format: 1,
      view: 'form',
      project: 'demo',
      citekey: 'key5',
      query: null,
      columns: null,
      papers: null
    });
    page.model.emit('change:spec');
    await page.says('Paper 5:');
    expect(page.model.heard).toBe(1);
  });
});
