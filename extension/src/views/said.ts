import type { Note } from '../contract';
import { anchorTyped } from './anchor';

/** A note's text, and where in the paper it belongs as it stands in the field. */
export interface Said {
  readonly text: string;
  readonly where: string;
}

export const NOTHING: Said = { text: '', where: '' };

export function saidBy(note: Note): Said {
  return { text: note.text, where: anchorTyped(note.anchor) };
}

export function same(one: Said, other: Said): boolean {
  return one.text === other.text && one.where === other.where;
}

/** What is mine where I changed it since `base`, else theirs. */
export function merged(base: Said, mine: Said, theirs: Said): Said {
  return {
    text: mine.text === base.text ? theirs.text : mine.text,
    where: mine.where === base.where ? theirs.where : mine.where
  };
}

/** Whether both changed one thing since `base`, and differently. */
export function clash(base: Said, mine: Said, theirs: Said): boolean {
  return (['text', 'where'] as const).some(
    name =>
      mine[name] !== base[name] &&
      theirs[name] !== base[name] &&
      mine[name] !== theirs[name]
  );
}
