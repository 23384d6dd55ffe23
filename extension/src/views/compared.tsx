import type { JSX } from 'preact';
import type { Duplicate, FieldChoice } from '../contract';
import { Differing } from './differing';
import { differs, type PairsState, type Side } from './state-pairs';
import { counted } from './words';

/** Two papers side by side: which stays, and whose each field is to be. */
export function Compared(props: { pairs: PairsState; pair: Duplicate }): JSX.Element {
  const { pairs, pair } = props;
  const different = pair.fields.filter(differs);
  const equal = pair.fields.filter(field => !differs(field));
  return (
    <section
      class="rk-compared"
      aria-label={`${pair.keep} and ${pair.other} side by side`}
      tabIndex={-1}
    >
      <p class="rk-dim">
        <SureBadge pair={{ ...pair, versions: false }} /> {pair.reasons.join(' · ')}
      </p>
      <div class="rk-sides">
        <Paper pair={pair} side="keep" />
        <button
          type="button"
          class="rk-link-button rk-turn"
          onClick={() => pairs.turn(pair)}
        >
          ⇄ <span>Keep {pair.other} instead</span>
        </button>
        <Paper pair={pair} side="other" />
      </div>
      {different.map(field => (
        <Field key={field.name} pairs={pairs} pair={pair} field={field} />
      ))}
      {equal.length > 0 && (
        <details class="rk-equal">
          <summary>{counted(equal.length, 'equal field')}</summary>
          <dl>
            {equal.map(field => (
              <div key={field.name}>
                <dt class="rk-field-name">{field.name}</dt>
                <dd>{field.keep}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

/** "Sure", or how likely it is. */
export function SureBadge(props: { pair: Duplicate }): JSX.Element {
  const { sure, probability, versions } = props.pair;
  const words = sure ? 'sure' : `maybe, ${Math.round(probability * 100)} %`;
  return (
    <>
      <span class={`rk-sure${sure ? '' : ' rk-maybe'}`}>{words}</span>
      {versions && <span class="rk-sure">preprint and published</span>}
    </>
  );
}

function Paper(props: { pair: Duplicate; side: Side }): JSX.Element {
  const { pair, side } = props;
  const keep = side === 'keep';
  const reviewers = keep ? pair.keep_reviewers : pair.other_reviewers;
  return (
    <div class={`rk-side-head${keep ? ' rk-stays' : ''}`}>
      <strong class="rk-key-name">{keep ? pair.keep : pair.other}</strong>
      <span class="rk-dim">
        {keep ? pair.keep_type : pair.other_type} ·{' '}
        {reviewers.length > 0
          ? `opinions of ${reviewers.join(', ')}`
          : 'no opinions yet'}
      </span>
      <span class="rk-fate">{keep ? 'Stays' : 'Goes; its key leads to the other'}</span>
    </div>
  );
}

function Field(props: {
  pairs: PairsState;
  pair: Duplicate;
  field: FieldChoice;
}): JSX.Element {
  const { pairs, pair, field } = props;
  const taken = pairs.taken(pair, field);
  const turn = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      event.stopPropagation();
      const side = event.key === 'ArrowLeft' ? 'keep' : 'other';
      pairs.take(pair, field, side);
      (event.currentTarget as HTMLElement)
        .querySelector<HTMLElement>(`[data-side="${side}"]`)
        ?.focus();
    }
  };
  const choice = (side: Side): JSX.Element => {
    const [text, other] =
      side === 'keep' ? [field.keep, field.other] : [field.other, field.keep];
    const on = taken === side;
    return (
      <button
        type="button"
        role="radio"
        aria-checked={on}
        data-side={side}
        tabIndex={on ? 0 : -1}
        class={`rk-choice${on ? ' rk-on' : ''}`}
        onClick={() => pairs.take(pair, field, side)}
      >
        {text ? <Differing text={text} other={other} /> : <em class="rk-dim">none</em>}
      </button>
    );
  };
  return (
    <div
      class="rk-field-row"
      role="radiogroup"
      aria-label={field.name}
      onKeyDown={turn}
    >
      <div class="rk-field-name">{field.name}</div>
      {choice('keep')}
      {choice('other')}
    </div>
  );
}
