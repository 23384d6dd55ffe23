import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Piece } from '../contract';

/** An unchanged part longer than this, in characters, is shown by its ends only. */
const LONG = 240;
const END = 60;

/**
 * What became of a text, word by word. Python compares, so that all replicas show the same;
 * without pieces the text stands as it is.
 */
export function Pieces(props: {
  pieces: readonly Piece[];
  text: string;
  /** Which pieces are left out: the ones that the other side of a comparison has. */
  without?: 'removed' | 'added';
}): JSX.Element {
  const [whole, setWhole] = useState(false);
  const pieces = props.pieces.filter(({ kind }) => kind !== props.without);
  if (!pieces.some(({ kind }) => kind !== 'same')) {
    return <span class="rk-pieces">{props.text}</span>;
  }
  const last = pieces.length - 1;
  const folded = pieces.map(({ kind, text }, i) =>
    kind === 'same' && !whole ? ends(text, i === 0, i === last) : text
  );
  const long = folded.some((text, i) => text !== pieces[i].text);
  return (
    <span class="rk-pieces">
      {pieces.map(({ kind }, i) => {
        const text = folded[i];
        return kind === 'removed' ? (
          <del key={i}>{text}</del>
        ) : kind === 'added' ? (
          <ins key={i}>{text}</ins>
        ) : (
          <span key={i}>{text}</span>
        );
      })}
      {(long || whole) && (
        <button
          type="button"
          class="rk-link-button rk-pieces-all"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : 'Show all of it'}
        </button>
      )}
    </span>
  );
}

function ends(text: string, first: boolean, last: boolean): string {
  const letters = Array.from(text);
  if (letters.length <= LONG) {
    return text;
  }
  const before = first ? '' : letters.slice(0, END).join('');
  const after = last ? '' : letters.slice(-END).join('');
  return `${before} … ${after}`;
}
