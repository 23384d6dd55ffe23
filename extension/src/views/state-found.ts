import { signal } from '@preact/signals';
import type { FoundOpinions } from '../contract';
import { messageOf, type Requests } from './requests';

interface Surroundings {
  askName(): boolean;
  say(text: string, citekey: string | null, undo?: boolean): void;
  refresh(): Promise<void>;
}

/** So long, in milliseconds, the question waits. */
const IDLE = 1_000;

const PREFIX = 'reviewkit:left:';

/** Ratings and comments that another program left in the library, asked for once. */
export class FoundState {
  readonly found = signal<FoundOpinions | null>(null);
  readonly busy = signal(false);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly project: string,
    private readonly requests: Requests,
    private readonly around: Surroundings
  ) {}

  /** Ask when all else is there: looking through a huge library takes a second. */
  soon(): void {
    this.timer = setTimeout(() => void this.load(), IDLE);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private async load(): Promise<void> {
    try {
      const found = await this.requests.ask('found', {});
      this.found.value = found.papers > 0 && !this.isLeft(found) ? found : null;
    } catch {
      // An older kernel or server does not know the question; nothing else depends on it.
      this.found.value = null;
    }
  }

  async adopt(): Promise<void> {
    if (this.busy.value || this.around.askName()) {
      return;
    }
    this.busy.value = true;
    try {
      const { message } = await this.requests.ask('adopt', {});
      this.found.value = null;
      this.around.say(`Adopted: ${message}`, null, true);
      await this.around.refresh();
    } catch (error) {
      this.around.say(messageOf(error), null);
    } finally {
      this.busy.value = false;
    }
  }

  /** Not now: ask again only when there is something else. */
  leave(): void {
    try {
      window.localStorage.setItem(PREFIX + this.project, nameOf(this.found.value));
    } catch {
      // Forbidden here: it is asked again after the next reload.
    }
    this.found.value = null;
  }

  private isLeft(found: FoundOpinions): boolean {
    try {
      return window.localStorage.getItem(PREFIX + this.project) === nameOf(found);
    } catch {
      return false;
    }
  }
}

function nameOf(found: FoundOpinions | null): string {
  return JSON.stringify([found?.papers, found?.message]);
}
