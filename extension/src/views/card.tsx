import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Link, Paper } from '../contract';
import { ConflictBox } from './conflict';
import { Failure, Skeleton } from './empty';
import { Held } from './held';
import { PaperHistory } from './history';
import { Icon } from './icons';
import { Links as Claims } from './links';
import { MyReview, OtherReview } from './review';
import type { ViewState } from './state';
import type { CardState } from './state-card';
import { MathText } from './text';
import { counted, stars } from './words';

/** How many authors stand there before "and 12 more". */
const AUTHORS = 10;
/** An abstract longer than this, in characters, is folded. */
const FOLD = 420;

/** One paper: its facts, its abstract and everybody's opinions, mine to be changed. */
export function Card(props: { state: ViewState; card: CardState }): JSX.Element {
  const { state, card } = props;
  const paper = card.paper.value;
  const back =
    state.spec.view !== 'form' && (!state.wide.value || state.spec.view === 'table');
  return (
    <article
      class="rk-card"
      aria-label={paper ? paper.title : card.citekey}
      tabIndex={-1}
    >
      {back && (
        <button type="button" class="rk-back" onClick={() => state.back()}>
          <Icon name={state.spec.view === 'table' ? 'close' : 'back'} />
          {state.spec.view === 'table' ? 'Close' : 'All papers'}
        </button>
      )}
      {card.failure.value !== null && (
        <Failure text={card.failure.value} onRetry={() => void card.load()} />
      )}
      {card.trouble.value !== null && (
        <div class="rk-trouble rk-card-trouble" role="alert">
          <p>{card.trouble.value}</p>
          <button
            type="button"
            class="rk-icon-button rk-quiet"
            aria-label="Close this message"
            onClick={() => (card.trouble.value = null)}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
      {paper ? (
        <Body state={state} card={card} paper={paper} />
      ) : (
        card.failure.value === null && <Skeleton lines={6} />
      )}
    </article>
  );
}

function Body(props: { state: ViewState; card: CardState; paper: Paper }): JSX.Element {
  const { state, card, paper } = props;
  const people = state.project.value?.people ?? [];
  const others = paper.reviews.filter(({ reviewer }) => reviewer !== state.reviewer);
  const held = (state.project.value?.held ?? []).filter(
    ({ citekey }) => citekey === paper.citekey
  );
  const ratings = paper.reviews.filter(({ rating }) => rating !== null).length;
  return (
    <>
      <header class="rk-card-head">
        <h2 class="rk-title">
          <MathText text={paper.title} />
        </h2>
        <Authors names={paper.authors} />
        <p class="rk-venue">
          {[paper.venue, paper.year].filter(fact => fact !== null).join(' · ') ||
            paper.type}
        </p>
        <Links state={state} paper={paper} />
      </header>
      {paper.conflicts.map(conflict => (
        <ConflictBox
          key={`${conflict.reviewer}/${conflict.field}`}
          state={state}
          conflict={conflict}
        />
      ))}
      <Held state={state} items={held} />
      <Abstract text={paper.abstract_display ?? paper.abstract} />
      <Claims state={state} card={card} links={paper.cells} />
      <div class="rk-opinions">
        <h3 class="rk-part">
          Reviews
          {paper.score !== null && (
            <span class="rk-score" title="Mean of the group's ratings">
              <Icon name="star" filled /> {stars(paper.score)}
              <span class="rk-dim"> from {counted(ratings, 'rating')}</span>
            </span>
          )}
        </h3>
        <div class="rk-reviews">
          <MyReview state={state} card={card} />
          {others.map(review => (
            <OtherReview
              key={review.reviewer}
              review={review}
              people={people}
              criteria={state.project.value?.criteria ?? []}
            />
          ))}
        </div>
      </div>
      <PaperHistory state={state} paper={paper} />
    </>
  );
}

function Authors(props: { names: readonly string[] }): JSX.Element | null {
  const [all, setAll] = useState(false);
  const { names } = props;
  const hidden = all ? 0 : Math.max(0, names.length - AUTHORS - 1);
  if (names.length === 0) {
    return null;
  }
  return (
    <p class="rk-authors">
      {names.slice(0, names.length - hidden).join(', ')}
      {hidden > 0 && (
        <>
          {' '}
          <button type="button" class="rk-link-button" onClick={() => setAll(true)}>
            and {hidden} more
          </button>
        </>
      )}
    </p>
  );
}

/** Only the web: a link in a file could hold a script. */
function safe(link: Link): boolean {
  return /^https?:\/\//i.test(link.url);
}

function Links(props: { state: ViewState; paper: Paper }): JSX.Element {
  const { state, paper } = props;
  const cite = (): void => {
    if (state.actions.includes('insert-citation')) {
      state.requests.tell('insert-citation', { citekey: paper.citekey });
      return;
    }
    void navigator.clipboard
      ?.writeText(`[@${paper.citekey}]`)
      .then(() => state.say(`Copied [@${paper.citekey}]`, null));
  };
  return (
    <p class="rk-links">
      {paper.links.filter(safe).map(link => (
        <a
          key={link.url}
          class="rk-link"
          href={link.url}
          target="_blank"
          rel="noopener noreferrer"
          title={link.url}
        >
          <Icon name={link.kind === 'code' ? 'code' : 'link'} />
          <span class="rk-chip-text">{link.label}</span>
        </a>
      ))}
      <button
        type="button"
        class="rk-link rk-cite"
        title={
          state.actions.includes('insert-citation')
            ? 'Insert a citation in the notebook'
            : 'Copy the citation'
        }
        onClick={cite}
      >
        <Icon name="quote" />
        <span class="rk-chip-text">{paper.citekey}</span>
      </button>
    </p>
  );
}

function Abstract(props: { text: string | null }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const { text } = props;
  if (!text) {
    return null;
  }
  const long = text.length > FOLD;
  return (
    <section class="rk-abstract" aria-label="Abstract">
      <p class={`rk-abstract-text${long && !open ? ' rk-folded' : ''}`}>
        <MathText text={text} />
      </p>
      {long && (
        <button
          type="button"
          class="rk-link-button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Show less' : 'Show the whole abstract'}
        </button>
      )}
    </section>
  );
}
