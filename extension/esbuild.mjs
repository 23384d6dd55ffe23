// Builds the notebook widget: one script and one style sheet that anywidget sends to
// any front end, so nothing in them may be loaded from elsewhere.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const here = path => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: { view: here('src/widget.ts') },
  outdir: here('../src/reviewkit/kit/static'),
  bundle: true,
  format: 'esm',
  target: 'es2020',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning'
});
await build({
  entryPoints: { view: here('style/views.css') },
  outdir: here('../src/reviewkit/kit/static'),
  bundle: true,
  minify: true,
  loader: { '.woff2': 'dataurl', '.svg': 'dataurl' },
  logLevel: 'warning'
});
