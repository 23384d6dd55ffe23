import type { JSX } from 'preact';

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'the paper above or below'],
  ['Home End', 'the first or last paper'],
  ['PgUp PgDn', 'a page up or down'],
  ['Enter', 'open the paper'],
  ['Esc', 'back to the list'],
  ['1 … 5', 'rate; 0 takes it back'],
  ['t', 'tags'],
  ['n', 'note'],
  ['/', 'search'],
  ['u  Ctrl+Z', 'undo my last change'],
  ['c', 'what needs a look'],
  ['h', 'history'],
  ['?', 'these keys']
];

const PAIR_KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'the pair above or below'],
  ['← →', 'whose field is taken'],
  ['k', 'keep the other paper'],
  ['m', 'merge'],
  ['x', 'not the same'],
  ['s', 'skip']
];

const MATRIX_KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓ ← →', 'the cell beside'],
  ['Ctrl+arrow', 'the edge of the table'],
  ['Enter  F2', 'change the cell; of a paper: open it'],
  ['Delete', 'take back what I said there'],
  ['Ctrl+Enter', 'take what is suggested'],
  ['Shift+arrow', 'select several cells'],
  ['Ctrl+A', 'select all'],
  ['Ctrl+C', 'copy, for a spreadsheet'],
  ['/', 'search']
];

/** The keys of one line, each in a frame of its own; "1 … 5" is a range. */
function eachKey(keys: string): string[] {
  return keys.includes('…') ? [keys] : keys.split(/ +/);
}

/** Which key does what. */
export function Keys(props: { pairs: boolean; matrix: boolean }): JSX.Element {
  const last = KEYS.slice(-2);
  const keys = props.pairs
    ? [...PAIR_KEYS, ...last]
    : props.matrix
      ? [...MATRIX_KEYS, ...last]
      : KEYS;
  return (
    <section class="rk-fold rk-keys" aria-label="Keys">
      <dl class="rk-key-list">
        {keys.map(([key, does]) => (
          <div key={key} class="rk-key">
            <dt>
              {eachKey(key).map(one => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
