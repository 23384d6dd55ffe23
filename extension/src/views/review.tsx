import type { JSX } from 'preact';
import type { Person, Review, Status } from '../contract';
import { Criteria, CriteriaInput, criteriaOf } from './criteria';
import { StatusIcon } from './icons';
import { Anchor } from './anchor';
import { NoteEditor } from './note';
import { Stars, StarInput } from './stars';
import type { ViewState } from './state';
import type { CardState } from './state-card';
import type { Choice } from './state-choice';
import { TagInput, Tags } from './tags';
import { Markdown } from './text';
import { statusWord, when } from './words';

/** My review of the open paper, saved as I go. */
export function MyReview(props: { state: ViewState; card: CardState }): JSX.Element {
  const { state, card } = props;
  const mine = card.mine.value;
  const project = state.project.value;
  const name = project?.me.name ?? 'you';
  const begun = card.notes.value.some(note => note.id.value === null);

  const startNote = (): void => {
    if (!state.askName()) {
      card.addNote().wanted = true;
    }
  };
  return (
    <section class="rk-review rk-review-mine" aria-label="My review">
      <h3 class="rk-review-name">
        {name} <span class="rk-dim">(you)</span>
      </h3>
      <StarInput rating={mine.rating} onRate={rating => state.choose({ rating })} />
      <CriteriaInput
        names={criteriaOf(project?.criteria ?? [], mine)}
        mine={mine}
        onRate={criteria => state.choose({ criteria })}
      />
      <label class="rk-field">
        <span class="rk-hidden">My status</span>
        <span class="rk-select-box">
          <StatusIcon status={mine.status} />
          <select
            class="rk-select"
            value={mine.status ?? ''}
            onChange={event =>
              state.choose({
                status: (event.currentTarget.value || null) as Status | null
              })
            }
          >
            <option value="">Not begun</option>
            {project?.statuses.map(status => (
              <option key={status} value={status} selected={status === mine.status}>
                {statusWord(status)}
              </option>
            ))}
          </select>
        </span>
      </label>
      <TagInput
        tags={mine.tags}
        words={project?.tags ?? []}
        onAdd={tag => state.choose({ add_tags: [tag] })}
        onRemove={tag => state.choose({ remove_tags: [tag] })}
      />
      {card.choices.value.map((choice, i) => (
        <FailedChoice key={i} card={card} choice={choice} />
      ))}
      {card.notes.value.map(note => (
        <NoteEditor
          key={note.name}
          note={note}
          onRemove={() => void card.removeNote(note)}
        />
      ))}
      {!begun && (
        <button type="button" class="rk-link-button rk-add-note" onClick={startNote}>
          Add a note
        </button>
      )}
    </section>
  );
}

/** A choice that the project refused or never got. */
function FailedChoice(props: { card: CardState; choice: Choice }): JSX.Element | null {
  const { card, choice } = props;
  if (choice.failure === null) {
    return null;
  }
  return (
    <div class="rk-trouble" role="alert">
      <p>
        <strong>Not saved yet.</strong> {choice.failure}
      </p>
      <div class="rk-buttons">
        <button
          type="button"
          class="rk-button rk-main"
          onClick={() => void card.retry(choice)}
        >
          Retry
        </button>
        <button type="button" class="rk-button" onClick={() => card.discard(choice)}>
          Discard
        </button>
      </div>
    </div>
  );
}

/** Somebody else's review. */
export function OtherReview(props: {
  review: Review;
  people: readonly Person[];
  criteria: readonly string[];
}): JSX.Element {
  const { review, people, criteria } = props;
  const name = people.find(({ reviewer }) => reviewer === review.reviewer)?.name;
  return (
    <section class="rk-review" aria-label={`Review of ${name ?? review.reviewer}`}>
      <h3 class="rk-review-name">
        {name ?? review.reviewer}
        <span class="rk-dim rk-when">{when(review.updated)}</span>
      </h3>
      <div class="rk-review-facts">
        {review.rating !== null && <Stars rating={review.rating} />}
        {review.status !== null && (
          <span class="rk-status-said">
            <StatusIcon status={review.status} /> {statusWord(review.status)}
          </span>
        )}
      </div>
      <Criteria review={review} group={criteria} />
      <Tags tags={review.tags} />
      {review.notes.map(note => (
        <div key={note.id} class="rk-note">
          <Anchor anchor={note.anchor} />
          <Markdown text={note.text} />
        </div>
      ))}
    </section>
  );
}
