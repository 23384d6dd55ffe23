import type { Model, Remembered } from './model';

/** How long scrolling rests before its place is kept, in milliseconds. */
const REST = 400;

/** Tells the host what to restore after a reload. */
export class RememberedState {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly model: Model,
    private readonly now: () => Remembered
  ) {}

  keep(): void {
    this.model.set('ui', this.now());
    this.model.save_changes();
  }

  /** The same, once scrolling rests. */
  keepSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), REST);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
