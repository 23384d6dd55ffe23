import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import type { Claimed, Requests } from '../contract';
import { labelled } from '../labelled';

type Relation = Requests['link']['params']['relation'];

/** What a person chose to link. */
export interface Chosen {
  citekey: string;
  quote: string;
  relation: Relation;
}

/** How many sentences are offered before one scrolls. */
const ROWS = 6;

/** Asks which words of which paper a cell reproduces or refutes. */
export class LinkForm extends Widget {
  private readonly paper = document.createElement('input');
  private readonly claims = document.createElement('select');
  private readonly quote = document.createElement('textarea');
  private readonly relation = document.createElement('select');
  private readonly known = new Map<string, Claimed>();

  constructor(
    papers: readonly Claimed[],
    citekeys: readonly string[],
    private readonly ask: (citekey: string) => Promise<Claimed | null>,
    trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-reviewkit-LinkForm');
    papers.forEach(paper => this.known.set(paper.citekey, paper));
    const list = document.createElement('datalist');
    list.id = 'jp-reviewkit-citekeys';
    const cited = papers.map(({ citekey }) => citekey);
    for (const citekey of new Set([...cited, ...citekeys])) {
      list.append(new Option(this.known.get(citekey)?.title ?? '', citekey));
    }
    this.paper.setAttribute('list', list.id);
    this.paper.value = cited[0] ?? '';
    this.paper.placeholder = trans.__('Citekey');
    this.claims.size = ROWS;
    this.quote.rows = 3;
    this.relation.append(
      new Option(trans.__('reproduces it'), 'reproduces'),
      new Option(trans.__('refutes it (passes when it does not hold)'), 'refutes')
    );
    this.node.append(
      labelled(trans.__('Paper'), this.paper),
      list,
      labelled(trans.__('Claims of its abstract'), this.claims),
      labelled(trans.__('Words to link'), this.quote),
      labelled(trans.__('This cell'), this.relation)
    );
    this.paper.addEventListener('change', () => void this.offer());
    this.claims.addEventListener('change', () => {
      this.quote.value = this.claims.value;
    });
    void this.offer();
  }

  getValue(): Chosen {
    return {
      citekey: this.paper.value.trim(),
      quote: this.quote.value.trim(),
      relation: this.relation.value as Relation
    };
  }

  private async offer(): Promise<void> {
    const citekey = this.paper.value.trim();
    if (citekey !== '' && !this.known.has(citekey)) {
      const found = await this.ask(citekey);
      if (found) {
        this.known.set(citekey, found);
      }
    }
    if (citekey !== this.paper.value.trim()) {
      return;
    }
    const quotes = this.known.get(citekey)?.quotes ?? [];
    this.claims.replaceChildren(...quotes.map(quote => new Option(quote, quote)));
    this.claims.disabled = quotes.length === 0;
    this.claims.selectedIndex = quotes.length > 0 ? 0 : -1;
    this.quote.value = quotes[0] ?? '';
  }
}
