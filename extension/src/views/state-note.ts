import { signal } from '@preact/signals';
import type { Note } from '../contract';
import { type Drafts, NEW } from './drafts';
import { codeOf, messageOf } from './requests';
import { clash, merged, NOTHING, type Said, same, saidBy } from './said';

/** How long after the last key a note is saved, in milliseconds. */
export const PAUSE = 500;

export type NoteStanding = 'clean' | 'unsaved' | 'saving' | 'failed' | 'asked';

/** Where a note is saved: answers with the note as it now stands. */
export interface NoteKeeper {
  readonly citekey: string;
  readonly reviewer: string | null;
  readonly drafts: Drafts;
  save(note: {
    id: string | null;
    text?: string;
    anchor?: string | null;
    seen: readonly string[];
  }): Promise<Note | null>;
}

let count = 0;

/**
 * One of my notes while it is on the screen. What I type is never overwritten: a newer
 * text from elsewhere waits in `newer` until I take one of the two.
 */
export class NoteState {
  /** Stable name for the screen; the id of the note may come later. */
  readonly name = `note-${++count}`;
  readonly id = signal<string | null>(null);
  readonly text = signal('');
  /** The page, section or words that are typed in the field beside it. */
  readonly where = signal('');
  readonly standing = signal<NoteStanding>('clean');
  readonly failure = signal<string | null>(null);
  /** The text that arrived from elsewhere while I was typing. */
  readonly newer = signal<Note | null>(null);
  /** The draft comes from an earlier visit and waits for "retry" or "discard". */
  readonly restored = signal(false);
  readonly editing = signal(false);
  /** The field is to take the focus when it appears. */
  wanted = false;

  /** Where it belongs, as the project has it. */
  readonly anchor = signal<string | null>(null);

  private base: Said = NOTHING;
  private seen: readonly string[] = [];
  private sent: Said | null = null;
  private saving: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly keeper: NoteKeeper,
    note: Note | null
  ) {
    if (note) {
      this.accept(note);
    }
    const draft = keeper.drafts.read(keeper.citekey, this.slot);
    if (draft && draft.reviewer === keeper.reviewer) {
      const where = draft.where ?? '';
      const before = { text: draft.base, where: draft.whereBase ?? '' };
      if (same({ text: draft.text, where }, this.base)) {
        this.forget();
      } else {
        this.text.value = draft.text;
        this.where.value = where;
        this.restored.value = true;
        this.editing.value = true;
        this.standing.value = 'failed';
        if (note && !same(before, this.base)) {
          this.newer.value = note;
        }
        this.base = before;
        this.seen = draft.seen;
      }
    }
  }

  get dirty(): boolean {
    return !same(this.said, this.base);
  }

  /** The text on its way to the project, or null. */
  get saves(): string | null {
    return this.sent?.text ?? null;
  }

  private get said(): Said {
    return { text: this.text.value, where: this.where.value };
  }

  /** The note as the project now has it. */
  take(note: Note): void {
    const said = saidBy(note);
    if (!this.dirty || same(said, this.said)) {
      this.accept(note);
      this.calm();
      return;
    }
    // What I sent comes back in the form in which it is kept: "page 4" as "4".
    if (same(said, this.base) || note.text === this.sent?.text) {
      return;
    }
    if (clash(this.base, this.said, said)) {
      clearTimeout(this.timer);
      this.newer.value = note;
      this.standing.value = 'asked';
    } else {
      this.join(note);
    }
  }

  /** Take in what changed elsewhere of what I am not typing in. */
  private join(note: Note): void {
    const { text, where } = merged(this.base, this.said, saidBy(note));
    this.text.value = text;
    this.where.value = where;
    this.base = saidBy(note);
    this.seen = note.seen;
    this.anchor.value = note.anchor;
    this.store();
  }

  /** The note was deleted elsewhere; true if nothing typed is left to keep. */
  vanished(): boolean {
    if (!this.dirty && !this.saving) {
      return true;
    }
    this.forget();
    this.id.value = null;
    this.base = NOTHING;
    this.seen = [];
    this.store();
    this.fail('This note was deleted elsewhere. Retry saves it as a new note.');
    return false;
  }

  type(text: string, where = this.where.value): void {
    this.text.value = text;
    this.where.value = where;
    this.restored.value = false;
    if (!this.dirty) {
      clearTimeout(this.timer);
      if (!this.newer.value) {
        this.calm();
      }
      return;
    }
    this.store();
    if (this.newer.value) {
      return;
    }
    if (this.standing.value !== 'saving') {
      this.standing.value = 'unsaved';
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Save now what is typed; with `anyway` also over a newer text, as a conflict. */
  async flush(anyway = false): Promise<void> {
    clearTimeout(this.timer);
    if (this.saving) {
      await this.saving;
    }
    const idle = !this.dirty || this.text.value.trim() === '';
    if (idle || (this.newer.value && !anyway) || (this.restored.value && !anyway)) {
      return;
    }
    this.saving = this.save();
    await this.saving;
  }

  /** Save again what failed or was found from an earlier visit. */
  async retry(): Promise<void> {
    this.restored.value = false;
    await this.flush();
  }

  /** Drop the draft; the text last saved stands. */
  discard(): void {
    clearTimeout(this.timer);
    const newer = this.newer.value;
    if (newer) {
      this.accept(newer);
    } else {
      this.text.value = this.base.text;
      this.where.value = this.base.where;
    }
    this.calm();
  }

  /** My text over the newer one, having seen it. */
  async keepMine(): Promise<void> {
    const newer = this.newer.value;
    if (newer) {
      const seen = [...new Set([...this.seen, ...newer.seen])];
      this.join(newer);
      this.seen = seen;
      this.newer.value = null;
    }
    await this.retry();
  }

  private async save(): Promise<void> {
    const { said, slot } = this;
    const isNew = this.id.value === null;
    const text = isNew || said.text !== this.base.text ? { text: said.text } : {};
    const anchor =
      said.where !== this.base.where ? { anchor: said.where.trim() || null } : {};
    this.sent = said;
    this.standing.value = 'saving';
    this.failure.value = null;
    try {
      const note = await this.keeper.save({
        id: this.id.value,
        ...text,
        ...anchor,
        seen: this.seen
      });
      this.base = said;
      if (note) {
        this.id.value = note.id;
        this.seen = note.seen;
        this.base = { text: said.text, where: saidBy(note).where };
        this.anchor.value = note.anchor;
      }
      if (this.where.value === said.where) {
        this.where.value = this.base.where;
      }
      if (slot !== this.slot) {
        this.keeper.drafts.remove(this.keeper.citekey, slot);
      }
      if (this.dirty) {
        this.type(this.text.value);
        this.standing.value = this.newer.value ? 'asked' : 'unsaved';
      } else if (!this.newer.value) {
        this.calm();
      }
    } catch (error) {
      if (codeOf(error) === 'stale') {
        this.vanished();
      } else {
        this.fail(messageOf(error));
      }
    } finally {
      this.sent = null;
      this.saving = null;
    }
  }

  private accept(note: Note): void {
    this.id.value = note.id;
    this.base = saidBy(note);
    this.seen = note.seen;
    this.text.value = note.text;
    this.where.value = this.base.where;
    this.anchor.value = note.anchor;
  }

  private calm(): void {
    this.forget();
    this.newer.value = null;
    this.failure.value = null;
    this.restored.value = false;
    this.standing.value = 'clean';
  }

  private fail(message: string): void {
    this.failure.value = message;
    this.standing.value = 'failed';
  }

  private get slot(): string {
    return this.id.value ?? NEW;
  }

  private store(): void {
    const { citekey, reviewer, drafts } = this.keeper;
    drafts.write(citekey, this.slot, {
      text: this.text.value,
      base: this.base.text,
      where: this.where.value,
      whereBase: this.base.where,
      seen: this.seen,
      reviewer
    });
  }

  private forget(): void {
    this.keeper.drafts.remove(this.keeper.citekey, this.slot);
  }
}
