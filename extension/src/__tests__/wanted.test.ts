import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Method, Queue, Requests, Wanted } from '../contract';
import { entryOf } from '../views/state-wanted';
import { FakeModel } from './fake';
import { clean, type Page, showModel } from './page';

afterEach(clean);

const DOI: Wanted = {
  id: 'doi:10.1000/x',
  kind: 'doi',
  value: '10.1000/x',
  reason: 'not looked up yet',
  by: 'ana',
  at: null
};
const ARXIV: Wanted = { ...DOI, id: 'arxiv:2301.1', kind: 'arxiv', value: '2301.1' };

/** A project with two papers that are only named. */
class NamedModel extends FakeModel {
  override wanted = 2;
  private queue: Queue = {
    on: false,
    sends: 'it sends DOIs to Crossref.',
    wanted: [DOI, ARXIV]
  };

  protected override answer(method: Method, params: object): unknown {
    const { queue } = this;
    switch (method) {
      case 'queue':
        return queue;
      case 'lookup':
        this.queue = { ...queue, on: true };
        return { message: '1 still queued' };
      case 'drop': {
        const { ids } = params as Requests['drop']['params'];
        const wanted = queue.wanted.filter(({ id }) => !ids.includes(id));
        this.queue = { ...queue, wanted };
        this.wanted = wanted.length;
        return { decided: ids.length, refused: [] };
      }
      default:
        return super.answer(method, params);
    }
  }
}

async function opened(model: FakeModel): Promise<Page> {
  const page = showModel(model);
  await page.says('2 papers are only named so far');
  page.button('What to do').click();
  await page.says('doi:10.1000/x');
  return page;
}

describe('papers that are only named', () => {
  it('tell what look-ups would send before they are switched on', async () => {
    const model = new NamedModel();
    const page = await opened(model);
    await page.says('Look-ups are off');
    expect(page.text).toContain('it sends DOIs to Crossref.');
    const address = page.get<HTMLInputElement>('.rk-wanted-off input')!;
    address.value = 'ana@example.org';
    address.dispatchEvent(new InputEvent('input', { bubbles: true }));
    page.button('Turn look-ups on and look up').click();
    await page.says('1 still queued');
    expect(model.asked('lookup')).toEqual([{ on: true, mailto: 'ana@example.org' }]);
    await vi.waitFor(() => page.button('Look up all').click());
    await vi.waitFor(() => expect(model.asked('lookup')[1]).toEqual({}));
  });

  it('are dismissed one by one, and undo is offered', async () => {
    const model = new NamedModel();
    const page = await opened(model);
    page.button('Dismiss 10.1000/x').click();
    await page.says('1 name dismissed');
    expect(model.asked('drop')).toEqual([{ ids: ['doi:10.1000/x'] }]);
    await vi.waitFor(() => expect(page.text).not.toContain('10.1000/x'));
    page.button('Undo').click();
    expect(model.asked('undo')).toHaveLength(1);
  });

  it('are typed into an entry that knows what is known', async () => {
    const page = await opened(new NamedModel());
    page.button('Type it yourself 2301.1').click();
    const field = await page.find<HTMLTextAreaElement>('.rk-paste');
    expect(field.value).toBe(entryOf(ARXIV));
    expect(field.value).toContain('eprint = {2301.1}');
    expect(entryOf(DOI)).toContain('doi = {10.1000/x}');
    await vi.waitFor(() => expect(document.activeElement).toBe(field));
    expect(field.selectionStart).toBe('@article{'.length);
  });
});
