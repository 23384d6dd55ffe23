/** A text that was typed and is not saved yet. */
export interface Draft {
  text: string;
  /** What stood there when typing began, and the operations whose value that was. */
  base: string;
  seen: readonly string[];
  /** The page that was typed beside it, and what stood there. */
  where?: string;
  whereBase?: string;
  reviewer: string | null;
}

const PREFIX = 'reviewkit:draft';

/** Name of a note that has no id yet. */
export const NEW = 'new';

/**
 * Drafts of one project in the browser's own storage, so that neither a reload nor a crash
 * loses typed text. Where a front end forbids the storage they last as long as the page.
 */
export class Drafts {
  constructor(private readonly project: string) {}

  /** The draft of a note (NEW: of a note to come), or null. */
  read(citekey: string, note: string): Draft | null {
    const key = this.key(citekey, note);
    let found: string | null = null;
    try {
      found = window.localStorage.getItem(key);
    } catch {
      // Forbidden here: what this page remembers is all there is.
    }
    return parse(memory.get(key) ?? found);
  }

  write(citekey: string, note: string, draft: Draft): void {
    const key = this.key(citekey, note);
    const value = JSON.stringify(draft);
    try {
      window.localStorage.setItem(key, value);
      memory.delete(key);
    } catch {
      memory.set(key, value);
    }
  }

  remove(citekey: string, note: string): void {
    const key = this.key(citekey, note);
    memory.delete(key);
    try {
      window.localStorage.removeItem(key);
    } catch {
      // Nothing was stored, so nothing is left.
    }
  }

  private key(citekey: string, note: string): string {
    return [PREFIX, this.project, citekey, note].map(encodeURIComponent).join(':');
  }
}

const memory = new Map<string, string>();

function parse(stored: string | null): Draft | null {
  if (stored === null) {
    return null;
  }
  try {
    const draft = JSON.parse(stored) as Partial<Draft>;
    if (typeof draft.text !== 'string' || !draft.text) {
      return null;
    }
    return {
      text: draft.text,
      base: typeof draft.base === 'string' ? draft.base : '',
      seen: Array.isArray(draft.seen) ? draft.seen.map(String) : [],
      where: typeof draft.where === 'string' ? draft.where : '',
      whereBase: typeof draft.whereBase === 'string' ? draft.whereBase : '',
      reviewer: typeof draft.reviewer === 'string' ? draft.reviewer : null
    };
  } catch {
    return null;
  }
}
