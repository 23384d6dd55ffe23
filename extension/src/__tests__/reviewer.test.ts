import { beforeEach, expect, it, vi } from 'vitest';
import { AnswerError } from '../client';
import { recallReviewer, reviewAs, verifyReviewer } from '../reviewer';
import { FakeServer } from './server';

let server: FakeServer;

beforeEach(() => {
  window.localStorage.clear();
  server = new FakeServer();
});

it('keeps another reviewer for this browser and tells the views', async () => {
  const me = { reviewer: 'bo-li', name: 'Bo Li', source: 'browser', locked: false };
  server.answers.set('/reviewkit/me', [200, me]);
  const told = vi.fn();
  server.news.changed.connect(told);
  expect(await reviewAs(server, ' Bo Li ')).toEqual(me);
  expect(server.asked[0].query.get('as')).toBe('Bo Li');
  expect(server.client.reviewer).toBe('Bo Li');
  expect(recallReviewer()).toBe('Bo Li');
  expect(told).toHaveBeenCalledOnce();
});

it('goes back to my own name with an empty one', async () => {
  server.client.reviewer = 'Bo Li';
  const me = { reviewer: 'ana', name: 'Ana', source: 'settings', locked: false };
  server.answers.set('/reviewkit/me', [200, me]);
  await reviewAs(server, '');
  expect(server.client.reviewer).toBeNull();
  expect(recallReviewer()).toBeNull();
});

it('stays as it was when the server refuses', async () => {
  server.client.reviewer = 'Bo Li';
  server.answers.set('/reviewkit/me', [400, { code: 'value-refused', message: 'no' }]);
  await expect(reviewAs(server, '!!')).rejects.toBeInstanceOf(AnswerError);
  expect(server.client.reviewer).toBe('Bo Li');
});

it('forgets a reviewer whom the server does not accept any more, not one it cannot ask', async () => {
  window.localStorage.setItem('reviewkit:reviewer', 'bo');
  server.client.reviewer = 'bo';
  server.down = true;
  await verifyReviewer(server);
  expect(server.client.reviewer).toBe('bo');
  server.down = false;
  server.answers.set('/reviewkit/me', [
    403,
    { code: 'identity-locked', message: 'no' }
  ]);
  await verifyReviewer(server);
  expect(server.client.reviewer).toBeNull();
  expect(recallReviewer()).toBeNull();
});
