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
  private project = '';
  private views = new Map<string, ReadonlyPartialJSONValue>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly db: IStateDB | null) {}

  /** Read what was stored; the project that was shown last. */
  async recall(): Promise<string> {
    const stored = await this.db?.fetch(KEY);
    const { project, views } = (stored ?? {}) as ReadonlyPartialJSONObject;
    this.project = typeof project === 'string' ? project : '';
    if (Array.isArray(views)) {
      const pairs = views as [string, ReadonlyPartialJSONValue][];
      this.views = new Map(pairs.filter(pair => typeof pair[0] === 'string'));
    }
    return this.project;
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

  private store(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const views = Array.from(this.views) as unknown as ReadonlyPartialJSONValue;
      void this.db?.save(KEY, { project: this.project, views });
    }, DELAY);
  }
}
