import type { IStateDB } from '@jupyterlab/statedb';
import type {
  ReadonlyPartialJSONObject,
  ReadonlyPartialJSONValue
} from '@lumino/coreutils';

const KEY = 'reviewkit:panel';

/** How many projects' views are remembered. */
const MOST = 20;

/** Between a change and its being stored, in milliseconds. */
const DELAY = 300;

/** What the panel showed, per project, kept over a reload in JupyterLab's workspace. */
export class Remembered {
  private project: string | null = null;
  private views = new Map<string, ReadonlyPartialJSONValue>();
  private recalled = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly db: IStateDB | null) {}

  /** Read what was stored; the project that was shown last, empty if that is not known. */
  async recall(): Promise<string> {
    const stored = await this.fetch();
    const { project, views } = (stored ?? {}) as ReadonlyPartialJSONObject;
    this.recalled = true;
    if (Array.isArray(views)) {
      const pairs = (views as [string, ReadonlyPartialJSONValue][]).filter(
        pair => Array.isArray(pair) && typeof pair[0] === 'string'
      );
      this.views = new Map([...pairs, ...this.views]);
    }
    return typeof project === 'string' ? project : '';
  }

  view(project: string): ReadonlyPartialJSONValue | null {
    return this.views.get(project) ?? null;
  }

  show(project: string): void {
    this.project = project;
    this.store();
  }

  keep(project: string, view: ReadonlyPartialJSONValue): void {
    this.views.delete(project);
    this.views.set(project, view);
    for (const oldest of Array.from(this.views.keys()).slice(0, -MOST)) {
      this.views.delete(oldest);
    }
    this.store();
  }

  private async fetch(): Promise<unknown> {
    try {
      return await this.db?.fetch(KEY);
    } catch (error) {
      console.warn('reviewkit: what the panel showed last is not known.', error);
      return null;
    }
  }

  private store(): void {
    clearTimeout(this.timer);
    if (!this.recalled) {
      return;
    }
    this.timer = setTimeout(() => {
      const views = Array.from(this.views) as unknown as ReadonlyPartialJSONValue;
      void this.db?.save(KEY, { project: this.project ?? '', views });
    }, DELAY);
  }
}
