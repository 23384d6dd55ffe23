import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ProjectInfo } from '../contract';

/** What the line about saving says, and how it looks. */
export interface Saving {
  kind: 'idle' | 'saving' | 'saved' | 'waiting' | 'failed';
  text: string;
}

/** After so long, in milliseconds, the project is asked again while something is unwritten. */
const POLL = 1_500;
/** At most so long, as it is doubled each time: some things wait for days. */
const LONGEST = 60_000;
/** What waits for longer than this, in milliseconds, is a state and no passing thing. */
const PASSING = 5_000;

/** What names a command waits until somebody gives it. */
function lasts(text: string): boolean {
  return text.includes('`');
}

/** Counts the saves on their way and says in words how things stand. */
export class SavingState {
  private readonly running = signal(0);
  private readonly last = signal<'none' | 'saved' | 'failed'>('none');
  readonly line = computed<Saving>(() => this.words());
  /** What has been waiting for so long that people should know why. */
  readonly lasting = signal<readonly string[]>([]);
  private disposed = false;
  private poll: ReturnType<typeof setTimeout> | undefined;
  private pause = POLL;
  // When each thing that waits was first heard of.
  private readonly since = new Map<string, number>();

  constructor(
    private readonly project: ReadonlySignal<ProjectInfo | null>,
    private readonly reload: () => void
  ) {
    this.stop = project.subscribe(info => {
      clearTimeout(this.poll);
      this.follow(info?.waiting ?? []);
    });
  }

  private readonly stop: () => void;

  begin(): void {
    this.running.value += 1;
  }

  /** A save is over; `failure` says why it was refused. */
  end(failure: string | null): void {
    this.running.value -= 1;
    this.last.value = failure === null ? 'saved' : 'failed';
    if (this.running.value === 0 && failure === null && !this.disposed) {
      this.reload();
    }
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.poll);
    this.stop();
  }

  private follow(waiting: readonly string[]): void {
    const now = Date.now();
    const fresh = waiting.filter(text => !this.since.has(text));
    for (const text of [...this.since.keys()].filter(old => !waiting.includes(old))) {
      this.since.delete(text);
    }
    fresh.forEach(text => this.since.set(text, now));
    this.lasting.value = waiting.filter(
      text => lasts(text) || now - (this.since.get(text) ?? now) >= PASSING
    );
    this.pause = fresh.length > 0 ? POLL : Math.min(2 * this.pause, LONGEST);
    if (waiting.length > 0) {
      this.poll = setTimeout(this.reload, this.pause);
    }
  }

  private words(): Saving {
    if (this.running.value > 0) {
      return { kind: 'saving', text: 'Saving…' };
    }
    if (this.last.value === 'failed') {
      return { kind: 'failed', text: 'Not saved' };
    }
    const lasting = this.lasting.value;
    const waiting = (this.project.value?.waiting ?? []).filter(
      text => !lasting.includes(text)
    );
    if (waiting.length > 0) {
      const text = waiting.join(', ');
      return {
        kind: 'waiting',
        text: `${text.charAt(0).toUpperCase()}${text.slice(1)}…`
      };
    }
    return this.last.value === 'saved'
      ? { kind: 'saved', text: 'Saved' }
      : { kind: 'idle', text: '' };
  }
}
