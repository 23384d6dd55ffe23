import { signal } from '@preact/signals';
import type { CellDetail, MatrixColumn, MatrixRow } from '../../contract';
import { Drafts } from '../drafts';
import { messageOf } from '../requests';
import type { ViewState } from '../state';

/** What is typed into a cell. */
export interface CellDraft {
  readonly citekey: string;
  readonly column: string;
  readonly text: string;
  /** My value when typing began. */
  readonly base: string;
  /** Why it could not be saved; null: it is on its way, or being typed. */
  readonly failure: string | null;
}

/** Cells that people type into: what is typed is kept until it is saved. */
export class Editing {
  /** What is being typed; null: nothing. */
  readonly draft = signal<CellDraft | null>(null);
  /** What is on its way or was refused, by `nameOf`. */
  readonly unsaved = signal<ReadonlyMap<string, CellDraft>>(new Map());
  private readonly drafts: Drafts;

  constructor(
    private readonly view: ViewState,
    private readonly saved: (detail: CellDetail) => void
  ) {
    this.drafts = new Drafts(view.spec.project);
  }

  /** Whether people can type into the cells of this column. */
  static takes(column: MatrixColumn): boolean {
    return column.type !== 'rating' && column.type !== 'tag';
  }

  /** Begin to type; `text` replaces what is there, null goes on with it. */
  begin(row: MatrixRow, column: MatrixColumn, mine: string, text: string | null): void {
    if (!Editing.takes(column) || this.view.askName()) {
      return;
    }
    void this.commit();
    const { citekey } = row;
    const refused = this.unsaved.value.get(nameOf(citekey, column.id));
    const left = this.drafts.read(citekey, cellOf(column.id));
    this.draft.value = {
      citekey,
      column: column.id,
      text: text ?? refused?.text ?? left?.text ?? mine,
      base: mine,
      failure: null
    };
  }

  type(text: string): void {
    const draft = this.draft.value;
    if (draft) {
      this.draft.value = { ...draft, text };
      this.drafts.write(draft.citekey, cellOf(draft.column), {
        text,
        base: draft.base,
        seen: [],
        reviewer: this.view.reviewer
      });
    }
  }

  /** Stop typing, and forget what was typed. */
  cancel(): void {
    const draft = this.draft.value;
    this.draft.value = null;
    if (draft) {
      this.discard(draft);
    }
  }

  /** Stop typing, and save what was typed. */
  async commit(): Promise<void> {
    const draft = this.draft.value;
    this.draft.value = null;
    if (draft && draft.text.trim() === draft.base) {
      this.discard(draft);
    } else if (draft) {
      await this.save(draft);
    }
  }

  /** Take my value out of a cell. */
  async clear(row: MatrixRow, column: MatrixColumn, mine: string): Promise<void> {
    if (Editing.takes(column) && mine && !this.view.askName()) {
      const { citekey } = row;
      const draft = { citekey, column: column.id, text: '', base: mine, failure: null };
      await this.save(draft);
    }
  }

  /** Forget what could not be saved. */
  discard(draft: CellDraft): void {
    this.keep(draft, false);
    this.drafts.remove(draft.citekey, cellOf(draft.column));
  }

  async save(draft: CellDraft): Promise<void> {
    const { view } = this;
    const { citekey, column } = draft;
    const sent = { ...draft, failure: null };
    this.keep(sent, true);
    view.saving.begin();
    try {
      const value = draft.text.trim() || null;
      const detail = await view.requests.ask('fill', { citekey, column, value });
      if (this.unsaved.value.get(nameOf(citekey, column)) === sent) {
        this.discard(sent);
      }
      this.saved(detail);
      view.saving.end(null);
    } catch (error) {
      if (this.unsaved.value.get(nameOf(citekey, column)) === sent) {
        this.keep({ ...draft, failure: messageOf(error) }, true);
      }
      view.saving.end(messageOf(error));
      view.say(messageOf(error), null);
    }
  }

  private keep(draft: CellDraft, unsaved: boolean): void {
    const now = new Map(this.unsaved.value);
    const name = nameOf(draft.citekey, draft.column);
    if (unsaved) {
      now.set(name, draft);
    } else {
      now.delete(name);
    }
    this.unsaved.value = now;
  }
}

/** Names a cell among others. */
export function nameOf(citekey: string, column: string): string {
  return `${citekey}\n${column}`;
}

/** Where the draft of a cell is kept beside those of notes. */
function cellOf(column: string): string {
  return `cell:${column}`;
}
