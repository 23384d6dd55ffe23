import { beforeEach, expect, it } from 'vitest';
import { CITATION, place, restore, type Shown } from '../citing/places';

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement('div');
  document.body.replaceChildren(root);
});

function shown(written: string): Shown {
  return {
    written,
    element: () => {
      const element = document.createElement('span');
      element.textContent = `<${written}>`;
      return element;
    }
  };
}

/** What is shown of this HTML with these citations, and that all comes back. */
function placed(html: string, ...written: string[]): string {
  root.innerHTML = html;
  const before = root.innerHTML;
  place(root, written.map(shown));
  const text = root.textContent ?? '';
  restore(root);
  expect(root.innerHTML).toBe(before);
  expect(root.querySelector(`.${CITATION}`)).toBeNull();
  return text;
}

it('puts a citation in the place of its source', () => {
  expect(placed('<p>See [@a, p. 3].</p>', '[@a, p. 3]')).toBe('See <[@a, p. 3]>.');
});

it('finds a source over lines and within marks of emphasis', () => {
  expect(placed('<p>x [see <em>e.g.</em>\n@a] y</p>', '[see e.g. @a]')).toBe(
    'x <[see e.g. @a]> y'
  );
});

it('takes equal ones in their order', () => {
  expect(placed('<p>@a, @a</p><p>@a</p>', '@a', '@a')).toBe('<@a>, <@a>@a');
});

it('passes code and mathematics over', () => {
  const html = '<p><code>[@a]</code> <mjx-container>[@a]</mjx-container> [@a]</p>';
  expect(placed(html, '[@a]')).toBe('[@a] [@a] <[@a]>');
  expect(placed('<pre>[@a]</pre>', '[@a]')).toBe('[@a]');
});

it('does not take a part of a longer key, an address or a mail for one', () => {
  expect(placed('<p>@abc @a_b me@a @a.</p>', '@a')).toBe('@abc @a_b me@a <@a>.');
});

it('does not reach from one paragraph or over code into the next', () => {
  expect(placed('<p>[@a</p><p>p. 3]</p>', '[@a p. 3]')).toBe('[@ap. 3]');
  expect(placed('<p>[@a <code>x</code> p. 3]</p>', '[@a p. 3]')).toBe('[@a x p. 3]');
});

it('leaves alone what it does not find', () => {
  expect(placed('<p>[@b] [@a]</p>', '[@x]', '[@a]')).toBe('[@b] <[@a]>');
});

it('takes signs of regular expressions as they are', () => {
  expect(placed('<p>[@a+b*(c)?, $1]</p>', '[@a+b*(c)?, $1]')).toBe('<[@a+b*(c)?, $1]>');
});
