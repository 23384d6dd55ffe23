import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Action, Change, ConflictValue, HeldItem } from '../contract';
import { changeWords } from '../views/change-words';
import { FakeModel } from './fake';
import { clean, type Page, showModel } from './page';

afterEach(() => {
  vi.useRealTimers();
  clean();
});

const EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

function valueOf(id: string, change: Partial<ConflictValue> = {}): ConflictValue {
  return {
    id,
    value: 4,
    by: 'ana',
    at: null,
    via: 'csv',
    pieces: [],
    text: null,
    ...change
  };
}

function itemOf(n: number, change: Partial<HeldItem> = {}): HeldItem {
  return {
    id: `held${n}`,
    file: 'reviews.csv',
    citekey: `key${n}`,
    reason: 'a spreadsheet most likely changed it by itself',
    at: null,
    kind: 'spreadsheet',
    reviewer: 'ben',
    field: 'tags',
    was: '007',
    now: '7',
    pieces: [
      { kind: 'removed', text: '007' },
      { kind: 'added', text: '7' }
    ],
    acceptable: true,
    ...change
  };
}

/** A project with two conflicts on one paper. */
function divided(): FakeModel {
  const model = new FakeModel();
  const text = (id: string, word: string, by: string): ConflictValue =>
    valueOf(id, {
      by,
      value: `the ${word} table`,
      via: 'panel',
      pieces: [
        { kind: 'same', text: 'the ' },
        { kind: 'removed', text: 'second' },
        { kind: 'added', text: word },
        { kind: 'same', text: ' table' }
      ]
    });
  model.change('key1', {
    conflicts: [
      {
        citekey: 'key1',
        reviewer: 'ben',
        field: 'rating',
        values: [valueOf('x'), valueOf('y', { value: 2, via: 'panel' })]
      },
      {
        citekey: 'key1',
        reviewer: 'ana',
        field: 'note:n1.text',
        values: [text('v', 'third', 'ana'), text('w', 'fourth', 'ben')]
      }
    ]
  });
  return model;
}

async function look(model: FakeModel): Promise<Page> {
  const page = showModel(model);
  (await page.find('.rk-tools .rk-badge-button')).click();
  await page.find('.rk-aside');
  return page;
}

describe('what needs a look', () => {
  it('is counted in the header, and nothing is shown where nothing does', async () => {
    const page = showModel(new FakeModel());
    await page.find('[data-citekey="key1"]');
    expect(page.get('.rk-tools .rk-badge-button')).toBeNull();
    const model = divided();
    model.holding = [itemOf(2)];
    const other = showModel(model);
    const badge = await other.find('.rk-tools .rk-badge-button');
    expect(badge.getAttribute('aria-label')).toBe('2 conflicts, 1 held change');
    expect(badge.textContent).toBe('3');
  });

  it('goes back to what stood there before, and says which', async () => {
    const page = showModel(divided());
    (await page.find('[data-citekey="key1"]')).click();
    await page.find('.rk-card');
    (await page.find('.rk-tools .rk-badge-button')).click();
    await page.find('.rk-aside');
    page.button('Back to the paper').click();
    await vi.waitFor(() => expect(page.get('.rk-aside')).toBeNull());
    (await page.find<HTMLButtonElement>('.rk-card .rk-back, .rk-card button')).click();
    (await page.find('.rk-tools .rk-badge-button')).click();
    await page.find('.rk-aside');
    page.button('All papers').click();
    await page.find('[data-rk-focus="list"]');
  });

  it('shows every value with who, where and what became of the text', async () => {
    const page = await look(divided());
    expect(page.text).toContain('Ben Okafor’s rating');
    expect(page.text).toContain('Ana · in reviews.csv');
    expect(page.all('.rk-aside del').map(one => one.textContent)).toEqual([
      'second',
      'second'
    ]);
    expect(page.all('.rk-aside ins').map(one => one.textContent)).toEqual([
      'third',
      'fourth'
    ]);
  });

  it('is settled by one click, with an undo', async () => {
    const page = await look(divided());
    page.button('Keep this: 2 of 5').focus();
    page.button('Keep this: 2 of 5').click();
    await page.says('Kept');
    expect(page.model.asked('resolve')).toEqual([
      { citekey: 'key1', reviewer: 'ben', field: 'rating', id: 'y' }
    ]);
    await vi.waitFor(() => expect(page.all('.rk-conflict')).toHaveLength(1));
    expect(document.activeElement).toBe(page.get('.rk-aside-body'));
    page.button('Undo').click();
    await page.says('Undone');
    page.button('Redo').click();
    await page.says('Done again');
    expect(page.model.asked('undo')).toEqual([{}, { action: 'a.2' }]);
  });

  it('keeps both versions of a note', async () => {
    const page = await look(divided());
    page.button('Keep both as two notes').click();
    await page.says('Kept as notes of their own');
    expect(page.model.asked('resolve')[0]).toMatchObject({ id: 'v', apart: true });
  });

  it('says what is refused, and asks for a name first', async () => {
    const model = divided();
    model.failing.set('resolve', { message: 'It has changed.', code: 'stale' });
    const page = await look(model);
    page.button('Keep this: 2 of 5').click();
    await page.says('It has changed.');
    model.me = { reviewer: null, name: null, source: null, locked: false };
    const other = await look(model);
    other.button('Keep this: 2 of 5').click();
    expect(model.asked('resolve')).toHaveLength(1);
  });

  it('is gone through by the keyboard', async () => {
    const model = divided();
    const page = showModel(model);
    await page.find('.rk-tools .rk-badge-button');
    page.press('c', await page.find('[data-rk-focus="list"]'));
    const body = await page.find('.rk-aside-body');
    await vi.waitFor(() => expect(document.activeElement).toBe(body));
    page.press('ArrowDown');
    expect(document.activeElement).toBe(page.button('Keep this: 4 of 5'));
    page.press('ArrowDown');
    expect(document.activeElement).toBe(page.button('Keep this: 2 of 5'));
    page.press('5');
    expect(model.asked('review')).toEqual([]);
    page.press('Escape');
    await vi.waitFor(() => expect(page.get('.rk-aside')).toBeNull());
  });
});

describe('held changes', () => {
  it('show what was and is there, and are accepted or put back', async () => {
    const model = new FakeModel();
    model.holding = [itemOf(0), itemOf(1, { kind: 'value', acceptable: false })];
    const page = await look(model);
    const [first, second] = page.all('.rk-held');
    expect(first.querySelector('del')?.textContent).toBe('007');
    expect(first.querySelector('ins')?.textContent).toBe('7');
    expect(second.textContent).not.toContain('Accept');
    page.button('Accept: key0, Ben Okafor’s tags').click();
    await page.says('1 change accepted');
    page.button('Put back: key1, Ben Okafor’s tags').click();
    await page.says('Nothing needs a look');
    expect(model.asked('accept')).toEqual([{ ids: ['held0'] }]);
    expect(model.asked('dismiss')).toEqual([{ ids: ['held1'] }]);
  });

  it('of one file are decided together', async () => {
    const model = new FakeModel();
    model.holding = Array.from({ length: 12 }, (_, n) => itemOf(n));
    const page = await look(model);
    await page.says('12 changes in reviews.csv');
    page.button('Accept all 12').click();
    await page.says('12 changes accepted');
    expect(model.asked('accept')[0].ids).toHaveLength(12);
  });

  it('stand in the card of their paper', async () => {
    const model = new FakeModel();
    model.holding = [itemOf(0), itemOf(1)];
    const page = showModel(model);
    await page.open('key1');
    expect(page.all('.rk-card .rk-held-item')).toHaveLength(1);
  });

  it('are inert whatever they hold', async () => {
    const model = divided();
    const evil = {
      file: EVIL,
      citekey: EVIL,
      reason: EVIL,
      reviewer: EVIL,
      field: EVIL
    };
    const pieces = [{ kind: 'added' as const, text: EVIL }];
    model.holding = [itemOf(0, { ...evil, was: EVIL, now: EVIL, pieces })];
    const page = await look(model);
    expect(page.text).toContain('onerror');
    expect(page.all('script, img, [onerror]')).toEqual([]);
    expect((window as { hacked?: unknown }).hacked).toBeUndefined();
  });
});

describe('the history', () => {
  const deed: Action = {
    id: 'a.1',
    by: 'ben',
    at: null,
    via: 'kernel',
    what: 'rating of key1',
    citekeys: ['key1'],
    undone: false,
    can_undo: true
  };

  it('tells who did what by which way, and undoes any of it', async () => {
    const model = new FakeModel();
    model.deeds = [
      deed,
      { ...deed, id: 'a.0', what: EVIL, undone: true, can_undo: false }
    ];
    const page = showModel(model);
    await page.find('[data-citekey="key1"]');
    page.button('History (h)').click();
    await page.says('rating of key1');
    expect(page.text).toContain('Ben Okafor · in a notebook');
    expect(page.all('script, img')).toEqual([]);
    page.button('Undo: rating of key1').click();
    await page.says('Undone');
    expect(model.asked('undo')).toEqual([{ action: 'a.1' }]);
    expect(model.asked('actions').length).toBeGreaterThan(1);
  });

  it('of a paper is asked for when it is unfolded', async () => {
    const model = new FakeModel();
    const change: Change = {
      id: 'c.1',
      citekey: 'key1',
      reviewer: 'ana',
      field: 'rating',
      value: 4,
      by: 'ben',
      at: null,
      via: 'csv',
      group: null,
      origin: null
    };
    model.changes = [change];
    const page = showModel(model);
    await page.open('key1');
    expect(model.asked('history')).toEqual([]);
    const fold = await page.find<HTMLDetailsElement>('.rk-history');
    fold.open = true;
    fold.dispatchEvent(new Event('toggle'));
    await page.says('rated 4 of 5 for Ana');
    expect(changeWords({ ...change, by: 'ana', field: 'tag:x', value: null }, [])).toBe(
      'took off the tag “x”'
    );
  });
});

describe('states that last', () => {
  it('say who writes the library and offer what another program left', async () => {
    const model = new FakeModel();
    model.mode = 'generated';
    model.found = { papers: 12, program: 'JabRef', message: '12 ratings of 12 papers' };
    const page = showModel(model);
    await page.says('opinions go to references.reviewkit.bib');
    await vi.waitFor(
      () => expect(page.text).toContain('ratings or comments of JabRef'),
      {
        timeout: 4_000
      }
    );
    page.button('Adopt as mine: 12 ratings of 12 papers').click();
    await page.says('Adopted: 12 ratings');
    expect(page.text).not.toContain('comments of JabRef');
    expect(model.asked('adopt')).toHaveLength(1);
  });

  it('offer to bring edits back that are not in the folder any more', async () => {
    const model = new FakeModel();
    model.missing = 37;
    const page = showModel(model);
    await page.says('37 of your edits are not in this folder any more');
    page.button('Bring back').click();
    await page.says('37 edits brought back');
    await vi.waitFor(() => expect(page.text).not.toContain('any more'));
    expect(model.asked('bring_back')).toHaveLength(1);
  });

  it('tell what waits for long, and ask for it ever more seldom', async () => {
    vi.useFakeTimers();
    const model = new FakeModel();
    model.waiting = ['waiting for `thesis.bib`'];
    const page = showModel(model);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(page.get('.rk-foot code')?.textContent).toBe('thesis.bib');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(model.asked('project').length).toBeLessThan(20);
  });

  it('saves in a row ask for the project once a second', async () => {
    vi.useFakeTimers();
    const model = new FakeModel({}, 106, 50);
    const page = showModel(model);
    await vi.advanceTimersByTimeAsync(2_000);
    page
      .get('[data-citekey="key1"]')
      ?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(2_000);
    const before = model.asked('project').length;
    for (let n = 0; n < 20; n++) {
      page.button(`${(n % 5) + 1} of 5`).click();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(model.asked('review')).toHaveLength(20);
    await vi.advanceTimersByTimeAsync(2_000);
    const asked = model.asked('project').length - before;
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThan(6);
  });

  it('a thousand changes ask for the list a few times', async () => {
    vi.useFakeTimers();
    const model = new FakeModel({}, 106, 50);
    showModel(model);
    await vi.advanceTimersByTimeAsync(1_000);
    const before = model.asked('project').length;
    for (let i = 0; i < 1_000; i++) {
      model.push('key1');
      await vi.advanceTimersByTimeAsync(3);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    const asked = model.asked('project').length - before;
    expect(asked).toBeGreaterThan(3);
    expect(asked).toBeLessThan(25);
  });
});
