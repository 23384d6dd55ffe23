import { afterEach, describe, expect, it, vi } from 'vitest';
import { changeWords } from '../views/change-words';
import { replaces, withChoices } from '../views/state-choice';
import { fieldWord, shown } from '../views/values';
import { FakeModel } from './fake';
import { clean, type Page, showModel } from './page';

afterEach(clean);

function group(...criteria: string[]): FakeModel {
  const model = new FakeModel();
  model.criteria = criteria;
  return model;
}

function stars(page: Page, name: string): HTMLElement {
  const found = page.get(`[role="radiogroup"][aria-label="My rating of ${name}"]`);
  expect(found, name).not.toBeNull();
  return found as HTMLElement;
}

describe('criteria', () => {
  it('are not asked where a group has none', async () => {
    const page = showModel(group());
    await page.open('key1');
    expect(page.get('.rk-criteria')).toBeNull();
    expect(page.all('[role="radiogroup"]')).toHaveLength(1);
  });

  it('have a row each, in the group’s order, and are saved at once', async () => {
    const page = showModel(group('soundness', 'clarity-of-text'));
    await page.open('key1');
    const names = page.all('.rk-criterion-name').map(el => el.textContent);
    expect(names).toEqual(['Soundness', 'Clarity of text']);
    stars(page, 'soundness').querySelector<HTMLElement>('[data-value="4"]')!.click();
    stars(page, 'clarity of text')
      .querySelector<HTMLElement>('[data-value="2"]')!
      .click();
    await vi.waitFor(() =>
      expect(page.model.mine('key1').criteria).toEqual({
        soundness: 4,
        'clarity-of-text': 2
      })
    );
    expect(page.model.mine('key1').rating).toBeNull();
    await page.says('Saved');
  });

  it('are rated and taken back by keys, which leave the overall rating alone', async () => {
    const page = showModel(group('novelty'));
    await page.open('key1');
    page.press('3', stars(page, 'novelty').querySelector('[tabindex="0"]')!);
    await vi.waitFor(() =>
      expect(page.model.mine('key1').criteria).toEqual({ novelty: 3 })
    );
    page.press('ArrowRight', stars(page, 'novelty').querySelector('[tabindex="0"]')!);
    await vi.waitFor(() =>
      expect(page.model.mine('key1').criteria).toEqual({ novelty: 4 })
    );
    page.press('0', stars(page, 'novelty').querySelector('[tabindex="0"]')!);
    await vi.waitFor(() => expect(page.model.mine('key1').criteria).toEqual({}));
    expect(page.model.mine('key1').rating).toBeNull();
  });

  it('show what I rated and the group does not name', async () => {
    const model = group('novelty');
    model.putMine('key1', { criteria: { oddity: 2 } });
    const page = showModel(model);
    await page.open('key1');
    await vi.waitFor(() =>
      expect(page.all('.rk-criterion-name').map(el => el.textContent)).toEqual([
        'Novelty',
        'Oddity'
      ])
    );
    page.button('Take my rating of oddity back').click();
    await vi.waitFor(() => expect(page.model.mine('key1').criteria).toEqual({}));
  });

  it('keep a rating that could not be saved until it is', async () => {
    const model = group('novelty');
    model.failing.set('review', { message: 'The disk is full.', code: 'not-durable' });
    const page = showModel(model);
    await page.open('key1');
    stars(page, 'novelty').querySelector<HTMLElement>('[data-value="5"]')!.click();
    await page.says('The disk is full.');
    expect(
      stars(page, 'novelty').querySelector('[aria-checked="true"]')
    ).not.toBeNull();
    model.failing.clear();
    page.button('Retry').click();
    await vi.waitFor(() =>
      expect(page.model.mine('key1').criteria).toEqual({ novelty: 5 })
    );
  });

  it('of others are told in words', async () => {
    const model = group();
    const paper = model.papers.find(({ reviews }) =>
      reviews.some(({ reviewer }) => reviewer !== 'ana')
    )!;
    model.papers[model.papers.indexOf(paper)] = {
      ...paper,
      reviews: paper.reviews.map(review => ({
        ...review,
        criteria: { novelty: 4, soundness: 2.5 }
      }))
    };
    const page = showModel(model);
    await page.open(paper.citekey);
    await page.says('Novelty 4');
    await page.says('Soundness 2.5');
  });
});

describe('a choice of criteria', () => {
  it('makes an older one of the same criterion idle, and no other', () => {
    expect(replaces({ criteria: { a: 1 } }, { criteria: { a: 2 } })).toBe(true);
    expect(replaces({ criteria: { a: 1 } }, { criteria: { b: 2 } })).toBe(false);
    expect(replaces({ criteria: { a: 1 } }, { rating: 2 })).toBe(false);
    expect(replaces({ rating: 1 }, { criteria: { a: 2 } })).toBe(false);
  });

  it('shows before it is answered', () => {
    const chosen = [
      { change: { criteria: { a: 1, b: 2 } }, failure: null },
      { change: { criteria: { a: null } }, failure: null }
    ] as const;
    expect(withChoices(null, chosen).criteria).toEqual({ b: 2 });
  });
});

it('history, conflicts and held changes name the criterion', () => {
  const change = {
    id: 'a.1',
    citekey: 'key1',
    reviewer: 'ana',
    field: 'rating:clarity-of-text',
    value: 4 as unknown,
    by: 'ana',
    at: null,
    via: 'panel',
    group: null,
    origin: null
  };
  expect(changeWords(change, [])).toBe('rated clarity of text 4 of 5');
  expect(changeWords({ ...change, value: null }, [])).toBe(
    'took back the rating of clarity of text'
  );
  expect(fieldWord(change, [])).toBe('ana’s rating of clarity of text');
  expect(shown('rating:novelty', 3)).toBe('3 of 5');
});
