import type { TranslationBundle } from '@jupyterlab/translation';
import { AnswerError, type Client } from '../client';
import type { Paper } from '../contract';

/** How long the pointer rests on a citation before its card shows, in milliseconds. */
const REST = 250;
const MOST_PAPERS = 6;
const MOST_AUTHORS = 4;
const MOST_ABSTRACT = 260;
const GAP = 6;

/** The card of the papers that a citation names, beside the pointer. */
export class HoverCard {
  private readonly node = document.createElement('div');
  private timer = 0;
  private owner: HTMLElement | null = null;

  constructor(
    private readonly client: Client,
    private readonly trans: TranslationBundle
  ) {
    this.node.className = 'jp-reviewkit-CitationCard';
    this.node.id = 'jp-reviewkit-citation-card';
    this.node.setAttribute('role', 'tooltip');
    this.node.hidden = true;
    this.node.addEventListener('pointerenter', () => window.clearTimeout(this.timer));
    this.node.addEventListener('pointerleave', () => this.hide());
    window.addEventListener('keydown', event => {
      if (event.key === 'Escape' && !this.node.hidden) {
        this.hide();
      }
    });
    window.addEventListener('scroll', () => this.hide(), {
      capture: true,
      passive: true
    });
  }

  /** Let the card come when the pointer rests on the element, or the focus is in it. */
  attach(
    element: HTMLElement,
    project: string,
    citekeys: readonly string[],
    note: string
  ): void {
    const soon = (wait: number) => (): void => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => {
        void this.show(element, project, citekeys, note);
      }, wait);
    };
    const later = (): void => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.hide(), REST);
    };
    element.addEventListener('pointerenter', soon(REST));
    element.addEventListener('pointerleave', later);
    element.addEventListener('focus', soon(0));
    element.addEventListener('blur', () => this.hide());
  }

  hide(): void {
    window.clearTimeout(this.timer);
    this.owner?.removeAttribute('aria-describedby');
    this.owner = null;
    this.node.hidden = true;
  }

  private async show(
    element: HTMLElement,
    project: string,
    citekeys: readonly string[],
    note: string
  ): Promise<void> {
    const keys = Array.from(new Set(citekeys));
    this.owner = element;
    const parts = await Promise.all(
      keys.slice(0, MOST_PAPERS).map(key => this.paper(key, project))
    );
    // Meanwhile the pointer may be elsewhere, and the element gone.
    if (this.owner !== element || !element.isConnected) {
      return;
    }
    if (note) {
      parts.unshift(noteOf(note));
    }
    if (keys.length > MOST_PAPERS) {
      parts.push(line('more', this.trans.__('and %1 more', keys.length - MOST_PAPERS)));
    }
    this.node.replaceChildren(...parts);
    if (!this.node.isConnected) {
      document.body.append(this.node);
    }
    this.node.hidden = false;
    element.setAttribute('aria-describedby', this.node.id);
    this.beside(element);
  }

  private beside(element: HTMLElement): void {
    const at = element.getBoundingClientRect();
    const own = this.node.getBoundingClientRect();
    const left = Math.min(at.left, window.innerWidth - own.width - GAP);
    const below = at.bottom + GAP + own.height <= window.innerHeight;
    const top = below ? at.bottom + GAP : at.top - GAP - own.height;
    this.node.style.left = `${Math.max(GAP, left)}px`;
    this.node.style.top = `${Math.max(GAP, top)}px`;
  }

  private async paper(citekey: string, project: string): Promise<HTMLElement> {
    const part = document.createElement('div');
    part.className = 'jp-reviewkit-CitationCard-paper';
    try {
      part.append(...this.lines(await this.client.ask('paper', { citekey }, project)));
    } catch (error) {
      if (!(error instanceof AnswerError)) {
        throw error;
      }
      part.append(line('title', citekey), line('wrong', error.message));
    }
    return part;
  }

  private *lines(paper: Paper): Iterable<HTMLElement> {
    const { authors, reviews } = paper;
    yield line('title', paper.title);
    const names = authors.slice(0, MOST_AUTHORS).join(', ');
    const more = authors.length > MOST_AUTHORS ? this.trans.__(' and others') : '';
    if (names) {
      yield line('people', names + more);
    }
    const where = [paper.venue, paper.year].filter(word => word !== null).join(', ');
    if (where) {
      yield line('venue', where);
    }
    const said: string[] = [];
    if (paper.score !== null) {
      said.push(this.trans.__('rated %1 of 5', paper.score.toFixed(1)));
    }
    if (reviews.length > 0) {
      said.push(this.trans._n('%1 reader', '%1 readers', reviews.length));
    }
    said.push(...paper.tags);
    if (said.length > 0) {
      yield line('said', said.join(' · '));
    }
    const text = paper.abstract?.replace(/\s+/g, ' ') ?? '';
    if (text) {
      const cut = text.length > MOST_ABSTRACT;
      yield line('abstract', cut ? `${text.slice(0, MOST_ABSTRACT)}…` : text);
    }
  }
}

function line(kind: string, text: string): HTMLElement {
  const node = document.createElement('div');
  node.className = `jp-reviewkit-CitationCard-${kind}`;
  node.textContent = text;
  return node;
}

/** `note` is HTML that was made safe before. */
function noteOf(note: string): HTMLElement {
  const node = line('note', '');
  node.innerHTML = note;
  return node;
}
