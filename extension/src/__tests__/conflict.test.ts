import { afterEach, describe, expect, it } from 'vitest';
import type { ConflictValue } from '../contract';
import { FakeModel } from './fake';
import { clean, showModel } from './page';

afterEach(clean);

describe('values in conflict', () => {
  it('shows BibTeX as it reads, with what stands in the file to be unfolded', async () => {
    const model = new FakeModel();
    const title = (id: string, value: string, text: string): ConflictValue => ({
      id,
      value,
      text,
      by: 'ana',
      at: null,
      via: 'bib',
      pieces: []
    });
    model.change('key1', {
      conflicts: [
        {
          citekey: 'key1',
          reviewer: null,
          field: 'bib:title',
          values: [
            title('x', "{A {GPU} \\& caf{\\'e}}", 'A GPU & café'),
            title('y', '{Plain}', 'Plain'),
            title('z', '"Plain"', 'Plain')
          ]
        }
      ]
    });
    const page = showModel(model);
    (await page.find('.rk-tools .rk-badge-button')).click();
    await page.find('.rk-aside');
    const texts = page.all('.rk-value-text').map(one => one.textContent);
    expect(texts).toEqual(['A GPU & café', 'Plain', 'Plain']);
    const raw = page.all('.rk-value-raw');
    expect(
      raw.map(one => [one.hasAttribute('open'), one.querySelector('code')?.textContent])
    ).toEqual([
      [false, "{A {GPU} \\& caf{\\'e}}"],
      [true, '{Plain}'],
      [true, '"Plain"']
    ]);
  });
});
