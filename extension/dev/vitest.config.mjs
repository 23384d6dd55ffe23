import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = path => fileURLToPath(new URL(path, import.meta.url)).replace(/\/$/, '');

export default defineConfig({
  root: here('..'),
  // The tests stand beside the code, whose folders do not hold the test tools.
  resolve: {
    alias: {
      vitest: here('node_modules/vitest')
    }
  },
  server: { fs: { strict: false } },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  test: {
    include: ['src/**/__tests__/**/*.test.{ts,tsx}'],
    environment: 'jsdom',
    setupFiles: [here('vitest.setup.ts')],
    server: { deps: { inline: [/@jupyterlab\//, /@jupyter\//, /@lumino\//] } }
  }
});
