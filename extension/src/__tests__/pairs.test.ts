import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Duplicate } from '../contract';
import { pieces } from '../views/differing';
import { FakeModel } from './fake';
import { clean, type Page, showModel } from './page';

afterEach(clean);

const EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

function pairOf(n: number, more: Partial<Duplicate> = {}): Duplicate {
  return {
    keep: `key${2 * n}`,
    other: `key${2 * n + 1}`,
    probability: 0.97,
    sure: true,
    versions: false,
    reasons: ['titles equal'],
    keep_type: 'article',
    other_type: 'misc',
    keep_reviewers: ['ana'],
    other_reviewers: [],
    fields: [
      { name: 'title', keep: `Title ${n}`, other: `Title ${n} again`, take: 'keep' },
      { name: 'year', keep: '2021', other: '2021', take: 'keep' },
      { name: 'eprint', keep: null, other: '2101.00001', take: 'other' }
    ],
    ...more
  };
}

/** A view with these pairs, opened by its badge. */
async function open(pairs: Duplicate[]): Promise<Page> {
  const model = new FakeModel();
  model.pairs = pairs;
  const page = showModel(model);
  const badge = await page.find<HTMLButtonElement>('[title^="Compare papers"]');
  badge.click();
  await page.find('.rk-compared');
  return page;
}

function choice(page: Page, field: string, side: string): HTMLElement {
  return page.get(`[aria-label="${field}"] [data-side="${side}"]`)!;
}

describe('duplicates', () => {
  it('are announced only where there are some', async () => {
    const page = showModel(new FakeModel());
    await page.find('[data-citekey="key1"]');
    expect(page.get('[title^="Compare papers"]')).toBeNull();
  });

  it('are counted in the header, sure ones and others', async () => {
    const maybe = pairOf(1, { sure: false, probability: 0.6 });
    const page = await open([pairOf(0), maybe]);
    expect(page.get('[title^="Compare papers"]')?.textContent).toBe(
      '1 duplicate · 1 possible one'
    );
    expect(page.all('.rk-pair-row')).toHaveLength(2);
    await page.says('maybe, 60 %');
  });

  it('show what differs, with the proposed side chosen', async () => {
    const page = await open([pairOf(0)]);
    expect(choice(page, 'title', 'keep').getAttribute('aria-checked')).toBe('true');
    expect(choice(page, 'eprint', 'other').getAttribute('aria-checked')).toBe('true');
    expect(page.all('mark').map(mark => mark.textContent)).toEqual(['again']);
    expect(page.get('[aria-label="year"]')).toBeNull();
    await page.says('1 equal field');
  });

  it('are merged as chosen, and the toast undoes it', async () => {
    const page = await open([pairOf(0), pairOf(1)]);
    choice(page, 'title', 'other').click();
    await vi.waitFor(() =>
      expect(choice(page, 'title', 'other').getAttribute('aria-checked')).toBe('true')
    );
    page.button('Merge').click();
    await page.says('key1 is merged into key0');
    expect(page.model.asked('merge')).toEqual([
      {
        keep: 'key0',
        other: 'key1',
        fields: { title: 'other', year: 'keep', eprint: 'other' }
      }
    ]);
    await vi.waitFor(() => expect(page.all('.rk-pair-row')).toHaveLength(1));
    page.button('Undo').click();
    await page.says('Undone');
    expect(page.model.asked('undo')).toHaveLength(1);
  });

  it('can be merged the other way round', async () => {
    const page = await open([pairOf(0)]);
    choice(page, 'title', 'other').click();
    page.get('.rk-turn')!.click();
    await page.says('Keep key0 instead');
    page.button('Merge').click();
    await vi.waitFor(() => expect(page.model.asked('merge')).toHaveLength(1));
    expect(page.model.asked('merge')[0]).toEqual({
      keep: 'key1',
      other: 'key0',
      fields: { title: 'keep', year: 'other', eprint: 'keep' }
    });
  });

  it('are gone through by the keyboard alone', async () => {
    const page = await open([pairOf(0), pairOf(1), pairOf(2)]);
    const list = await page.find('[data-rk-focus="pairs"]');
    await vi.waitFor(() => expect(document.activeElement).toBe(list));
    page.press('s', list);
    await vi.waitFor(() =>
      expect(page.get('.rk-pair-row[aria-selected="true"]')?.textContent).toContain(
        'Title 1'
      )
    );
    page.press('ArrowDown', list);
    page.press('x', list);
    await vi.waitFor(() =>
      expect(page.model.asked('keep_apart')).toEqual([
        { citekey: 'key4', other: 'key5' }
      ])
    );
    await vi.waitFor(() => expect(page.all('.rk-pair-row')).toHaveLength(2));
    await vi.waitFor(() => expect(page.button('Merge').disabled).toBe(false));
    page.press('ArrowRight', choice(page, 'title', 'keep'));
    await vi.waitFor(() =>
      expect(document.activeElement).toBe(choice(page, 'title', 'other'))
    );
    page.press('m', choice(page, 'title', 'other'));
    await vi.waitFor(() => expect(page.model.asked('merge')).toHaveLength(1));
    expect(page.model.asked('review')).toEqual([]);
    page.press('Escape');
    await vi.waitFor(() => expect(page.get('.rk-pairs')).toBeNull());
  });

  it('wait for a name before anything is merged', async () => {
    const model = new FakeModel();
    model.pairs = [pairOf(0)];
    model.me = { reviewer: null, name: null, source: null, locked: false };
    const page = showModel(model);
    (await page.find('[title^="Compare papers"]')).click();
    await page.find('.rk-compared');
    page.button('Merge').click();
    expect(page.model.asked('merge')).toEqual([]);
  });

  it('say what was refused', async () => {
    const page = await open([pairOf(0)]);
    page.model.failing.set('merge', { message: 'They are two papers.', code: 'x' });
    page.button('Merge').click();
    await page.says('They are two papers.');
    expect(page.all('.rk-pair-row')).toHaveLength(1);
  });

  it('open by the command of the host', async () => {
    const model = new FakeModel();
    const page = showModel(model);
    await page.find('[data-citekey="key1"]');
    model.set('show', { duplicates: 1 });
    model.emit('change:show');
    await page.says('No paper is here twice');
  });

  it('are told after papers were added', async () => {
    const page = showModel(new FakeModel());
    await page.find('[data-citekey="key1"]');
    page.button('Add papers…').click();
    const field = await page.find<HTMLTextAreaElement>('.rk-paste');
    page.model.pairs = [pairOf(0, { sure: false })];
    field.value = 'x';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await vi.waitFor(() => expect(page.button('Add').disabled).toBe(false));
    page.button('Add').click();
    await page.says('1 new pair may be the same paper.');
    page.button('Compare').click();
    await page.find('.rk-compared');
  });

  it('are inert whatever they hold', async () => {
    const page = await open([
      pairOf(0, {
        keep: EVIL,
        keep_type: EVIL,
        keep_reviewers: [EVIL],
        reasons: [EVIL],
        fields: [
          { name: 'title', keep: EVIL, other: `${EVIL} x`, take: 'keep' },
          { name: EVIL, keep: EVIL, other: EVIL, take: 'keep' }
        ]
      })
    ]);
    expect(page.text).toContain('onerror');
    expect(page.all('script, img, [onerror]')).toEqual([]);
    expect((window as { hacked?: unknown }).hacked).toBeUndefined();
  });
});

describe('the words that differ', () => {
  it('are marked, each as often as the other text lacks it', () => {
    expect(pieces('a new new title', 'a new title')).toEqual([
      ['a new ', false],
      ['new ', true],
      ['title', false]
    ]);
    expect(pieces('one', null)).toEqual([['one', false]]);
  });
});
