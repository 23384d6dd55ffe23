import type {
  Action,
  Change,
  Conflict,
  Duplicate,
  Duplicates,
  FoundOpinions,
  HeldItem,
  Method,
  Page,
  Paper,
  PaperRow,
  ProjectInfo,
  Requests,
  Review,
  ViewSpec
} from '../contract';
import { STATUSES } from '../contract';
import { withNote } from './notes-fake';
import { paperOf, TAGS } from './papers';

type Listener = (...values: unknown[]) => void;
type Params<M extends Method> = Requests[M]['params'];

const EMPTY: Omit<Review, 'reviewer'> = {
  status: null,
  rating: null,
  tags: [],
  notes: [],
  updated: null,
  criteria: {}
};

/** A model of anywidget's contract, with a small project behind it. */
export class FakeModel {
  readonly values = new Map<string, unknown>();
  readonly sent: {
    kind: string;
    id: string;
    method: Method;
    params: Record<string, unknown>;
  }[] = [];
  readonly papers: Paper[];
  me: ProjectInfo['me'] = {
    reviewer: 'ana',
    name: 'Ana',
    source: 'settings',
    locked: false
  };
  waiting: string[] = [];
  /** Papers that are there twice. */
  pairs: readonly Duplicate[] = [];
  /** Changes in the files that wait for a person. */
  holding: readonly HeldItem[] = [];
  /** What people did, and what was changed of every paper. */
  deeds: readonly Action[] = [];
  changes: readonly Change[] = [];
  found: FoundOpinions = { papers: 0, program: '', message: '' };
  mode: ProjectInfo['mode'] = 'shared';
  missing = 0;
  /** How many papers are only named so far. */
  wanted = 0;
  /** Citekeys that `add` says it has added. */
  adding: string[] = [];
  /** What the group rates by besides the overall rating. */
  criteria: readonly string[] = [];
  /** Methods that fail, with their message and code. */
  readonly failing = new Map<string, { message: string; code: string }>();
  /** Requests wait until `release` is called. */
  held: (() => void)[] | null = null;
  private readonly listeners = new Map<string, Set<Listener>>();
  /** Another word once papers came, went or were renamed. */
  order = 'first';
  private revision = 1;
  private ids = 0;

  constructor(spec: Partial<ViewSpec> = {}, count = 106, delay: number | null = null) {
    this.values.set('spec', {
      format: 1,
      view: 'panel',
      project: 'demo',
      citekey: null,
      query: null,
      columns: null,
      papers: null,
      ...spec
    });
    this.papers = Array.from({ length: count }, (_, i) => paperOf(i));
    this.delay = delay;
  }

  private readonly delay: number | null;

  get(name: string): unknown {
    return this.values.get(name);
  }

  set(name: string, value: unknown): void {
    this.values.set(name, value);
  }

  on(name: string, callback: Listener): void {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set.add(callback));
  }

  off(name: string, callback?: Listener): void {
    if (callback) {
      this.listeners.get(name)?.delete(callback);
    }
  }

  save_changes(): void {
    this.values.set('saved', this.values.get('ui'));
  }

  /** How many listen for messages. */
  get heard(): number {
    return this.listeners.get('msg:custom')?.size ?? 0;
  }

  send(content: unknown): void {
    const message = content as (typeof this.sent)[number];
    this.sent.push(message);
    if (message.kind !== 'request') {
      return;
    }
    const answer = (): void => this.emit('msg:custom', this.reply(message));
    if (this.held) {
      this.held.push(answer);
    } else if (this.delay === null) {
      queueMicrotask(answer);
    } else {
      setTimeout(answer, this.delay);
    }
  }

  release(): void {
    const held = this.held ?? [];
    this.held = null;
    held.forEach(answer => answer());
  }

  emit(name: string, ...values: unknown[]): void {
    [...(this.listeners.get(name) ?? [])].forEach(callback => callback(...values));
  }

  /** Requests of one method, oldest first. */
  asked(method: Method): Record<string, unknown>[] {
    return this.sent
      .filter(message => message.method === method)
      .map(({ params }) => params);
  }

  paper(citekey: string): Paper {
    return this.papers.find(paper => paper.citekey === citekey)!;
  }

  /** Somebody else changed a paper. */
  change(citekey: string, change: Partial<Paper>): void {
    this.put({ ...this.paper(citekey), ...change });
    this.push(citekey);
  }

  push(citekey: string): void {
    const event = { project: 'demo', citekeys: [citekey], revision: ++this.revision };
    this.emit('msg:custom', { kind: 'changed', event });
  }

  /** My review of a paper as it is stored. */
  mine(citekey: string): Review {
    const reviewer = this.me.reviewer ?? '';
    const found = this.paper(citekey).reviews.find(
      review => review.reviewer === reviewer
    );
    return found ?? { ...EMPTY, reviewer };
  }

  putMine(citekey: string, change: Partial<Review>): void {
    const mine = { ...this.mine(citekey), ...change };
    const paper = this.paper(citekey);
    const others = paper.reviews.filter(({ reviewer }) => reviewer !== mine.reviewer);
    this.put({ ...paper, reviews: [...others, mine] });
  }

  private put(paper: Paper): void {
    this.papers[this.papers.findIndex(({ citekey }) => citekey === paper.citekey)] =
      paper;
  }

  private reply(message: (typeof this.sent)[number]): unknown {
    const { id, method, params } = message;
    const failure = this.failing.get(method);
    if (failure) {
      return { kind: 'reply', id, error: { ...failure, detail: {} } };
    }
    return { kind: 'reply', id, result: this.answer(method, params) };
  }

  protected answer(method: Method, params: object): unknown {
    switch (method) {
      case 'project':
        return this.info();
      case 'papers':
        return this.page(params);
      case 'rows':
        return this.rows(params as Params<'rows'>);
      case 'paper':
        return this.paper((params as Params<'paper'>).citekey);
      case 'review':
        return this.review(params as Params<'review'>);
      case 'resolve': {
        const { citekey, field } = params as Params<'resolve'>;
        const keep = (conflict: Conflict): boolean => conflict.field !== field;
        const paper = this.paper(citekey);
        this.put({ ...paper, conflicts: paper.conflicts.filter(keep) });
        return this.paper(citekey);
      }
      case 'undo':
        return {
          undone: 'rating 4 of Paper 0',
          citekey: 'key0',
          action: 'a.2',
          left: []
        };
      case 'add':
        return {
          format: 'digest',
          added: this.adding,
          matched: [],
          completed: null,
          maybe: [],
          abstracts_added: 0,
          problems: [
            {
              line: 7,
              reason: 'an entry without an end',
              text: '@article{a',
              path: null
            }
          ],
          message: '106 matched, 106 abstracts added',
          queued: []
        };
      case 'accept':
      case 'dismiss': {
        const { ids } = params as Params<'accept'>;
        this.holding = this.holding.filter(({ id }) => !ids.includes(id));
        return { decided: ids.length, refused: [] };
      }
      case 'bring_back':
      case 'leave': {
        const decided = this.missing;
        this.missing = 0;
        return { decided, refused: [] };
      }
      case 'actions':
        return { actions: this.deeds.slice(0, (params as Params<'actions'>).limit) };
      case 'history':
        return { changes: this.changes };
      case 'found':
        return this.found;
      case 'adopt': {
        const { found } = this;
        this.found = { ...found, papers: 0 };
        return found;
      }
      case 'duplicates':
        return this.duplicates(params);
      case 'merge': {
        const { keep, other } = params as Params<'merge'>;
        this.settle(keep, other);
        const message = `${other} is merged into ${keep}`;
        return { keep, other, message, conflicts: 0 };
      }
      case 'keep_apart': {
        const { citekey, other } = params as Params<'keep_apart'>;
        this.settle(citekey, other);
        return { keep: citekey, other, message: 'Kept apart', conflicts: 0 };
      }
      case 'set_me': {
        const { name } = params as Params<'set_me'>;
        this.me = {
          reviewer: name.toLowerCase(),
          name,
          source: 'settings',
          locked: false
        };
        return this.me;
      }
      default:
        return null;
    }
  }

  private duplicates({ limit = 20 }: Params<'duplicates'>): Duplicates {
    const { pairs, revision } = this;
    const sure = pairs.filter(pair => pair.sure).length;
    return {
      sure,
      maybe: pairs.length - sure,
      offset: 0,
      pairs: pairs.slice(0, limit),
      searching: false,
      revision
    };
  }

  private settle(one: string, other: string): void {
    this.pairs = this.pairs.filter(
      ({ keep, other: second }) =>
        ![keep, second].every(key => [one, other].includes(key))
    );
  }

  private review(params: Params<'review'>): Paper {
    const { citekey, rating, status, add_tags, remove_tags, note, delete_note } =
      params;
    const given = Object.entries({
      ...this.mine(citekey).criteria,
      ...params.criteria
    });
    const criteria = given.flatMap(([name, value]) =>
      value === null ? [] : [[name, value] as const]
    );
    const mine = this.mine(citekey);
    const tags = mine.tags.filter(tag => !remove_tags?.includes(tag));
    const left = mine.notes.filter(({ id }) => id !== delete_note);
    const notes = note ? withNote(left, note, ++this.ids) : left;
    this.putMine(citekey, {
      rating: rating === undefined ? mine.rating : rating,
      status: status === undefined ? mine.status : status,
      tags: [...tags, ...(add_tags ?? [])],
      notes,
      criteria: Object.fromEntries(criteria)
    });
    return this.paper(citekey);
  }

  private page(params: Params<'papers'>): Page {
    const { text = '', tag, offset = 0, limit = 100 } = params;
    const found = this.papers.filter(
      paper =>
        paper.title.toLowerCase().includes(text.toLowerCase()) &&
        (!tag || paper.tags.includes(tag))
    );
    const rows = found.slice(offset, offset + limit).map(paper => this.row(paper));
    const { revision, order } = this;
    return { total: found.length, offset, rows, revision, order };
  }

  private rows({ citekeys }: Params<'rows'>): Page {
    const wanted = citekeys.split('\n');
    const found = this.papers.filter(({ citekey }) => wanted.includes(citekey));
    return { ...this.page({ limit: 0 }), rows: found.map(paper => this.row(paper)) };
  }

  private row(paper: Paper): PaperRow {
    const mine = this.mine(paper.citekey);
    const { citekey, title, year, venue, score, disagreement } = paper;
    return {
      citekey,
      title,
      authors: 'Ruiz et al.',
      year,
      venue,
      tags: [...new Set([...paper.tags, ...mine.tags])],
      score,
      disagreement,
      readers: paper.reviews.length,
      status: mine.status,
      rating: mine.rating,
      conflicts: paper.conflicts.length
    };
  }

  private info(): ProjectInfo {
    return {
      path: 'demo',
      name: 'Efficient deep learning',
      papers: this.papers.length,
      people: [
        { reviewer: 'ana', name: 'Ana', papers: 12 },
        { reviewer: 'ben', name: 'Ben Okafor', papers: 53 }
      ],
      tags: TAGS.map((tag, i) => ({ tag, papers: 40 - i * 7 })),
      statuses: [...STATUSES],
      conflicts: this.papers.flatMap(({ conflicts }) => conflicts),
      held: this.holding,
      problems: [],
      waiting: this.waiting,
      me: this.me,
      revision: this.revision,
      mode: this.mode,
      missing: this.missing,
      wanted: this.wanted,
      criteria: this.criteria
    };
  }
}
