import { ServerConnection, type Event } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { Client } from '../client';
import type { ChangedEvent } from '../contract';
import { CHANGED, News } from '../events';
import type { IReviewkitServer } from '../tokens';

/** A request as it left the browser. */
export interface Asked {
  verb: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown> | null;
}

/** Stands where the network would: everything up to `fetch` is the real code. */
export class FakeServer {
  readonly asked: Asked[] = [];
  /** Status and JSON by path; a function is asked, a string is no JSON. */
  readonly answers = new Map<string, [number, unknown]>();
  down = false;
  readonly client: Client;
  readonly news: News;
  private readonly events = {} as Event.IManager;
  private readonly stream = new Signal<Event.IManager, Event.Emission>(this.events);

  constructor() {
    const settings = ServerConnection.makeSettings({
      baseUrl: 'http://localhost/user/ana/',
      fetch: (request: RequestInfo | URL) => this.fetch(new Request(request))
    });
    this.client = new Client(settings);
    this.news = new News({ stream: this.stream as unknown as Event.Stream });
  }

  /** What the plug-ins get. */
  get token(): IReviewkitServer {
    const { client, news } = this;
    return {
      client,
      news,
      hostOptions: (spec, ui) => ({
        client,
        news,
        spec,
        ui,
        actions: [],
        perform: () => undefined
      })
    };
  }

  push(event: ChangedEvent, schema = CHANGED): void {
    this.stream.emit({ schema_id: schema, ...event });
  }

  private async fetch(request: Request): Promise<Response> {
    if (this.down) {
      throw new TypeError('network');
    }
    const url = new URL(request.url);
    const text = await request.text();
    const path = url.pathname;
    this.asked.push({
      verb: request.method,
      path,
      query: url.searchParams,
      body: text ? (JSON.parse(text) as Asked['body']) : null
    });
    const [status, content] = this.answers.get(path.replace('/user/ana', '')) ?? [
      404,
      ''
    ];
    return new Response(
      typeof content === 'string' ? content : JSON.stringify(content),
      {
        status
      }
    );
  }
}

/** Until the promises on their way have settled. */
export function settled(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 20));
}
