import DOMPurify from 'dompurify';
import temml from 'temml';

/** A stretch of text, or of TeX between dollars or \( \). */
export interface Piece {
  tex: boolean;
  text: string;
  display: boolean;
}

// As pandoc: no space inside the dollars, no digit after the closing one, so that prices
// stay text.
const MATHS =
  /\$\$([^$]+)\$\$|\$(?![\s$])((?:\\.|[^$\\])*?(?:\\.|[^$\\\s]))\$(?!\d)|\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]/g;

/** The text cut at its formulas, in order, nothing lost but the delimiters. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(MATHS)) {
    const [whole, block, inline, round, square] = match;
    if (match.index > from) {
      found.push({ tex: false, text: text.slice(from, match.index), display: false });
    }
    const tex = block ?? inline ?? round ?? square ?? '';
    found.push({ tex: true, text: tex, display: (block ?? square) !== undefined });
    from = match.index + whole.length;
  }
  if (from < text.length) {
    found.push({ tex: false, text: text.slice(from), display: false });
  }
  return found;
}

/** MathML of a formula, safe to insert; null if it is not understood. */
export function mathml(tex: string, display = false): string | null {
  try {
    const text = temml.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      maxExpand: 200,
      maxSize: [20, 20]
    });
    return DOMPurify.sanitize(text, {
      USE_PROFILES: { mathMl: true },
      ADD_ATTR: ['style']
    });
  } catch {
    return null;
  }
}
