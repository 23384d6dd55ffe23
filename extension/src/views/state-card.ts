import { computed, signal } from '@preact/signals';
import type { CellLink, Note, Paper, Requests as Methods, Review } from '../contract';
import type { Drafts } from './drafts';
import { type Choice, replaces, withChoices } from './state-choice';
import { NoteState } from './state-note';
import { messageOf, type Requests, type ReviewChange } from './requests';

/** What the card needs to know of the rest of the view. */
export interface CardHost {
  readonly requests: Requests;
  readonly drafts: Drafts;
  reviewer(): string | null;
  /** Called around each save, for the line that says "Saving..." or "Saved". */
  begin(): void;
  end(failure: string | null): void;
}

/** The open paper, my choices and my notes on it. */
export class CardState {
  readonly paper = signal<Paper | null>(null);
  readonly failure = signal<string | null>(null);
  readonly notes = signal<readonly NoteState[]>([]);
  readonly choices = signal<readonly Choice[]>([]);
  /** My review with what I just chose, before the answer is there. */
  readonly mine = computed(() => withChoices(this.saved(), this.choices.value));

  /** A deletion that the project refused. */
  readonly trouble = signal<string | null>(null);

  // Changes go one after the other, so that each answer holds all before it.
  private queue: Promise<unknown> = Promise.resolve();
  private queued = 0;
  private answered = 0;
  private gone = false;
  private wanted = false;
  private loading = false;
  private looked = false;

  constructor(
    readonly citekey: string,
    private readonly host: CardHost
  ) {
    void this.load();
  }

  /** Ask for the paper again; while an answer is on its way, once more after it. */
  async load(): Promise<void> {
    this.wanted = true;
    if (this.loading) {
      return;
    }
    this.loading = true;
    while (this.wanted && !this.gone) {
      this.wanted = false;
      await this.ask();
    }
    this.loading = false;
  }

  /** Now it is known who I am, and with that which notes are mine. */
  known(): void {
    if (this.paper.value) {
      this.takeNotes(this.saved()?.notes ?? []);
    }
  }

  /** Save a choice at once; it stays visible with "retry" if that fails. */
  async choose(change: ReviewChange): Promise<void> {
    const choice: Choice = { change, failure: null };
    this.choices.value = [
      ...this.choices.value.filter(old => !replaces(change, old.change)),
      choice
    ];
    await this.send(choice);
  }

  async retry(choice: Choice): Promise<void> {
    const again = { ...choice, failure: null };
    this.swap(choice, again);
    await this.send(again);
  }

  discard(choice: Choice): void {
    this.swap(choice, null);
  }

  /** Start a note; an empty one that is already there is used. */
  addNote(): NoteState {
    const empty = this.notes.value.find(note => note.id.value === null);
    const note = empty ?? new NoteState(this.keeper(), null);
    note.editing.value = true;
    if (!empty) {
      this.notes.value = [...this.notes.value, note];
    }
    return note;
  }

  /** Take a link of mine to a notebook cell away. */
  async unlink(link: CellLink): Promise<void> {
    const { citekey } = this;
    try {
      this.apply(await this.host.requests.ask('unlink', { citekey, id: link.id }));
    } catch (error) {
      this.trouble.value = messageOf(error);
    }
  }

  async removeNote(note: NoteState): Promise<void> {
    const id = note.id.value;
    if (id === null) {
      note.type('');
      note.discard();
      this.notes.value = this.notes.value.filter(other => other !== note);
      return;
    }
    note.discard();
    await this.attempt(() => this.request({ delete_note: id }));
  }

  /** Settle a conflict of this paper, after the changes before; rejects if it is refused. */
  async settle(params: Methods['resolve']['params']): Promise<void> {
    await this.change(() => this.host.requests.ask('resolve', params));
  }

  /** Save what is typed and leave; drafts that cannot be saved stay in the browser. */
  close(): void {
    this.gone = true;
    for (const note of this.notes.value) {
      void note.flush(note.newer.value !== null && !note.restored.value);
    }
  }

  private async ask(): Promise<void> {
    const { answered } = this;
    try {
      const paper = await this.host.requests.ask('paper', { citekey: this.citekey });
      if (answered !== this.answered || this.queued > 0) {
        // Perhaps older than a change of mine: asked once more when that is answered.
        this.wanted = true;
        await this.queue;
        return;
      }
      this.apply(paper);
      this.failure.value = null;
    } catch (error) {
      if (!this.gone) {
        this.failure.value = messageOf(error);
      }
    }
  }

  private saved(): Review | null {
    const reviewer = this.host.reviewer();
    const { reviews } = this.paper.value ?? { reviews: [] };
    return reviews.find(review => review.reviewer === reviewer) ?? null;
  }

  private async send(choice: Choice): Promise<void> {
    try {
      await this.request(choice.change, () => this.choices.value.includes(choice));
      this.swap(choice, null);
    } catch (error) {
      this.swap(choice, { ...choice, failure: messageOf(error) });
    }
  }

  private async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = messageOf(error);
    }
  }

  /** Change my review, unless it is not wanted any more when its turn comes. */
  private request(change: ReviewChange, wanted = (): boolean => true): Promise<Paper> {
    const { citekey } = this;
    return this.change(() => {
      const known = this.paper.value;
      return known && !wanted()
        ? Promise.resolve(known)
        : this.host.requests.ask('review', { citekey, ...change });
    });
  }

  private change(ask: () => Promise<Paper>): Promise<Paper> {
    this.host.begin();
    // At once if possible: a view that goes away can still send, but no longer wait.
    const asked = this.queued === 0 ? ask() : this.queue.then(ask);
    this.queued += 1;
    const turn = asked.then(paper => {
      this.answered += 1;
      this.apply(paper);
      return paper;
    });
    const over = (failure: string | null): void => {
      this.queued -= 1;
      this.host.end(failure);
    };
    this.queue = turn.then(
      () => over(null),
      error => over(messageOf(error))
    );
    return turn;
  }

  private apply(paper: Paper): void {
    this.paper.value = paper;
    this.takeNotes(this.saved()?.notes ?? []);
  }

  private takeNotes(notes: readonly Note[]): void {
    const byId = new Map(notes.map(note => [note.id, note]));
    const kept = this.notes.value.filter(state => {
      const id = state.id.value;
      if (id === null) {
        return true;
      }
      const note = byId.get(id);
      if (note) {
        byId.delete(id);
        state.take(note);
        return true;
      }
      return !state.vanished();
    });
    // The answer to a note just begun brings its id: that note is on the screen already.
    for (const state of kept.filter(state => state.saves !== null)) {
      const own = [...byId.values()].find(note => note.text === state.saves);
      if (own && state.id.value === null) {
        byId.delete(own.id);
        state.id.value = own.id;
      }
    }
    const fresh = [...byId.values()].map(note => new NoteState(this.keeper(), note));
    this.notes.value = [...kept, ...fresh, ...this.begun(notes)];
  }

  /** A note that was begun on an earlier visit and never saved, or saved without an answer. */
  private begun(notes: readonly Note[]): NoteState[] {
    if (this.looked || this.host.reviewer() === null) {
      return [];
    }
    this.looked = true;
    const state = new NoteState(this.keeper(), null);
    if (notes.some(note => note.text === state.text.value)) {
      state.discard();
    }
    return state.restored.value ? [state] : [];
  }

  private keeper(): ConstructorParameters<typeof NoteState>[0] {
    const { host } = this;
    return {
      citekey: this.citekey,
      reviewer: host.reviewer(),
      drafts: host.drafts,
      save: async note => {
        const before = new Set((this.saved()?.notes ?? []).map(({ id }) => id));
        const paper = await this.request({ note });
        const review = paper.reviews.find(
          ({ reviewer }) => reviewer === host.reviewer()
        );
        const notes = review?.notes ?? [];
        const same = notes.filter(
          ({ id, text }) => text === note.text && !before.has(id)
        );
        return (
          notes.find(({ id }) => id === note.id) ??
          same.at(-1) ??
          notes.find(({ text }) => text === note.text) ??
          null
        );
      }
    };
  }

  private swap(choice: Choice, other: Choice | null): void {
    this.choices.value = this.choices.value.flatMap(each =>
      each !== choice ? [each] : other ? [other] : []
    );
  }
}
