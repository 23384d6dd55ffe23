import type { Sort, Status } from '../contract';

/** What people read for a status; null: not begun. */
export const STATUS_WORDS: Record<Status, string> = {
  'to-read': 'To read',
  reading: 'Reading',
  skimmed: 'Skimmed',
  read: 'Read',
  done: 'Done'
};

export const SORT_WORDS: Record<Sort, string> = {
  citekey: 'By citekey',
  title: 'By title',
  year: 'Newest first',
  score: 'Best first',
  unread: 'Unread first',
  disagreement: 'Most disputed'
};

const VIA_WORDS: Record<string, string> = {
  bib: 'in references.bib',
  csv: 'in reviews.csv',
  kernel: 'in a notebook',
  cli: 'on the command line',
  panel: 'in the panel',
  import: 'from an import',
  git: 'from git'
};

/** A status in words, also one that a newer reviewkit wrote. */
export function statusWord(status: string | null): string {
  return status === null ? 'Not begun' : (STATUS_WORDS[status as Status] ?? status);
}

/** Where a value was written, in words; empty if that says nothing. */
export function viaWord(via: string): string {
  return VIA_WORDS[via] ?? '';
}

/** "1 paper", "2 papers", with the digits grouped. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** A time as people say it; empty if it is not known. */
export function when(iso: string | null, now = Date.now()): string {
  const time = iso === null ? NaN : Date.parse(iso);
  if (Number.isNaN(time)) {
    return '';
  }
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 1) {
    return 'just now';
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  if (minutes < 24 * 60) {
    return `${Math.floor(minutes / 60)} h ago`;
  }
  return new Date(time).toLocaleDateString(undefined, {
    year: 'numeric',
    month: 'short',
    day: 'numeric'
  });
}

/** A criterion's name for people: "clarity-of-text" is "Clarity of text". */
export function criterionWord(name: string): string {
  const words = name.replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A number of stars as text: "4", "3.5". */
export function stars(rating: number): string {
  return String(Math.round(rating * 10) / 10);
}
