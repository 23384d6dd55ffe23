/** At least so long after one fetch the next begins, in milliseconds, or half of what that took. */
const PAUSE = 20;
/** The same for what may come later. */
const LATER = 1_000;

/**
 * A change is fetched at once; many in a row are fetched together, and again only when that was
 * answered: a thousand edits of a kernel ask for the list a few times. What may come later, as it
 * costs more than it tells, is fetched `then`, after it and more seldom.
 */
export class CatchUp {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private behind = false;
  private closed = false;
  private ended = -Infinity;
  private took = 0;
  private readonly then: CatchUp | null;

  constructor(
    private readonly fetch: () => Promise<void>,
    then: (() => Promise<void>) | null = null,
    private readonly pause = PAUSE
  ) {
    this.then = then && new CatchUp(then, null, LATER);
  }

  /** Something changed. */
  soon(): void {
    this.behind = true;
    const pause = Math.max(this.pause, this.took / 2);
    const wait = Math.max(0, this.ended + pause - performance.now());
    this.timer ??= setTimeout(() => void this.run(), wait);
  }

  /** Only what may come later is to be fetched. */
  later(): void {
    this.then?.soon();
  }

  dispose(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.then?.dispose();
  }

  private async run(): Promise<void> {
    this.behind = false;
    const begin = performance.now();
    await this.fetch();
    this.ended = performance.now();
    this.took = this.ended - begin;
    this.timer = undefined;
    if (this.closed) {
      return;
    }
    this.later();
    if (this.behind) {
      this.soon();
    }
  }
}
