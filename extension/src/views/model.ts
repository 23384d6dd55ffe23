import type { Query, ViewSpec } from '../contract';

/**
 * What a view knows of its host: anywidget's model. In a kernel widget it is the comm,
 * in JupyterLab a small object that asks the server.
 */
export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  on(name: string, callback: (...values: unknown[]) => void): void;
  off(name: string, callback?: (...values: unknown[]) => void): void;
  save_changes(): void;
  send(content: unknown): void;
}

/** What is restored after a reload; the trait `ui` of the model. */
export interface Remembered {
  query?: Partial<Query>;
  open?: string | null;
  scroll?: number;
}

/** The spec of a model, with the gaps of an older or empty one filled. */
export function specOf(model: Model): ViewSpec {
  const given = (model.get('spec') ?? {}) as Partial<ViewSpec>;
  return {
    format: given.format ?? 1,
    view: given.view ?? 'panel',
    project: given.project ?? '',
    citekey: given.citekey ?? null,
    query: given.query ?? null,
    columns: given.columns ?? null,
    papers: given.papers ?? null
  };
}

/** Which actions the host offers beside the requests ("switch-reviewer", ...). */
export function actionsOf(model: Model): readonly string[] {
  const given = model.get('actions');
  return Array.isArray(given) ? given.map(String) : [];
}
