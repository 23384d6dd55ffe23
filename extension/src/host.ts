import type { IDisposable } from '@lumino/disposable';
import { AnswerError, type Client } from './client';
import {
  HTTP,
  type ChangedEvent,
  type Me,
  type Method,
  type ViewSpec
} from './contract';
import type { News } from './events';
import { acceptMe } from './reviewer';
import type { Model } from './views';

// As anywidget has it: who listens knows what the values are.
type Callback = (...values: never[]) => void;

interface Request {
  kind: 'request';
  id: string;
  method: Method;
  params: Record<string, never>;
}

interface Action {
  kind: 'host';
  action: string;
  [name: string]: unknown;
}

/** What a ServerHost is made of. */
export interface HostOptions {
  client: Client;
  news: News;
  /** What to show; `project` is relative to the server's root. */
  spec: ViewSpec;
  /** What the view remembered before the last reload. */
  ui?: unknown;
  /** Names of the actions that `perform` knows. */
  actions: readonly string[];
  perform(action: string, params: Record<string, unknown>): void;
}

/**
 * Stands in for a kernel's widget model: a view over it cannot tell the difference. State
 * stays in this object, requests go to the server.
 */
export class ServerHost implements Model, IDisposable {
  private readonly client: Client;
  private readonly news: News;
  private readonly perform: HostOptions['perform'];
  private readonly state: Map<string, unknown>;
  private readonly callbacks = new Map<string, Set<Callback>>();
  private readonly unsaved = new Set<string>();
  // Views drop an event older than the last one; a restarted server counts from the start.
  private revision = 0;
  // The project's name as events have it; null: the server has not said it yet.
  private project: string | null = null;
  private _isDisposed = false;

  constructor(options: HostOptions) {
    this.client = options.client;
    this.news = options.news;
    this.perform = (action, params) => options.perform(action, params);
    this.state = new Map<string, unknown>([
      ['spec', options.spec],
      ['ui', options.ui ?? null],
      ['actions', options.actions]
    ]);
    this.news.changed.connect(this.tell, this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get spec(): ViewSpec {
    return this.state.get('spec') as ViewSpec;
  }

  get(name: string): unknown {
    return this.state.get(name);
  }

  set(name: string, value: unknown): void {
    if (this.state.get(name) === value) {
      return;
    }
    this.state.set(name, value);
    this.unsaved.add(name);
    if (name === 'spec') {
      this.project = null;
    }
    this.emit(`change:${name}`, this, value);
  }

  on(name: string, callback: Callback): void {
    const found = this.callbacks.get(name) ?? new Set();
    this.callbacks.set(name, found.add(callback));
  }

  off(name: string, callback?: Callback): void {
    if (callback) {
      this.callbacks.get(name)?.delete(callback);
    } else {
      this.callbacks.delete(name);
    }
  }

  /** Listeners of `save:<name>` get what was set since the last time. */
  save_changes(): void {
    const names = Array.from(this.unsaved);
    this.unsaved.clear();
    names.forEach(name => this.emit(`save:${name}`, this.state.get(name)));
  }

  send(content: unknown): void {
    const message = content as Partial<Request | Action> | null;
    if (message?.kind === 'request') {
      void this.answer(message as Request);
    } else if (message?.kind === 'host') {
      const { action, ...params } = message as Action;
      if ((this.get('actions') as readonly string[]).includes(action)) {
        this.perform(action, params);
      }
    }
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this.news.changed.disconnect(this.tell, this);
    this.callbacks.clear();
  }

  private async answer({ id, method, params }: Request): Promise<void> {
    const asked = this.spec.project;
    try {
      if (!Object.hasOwn(HTTP, method)) {
        throw new AnswerError({
          code: 'value-refused',
          message: `There is no request '${String(method)}'.`,
          detail: {}
        });
      }
      const result = await this.client.ask(method, params, asked);
      if (method === 'project' && asked === this.spec.project) {
        this.project = (result as unknown as { path: string }).path;
      }
      if (method === 'set_me') {
        acceptMe(this.client, result as unknown as Me);
      }
      this.emit('msg:custom', { kind: 'reply', id, result });
      if (method === 'set_me') {
        this.news.everything();
      }
    } catch (error) {
      const answer = error instanceof AnswerError ? error.answer : fault(error);
      this.emit('msg:custom', { kind: 'reply', id, error: answer });
    }
  }

  private tell(_: News, news: ChangedEvent | null): void {
    if (news && this.project !== null && news.project !== this.project) {
      return;
    }
    this.revision = Math.max(this.revision, news?.revision ?? 0);
    const event: ChangedEvent = {
      project: this.spec.project,
      citekeys: news ? news.citekeys : null,
      revision: this.revision
    };
    this.emit('msg:custom', { kind: 'changed', event });
  }

  private emit(name: string, ...values: unknown[]): void {
    for (const callback of Array.from(this.callbacks.get(name) ?? [])) {
      callback(...(values as never[]));
    }
  }
}

function fault(error: unknown): { code: string; message: string; detail: object } {
  console.error('reviewkit:', error);
  return {
    code: 'fault',
    message: `reviewkit made a mistake: ${String(error)}`,
    detail: {}
  };
}
