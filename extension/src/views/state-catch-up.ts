/** Changes are gathered for so long before they are fetched, in milliseconds. */
const SETTLE = 120;

/**
 * Many changes in a row are fetched together, and again only when that was answered: a
 * thousand edits of a kernel ask for the list a few times.
 */
export class CatchUp {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private behind = false;
  private closed = false;

  constructor(private readonly fetch: () => Promise<void>) {}

  /** Something changed. */
  soon(): void {
    this.behind = true;
    this.timer ??= setTimeout(() => void this.run(), SETTLE);
  }

  dispose(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    this.behind = false;
    await this.fetch();
    this.timer = undefined;
    if (this.behind && !this.closed) {
      this.soon();
    }
  }
}
