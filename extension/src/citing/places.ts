/** Finds the citations of a rendered text by how they were written, and shows them instead. */

/** What is shown for one citation. */
export interface Shown {
  /** Its source, on one line and without marks of emphasis. */
  readonly written: string;
  /** Makes the element that stands in its place. */
  element(): HTMLElement;
}

/** The class of every element that stands for a citation. */
export const CITATION = 'jp-reviewkit-Citation';

// Where "@" is no citation, or where the text is not the writer's.
const PASSED_OVER = `pre, code, script, style, svg, math, mjx-container, .MathJax, .${CITATION}`;
const BLOCKS =
  'p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, blockquote, div, figcaption';

const sources = new WeakMap<Element, DocumentFragment>();

/** A character of the text and where it stands. */
interface Run {
  readonly node: Text;
  readonly start: number;
}

/** Put every citation that is found, in the order given, in place of its source; how many. */
export function place(root: HTMLElement, citations: readonly Shown[]): number {
  const { text, runs } = textOf(root);
  const found: [number, number, Shown][] = [];
  let from = 0;
  for (const citation of citations) {
    const pattern = patternOf(citation.written);
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match) {
      found.push([match.index, match.index + match[0].length, citation]);
      from = match.index + match[0].length;
    }
  }
  // From the end, so that the places before stay where they are.
  for (const [start, end, citation] of found.reverse()) {
    const range = document.createRange();
    const first = runAt(runs, start);
    const last = runAt(runs, end - 1);
    range.setStart(first.node, start - first.start);
    range.setEnd(last.node, end - last.start);
    const element = citation.element();
    element.classList.add(CITATION);
    sources.set(element, range.extractContents());
    range.insertNode(element);
  }
  return found.length;
}

/** Put the sources of all citations back. */
export function restore(root: HTMLElement): void {
  for (const element of Array.from(root.querySelectorAll(`.${CITATION}`))) {
    const source = sources.get(element);
    const parent = element.parentNode;
    if (source) {
      element.replaceWith(source);
      sources.delete(element);
    }
    parent?.normalize();
  }
}

/** All text of the writer's, with a line feed between blocks. */
function textOf(root: HTMLElement): { text: string; runs: Run[] } {
  const runs: Run[] = [];
  let text = '';
  let block: Element | null = null;
  const walker = document.createTreeWalker(
    root,
    NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
    node =>
      node instanceof Element
        ? node.matches(PASSED_OVER)
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_SKIP
        : NodeFilter.FILTER_ACCEPT
  );
  let last: Text | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const within = node.parentElement?.closest(BLOCKS) ?? null;
    const passed = last !== null && !follows(last, node);
    if (text && (within !== block || passed)) {
      text += '\0';
    }
    block = within;
    last = node as Text;
    runs.push({ node: last, start: text.length });
    text += last.data;
  }
  return { text, runs };
}

/** Whether nothing that is passed over stands between two texts. */
function follows(one: Text, other: Node): boolean {
  const range = document.createRange();
  range.setStartAfter(one);
  range.setEndBefore(other);
  return range.cloneContents().querySelector(PASSED_OVER) === null;
}

function runAt(runs: readonly Run[], at: number): Run {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (runs[middle].start <= at) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return runs[low];
}

/** Finds the source with any blanks; a key does not end within a longer one. */
function patternOf(written: string): RegExp {
  const words = written
    .split(/\s+/)
    .map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const before = /^[[]/.test(written) ? '' : '(?<![\\p{L}\\p{N}@])';
  const after = /[\p{L}\p{N}_]$/u.test(written) ? '(?![\\p{L}\\p{N}_])' : '';
  return new RegExp(`${before}${words.join('\\s+')}${after}`, 'gu');
}
