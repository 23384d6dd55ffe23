import type { ChangedEvent, Requests as Methods } from '../contract';
import type { Model } from './model';

/** What a reviewer may change of the own review in one request. */
export type ReviewChange = Omit<Methods['review']['params'], 'citekey'>;

/** An answer that says no; `code` is the class of the error. */
export class RequestError extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly detail: Record<string, unknown> = {}
  ) {
    super(message);
    this.name = 'RequestError';
  }
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: RequestError): void;
  timer: ReturnType<typeof setTimeout>;
}

interface Message {
  kind?: string;
  id?: string;
  result?: unknown;
  error?: { message?: string; code?: string; detail?: Record<string, unknown> };
  event?: ChangedEvent;
}

/** How long an answer may take, in milliseconds; adding a large file takes longest. */
const PATIENCE = 20_000;
const PATIENCE_ADD = 600_000;

/** The requests of one view over one model, and the pushes that arrive on it. */
export class Requests {
  private readonly waiting = new Map<string, Waiting>();
  // Two views of one widget hear each other's answers: ids must differ between them.
  private readonly prefix = Math.random().toString(36).slice(2, 10);
  private count = 0;
  private closing = false;

  constructor(
    private readonly model: Model,
    private readonly changed: (event: ChangedEvent) => void
  ) {
    model.on('msg:custom', this.receive);
  }

  /** The answer to a request; rejects with a RequestError. */
  ask<M extends keyof Methods>(
    method: M,
    params: Methods[M]['params']
  ): Promise<Methods[M]['result']> {
    const id = `${this.prefix}-${++this.count}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.settle(id, { error: { code: 'no-answer', message: NO_ANSWER } }),
        method === 'add' ? PATIENCE_ADD : PATIENCE
      );
      this.waiting.set(id, { resolve: resolve, reject, timer });
      this.model.send({ kind: 'request', id, method, params });
    });
  }

  /** Ask the host, not the project, to do something. */
  tell(action: string, params: Record<string, unknown> = {}): void {
    this.model.send({ kind: 'host', action, ...params });
  }

  /** Stop as soon as the answers on their way are there: a last save may be among them. */
  dispose(): void {
    this.closing = true;
    this.leave();
  }

  private leave(): void {
    if (this.closing && this.waiting.size === 0) {
      this.model.off('msg:custom', this.receive);
    }
  }

  private readonly receive = (content: unknown): void => {
    const message = content as Message;
    if (message.kind === 'reply' && message.id !== undefined) {
      this.settle(message.id, message);
    } else if (message.kind === 'changed' && message.event && !this.closing) {
      this.changed(message.event);
    }
  };

  private settle(id: string, message: Message): void {
    const waiting = this.waiting.get(id);
    if (!waiting) {
      return;
    }
    this.waiting.delete(id);
    clearTimeout(waiting.timer);
    this.leave();
    const { error } = message;
    if (error) {
      waiting.reject(
        new RequestError(
          error.message || 'The request failed.',
          error.code || 'error',
          error.detail
        )
      );
    } else {
      waiting.resolve(message.result);
    }
  }
}

const NO_ANSWER =
  'No answer. Is the kernel or the server still running? Run the cell again or reload the page.';

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The error's class name, empty for what is no answer of the project. */
export function codeOf(error: unknown): string {
  return error instanceof RequestError ? error.code : '';
}
