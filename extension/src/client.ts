import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import { HTTP, type ErrorAnswer, type Method, type Requests } from './contract';

/** A request that was refused, or that nobody answered (code `no-server`). */
export class AnswerError extends Error {
  constructor(readonly answer: ErrorAnswer) {
    super(answer.message);
    this.name = 'AnswerError';
  }
}

/** The requests of docs/architecture.md over the server; nothing else knows its address. */
export class Client {
  /** As whom this browser reviews; null: as whom the server knows. */
  reviewer: string | null = null;

  constructor(
    private readonly settings: ServerConnection.ISettings = ServerConnection.makeSettings()
  ) {}

  /**
   * The answer to a request about the project that holds the path `project`, relative to
   * the server's root. Throws an AnswerError and nothing else; also when `signal` ends it.
   */
  async ask<M extends Method>(
    method: M,
    params: Requests[M]['params'],
    project: string,
    signal?: AbortSignal
  ): Promise<Requests[M]['result']> {
    const verb = HTTP[method];
    const all: Record<string, unknown> = { ...params, project };
    if (this.reviewer !== null && method !== 'set_me') {
      all.as = this.reviewer;
    }
    const place = URLExt.join(
      this.settings.baseUrl,
      'reviewkit',
      method === 'set_me' ? 'me' : method
    );
    const response =
      verb === 'GET'
        ? await this.fetch(place + queryOf(all), { method: verb, signal })
        : await this.fetch(place, { method: verb, body: JSON.stringify(all), signal });
    return (await answerOf(response)) as Requests[M]['result'];
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await ServerConnection.makeRequest(url, init, this.settings);
    } catch {
      throw new AnswerError({
        code: 'no-server',
        message:
          'The Jupyter server does not answer. Is it still running? What you typed is kept here.',
        detail: {}
      });
    }
  }
}

function queryOf(params: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined) {
      query.append(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
  }
  return `?${query.toString()}`;
}

async function answerOf(response: Response): Promise<unknown> {
  let content: unknown;
  try {
    content = await response.json();
  } catch {
    content = null;
  }
  if (response.ok && content !== null) {
    return content;
  }
  const error = (content ?? {}) as Partial<ErrorAnswer>;
  throw new AnswerError({
    code: error.code ?? `http-${response.status}`,
    message: error.message ?? withoutText(response.status),
    detail: error.detail ?? {}
  });
}

function withoutText(status: number): string {
  if (status === 404) {
    return 'This Jupyter server has no reviewkit extension. Install reviewkit beside it and restart it.';
  }
  return `The Jupyter server answered ${status} without saying why; its log has more.`;
}
