import { describe, expect, it } from 'vitest';
import { belongsToProject, fromNotebook, withoutDrive } from '../paths';

describe('fromNotebook', () => {
  it.each([
    ['a/b/nb.ipynb', '.', 'a/b'],
    ['a/b/nb.ipynb', '..', 'a'],
    ['a/nb.ipynb', '..', ''],
    ['nb.ipynb', '.', ''],
    ['nb.ipynb', 'papers/', 'papers'],
    ['RTC:a/nb.ipynb', '../c', 'c'],
    ['a b/ü#1.ipynb', '', 'a b'],
    ['', 'papers', 'papers']
  ])('from %j, %j is %j', (notebook, relative, path) => {
    expect(fromNotebook(notebook, relative)).toBe(path);
  });

  it.each([
    ['nb.ipynb', '..'],
    ['a/nb.ipynb', '../../x'],
    ['a/nb.ipynb', '/etc']
  ])('from %j, %j lies outside', (notebook, relative) => {
    expect(fromNotebook(notebook, relative)).toBeNull();
  });
});

describe('belongsToProject', () => {
  it('knows the two files and notebooks', () => {
    expect(belongsToProject('a/references.bib')).toBe(true);
    expect(belongsToProject('reviews.csv')).toBe(true);
    expect(belongsToProject('a/b.ipynb')).toBe(true);
    expect(belongsToProject('a/other.bib')).toBe(false);
    expect(belongsToProject('a/references.bib/x.py')).toBe(false);
  });
});

it('takes a drive off a path, but no colon further on', () => {
  expect(withoutDrive('RTC:a/b:c.ipynb')).toBe('a/b:c.ipynb');
  expect(withoutDrive('a b/c:d')).toBe('a b/c:d');
});
