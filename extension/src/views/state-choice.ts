import type { Rating, Review } from '../contract';
import type { ReviewChange } from './requests';

/** A rating, status or tags that I chose and that is not answered yet, or failed. */
export interface Choice {
  change: ReviewChange;
  failure: string | null;
}

/** Does the newer choice make the older one idle? */
export function replaces(change: ReviewChange, old: ReviewChange): boolean {
  const { criteria } = change;
  return (
    ('rating' in change && 'rating' in old) ||
    ('status' in change && 'status' in old) ||
    (criteria !== undefined &&
      old.criteria !== undefined &&
      Object.keys(old.criteria).every(name => name in criteria))
  );
}

/** A review as it will be once the choices are saved. */
export function withChoices(review: Review | null, choices: readonly Choice[]): Review {
  let mine = review ?? NOTHING;
  for (const { change } of choices) {
    const tags = mine.tags.filter(tag => !change.remove_tags?.includes(tag));
    const added = (change.add_tags ?? []).filter(tag => !tags.includes(tag));
    mine = {
      ...mine,
      rating: change.rating === undefined ? mine.rating : change.rating,
      status: change.status === undefined ? mine.status : change.status,
      tags: [...tags, ...added],
      criteria: rated(mine.criteria, change.criteria)
    };
  }
  return mine;
}

function rated(
  before: Review['criteria'],
  change: ReviewChange['criteria']
): Review['criteria'] {
  const entries = Object.entries({ ...before, ...change });
  return Object.fromEntries(
    entries.filter((entry): entry is [string, Rating] => entry[1] !== null)
  );
}

const NOTHING: Review = {
  reviewer: '',
  status: null,
  rating: null,
  tags: [],
  notes: [],
  updated: null,
  criteria: {}
};
