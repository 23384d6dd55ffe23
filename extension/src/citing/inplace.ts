import type { Cell } from '@jupyterlab/cells';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { ShownCitation } from '../contract';
import type { HoverCard } from './card';
import { isBibliography } from './cells';
import { CITATION, place, restore, type Shown } from './places';
import type { Answered, CitingNotebook } from './watched';

const RENDERED = '.jp-RenderedMarkdown';

/** Shows the citations of a notebook's rendered cells; their sources stay as they are. */
export class CitationsInPlace implements IDisposable {
  private readonly observer: MutationObserver;
  private readonly done = new WeakMap<Element, Answered>();
  private _isDisposed = false;

  constructor(
    private readonly citing: CitingNotebook,
    private readonly card: HoverCard,
    private readonly trans: TranslationBundle
  ) {
    this.observer = new MutationObserver(changes => this.look(changes));
    this.observer.observe(citing.panel.content.node, {
      childList: true,
      subtree: true
    });
    citing.answered.connect(this.showAll, this);
    this.showAll();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this.observer.disconnect();
    this.citing.answered.disconnect(this.showAll, this);
    this.card.hide();
    for (const root of this.roots()) {
      restore(root);
    }
  }

  private *roots(): Iterable<HTMLElement> {
    for (const cell of this.citing.panel.content.widgets) {
      const root = rootOf(cell);
      if (root) {
        yield root;
      }
    }
  }

  private showAll(): void {
    this.citing.panel.content.widgets.forEach(cell => this.show(cell));
    this.observer.takeRecords();
  }

  /** JupyterLab has rendered a text anew. */
  private look(changes: MutationRecord[]): void {
    const rendered = (node: Node): boolean =>
      node instanceof Element &&
      (node.closest(RENDERED) !== null || node.querySelector(RENDERED) !== null);
    const touched = changes.map(change => change.target).filter(rendered);
    if (touched.length === 0) {
      return;
    }
    for (const cell of this.citing.panel.content.widgets) {
      if (touched.some(node => cell.node.contains(node) || node.contains(cell.node))) {
        this.show(cell);
      }
    }
    this.observer.takeRecords();
  }

  private show(cell: Cell): void {
    const { answer } = this.citing;
    const root = rootOf(cell);
    if (!answer || !root || isBibliography(cell.model)) {
      return;
    }
    const there = root.querySelector(`.${CITATION}`) !== null;
    if (there && this.done.get(root) === answer) {
      return;
    }
    const number = answer.cells.indexOf(cell.model.id);
    const citations = answer.cited.citations.filter(one => one.text === number);
    if (there) {
      restore(root);
    }
    this.done.set(root, answer);
    place(
      root,
      citations.filter(one => one.html !== '').map(one => this.shown(one, answer))
    );
  }

  private shown(citation: ShownCitation, answer: Answered): Shown {
    const sanitizer = this.citing.panel.content.rendermime.sanitizer;
    return {
      written: citation.written,
      element: () => {
        const element = document.createElement('span');
        element.innerHTML = sanitizer.sanitize(citation.html);
        // A link within would take the pointer from the card.
        element.tabIndex = 0;
        element.dataset.citekeys = citation.citekeys.join(' ');
        if (citation.unknown.length > 0) {
          element.classList.add('jp-mod-unknown');
          element.title = this.trans.__(
            'Not in the library: %1',
            citation.unknown.join(', ')
          );
        }
        const known = citation.citekeys.filter(key => !citation.unknown.includes(key));
        const note = sanitizer.sanitize(citation.note);
        if (known.length > 0 || note) {
          this.card.attach(element, answer.project, known, note);
        }
        return element;
      }
    };
  }
}

function rootOf(cell: Cell): HTMLElement | null {
  return cell.model.type === 'markdown'
    ? cell.node.querySelector<HTMLElement>(RENDERED)
    : null;
}
