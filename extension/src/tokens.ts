import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Client } from './client';
import type { ViewSpec } from './contract';
import type { News } from './events';
import type { HostOptions } from './host';

/** The server's side of all views. */
export interface IReviewkitServer {
  readonly client: Client;
  readonly news: News;
  /** The options of a host that shows `spec`, with the actions of this application. */
  hostOptions(spec: ViewSpec, ui?: unknown): HostOptions;
}

export const IReviewkitServer = new Token<IReviewkitServer>(
  'reviewkit:IReviewkitServer',
  'The requests and news of reviewkit projects on this server.'
);

/** The panel that shows one project. */
export interface IReviewkitPanel {
  /** The path by which the project was opened, relative to the server's root. */
  readonly project: string;
  /** The citekey of the paper whose card is open, or null. */
  readonly paper: string | null;
  readonly projectChanged: ISignal<IReviewkitPanel, string>;
  /** Show another project; nothing happens if it is the one that is shown. */
  open(project: string): void;
  /** Show a paper of the project. */
  showPaper(citekey: string): void;
  /** Show the papers that are there twice. */
  showDuplicates(): void;
}

export const IReviewkitPanel = new Token<IReviewkitPanel>(
  'reviewkit:IReviewkitPanel',
  'The side panel with the papers of one project.'
);
