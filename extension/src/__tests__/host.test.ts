import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ViewSpec } from '../contract';
import { ServerHost } from '../host';
import { FakeServer, settled } from './server';

const SPEC: ViewSpec = {
  format: 1,
  view: 'panel',
  project: 'demo/nb',
  citekey: null,
  query: null,
  columns: null,
  papers: null
};

let server: FakeServer;
let host: ServerHost;
let heard: Record<string, unknown>[];
let perform: ReturnType<typeof vi.fn<(action: string, params: object) => void>>;

beforeEach(() => {
  server = new FakeServer();
  perform = vi.fn<(action: string, params: object) => void>();
  const { client, news } = server;
  host = new ServerHost({ client, news, spec: SPEC, actions: ['cite'], perform });
  heard = [];
  host.on('msg:custom', (message: Record<string, unknown>) => void heard.push(message));
});

describe('ServerHost', () => {
  it('answers a request with its id, about its project', async () => {
    server.answers.set('/reviewkit/paper', [200, { citekey: 'k' }]);
    host.send({ kind: 'request', id: '7', method: 'paper', params: { citekey: 'k' } });
    await settled();
    expect(heard).toEqual([{ kind: 'reply', id: '7', result: { citekey: 'k' } }]);
    expect(server.asked[0].query.get('project')).toBe('demo/nb');
  });

  it('answers a refusal, and a request that does not exist', async () => {
    const error = { code: 'stale', message: 'It changed', detail: {} };
    server.answers.set('/reviewkit/review', [409, error]);
    host.send({ kind: 'request', id: '1', method: 'review', params: { citekey: 'k' } });
    await settled();
    host.send({ kind: 'request', id: '2', method: 'toString', params: {} });
    await settled();
    expect(heard[0]).toEqual({ kind: 'reply', id: '1', error });
    expect(heard[1]).toMatchObject({ id: '2', error: { code: 'value-refused' } });
    expect(server.asked).toHaveLength(1);
  });

  it('passes on news of its own project only, once it knows the name', async () => {
    server.answers.set('/reviewkit/project', [200, { path: 'demo' }]);
    server.push({ project: 'other', citekeys: ['a'], revision: 2 });
    expect(heard).toHaveLength(1);
    host.send({ kind: 'request', id: '1', method: 'project', params: {} });
    await settled();
    heard.length = 0;
    server.push({ project: 'other', citekeys: ['a'], revision: 3 });
    server.push({ project: 'demo', citekeys: ['b'], revision: 4 }, 'https://else');
    expect(heard).toEqual([]);
    server.push({ project: 'demo', citekeys: ['b'], revision: 5 });
    expect(heard).toMatchObject([
      { kind: 'changed', event: { citekeys: ['b'], revision: 5 } }
    ]);
  });

  it('never lets the revision fall, for views drop what is older', () => {
    server.push({ project: 'demo', citekeys: null, revision: 40 });
    server.push({ project: 'demo', citekeys: null, revision: 1 });
    server.news.everything();
    expect(
      heard.map(message => (message.event as { revision: number }).revision)
    ).toEqual([40, 40, 40]);
  });

  it('keeps state as a widget model does', () => {
    const changed = vi.fn();
    const saved = vi.fn();
    host.on('change:ui', changed);
    host.on('save:ui', saved);
    host.set('ui', { open: 'k' });
    expect(changed).toHaveBeenCalledOnce();
    expect(saved).not.toHaveBeenCalled();
    host.save_changes();
    host.save_changes();
    expect(saved.mock.calls).toEqual([[{ open: 'k' }]]);
    expect(host.get('ui')).toEqual({ open: 'k' });
    host.off('change:ui', changed);
    host.set('ui', null);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('performs the actions that it offers and ignores all else', () => {
    host.send({ kind: 'host', action: 'cite', citekey: 'k' });
    host.send({ kind: 'host', action: 'format-disk' });
    host.send(null);
    host.send('text');
    expect(perform).toHaveBeenCalledOnce();
    expect(perform.mock.calls[0][0]).toBe('cite');
    expect(perform.mock.calls[0][1]).toMatchObject({ citekey: 'k' });
  });

  it('is silent after its end', async () => {
    server.answers.set('/reviewkit/me', [200, {}]);
    host.send({ kind: 'request', id: '1', method: 'me', params: {} });
    host.dispose();
    await settled();
    server.push({ project: 'demo', citekeys: null, revision: 9 });
    expect(heard).toEqual([]);
  });
});
