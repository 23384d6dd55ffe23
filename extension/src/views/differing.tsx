import { Fragment, type JSX } from 'preact';

/** Text in pieces; those that the other text lacks are marked. */
export function pieces(text: string, other: string | null): [string, boolean][] {
  if (other === null) {
    return [[text, false]];
  }
  const theirs = new Map<string, number>();
  for (const word of words(other)) {
    theirs.set(word, (theirs.get(word) ?? 0) + 1);
  }
  const found: [string, boolean][] = [];
  for (const piece of text.match(/\s+|[^\s]+/g) ?? []) {
    const left = theirs.get(piece) ?? 0;
    const marked = piece.trim() !== '' && left === 0;
    if (left > 0) {
      theirs.set(piece, left - 1);
    }
    const last = found[found.length - 1];
    if (last && (last[1] === marked || piece.trim() === '')) {
      last[0] += piece;
    } else {
      found.push([piece, marked]);
    }
  }
  return found;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** A value with the words marked that the other paper's value has not. */
export function Differing(props: { text: string; other: string | null }): JSX.Element {
  return (
    <span>
      {pieces(props.text, props.other).map(([piece, marked], i) =>
        marked ? (
          <Fragment key={i}>
            <mark class="rk-differs">{piece.trimEnd()}</mark>
            {piece.slice(piece.trimEnd().length)}
          </Fragment>
        ) : (
          <Fragment key={i}>{piece}</Fragment>
        )
      )}
    </span>
  );
}
