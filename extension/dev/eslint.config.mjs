import js from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript-eslint';

export default typescript.config(
  { ignores: ['**/node_modules/', '**/lib/', 'src/contract.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...typescript.configs.recommendedTypeChecked],
    plugins: { jupyter },
    languageOptions: {
      parserOptions: {
        project: './tsconfig.json',
        tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url))
      }
    },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Properties of components are written as methods, and taken apart.
      '@typescript-eslint/unbound-method': 'off',
      'jupyter/plugin-activation-args': 'error',
      'jupyter/plugin-description': 'error',
      'jupyter/command-described-by': 'error',
      'jupyter/command-id-convention': 'error',
      'jupyter/token-format': 'error',
      'jupyter/no-translation-concatenation': 'error',
      'jupyter/incorrect-translator-usage': 'error',
      'max-lines': ['error', 400]
    }
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { URL: 'readonly', console: 'readonly' } }
  }
);
