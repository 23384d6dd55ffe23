import type { Review } from '../contract';
import type { ReviewChange } from './requests';

/** A rating, status or tags that I chose and that is not answered yet, or failed. */
export interface Choice {
  change: ReviewChange;
  failure: string | null;
}

/** Does the newer choice make the older one idle? */
export function replaces(change: ReviewChange, old: ReviewChange): boolean {
  return (
    ('rating' in change && 'rating' in old) || ('status' in change && 'status' in old)
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
      tags: [...tags, ...added]
    };
  }
  return mine;
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
