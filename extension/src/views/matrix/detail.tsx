import type { JSX } from 'preact';
import type { CellDetail, CellValue, Person } from '../../contract';
import { Icon } from '../icons';
import { nameOf } from '../values';
import { when } from '../words';
import { Editing } from './editing';
import type { MatrixState } from './state';

/** Who said what of the selected cell, on which words it rests, and what is suggested. */
export function Detail(props: { state: MatrixState }): JSX.Element {
  const { state } = props;
  const { selected } = state;
  const detail = state.detail.value;
  const people = state.view.project.value?.people ?? [];
  void state.place.value;
  if (!selected) {
    return (
      <aside class="rk-detail" aria-label="The selected cell">
        <p class="rk-dim">
          Choose a cell: type to fill it in, Enter to change it, Delete to take it back.
        </p>
      </aside>
    );
  }
  return (
    <aside class="rk-detail" aria-label="The selected cell" aria-live="polite">
      <p class="rk-detail-head">
        <strong>
          {selected.column.name}
          {selected.column.unit && ` (${selected.column.unit})`}
        </strong>{' '}
        of {selected.row.title || selected.row.citekey}
      </p>
      {detail ? (
        <Values state={state} detail={detail} people={people} />
      ) : (
        <span class="rk-skeleton-line" />
      )}
    </aside>
  );
}

function Values(props: {
  state: MatrixState;
  detail: CellDetail;
  people: readonly Person[];
}): JSX.Element {
  const { state, detail, people } = props;
  const { column, said } = detail;
  const of = { citekey: detail.citekey, column: column.id };
  const open = detail.suggestions.filter(one => one.rejected_by === null);
  const unfit = detail.suggestions.filter(one => one.rejected_by !== null);
  return (
    <>
      {said.map((value, i) => (
        <div key={i} class="rk-said">
          <strong>{value.text}</strong>{' '}
          <span class="rk-dim">
            {value.reviewer !== null && nameOf(value.reviewer, people)}
            {value.at !== null && `, ${when(value.at)}`}
          </span>
          <Quote value={value} />
        </div>
      ))}
      {said.length === 0 && open.length === 0 && (
        <p class="rk-dim">
          {Editing.takes(column)
            ? 'Nobody has filled this in, and the abstract suggests nothing.'
            : `This comes from the group’s ${column.type === 'tag' ? 'tags' : 'ratings'}.`}
        </p>
      )}
      {open.map(value => (
        <div key={value.id} class="rk-said rk-suggested">
          <span class="rk-dim">Suggested:</span> <strong>{value.text}</strong>
          <Quote value={value} />
          <span class="rk-buttons">
            <button
              type="button"
              class="rk-button rk-main"
              onClick={() => value.id && void state.decide(of, value.id, true)}
            >
              <Icon name="check" /> Take it
            </button>
            <button
              type="button"
              class="rk-button"
              onClick={() => value.id && void state.decide(of, value.id, false)}
            >
              Does not fit
            </button>
          </span>
        </div>
      ))}
      {unfit.length > 0 && (
        <p class="rk-dim">Found unfit: {unfit.map(({ text }) => text).join(', ')}</p>
      )}
    </>
  );
}

/** The words that a value rests on. */
function Quote(props: { value: CellValue }): JSX.Element | null {
  const { quote } = props.value;
  return quote ? <blockquote class="rk-quote">{quote}</blockquote> : null;
}
