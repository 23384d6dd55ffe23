import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeModel } from './fake';
import { clean, show, showModel, type } from './page';

afterEach(clean);

describe('the list', () => {
  it('keeps fewer than 60 of 10,000 rows in the page and says how many there are', async () => {
    const page = show({}, 10_000);
    const first = await page.find('[data-citekey="key0"]');
    expect(page.all('.rk-row').length).toBeLessThan(60);
    expect(first.getAttribute('aria-setsize')).toBe('10000');
    expect(first.getAttribute('aria-posinset')).toBe('1');
    await page.says('10,000 papers');
    expect(page.model.asked('papers')).toEqual([
      { sort: 'citekey', offset: 0, limit: 200 }
    ]);
  });

  it('fetches rows far down only when they come into sight', async () => {
    const page = show({}, 10_000);
    await page.find('[data-citekey="key0"]');
    const list = await page.find('.rk-list');
    list.scrollTop = 5_000 * 92;
    list.dispatchEvent(new Event('scroll'));
    await page.find('[data-citekey="key5000"]');
    expect(page.model.asked('papers').map(({ offset }) => offset)).not.toContain(2_000);
    expect(page.all('.rk-row').length).toBeLessThan(60);
  });

  it('searches as one types and keeps the focus and the text', async () => {
    const page = show();
    await page.find('[data-citekey="key0"]');
    const field = await page.find<HTMLInputElement>('.rk-search-field');
    type(field, 'Paper 77');
    await page.says('1 of 106');
    expect(page.all('.rk-row').map(row => row.dataset.citekey)).toEqual(['key77']);
    expect(document.activeElement).toBe(field);
    expect(field.value).toBe('Paper 77');
  });

  it('drops the late answer of an earlier search', async () => {
    const page = show();
    await page.find('[data-citekey="key0"]');
    const field = await page.find<HTMLInputElement>('.rk-search-field');
    page.model.held = [];
    type(field, 'Paper 1');
    await vi.waitFor(() => expect(page.model.asked('papers')).toHaveLength(2));
    const slow = page.model.held;
    page.model.held = null;
    type(field, 'Paper 77');
    await page.says('1 of 106');
    slow?.forEach(answer => answer());
    await page.find('[data-citekey="key77"]');
    expect(page.all('.rk-row')).toHaveLength(1);
  });

  it('fetches only the rows that changed', async () => {
    const page = show({}, 10_000);
    await page.find('[data-citekey="key1"]');
    page.model.change('key1', { score: 4.5, title: 'Another title' });
    await page.says('Another title');
    page.model.change('key5000', { title: 'Out of sight' });
    await vi.waitFor(() => expect(page.model.asked('rows')).toHaveLength(2));
    expect(page.model.asked('rows')[0]).toEqual({ citekeys: 'key1' });
    expect(page.model.asked('papers')).toHaveLength(1);
  });

  it('fetches all rows in sight when papers came, went or were renamed', async () => {
    const page = show();
    await page.find('[data-citekey="key1"]');
    page.model.papers.shift();
    page.model.order = 'second';
    page.model.push('key0');
    await page.says('105 papers');
    expect(page.all('[data-citekey="key0"]')).toHaveLength(0);
  });

  it('fetches all rows in sight where a change may move or hide papers', async () => {
    const page = show();
    await page.find('[data-citekey="key0"]');
    type(await page.find<HTMLInputElement>('.rk-search-field'), 'Paper 77');
    await page.says('1 of 106');
    page.model.change('key77', { title: 'Another title' });
    await page.says('0 of 106');
    expect(page.model.asked('rows')).toEqual([]);
  });

  it('filters by tag and offers all papers again when nothing fits', async () => {
    const page = show();
    await page.find('[data-citekey="key0"]');
    const tag = await page.find<HTMLSelectElement>('select[aria-label="Tag"]');
    tag.value = 'moe';
    tag.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() =>
      expect(page.model.asked('papers').at(-1)).toMatchObject({ tag: 'moe' })
    );
    type(await page.find<HTMLInputElement>('.rk-search-field'), 'no such paper');
    await page.says('No paper matches');
    page.button('Show all papers').click();
    await page.says('106 papers');
  });

  it('keeps the place and the query for the next visit', async () => {
    const page = show();
    await page.open('key3');
    expect(page.model.get('saved')).toMatchObject({
      open: 'key3',
      query: { text: '' }
    });
    const again = new FakeModel();
    again.set('ui', { open: 'key5', query: { text: 'Paper 5' } });
    const next = showModel(again);
    await next.says('Paper 5:');
    expect(again.asked('paper')).toEqual([{ citekey: 'key5' }]);
    expect(again.asked('papers')[0]).toMatchObject({ text: 'Paper 5' });
  });

  it('shows what others change', async () => {
    const page = show();
    await page.find('[data-citekey="key1"]');
    page.model.change('key1', { title: 'A new title' });
    await page.says('A new title');
  });

  it('says what went wrong and tries again', async () => {
    const model = new FakeModel();
    model.failing.set('papers', {
      message: 'reviews.csv cannot be read.',
      code: 'format'
    });
    const page = showModel(model);
    await page.says('reviews.csv cannot be read.');
    model.failing.clear();
    page.button('Retry').click();
    await page.find('[data-citekey="key0"]');
  });

  it('offers to add papers where there is no project', async () => {
    const model = new FakeModel();
    model.failing.set('project', { message: 'No such folder.', code: 'project' });
    const page = showModel(model);
    await page.says('No project here');
    page.button('Add papers…').click();
    model.failing.clear();
    type(await page.find<HTMLTextAreaElement>('.rk-paste'), 'Zoë');
    await vi.waitFor(() => expect(page.button('Add').disabled).toBe(false));
    page.button('Add').click();
    await page.says('106 matched, 106 abstracts added');
    await page.says('Line 7:');
    expect(model.asked('add')).toEqual([{ name: 'pasted text', data: 'Wm/Dqw==' }]);
  });

  it('shows that files can be let go here, until they have left', async () => {
    const page = show();
    await page.find('[data-citekey="key0"]');
    const drag = (type: string, relatedTarget: Element | null = null): Event => {
      const event = new MouseEvent(type, {
        bubbles: true,
        cancelable: true,
        relatedTarget
      });
      Object.assign(event, { dataTransfer: { types: ['Files'], files: [] } });
      page.get('.rk-list')!.dispatchEvent(event);
      return event;
    };
    expect(drag('dragover').defaultPrevented).toBe(true);
    await page.find('.rk-over');
    drag('dragleave', page.get('.rk-head'));
    await page.find('.rk-over');
    drag('dragleave');
    await vi.waitFor(() => expect(page.get('.rk-over')).toBeNull());
  });

  it('shows the one paper that was added', async () => {
    const model = new FakeModel();
    model.adding = ['key7'];
    const page = showModel(model);
    await page.find('[data-citekey="key0"]');
    page.button('Add papers…').click();
    type(await page.find<HTMLTextAreaElement>('.rk-paste'), '@misc{key7}');
    await vi.waitFor(() => expect(page.button('Add').disabled).toBe(false));
    page.button('Add').click();
    await page.find('.rk-add .rk-result');
    page.button('Show key7').click();
    await page.find('article');
    expect(page.get('.rk-add')).toBeNull();
  });
});

describe('keys', () => {
  it('move, open, rate, take back and return', async () => {
    const page = show();
    await page.find('[data-citekey="key0"]');
    (await page.find('.rk-list')).focus();
    page.press('ArrowDown');
    page.press('ArrowDown');
    await page.find('[data-citekey="key1"].rk-selected');
    page.press('4');
    await vi.waitFor(() => expect(page.model.mine('key1').rating).toBe(4));
    page.press('0');
    await vi.waitFor(() => expect(page.model.mine('key1').rating).toBeNull());
    page.press('End');
    await page.find('[data-citekey="key105"].rk-selected');
    page.press('Home');
    await page.find('[data-citekey="key0"].rk-selected');
    page.press('Enter');
    await page.find('.rk-card');
    page.press('Escape', await page.find('.rk-card'));
    await page.find('.rk-list');
    expect(page.get('.rk-card')).toBeNull();
  });

  it('reach tags, note, search and the help', async () => {
    const page = show();
    await page.open('key2');
    page.press('t', await page.find('.rk-card'));
    await vi.waitFor(() =>
      expect((document.activeElement as HTMLElement).dataset.rkFocus).toBe('tags')
    );
    page.press('n', await page.find('.rk-card'));
    await vi.waitFor(() =>
      expect((document.activeElement as HTMLElement).dataset.rkFocus).toBe('note')
    );
    page.press('?', await page.find('.rk-card'));
    await page.says('undo my last change');
  });

  it('keeps what is typed before the tag field is there', async () => {
    const page = show();
    await page.find('[data-citekey="key0"]');
    const list = await page.find('.rk-list');
    page.press('ArrowDown', list);
    for (const key of ['t', 'u', '4', 'x', 'Backspace', ' ']) {
      page.press(key, list);
    }
    const field = await page.find<HTMLInputElement>('.rk-tag-field');
    await vi.waitFor(() => expect(field.value).toBe('u4 '));
    expect(document.activeElement).toBe(field);
    expect(page.model.asked('review')).toEqual([]);
    expect(page.model.asked('undo')).toEqual([]);
  });

  it('undo says what was undone', async () => {
    const page = show();
    (await page.find('.rk-list')).focus();
    page.press('u');
    await page.says('Undone: rating 4 of Paper 0');
    page.press('z', await page.find('.rk-list'), { ctrlKey: true });
    await vi.waitFor(() => expect(page.model.asked('undo')).toHaveLength(2));
  });

  it('do nothing while one types, and never reach the notebook', async () => {
    const page = show();
    await page.open('key2');
    const heard = vi.fn();
    document.addEventListener('keydown', heard);
    const field = await page.find('.rk-tag-field');
    for (const key of ['1', 'u', 'n', '?', '/', 'd', 'Enter', 'a']) {
      page.press(key, field);
    }
    page.press('d', await page.find('.rk-card'));
    document.removeEventListener('keydown', heard);
    expect(heard).not.toHaveBeenCalled();
    expect(page.model.asked('review')).toEqual([]);
    expect(page.model.asked('undo')).toEqual([]);
    expect(page.get('.rk-keys')).toBeNull();
    expect(
      (await page.find('.rk-root')).hasAttribute('data-lm-suppress-shortcuts')
    ).toBe(true);
  });

  it('leave saving the notebook to the front end', async () => {
    const page = show();
    const heard = vi.fn();
    document.addEventListener('keydown', heard);
    page.press('s', await page.find('.rk-list'), { ctrlKey: true });
    document.removeEventListener('keydown', heard);
    expect(heard).toHaveBeenCalledOnce();
  });
});
