import DOMPurify from 'dompurify';
import { Marked, type Tokens } from 'marked';
import { mathml, pieces } from './maths';

const TAGS =
  'p br hr h1 h2 h3 h4 h5 h6 strong em b i del s code pre blockquote ul ol li a table thead tbody tr th td sup sub kbd mark span input img'.split(
    ' '
  );
const ATTRIBUTES =
  'href title alt src align start type checked disabled data-rk-tex data-rk-display'.split(
    ' '
  );
const OWN_IMAGE = /^data:image\/(png|jpeg|gif|webp);base64,/i;
const WEB = /^(https?:|mailto:)/i;

const parser = new Marked({ gfm: true, breaks: true, async: false });
parser.use({
  extensions: [
    {
      name: 'maths',
      level: 'inline',
      start: source => source.search(/\$|\\[([]/),
      tokenizer(source) {
        const [first, ...rest] = pieces(source);
        if (!first?.tex) {
          return undefined;
        }
        const raw = rest.length > 0 ? rawOf(source, first.text) : source;
        return { type: 'maths', raw, tex: first.text, display: first.display };
      },
      renderer(token: Tokens.Generic) {
        const tex = String(token.tex).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
        return `<span data-rk-tex="${tex}" data-rk-display="${token.display ? 1 : 0}"></span>`;
      }
    }
  ]
});

function rawOf(source: string, tex: string): string {
  const open = source.startsWith('$') && !source.startsWith('$$') ? 1 : 2;
  return source.slice(0, open + tex.length + open);
}

/** Markdown as nodes that are safe to insert: no script, no style, nothing fetched. */
export function markdown(text: string): DocumentFragment {
  const html = parser.parse(text) as string;
  const purifier = DOMPurify(window);
  purifier.addHook('afterSanitizeAttributes', tame);
  const fragment = purifier.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true
  });
  for (const span of fragment.querySelectorAll<HTMLElement>('[data-rk-tex]')) {
    const tex = span.getAttribute('data-rk-tex') ?? '';
    const shown = mathml(tex, span.getAttribute('data-rk-display') === '1');
    if (shown === null) {
      span.textContent = `$${tex}$`;
    } else {
      span.innerHTML = shown;
    }
  }
  return fragment;
}

/** Runs while the nodes are inert, before the browser could fetch anything. */
function tame(node: Element): void {
  if (node.nodeName === 'A') {
    if (WEB.test(node.getAttribute('href') ?? '')) {
      node.setAttribute('target', '_blank');
      node.setAttribute('rel', 'noopener noreferrer');
    } else {
      node.removeAttribute('href');
    }
  } else if (node.nodeName === 'IMG') {
    const source = node.getAttribute('src') ?? '';
    if (!OWN_IMAGE.test(source)) {
      node.replaceWith(
        imageLink(node.ownerDocument, source, node.getAttribute('alt') ?? '')
      );
    }
  } else if (node.nodeName === 'INPUT') {
    if (node.getAttribute('type') === 'checkbox') {
      node.setAttribute('disabled', '');
    } else {
      node.remove();
    }
  }
}

/** A picture from elsewhere is not loaded: that would tell its server who reads this. */
function imageLink(document: Document, source: string, alt: string): Element {
  const link = document.createElement(WEB.test(source) ? 'a' : 'span');
  link.textContent = `[picture${alt ? `: ${alt}` : ''}]`;
  if (link.nodeName === 'A') {
    link.setAttribute('href', source);
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  }
  return link;
}
