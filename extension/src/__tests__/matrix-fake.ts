import type {
  CellDetail,
  MatrixCell,
  MatrixColumn,
  MatrixPage,
  Method
} from '../contract';
import { FakeModel } from './fake';

const EMPTY: MatrixCell = {
  state: 'empty',
  text: '',
  mine: '',
  people: [],
  fits: true
};

function column(name: string, type: MatrixColumn['type'], unit = ''): MatrixColumn {
  const rest = {
    choices: [],
    about: '',
    defined: true,
    filled: 0,
    empty: 0,
    differing: 0
  };
  return { id: name.toLowerCase(), name, type, unit, ...rest };
}

/** A project with a comparison matrix of many papers and some columns. */
export class MatrixModel extends FakeModel {
  columns = [
    column('Speedup', 'number', 'x'),
    column('Remark', 'text'),
    column('Rating', 'rating')
  ];
  offered = ['dataset'];
  readonly cells = new Map<string, MatrixCell>();

  constructor(count = 106) {
    super({ view: 'matrix' }, count);
    this.cells.set('key1 speedup', { ...EMPTY, state: 'suggested', text: '2.5' });
    this.cells.set('key2 speedup', {
      ...EMPTY,
      state: 'differing',
      text: '2 / 3',
      people: ['ben', 'cem']
    });
  }

  protected override answer(method: Method, params: object): unknown {
    const given = params as Record<string, string>;
    switch (method) {
      case 'matrix':
        return this.matrix(params as { offset: number; limit: number; only: string });
      case 'cell':
        return this.detail(given.citekey, given.column);
      case 'fill':
      case 'accept_cell': {
        const text = method === 'fill' ? given.value : this.cell(given).text;
        const mine = { state: 'filled', text, mine: text, people: ['ana'] } as const;
        this.cells.set(
          `${given.citekey} ${given.column}`,
          text === null ? EMPTY : { ...EMPTY, ...mine }
        );
        return this.detail(given.citekey, given.column);
      }
      case 'add_column':
        this.columns = [...this.columns, column(given.name, 'text')];
        this.offered = this.offered.filter(name => name !== given.name);
        return this.columns[this.columns.length - 1];
      default:
        return super.answer(method, params);
    }
  }

  private cell(of: { citekey?: string; column?: string }): MatrixCell {
    return this.cells.get(`${of.citekey} ${of.column}`) ?? EMPTY;
  }

  private matrix(asked: { offset: number; limit: number; only: string }): MatrixPage {
    const { columns, offered } = this;
    const differing = (citekey: string): boolean =>
      columns.some(
        ({ id }) => this.cell({ citekey, column: id }).state === 'differing'
      );
    const papers = this.papers.filter(
      ({ citekey }) => asked.only === 'all' || differing(citekey)
    );
    const rows = papers
      .slice(asked.offset, asked.offset + asked.limit)
      .map(({ citekey, title, year }) => ({
        citekey,
        title,
        year,
        empty: 0,
        cells: columns.map(({ id }) => this.cell({ citekey, column: id }))
      }));
    return {
      columns,
      offered,
      total: papers.length,
      offset: asked.offset,
      rows,
      revision: 1
    };
  }

  private detail(citekey: string, id: string): CellDetail {
    const cell = this.cell({ citekey, column: id });
    const value = { source: '', start: null, end: null, at: null, rejected_by: null };
    const suggested = cell.state === 'suggested';
    return {
      citekey,
      title: this.paper(citekey).title,
      column: this.columns.find(one => one.id === id)!,
      cell,
      said: cell.people.map(reviewer => ({
        ...value,
        reviewer,
        text: cell.text,
        quote: 'as <b>written</b>',
        id: null
      })),
      suggestions: suggested
        ? [
            {
              ...value,
              reviewer: null,
              text: cell.text,
              quote: 'It is 2.5x faster',
              id: 's1'
            }
          ]
        : [],
      abstract: null
    };
  }
}
