import { signal } from '@preact/signals';
import type { Action } from '../contract';
import { messageOf, type Requests } from './requests';
import type { ToastState } from './state-toast';

interface Surroundings {
  readonly toast: ToastState;
  say(text: string, citekey: string | null): void;
  refresh(): Promise<void>;
}

/** How many actions are fetched at once. */
const SOME = 50;

/** What people did in the project, the latest first. */
export class HistoryState {
  readonly actions = signal<readonly Action[] | null>(null);
  readonly failure = signal<string | null>(null);
  /** There are perhaps more than were fetched. */
  readonly more = signal(false);
  private limit = SOME;
  private asked = 0;

  constructor(
    private readonly requests: Requests,
    private readonly around: Surroundings
  ) {}

  async load(): Promise<void> {
    const number = ++this.asked;
    const { limit } = this;
    try {
      const { actions } = await this.requests.ask('actions', { limit });
      if (number === this.asked) {
        this.actions.value = actions;
        this.more.value = actions.length >= limit;
        this.failure.value = null;
      }
    } catch (error) {
      if (number === this.asked) {
        this.failure.value = messageOf(error);
      }
    }
  }

  /** Take back an action, or my latest one; `again` if it is an undo itself. */
  async undo(action: string | null = null, again = false): Promise<void> {
    try {
      const answer = await this.requests.ask('undo', action === null ? {} : { action });
      const { undone, citekey, left } = answer;
      const done = again ? 'Done again' : `Undone: ${undone}`;
      const stays = left.length > 0 ? `; what stays: ${left.join(', ')}` : '';
      this.around.toast.say({
        text:
          (undone ? done : left.length > 0 ? 'Not undone' : 'Nothing to undo') + stays,
        citekey,
        back:
          answer.action === null || again
            ? null
            : { label: 'Redo', action: answer.action }
      });
      void this.around.refresh();
    } catch (error) {
      this.around.say(messageOf(error), null);
    }
  }

  further(): void {
    this.limit += SOME;
    void this.load();
  }
}
