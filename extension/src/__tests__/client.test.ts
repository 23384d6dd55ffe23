import { beforeEach, describe, expect, it } from 'vitest';
import { AnswerError } from '../client';
import { FakeServer } from './server';

let server: FakeServer;

beforeEach(() => {
  server = new FakeServer();
});

async function refusal(asking: Promise<unknown>): Promise<AnswerError['answer']> {
  try {
    await asking;
  } catch (error) {
    expect(error).toBeInstanceOf(AnswerError);
    return (error as AnswerError).answer;
  }
  throw new Error('it was not refused');
}

describe('Client', () => {
  it('asks below the base URL and leaves out what is not given', async () => {
    server.answers.set('/reviewkit/papers', [200, { total: 0 }]);
    const params = { text: 'a&b=c d', offset: 100, tag: undefined };
    await server.client.ask('papers', params, 'x/ü #1');
    const [asked] = server.asked;
    expect(asked.verb).toBe('GET');
    expect(asked.path).toBe('/user/ana/reviewkit/papers');
    expect(Object.fromEntries(asked.query)).toMatchObject({
      text: 'a&b=c d',
      offset: '100',
      project: 'x/ü #1'
    });
    expect(asked.query.has('tag')).toBe(false);
    expect(asked.query.has('as')).toBe(false);
  });

  it('keeps who asks apart from whose opinions are looked for', async () => {
    server.client.reviewer = 'Bo Li';
    server.answers.set('/reviewkit/papers', [200, {}]);
    server.answers.set('/reviewkit/resolve', [200, {}]);
    await server.client.ask('papers', { reviewer: 'ana' }, '');
    const choice = { citekey: 'k', reviewer: 'ana', field: 'rating', id: '1' };
    await server.client.ask('resolve', choice, 'p');
    expect(server.asked[0].query.get('reviewer')).toBe('ana');
    expect(server.asked[0].query.get('as')).toBe('Bo Li');
    expect(server.asked[1].body).toEqual({ ...choice, project: 'p', as: 'Bo Li' });
  });

  it('sends null, which clears, in a body', async () => {
    server.answers.set('/reviewkit/review', [200, {}]);
    await server.client.ask('review', { citekey: 'k', rating: null }, 'p');
    expect(server.asked[0].verb).toBe('POST');
    expect(server.asked[0].body).toEqual({ citekey: 'k', rating: null, project: 'p' });
  });

  it('gives my own name even while reviewing as somebody else', async () => {
    server.client.reviewer = 'bo';
    server.answers.set('/reviewkit/me', [200, {}]);
    await server.client.ask('set_me', { name: 'Ana' }, '');
    expect(server.asked[0].verb).toBe('PUT');
    expect(server.asked[0].body).toEqual({ name: 'Ana', project: '' });
  });

  it('passes on what the server refuses, with its code', async () => {
    const answer = {
      code: 'unknown-paper',
      message: 'No paper',
      detail: { near: ['a'] }
    };
    server.answers.set('/reviewkit/paper', [404, answer]);
    expect(await refusal(server.client.ask('paper', { citekey: 'k' }, ''))).toEqual(
      answer
    );
  });

  it('says in words when nobody answers, nothing is installed, or no JSON comes', async () => {
    expect((await refusal(server.client.ask('me', {}, ''))).message).toContain(
      'no reviewkit'
    );
    server.answers.set('/reviewkit/me', [502, '<html>']);
    const gateway = await refusal(server.client.ask('me', {}, ''));
    expect(gateway).toMatchObject({ code: 'http-502', detail: {} });
    expect(gateway.message).toContain('502');
    server.down = true;
    expect((await refusal(server.client.ask('me', {}, ''))).code).toBe('no-server');
  });
});
