import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { labelled } from '../labelled';

/** What a person wants a survey to be. */
export interface Wanted {
  path: string;
  by: string;
  title: string;
}

/** Asks for the grouping, the title and the file of a survey. */
export class DraftForm extends Widget {
  private readonly by = document.createElement('select');
  private readonly title_ = document.createElement('input');
  private readonly path = document.createElement('input');

  /** @param columns Names of the matrix's columns, by which papers can be grouped, too. */
  constructor(columns: readonly string[], path: string, trans: TranslationBundle) {
    super();
    this.addClass('jp-reviewkit-LinkForm');
    const groupings: [string, string][] = [
      [trans.__('tag, or as it was drafted before'), ''],
      [trans.__('tag'), 'tag'],
      [trans.__('topic, suggested from titles and abstracts'), 'topic'],
      [trans.__('year'), 'year'],
      [trans.__('venue'), 'venue'],
      ...columns.map((name): [string, string] => [
        trans.__('the column %1', name),
        name
      ])
    ];
    this.by.append(...groupings.map(([text, value]) => new Option(text, value)));
    this.title_.placeholder = trans.__('“Survey”, or as it was before');
    this.path.value = path;
    this.node.append(
      labelled(trans.__('A section for each'), this.by),
      labelled(trans.__('Title'), this.title_),
      labelled(trans.__('Notebook, from the project’s folder'), this.path)
    );
  }

  getValue(): Wanted {
    const path = this.path.value.trim();
    return {
      path: path.endsWith('.ipynb') ? path : `${path}.ipynb`,
      by: this.by.value,
      title: this.title_.value.trim()
    };
  }
}
