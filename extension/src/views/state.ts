import { computed, effect, signal } from '@preact/signals';
import type { AddResult, ChangedEvent, ProjectInfo, ViewSpec } from '../contract';
import { MatrixState } from './matrix/state';
import { CardState } from './state-card';
import { Drafts } from './drafts';
import { ALL, ListState } from './state-list';
import { actionsOf, type Model, type Remembered } from './model';
import { codeOf, messageOf, Requests, type ReviewChange } from './requests';
import { CatchUp } from './state-catch-up';
import { FoundState } from './state-found';
import { HistoryState } from './state-history';
import { NeedsState } from './state-needs';
import { PairsState } from './state-pairs';
import { RememberedState } from './state-remembered';
import { SavingState } from './state-saving';
import { ToastState } from './state-toast';
import { WantedState } from './state-wanted';

/** Beyond this width, in CSS pixels, list and card stand side by side. */
export const WIDE = 700;

/** All that one view knows. Nothing here touches the page. */
export class ViewState {
  readonly project = signal<ProjectInfo | null>(null);
  readonly failure = signal<string | null>(null);
  /** There is no project at this place; papers make one. */
  readonly absent = signal(false);
  readonly card = signal<CardState | null>(null);
  readonly width = signal(0);
  readonly wide = computed(() => this.width.value >= WIDE);
  readonly toast = new ToastState();
  /** What is unfolded over the list. */
  readonly unfolded = signal<'add' | 'keys' | 'me' | null>(null);
  /** Which part stands instead of the list. */
  readonly aside = signal<'needs' | 'history' | 'wanted' | null>(null);
  readonly added = signal<AddResult | null>(null);
  readonly actions: readonly string[];
  readonly requests: Requests;
  readonly list: ListState;
  readonly saving: SavingState;
  readonly pairs: PairsState;
  readonly needs: NeedsState;
  readonly past: HistoryState;
  readonly found: FoundState;
  readonly wanted: WantedState;
  /** What is shown instead of the list; null: it is no comparison. */
  readonly matrix: MatrixState | null;
  readonly remembered: RememberedState;
  scroll = 0;

  private readonly drafts: Drafts;
  private readonly stops: (() => void)[] = [];
  private readonly catchUp = new CatchUp(
    () => this.refreshRows(false),
    () => this.load()
  );

  constructor(
    readonly spec: ViewSpec,
    private readonly model: Model
  ) {
    this.actions = actionsOf(model);
    this.requests = new Requests(model, event => this.changed(event));
    this.list = new ListState(this.requests);
    this.drafts = new Drafts(spec.project);
    this.saving = new SavingState(this.project, () => this.catchUp.later());
    this.pairs = new PairsState(this.requests, this);
    this.needs = new NeedsState(this.requests, this);
    this.past = new HistoryState(this.requests, this);
    this.found = new FoundState(spec.project, this.requests, this);
    this.wanted = new WantedState(this.requests, this);
    this.matrix = spec.view === 'matrix' ? new MatrixState(this) : null;
    this.remembered = new RememberedState(model, () => ({
      query: this.list.query.value,
      open: this.card.value?.citekey ?? null,
      scroll: this.scroll
    }));
    this.start();
  }

  get reviewer(): string | null {
    return this.project.value?.me.reviewer ?? null;
  }

  async load(): Promise<void> {
    try {
      const project = await this.requests.ask('project', {});
      const before = this.project.value;
      this.project.value = project;
      this.failure.value = null;
      this.absent.value = false;
      if (this.spec.view !== 'form') {
        void this.pairs.count(project.papers);
      }
      if (before && before.me.reviewer !== project.me.reviewer) {
        this.reopen();
      } else if (!before) {
        this.card.value?.known();
      }
    } catch (error) {
      this.absent.value = codeOf(error) === 'project';
      this.failure.value = messageOf(error);
    }
  }

  /** Show a paper's card. */
  open(citekey: string): void {
    this.pairs.close();
    this.aside.value = null;
    if (this.card.value?.citekey !== citekey) {
      this.card.value?.close();
      this.card.value = new CardState(citekey, {
        requests: this.requests,
        drafts: this.drafts,
        reviewer: () => this.reviewer,
        begin: () => this.saving.begin(),
        end: failure => this.saving.end(failure)
      });
      this.remembered.keep();
    }
    if (this.list.selected.value !== citekey) {
      this.list.select(citekey);
    }
  }

  /** Show this part instead of the list, or the list again. */
  toggle(part: 'needs' | 'history' | 'wanted'): void {
    this.pairs.close();
    this.unfolded.value = null;
    this.aside.value = this.aside.value === part ? null : part;
    if (this.aside.value === 'history') {
      void this.past.load();
    }
  }

  /** From the card back to the list. */
  back(): void {
    this.card.value?.close();
    this.card.value = null;
    this.remembered.keep();
  }

  /** Rate a paper that is perhaps not open. */
  async rate(citekey: string, rating: number | null): Promise<void> {
    if (this.askName()) {
      return;
    }
    if (this.card.value?.citekey === citekey) {
      this.choose({ rating });
      return;
    }
    this.list.patch(citekey, { rating });
    this.saving.begin();
    try {
      await this.requests.ask('review', { citekey, rating });
      this.saving.end(null);
    } catch (error) {
      this.saving.end(messageOf(error));
      this.say(messageOf(error), citekey);
      void this.refreshRows();
    }
  }

  /** Choose for the open paper; the list shows it at once. */
  choose(change: ReviewChange): void {
    const card = this.card.value;
    if (!card || this.askName()) {
      return;
    }
    const { rating, status } = change;
    this.list.patch(card.citekey, {
      ...(rating !== undefined && { rating }),
      ...(status !== undefined && { status })
    });
    void card.choose(change);
  }

  /** Take back an action, or my latest one; `again` if it is an undo itself. */
  undo(action: string | null = null, again = false): Promise<void> {
    return this.past.undo(action, again);
  }

  async add(name: string, data: string): Promise<void> {
    this.pairs.before.value = this.pairs.total;
    this.added.value = await this.requests.ask('add', { name, data });
    await this.load();
    void this.refreshRows();
  }

  async setMe(name: string): Promise<void> {
    await this.requests.ask('set_me', { name });
    await this.load();
  }

  /** True, and the name is asked for, if nobody said who is reviewing. */
  askName(): boolean {
    if (this.project.value && this.reviewer === null) {
      this.unfolded.value = 'me';
      return true;
    }
    return false;
  }

  say(text: string, citekey: string | null, undo = false): void {
    const back = undo ? ({ label: 'Undo', action: null } as const) : null;
    this.toast.say({ text, citekey, back });
  }

  /** Try again after the project could not be read. */
  retry(): void {
    this.failure.value = null;
    void this.refresh();
  }

  /** Leave: what is typed is saved; with `keep` drafts only stay in the browser. */
  close(keep = false): void {
    if (!keep) {
      this.card.value?.close();
      this.matrix?.dispose();
    }
    this.catchUp.dispose();
    this.remembered.dispose();
    this.found.dispose();
    this.toast.dispose();
    this.saving.dispose();
    this.stops.forEach(stop => stop());
    this.requests.dispose();
  }

  private start(): void {
    const { spec, list, model } = this;
    const ui = (model.get('ui') ?? {}) as Remembered;
    this.scroll = ui.scroll ?? 0;
    void this.load();
    if (spec.view === 'form') {
      if (spec.citekey !== null) {
        this.open(spec.citekey);
      }
      return;
    }
    this.stops.push(this.pairs.follow(model));
    if (this.matrix) {
      void this.matrix.rows.see(0, 0);
      return;
    }
    this.found.soon();
    list.ask({ ...ALL, ...spec.query, ...ui.query });
    const open = ui.open ?? spec.citekey;
    if (open) {
      this.open(open);
    }
    let first = true;
    this.stops.push(
      effect(() => {
        void list.query.value;
        if (!first) {
          this.scroll = 0;
          this.remembered.keep();
        }
        first = false;
      })
    );
  }

  private async refreshRows(all = true): Promise<void> {
    if (this.aside.value === 'history') {
      void this.past.load();
    }
    this.matrix?.refresh();
    if (!this.matrix && this.spec.view !== 'form') {
      await (all ? this.list.rows.refresh() : this.list.catchUp());
    }
  }

  private changed(event: ChangedEvent): void {
    const card = this.card.value;
    if (card && (event.citekeys === null || event.citekeys.includes(card.citekey))) {
      void card.load();
    }
    this.list.changed(event.citekeys);
    this.catchUp.soon();
  }

  /** Fetch again what is shown. */
  async refresh(): Promise<void> {
    void this.card.value?.load();
    void this.refreshRows();
    await this.load();
  }

  /** Another reviewer: the notes and choices on the screen are not mine any more. */
  private reopen(): void {
    const citekey = this.card.value?.citekey;
    if (citekey) {
      this.card.value = null;
      this.open(citekey);
    }
    void this.refreshRows();
  }
}
