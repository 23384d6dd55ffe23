import type { ICellModel, MarkdownCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import { AnswerError } from '../client';
import type { ChangedEvent, CitedTexts } from '../contract';
import { pathOf, type ProjectFinder } from '../documents';
import type { News } from '../events';
import type { IReviewkitServer } from '../tokens';
import { cellsOf, isBibliography, putBibliography, renew, styleOf } from './cells';

/** How long nothing is typed before the citations are asked for, in milliseconds. */
const PAUSE = 500;
/** Where several people have a notebook open, the others wait for the first, at most so long. */
const OTHERS = 1000;
export const USUAL_STYLE = 'apa';

/** The answer to a notebook's texts, and which cell each of them is of. */
export interface Answered {
  readonly cited: CitedTexts;
  readonly cells: readonly string[];
  readonly project: string;
}

/** Keeps a notebook's bibliography and shown citations true while it is edited. */
export class CitingNotebook implements IDisposable {
  private readonly _answered = new Signal<this, Answered>(this);
  private timer = 0;
  private running: AbortController | null = null;
  /** What the last answer was to; null: something else has changed since. */
  private known: string | null = null;
  private latest: Answered | null = null;
  private _shown = false;
  private _isDisposed = false;

  constructor(
    readonly panel: NotebookPanel,
    private readonly server: IReviewkitServer,
    private readonly finder: ProjectFinder,
    private readonly failed: (error: AnswerError) => void
  ) {
    server.news.changed.connect(this.hear, this);
    panel.content.activeCellChanged.connect(this.apply, this);
    panel.content.stateChanged.connect(this.apply, this);
    panel.disposed.connect(this.dispose, this);
    void panel.context.ready.then(() => {
      if (!this._isDisposed) {
        panel.content.model?.contentChanged.connect(this.edited, this);
        this.edited();
      }
    });
  }

  /** The citations of the notebook are there anew. */
  get answered(): ISignal<this, Answered> {
    return this._answered;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** The last answer; null before the first. */
  get answer(): Answered | null {
    return this.latest;
  }

  /** Whether citations are shown rendered in the cells. */
  get shown(): boolean {
    return this._shown;
  }

  set shown(value: boolean) {
    if (value !== this._shown) {
      this._shown = value;
      this.known = null;
      this.edited();
    }
  }

  /** Ask for the bibliography in this style, and put it into its cell. */
  async insert(style: string): Promise<void> {
    const asked = this.texts();
    const answer = await this.ask(asked, style);
    const model = this.panel.content.model;
    if (answer && model) {
      putBibliography(model, answer.cited.bibliography, style);
      this.accept(answer, questionOf(asked, style));
      // A new one stands at the end, mostly out of sight.
      const at = Array.from(model.cells).findIndex(isBibliography);
      await this.panel.content.scrollToItem(at, 'smart');
    }
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    window.clearTimeout(this.timer);
    this.running?.abort();
    this.server.news.changed.disconnect(this.hear, this);
    Signal.clearData(this);
  }

  private hear(_: News, news: ChangedEvent | null): void {
    if (news === null || news.citekeys === null || news.citekeys.length > 0) {
      this.known = null;
      this.edited();
    }
  }

  /** Something was typed, or the library changed: look again once that has ended. */
  private edited(): void {
    window.clearTimeout(this.timer);
    const others = this.panel.content.model?.collaborative ? Math.random() * OTHERS : 0;
    this.timer = window.setTimeout(() => void this.refresh(), PAUSE + others);
  }

  private async refresh(): Promise<void> {
    const model = this.panel.content.model;
    const wanted = this._shown || (model && cellsOf(model, isBibliography).length > 0);
    if (this._isDisposed || !model || !wanted) {
      return;
    }
    const asked = this.texts();
    const style = styleOf(model) ?? USUAL_STYLE;
    const question = questionOf(asked, style);
    if (question === this.known) {
      return;
    }
    try {
      const answer = await this.ask(asked, style);
      if (answer) {
        this.accept(answer, question);
      }
    } catch (error) {
      if (!(error instanceof AnswerError)) {
        throw error;
      }
      this.failed(error);
    }
  }

  /** The answer; null where it is outdated by now, or the file is in no project. */
  private async ask(
    asked: readonly ICellModel[],
    style: string
  ): Promise<Answered | null> {
    this.running?.abort();
    const running = (this.running = new AbortController());
    const texts = asked.map(cell => cell.sharedModel.getSource());
    const cells = asked.map(cell => cell.id);
    const path = pathOf(this.panel);
    const project = path === null ? null : await this.finder.projectOf(path);
    if (project === null || running.signal.aborted) {
      return null;
    }
    try {
      const params = { texts, style };
      const cited = await this.server.client.ask(
        'cite',
        params,
        project,
        running.signal
      );
      return running.signal.aborted || this._isDisposed
        ? null
        : { cited, cells, project };
    } catch (error) {
      if (running.signal.aborted) {
        return null;
      }
      throw error;
    } finally {
      if (this.running === running) {
        this.running = null;
      }
    }
  }

  private accept(answer: Answered, question: string): void {
    this.known = question;
    this.latest = answer;
    this.apply();
    this._answered.emit(answer);
  }

  /** Bring the bibliography's cells up to date, but not the one that is being edited. */
  private apply(): void {
    const { model, activeCell, mode } = this.panel.content;
    if (!this.latest || this.known === null || !model || model.readOnly) {
      return;
    }
    for (const cell of cellsOf(model, isBibliography)) {
      const active = activeCell?.model === cell && mode === 'edit';
      if (!active || (activeCell as MarkdownCell).rendered) {
        renew(cell, this.latest.cited.bibliography);
      }
    }
  }

  private texts(): ICellModel[] {
    const model = this.panel.content.model;
    return model
      ? cellsOf(model, cell => cell.type === 'markdown' && !isBibliography(cell))
      : [];
  }
}

function questionOf(cells: readonly ICellModel[], style: string): string {
  return JSON.stringify([
    style,
    ...cells.map(cell => [cell.id, cell.sharedModel.getSource()])
  ]);
}
