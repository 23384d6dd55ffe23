import { afterEach, describe, expect, it, vi } from 'vitest';
import { markdown } from '../views/markdown';
import { mathml, pieces } from '../views/maths';
import { FakeModel } from './fake';
import { clean, showModel } from './page';
import { paperOf } from './papers';

afterEach(clean);

const EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

function html(text: string): string {
  const place = document.createElement('div');
  place.append(markdown(text));
  return place.innerHTML;
}

describe('hostile text', () => {
  it('is inert in every field of a paper', async () => {
    const model = new FakeModel({}, 5);
    const note = { id: EVIL, text: EVIL, updated: null, seen: [], anchor: EVIL };
    model.papers[1] = {
      ...paperOf(1),
      title: EVIL,
      authors: [EVIL],
      venue: EVIL,
      abstract_display: EVIL,
      tags: [EVIL],
      links: [
        { url: 'javascript:window.hacked=1', label: EVIL, kind: 'page' },
        { url: 'https://example.org/"><script>', label: EVIL, kind: 'page' }
      ],
      reviews: [
        {
          reviewer: EVIL,
          status: EVIL as 'read',
          rating: 3,
          tags: [EVIL],
          notes: [note],
          updated: EVIL,
          criteria: { [EVIL]: 3 }
        }
      ],
      conflicts: [
        {
          citekey: 'key1',
          reviewer: EVIL,
          field: EVIL,
          values: [
            {
              id: EVIL,
              value: { text: EVIL },
              by: EVIL,
              at: EVIL,
              via: EVIL,
              pieces: [{ kind: 'added', text: EVIL }],
              text: EVIL
            }
          ]
        }
      ]
    };
    const page = showModel(model);
    await page.open('key1');
    await vi.waitFor(() => expect(page.text).toContain('onerror'));
    expect(page.all('script, img, iframe, [onerror], [onload]')).toEqual([]);
    const links = page.all('a').map(link => link.getAttribute('href') ?? '');
    expect(links.length).toBeGreaterThan(0);
    links.forEach(link => expect(link).toMatch(/^https?:/));
    expect((window as { hacked?: unknown }).hacked).toBeUndefined();
  });

  it.each([
    ['[x](javascript:alert(1))', /javascript/i],
    ['[x](data:text/html,<script>1</script>)', /data:/],
    [
      '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
      /svg|onload|javascript/
    ],
    ['<iframe src="https://evil.example"></iframe>', /iframe/],
    [
      '<form action="https://evil.example"><input name=a><button>x</button></form>',
      /form|input|button/
    ],
    ['<div style="position:fixed;inset:0">x</div>', /style/],
    ['<style>*{display:none}</style>', /style|display/],
    ['![x](https://evil.example/pixel.png)', /<img/],
    [
      '<img srcset="https://evil.example/p.png 1x" src="data:image/svg+xml,<svg/>">',
      /<img|srcset/
    ],
    ['<span data-rk-tex="\\href{javascript:alert(1)}{x}"></span>', /<a|href=/],
    ['<video src="https://evil.example/v"></video>', /video/]
  ])('%s is tamed', (text, never) => {
    expect(html(text)).not.toMatch(never);
  });

  it('opens links of notes elsewhere, without a way back', () => {
    const found = html('[x](https://example.org)');
    expect(found).toContain('target="_blank"');
    expect(found).toContain('rel="noopener noreferrer"');
  });
});

describe('maths', () => {
  it('is found between dollars, and prices are left alone', () => {
    expect(
      pieces('of $O(n^2)$ at $5 and $6').map(({ tex, text }) => [tex, text])
    ).toEqual([
      [false, 'of '],
      [true, 'O(n^2)'],
      [false, ' at $5 and $6']
    ]);
  });

  it('becomes MathML, without network', () => {
    expect(mathml('\\frac{1}{2}')).toMatch(/<math[\s\S]*<mfrac/);
    expect(mathml('\\frac{1')).toBeNull();
  });

  it('keeps its underscores in a note', () => {
    const found = html('with $a_i b_i$ and *words*');
    expect(found).toContain('<msub');
    expect(found).toContain('<em>words</em>');
  });

  it('shows what it does not understand as it was typed', () => {
    expect(html('$\\frac{1$')).toContain('$\\frac{1$');
  });
});
