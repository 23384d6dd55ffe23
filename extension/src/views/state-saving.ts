import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ProjectInfo } from '../contract';

/** What the line about saving says, and how it looks. */
export interface Saving {
  kind: 'idle' | 'saving' | 'saved' | 'waiting' | 'failed';
  text: string;
}

/** How often, in milliseconds, the project is asked while something is still unwritten. */
const POLL = 1_500;

/** Counts the saves on their way and says in words how things stand. */
export class SavingState {
  private readonly running = signal(0);
  private readonly last = signal<'none' | 'saved' | 'failed'>('none');
  readonly line = computed<Saving>(() => this.words());
  private disposed = false;
  private poll: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly project: ReadonlySignal<ProjectInfo | null>,
    private readonly reload: () => void
  ) {
    this.stop = project.subscribe(info => {
      clearTimeout(this.poll);
      if (info && info.waiting.length > 0) {
        this.poll = setTimeout(this.reload, POLL);
      }
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

  private words(): Saving {
    if (this.running.value > 0) {
      return { kind: 'saving', text: 'Saving…' };
    }
    if (this.last.value === 'failed') {
      return { kind: 'failed', text: 'Not saved' };
    }
    const waiting = this.project.value?.waiting ?? [];
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
