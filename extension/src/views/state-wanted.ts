import { signal } from '@preact/signals';
import type { Queue, Wanted } from '../contract';
import { messageOf, type Requests } from './requests';
import { sentence } from './text';
import { counted } from './words';

interface Surroundings {
  say(text: string, citekey: string | null, undo?: boolean): void;
  refresh(): Promise<void>;
}

/** Papers that are only named so far: looked up, typed in, or let go. */
export class WantedState {
  readonly queue = signal<Queue | null>(null);
  readonly busy = signal(false);
  /** What the field for new papers holds when it is unfolded next. */
  readonly typed = signal('');

  constructor(
    private readonly requests: Requests,
    private readonly around: Surroundings
  ) {}

  async load(): Promise<void> {
    try {
      this.queue.value = await this.requests.ask('queue', {});
    } catch (error) {
      this.around.say(messageOf(error), null);
    }
  }

  /** Look all of them up; with `mailto` (perhaps empty) look-ups are switched on first. */
  lookUp(mailto: string | null): Promise<void> {
    const params = mailto === null ? {} : { on: true, mailto: mailto.trim() || null };
    return this.decide(async () => {
      const { message } = await this.requests.ask('lookup', params);
      this.around.say(sentence(message), null);
    });
  }

  drop(wanted: readonly Wanted[]): Promise<void> {
    return this.decide(async () => {
      const ids = wanted.map(({ id }) => id);
      const { decided } = await this.requests.ask('drop', { ids });
      this.around.say(`${counted(decided, 'name')} dismissed`, null, true);
    });
  }

  private async decide(work: () => Promise<void>): Promise<void> {
    if (this.busy.value) {
      return;
    }
    this.busy.value = true;
    try {
      await work();
    } catch (error) {
      this.around.say(messageOf(error), null);
    } finally {
      await Promise.all([this.load(), this.around.refresh()]);
      this.busy.value = false;
    }
  }
}

/** An entry to fill in, with what is known of the paper. */
export function entryOf({ kind, value }: Wanted): string {
  const known =
    kind === 'arxiv'
      ? [`  eprint = {${value}},`, '  archiveprefix = {arXiv},']
      : [`  ${kind} = {${value}},`];
  return [
    '@article{,',
    '  author = {},',
    '  title = {},',
    '  year = {},',
    ...known,
    '}'
  ].join('\n');
}
