import type { Change, Person } from '../contract';
import { anchorWord } from './anchor';
import { columnWord, nameOf, shown } from './values';
import { criterionWord } from './words';

/** Of a longer text only the beginning is shown, in characters. */
const BEGIN = 120;

/** What somebody did, in words: "rated 4 of 5", "took off the tag ‘split’ for Ben". */
export function changeWords(change: Change, people: readonly Person[]): string {
  const { by, reviewer } = change;
  const whose =
    reviewer !== null && reviewer !== by ? ` for ${nameOf(reviewer, people)}` : '';
  return did(change) + whose;
}

function did({ field, value }: Change): string {
  const [kind, name = ''] = split(field);
  const gone = value === null;
  switch (kind) {
    case 'rating':
      if (name) {
        return gone
          ? `took back the rating of ${criterion(name)}`
          : `rated ${criterion(name)} ${shown(kind, value)}`;
      }
      return gone ? 'took back the rating' : `rated ${shown(kind, value)}`;
    case 'status':
      return gone ? 'took back the status' : `status: ${shown(kind, value)}`;
    case 'tag':
      return gone ? `took off the tag “${name}”` : `tagged “${name}”`;
    case 'note':
      if (name.endsWith('.anchor')) {
        const place = anchorWord(typeof value === 'string' ? value : null);
        return gone ? 'took the page off a note' : `put a note at ${place}`;
      }
      return gone ? 'deleted a note' : `wrote “${begin(shown(kind, value))}”`;
    case 'bib':
      return gone ? `removed the ${name}` : `${name}: “${begin(shown(kind, value))}”`;
    case 'citekey':
      return `called it ${shown(kind, value)}`;
    case 'deleted':
      return gone ? 'brought the paper back' : 'took the paper out';
    case 'alias':
      return 'merged another paper into it';
    case 'link':
      return gone ? 'took a link to a cell away' : 'linked a claim to a cell';
    case 'cell':
      return gone
        ? `emptied “${columnWord(name)}”`
        : `${columnWord(name)}: “${begin(shown(kind, value))}”`;
    case 'unfit':
      return gone
        ? `found a suggestion for “${columnWord(name.split('.')[0])}” fit after all`
        : `turned down a suggestion for “${columnWord(name.split('.')[0])}”`;
    case 'apart':
      return 'said which paper it is not';
    default:
      return gone ? `took back the ${kind}` : `${kind}: ${begin(shown(kind, value))}`;
  }
}

function criterion(name: string): string {
  return criterionWord(name).toLowerCase();
}

function split(field: string): [string, string] {
  const at = field.indexOf(':');
  return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
}

function begin(text: string): string {
  const letters = Array.from(text.replace(/\s+/g, ' '));
  return letters.length > BEGIN
    ? `${letters.slice(0, BEGIN).join('')}…`
    : letters.join('');
}
