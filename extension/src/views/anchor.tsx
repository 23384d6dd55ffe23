import type { JSX } from 'preact';

/** Where in the paper a note belongs, as people write it: p. 4, pp. 4–6, §4.2, “words”. */
export function anchorWord(anchor: string | null): string {
  if (anchor?.startsWith('"')) {
    return `“${anchor.slice(1, -1)}”`;
  }
  if (anchor?.startsWith('p')) {
    const pages = anchor.slice(1).replace('-', '–');
    return pages.includes('–') ? `pp. ${pages}` : `p. ${pages}`;
  }
  return anchor ?? '';
}

/** The same as it stands in the field where it is typed: pages as bare numbers. */
export function anchorTyped(anchor: string | null): string {
  return anchor?.startsWith('p') ? anchor.slice(1) : (anchor ?? '');
}

/** Above a note: where it belongs, if it says so. */
export function Anchor(props: { anchor: string | null }): JSX.Element | null {
  return props.anchor ? (
    <p class="rk-note-place" title="Where in the paper">
      {anchorWord(props.anchor)}
    </p>
  ) : null;
}
