import type { Event } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { ChangedEvent } from './contract';

/** The `$id` of the server's event. */
export const CHANGED = 'https://reviewkit.org/events/changed';

/** A page that was hidden for longer than this may have missed events, in milliseconds. */
const HIDDEN = 10_000;

/**
 * News of projects. Jupyter's own stream says what changed; where that cannot be known
 * (the page slept, another reviewer was chosen) listeners of every project are told to
 * ask again.
 */
export class News implements IDisposable {
  private readonly _changed = new Signal<this, ChangedEvent | null>(this);
  private readonly stream: Event.Stream;
  private hiddenSince: number | null = null;
  private _isDisposed = false;

  constructor(events: Pick<Event.IManager, 'stream'>) {
    this.stream = events.stream;
    this.stream.connect(this.receive, this);
    document.addEventListener('visibilitychange', this.look);
    window.addEventListener('online', this.everything);
  }

  /** What changed; null: anything may have. */
  get changed(): ISignal<this, ChangedEvent | null> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Tell all listeners to ask again. */
  readonly everything = (): void => {
    this._changed.emit(null);
  };

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this.stream.disconnect(this.receive, this);
    document.removeEventListener('visibilitychange', this.look);
    window.removeEventListener('online', this.everything);
    Signal.clearData(this);
  }

  private receive(_: Event.IManager, emission: Event.Emission): void {
    if (emission.schema_id !== CHANGED) {
      return;
    }
    const { project, citekeys, revision } = emission as unknown as ChangedEvent;
    this._changed.emit({ project, citekeys, revision });
  }

  private readonly look = (): void => {
    if (document.hidden) {
      this.hiddenSince = Date.now();
    } else if (this.hiddenSince !== null) {
      const missed = Date.now() - this.hiddenSince > HIDDEN;
      this.hiddenSince = null;
      if (missed) {
        this.everything();
      }
    }
  };
}
