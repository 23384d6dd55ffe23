import { signal } from '@preact/signals';

/** A line that appears for a while, perhaps with a paper to go to. */
export interface Toast {
  text: string;
  citekey: string | null;
  /** What takes it back from here; `action` null: my latest action. */
  back: { label: 'Undo' | 'Redo'; action: string | null } | null;
}

/** How long it stays, in milliseconds. */
const SHOWN = 6_000;

/** The one line about what just happened. */
export class ToastState {
  readonly value = signal<Toast | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  say(toast: Toast): void {
    clearTimeout(this.timer);
    this.value.value = toast;
    this.timer = setTimeout(() => (this.value.value = null), SHOWN);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
