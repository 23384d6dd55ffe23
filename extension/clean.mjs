// Removes everything that a build makes, so that no stale file survives one.
import { rmSync } from 'node:fs';

for (const path of [
  'lib',
  '../src/reviewkit/labextension',
  '../src/reviewkit/kit/static'
]) {
  rmSync(new URL(path, import.meta.url), { recursive: true, force: true });
}
