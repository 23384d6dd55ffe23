import type { JSX } from 'preact';
import type { Rating, Review } from '../contract';
import { StarInput } from './stars';
import { criterionWord, stars } from './words';

/** The group's criteria, and others that the review rates. */
export function criteriaOf(
  group: readonly string[],
  review: Review
): readonly string[] {
  const others = Object.keys(review.criteria).filter(name => !group.includes(name));
  return [...group, ...others];
}

/** My ratings of single criteria, a row each. */
export function CriteriaInput(props: {
  names: readonly string[];
  mine: Review;
  onRate(criteria: Readonly<Record<string, Rating | null>>): void;
}): JSX.Element | null {
  const { names, mine, onRate } = props;
  if (names.length === 0) {
    return null;
  }
  return (
    <div class="rk-criteria" role="group" aria-label="My ratings of criteria">
      {names.map(name => (
        <div key={name} class="rk-criterion">
          <span class="rk-criterion-name">{criterionWord(name)}</span>
          <StarInput
            small
            label={`My rating of ${criterionWord(name).toLowerCase()}`}
            rating={mine.criteria[name] ?? null}
            onRate={rating => onRate({ [name]: rating })}
          />
        </div>
      ))}
    </div>
  );
}

/** What somebody else gave single criteria: "Novelty 4  Soundness 3". */
export function Criteria(props: {
  review: Review;
  group: readonly string[];
}): JSX.Element | null {
  const { review, group } = props;
  const given = criteriaOf(group, review).filter(name => name in review.criteria);
  if (given.length === 0) {
    return null;
  }
  return (
    <ul class="rk-criteria-said" aria-label="Ratings of criteria">
      {given.map(name => (
        <li key={name}>
          {criterionWord(name)} <strong>{stars(review.criteria[name])}</strong>
        </li>
      ))}
    </ul>
  );
}
