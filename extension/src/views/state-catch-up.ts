/** At least so long after one fetch the next begins, in milliseconds. */
const PAUSE = 120;

/**
 * A change is fetched at once; many in a row are fetched together, and again only when that was
 * answered: a thousand edits of a kernel ask for the list a few times.
 */
export class CatchUp {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private behind = false;
  private closed = false;
  private ended = -Infinity;

  constructor(private readonly fetch: () => Promise<void>) {}

  /** Something changed. */
  soon(): void {
    this.behind = true;
    const wait = Math.max(0, this.ended + PAUSE - performance.now());
    this.timer ??= setTimeout(() => void this.run(), wait);
  }

  dispose(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    this.behind = false;
    await this.fetch();
    this.ended = performance.now();
    this.timer = undefined;
    if (this.behind && !this.closed) {
      this.soon();
    }
  }
}
