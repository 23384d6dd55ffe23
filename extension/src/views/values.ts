import type { Person } from '../contract';
import { anchorWord } from './anchor';
import { criterionWord, statusWord } from './words';

/** A value of any field, as text. */
export function shown(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') {
    return '(nothing)';
  }
  if (field === 'status' && typeof value === 'string') {
    return statusWord(value);
  }
  if (/^rating(:|$)/.test(field) && typeof value === 'number') {
    return `${value} of 5`;
  }
  if (/^note:.*\.anchor$/.test(field) && typeof value === 'string') {
    return anchorWord(value);
  }
  if (Array.isArray(value)) {
    return value.map(String).join(', ') || '(nothing)';
  }
  if (field.startsWith('bib:') && typeof value === 'string') {
    return value.replace(/^\{([^#]*)\}$/, '$1') || '(nothing)';
  }
  const { text, value: inner, unit } = value as Record<string, unknown>;
  if (inner !== undefined) {
    const plain = typeof inner === 'string' ? inner : JSON.stringify(inner);
    const word = inner === true ? 'yes' : inner === false ? 'no' : plain;
    return typeof unit === 'string' ? `${word} ${unit}` : word;
  }
  if (typeof text === 'string') {
    return text;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** "Ana’s rating", "Year". */
export function fieldWord(
  of: { readonly reviewer: string | null; readonly field: string },
  people: readonly Person[]
): string {
  const [kind, name] = of.field.split(/[:/.]/);
  if (of.reviewer === null) {
    const word = kind === 'bib' && name ? name : kind;
    return word.charAt(0).toUpperCase() + word.slice(1);
  }
  const rated = kind === 'rating' && name;
  const placed = of.field.endsWith('.anchor') ? 'page of a note' : kind;
  const whole = rated ? `rating of ${criterionWord(name).toLowerCase()}` : placed;
  const word = kind === 'cell' ? columnWord(name) : whole;
  return `${nameOf(of.reviewer, people)}’s ${word}`;
}

/** What a column was first called, in small letters, from its id. */
export function columnWord(id: string): string {
  return id.replace(/-[a-z2-7]{5}$/, '').replace(/-/g, ' ');
}

/** A reviewer's display name; the slug if it is nobody known. */
export function nameOf(reviewer: string, people: readonly Person[]): string {
  return people.find(person => person.reviewer === reviewer)?.name ?? reviewer;
}
