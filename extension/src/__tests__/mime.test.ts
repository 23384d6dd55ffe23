import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIME_TYPE, OutputView } from '../mime';
import { FakeServer, settled } from './server';

let server: FakeServer;
let view: OutputView;

function output(notebook: string | null): OutputView {
  const resolver = notebook === null ? null : { path: notebook };
  const options = { mimeType: MIME_TYPE, resolver, sanitizer: null, linkHandler: null };
  return new OutputView(
    options as unknown as IRenderMime.IRendererOptions,
    server.token
  );
}

function show(data: unknown): Promise<void> {
  return view.renderModel({
    data: { [MIME_TYPE]: data }
  } as unknown as IRenderMime.IMimeModel);
}

const FORM = {
  format: 1,
  view: 'form',
  project: '..',
  citekey: 'smith2021fast',
  query: null
};

beforeEach(() => {
  server = new FakeServer();
  view = output('papers/notebooks/nb.ipynb');
  Widget.attach(view, document.body);
});

afterEach(() => view.dispose());

describe('OutputView', () => {
  it('asks the server for the project beside the notebook', async () => {
    await show(FORM);
    await settled();
    const paper = server.asked.find(asked => asked.path.endsWith('/paper'));
    expect(paper?.query.get('project')).toBe('papers');
    expect(paper?.query.get('citekey')).toBe('smith2021fast');
  });

  it('is drawn once for one content, and anew for another', async () => {
    await show(FORM);
    const first = view.node.firstElementChild;
    await show({ ...FORM });
    expect(view.node.firstElementChild).toBe(first);
    await show({ ...FORM, citekey: 'doe2022slow' });
    expect(view.node.firstElementChild).not.toBe(first);
    expect(view.node.children).toHaveLength(1);
  });

  it.each([
    ['no object', 'x', 'does not say what'],
    ['no project', { format: 1, view: 'form' }, 'does not say what'],
    ['a newer format', { ...FORM, format: 2 }, 'newer reviewkit'],
    ['another view', { ...FORM, view: 'agenda' }, 'does not know'],
    ['a project outside', { ...FORM, project: '../../../<img src=x>' }, 'lies outside']
  ])('says in words why %s is not shown', async (_, data, words) => {
    await show(data);
    expect(view.node.textContent).toContain(words);
    expect(view.node.querySelector('img')).toBeNull();
    expect(server.asked).toEqual([]);
  });

  it('takes the root for the folder of a document without a path', async () => {
    view.dispose();
    view = output(null);
    Widget.attach(view, document.body);
    await show({ ...FORM, project: 'papers' });
    await settled();
    expect(server.asked[0].query.get('project')).toBe('papers');
  });

  it('keeps its keys from the notebook', () => {
    expect(view.node.hasAttribute('data-lm-suppress-shortcuts')).toBe(true);
  });

  it('hears nothing after its end', async () => {
    await show(FORM);
    await settled();
    const before = server.asked.length;
    view.dispose();
    server.news.everything();
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(server.asked).toHaveLength(before);
  });
});
