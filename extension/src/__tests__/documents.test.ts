import { beforeEach, expect, it } from 'vitest';
import { ProjectFinder } from '../documents';
import { FakeServer } from './server';

let server: FakeServer;
let finder: ProjectFinder;

beforeEach(() => {
  server = new FakeServer();
  finder = new ProjectFinder(server);
});

it('finds the project of a file and asks once for a folder', async () => {
  server.answers.set('/reviewkit/project', [200, { path: 'demo' }]);
  expect(await finder.projectOf('demo/notebooks/a.ipynb')).toBe('demo');
  expect(await finder.projectOf('demo/notebooks/b.ipynb')).toBe('demo');
  expect(server.asked).toHaveLength(1);
  expect(server.asked[0].query.get('project')).toBe('demo/notebooks/a.ipynb');
});

it('finds none where the server knows none, and remembers that for a while', async () => {
  const answer = { code: 'project', message: 'no', detail: {} };
  server.answers.set('/reviewkit/project', [404, answer]);
  expect(await finder.projectOf('x/a.ipynb')).toBeNull();
  expect(await finder.projectOf('x/b.ipynb')).toBeNull();
  expect(server.asked).toHaveLength(1);
});

it('asks again after a failure that says nothing about the folder', async () => {
  server.down = true;
  expect(await finder.projectOf('demo/a.ipynb')).toBeNull();
  server.down = false;
  server.answers.set('/reviewkit/project', [200, { path: 'demo' }]);
  expect(await finder.projectOf('demo/a.ipynb')).toBe('demo');
});
