import { type ReadonlySignal, signal } from '@preact/signals';
import type { Conflict, ConflictValue, HeldItem } from '../contract';
import { messageOf, type Requests } from './requests';
import type { CardState } from './state-card';
import { counted } from './words';

/** What deciding needs of the view around it. */
interface Surroundings {
  /** True, and the name is asked for, if nobody said who is reviewing. */
  askName(): boolean;
  /** The open paper's card. */
  readonly card: ReadonlySignal<CardState | null>;
  say(text: string, citekey: string | null, undo?: boolean): void;
  /** Fetch again what is shown. */
  refresh(): Promise<void>;
}

/** Decides on conflicts and on changes in the files that wait; one request at a time. */
export class NeedsState {
  readonly busy = signal(false);

  constructor(
    private readonly requests: Requests,
    private readonly around: Surroundings
  ) {}

  /** Keep one of the values; with `apart` other versions of a note as notes of their own. */
  async settle(conflict: Conflict, value: ConflictValue, apart = false): Promise<void> {
    const { citekey, reviewer, field } = conflict;
    const params = { citekey, reviewer, field, id: value.id, ...(apart && { apart }) };
    const card = this.around.card.value;
    await this.decide(async () => {
      await (card?.citekey === citekey
        ? card.settle(params)
        : this.requests.ask('resolve', params));
      this.around.say(apart ? 'Kept as notes of their own' : 'Kept', citekey, true);
    });
  }

  /** Take these changes in as edits, or let the file say again what it said. */
  async hold(items: readonly HeldItem[], accept: boolean): Promise<void> {
    const ids = items.map(({ id }) => id);
    await this.decide(async () => {
      const { decided, refused } = await this.requests.ask(
        accept ? 'accept' : 'dismiss',
        { ids }
      );
      const done = `${counted(decided, 'change')} ${accept ? 'accepted' : 'put back'}`;
      const not = refused.map(({ reason }) => reason).join(' ');
      const citekey = items.length === 1 ? items[0].citekey : null;
      this.around.say([done, not].filter(Boolean).join('. '), citekey, decided > 0);
    });
  }

  /** Edits that are not in the folder any more: write them again, or leave them out. */
  async heal(back: boolean): Promise<void> {
    await this.decide(async () => {
      const { decided } = await this.requests.ask(back ? 'bring_back' : 'leave', {});
      this.around.say(
        `${counted(decided, 'edit')} ${back ? 'brought back' : 'left out'}`,
        null
      );
    });
  }

  private async decide(work: () => Promise<void>): Promise<void> {
    if (this.busy.value || this.around.askName()) {
      return;
    }
    this.busy.value = true;
    try {
      await work();
    } catch (error) {
      this.around.say(messageOf(error), null);
    } finally {
      // Also what was refused may have changed meanwhile.
      await this.around.refresh();
      this.busy.value = false;
    }
  }
}
