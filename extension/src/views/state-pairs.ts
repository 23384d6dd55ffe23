import { computed, signal } from '@preact/signals';
import type { Duplicate, Duplicates, FieldChoice } from '../contract';
import type { Model } from './model';
import { messageOf, type Requests } from './requests';

export type Side = 'keep' | 'other';

/** What the pairs need of the view around them. */
interface Surroundings {
  /** True, and the name is asked for, if nobody said who is reviewing. */
  askName(): boolean;
  say(text: string, citekey: string | null, undo?: boolean): void;
}

/** How many pairs are fetched at once. */
const SOME = 50;
/** Papers beyond which looking through them takes many seconds. */
const MANY = 20_000;

/** A pair by a name that stays when its papers change sides. */
export function nameOf(pair: Duplicate): string {
  return JSON.stringify([pair.keep, pair.other].sort());
}

/** Both papers have the field, and not with the same words. */
export function differs({ keep, other }: FieldChoice): boolean {
  return keep?.trim() !== other?.trim();
}

/** Papers that are, or may be, in the library twice, and what is chosen of each. */
export class PairsState {
  readonly found = signal<Duplicates | null>(null);
  readonly shown = signal(false);
  readonly busy = signal(false);
  /** How many there were before the last papers were added. */
  readonly before = signal(0);
  readonly failure = signal<string | null>(null);
  /** The pair that is compared; the first one if it is gone. */
  readonly current = computed<Duplicate | null>(() => {
    const pairs = this.pairs.value;
    return pairs.find(pair => nameOf(pair) === this.chosen.value) ?? pairs[0] ?? null;
  });
  /** Those skipped come last. */
  readonly pairs = computed<readonly Duplicate[]>(() => {
    const pairs = (this.found.value?.pairs ?? []).map(pair => this.turned(pair));
    const late = this.skipped.value;
    return [
      ...pairs.filter(pair => !late.includes(nameOf(pair))),
      ...pairs.filter(pair => late.includes(nameOf(pair)))
    ];
  });

  private readonly chosen = signal<string | null>(null);
  private readonly skipped = signal<readonly string[]>([]);
  private readonly turns = signal<readonly string[]>([]);
  private readonly takes = signal<Readonly<Record<string, Record<string, Side>>>>({});
  private limit = SOME;
  private asked = 0;

  constructor(
    private readonly requests: Requests,
    private readonly around: Surroundings
  ) {}

  /** How many there are, sure or not. */
  get total(): number {
    const found = this.found.value;
    return found ? found.sure + found.maybe : 0;
  }

  /** Ask how many there are; while they are shown, also which. */
  async load(): Promise<void> {
    const number = ++this.asked;
    const limit = this.shown.value ? this.limit : 0;
    try {
      const found = await this.requests.ask('duplicates', { offset: 0, limit });
      if (number === this.asked) {
        this.found.value = found;
        this.failure.value = null;
      }
    } catch (error) {
      if (number === this.asked) {
        this.failure.value = messageOf(error);
      }
    }
  }

  /** The same after the library changed; in a huge one only once somebody has looked. */
  async count(papers: number): Promise<void> {
    if (papers > 1 && (papers <= MANY || this.shown.value || this.found.value)) {
      await this.load();
    }
  }

  /** Show the pairs whenever the host's `show` is set; returns what ends that. */
  follow(model: Model): () => void {
    const show = (): void => this.open();
    model.on('change:show', show);
    return () => model.off('change:show', show);
  }

  open(): void {
    this.shown.value = true;
    void this.load();
  }

  close(): void {
    this.shown.value = false;
  }

  more(): void {
    this.limit += SOME;
    void this.load();
  }

  choose(pair: Duplicate): void {
    this.chosen.value = nameOf(pair);
  }

  /** Compare the pair so many places further on. */
  move(step: number): void {
    const pairs = this.pairs.value;
    const current = this.current.value;
    if (current) {
      const to = pairs.indexOf(current) + step;
      this.choose(pairs[Math.max(0, Math.min(pairs.length - 1, to))]);
    }
  }

  /** Let the other paper stay. */
  turn(pair: Duplicate): void {
    const name = nameOf(pair);
    this.chosen.value = name;
    const turned = this.turns.value.includes(name);
    this.turns.value = turned
      ? this.turns.value.filter(other => other !== name)
      : [...this.turns.value, name];
    const takes: Record<string, Side> = {};
    for (const [field, side] of Object.entries(this.takes.value[name] ?? {})) {
      takes[field] = side === 'keep' ? 'other' : 'keep';
    }
    this.takes.value = { ...this.takes.value, [name]: takes };
  }

  /** Whose field is taken. */
  taken(pair: Duplicate, field: FieldChoice): Side {
    return this.takes.value[nameOf(pair)]?.[field.name] ?? field.take;
  }

  take(pair: Duplicate, field: FieldChoice, side: Side): void {
    const name = nameOf(pair);
    this.chosen.value = name;
    const takes = { ...this.takes.value[name], [field.name]: side };
    this.takes.value = { ...this.takes.value, [name]: takes };
  }

  async merge(pair: Duplicate): Promise<void> {
    const fields: Record<string, string> = {};
    for (const field of pair.fields) {
      fields[field.name] = this.taken(pair, field);
    }
    await this.settle(pair, () =>
      this.requests.ask('merge', { keep: pair.keep, other: pair.other, fields })
    );
  }

  async keepApart(pair: Duplicate): Promise<void> {
    await this.settle(pair, () =>
      this.requests.ask('keep_apart', { citekey: pair.keep, other: pair.other })
    );
  }

  skip(pair: Duplicate): void {
    const name = nameOf(pair);
    const pairs = this.pairs.value;
    const next = pairs[pairs.indexOf(pair) + 1] ?? null;
    this.skipped.value = [...this.skipped.value.filter(other => other !== name), name];
    this.chosen.value = next ? nameOf(next) : null;
  }

  private async settle(
    pair: Duplicate,
    ask: () => Promise<{ message: string; keep: string }>
  ): Promise<void> {
    if (this.busy.value || this.around.askName()) {
      return;
    }
    this.busy.value = true;
    const pairs = this.pairs.value;
    const next = pairs[pairs.indexOf(pair) + 1] ?? pairs[pairs.indexOf(pair) - 1];
    try {
      const { message, keep } = await ask();
      this.chosen.value = next ? nameOf(next) : null;
      this.around.say(message, keep, true);
      await this.load();
    } catch (error) {
      this.around.say(messageOf(error), null);
    } finally {
      this.busy.value = false;
    }
  }

  private turned(pair: Duplicate): Duplicate {
    if (!this.turns.value.includes(nameOf(pair))) {
      return pair;
    }
    return {
      ...pair,
      keep: pair.other,
      other: pair.keep,
      keep_type: pair.other_type,
      other_type: pair.keep_type,
      keep_reviewers: pair.other_reviewers,
      other_reviewers: pair.keep_reviewers,
      fields: pair.fields.map(field => ({
        ...field,
        keep: field.other,
        other: field.keep,
        take: field.take === 'keep' ? 'other' : 'keep'
      }))
    };
  }
}
