import type { JSX } from 'preact';
import type { Conflict, ConflictValue } from '../contract';
import { Icon } from './icons';
import { Pieces } from './pieces';
import type { ViewState } from './state';
import { fieldWord, nameOf, shown } from './values';
import { viaWord, when } from './words';

/** Two or more values whose authors had not seen each other's; one click settles it. */
export function ConflictBox(props: {
  state: ViewState;
  conflict: Conflict;
}): JSX.Element {
  const { state, conflict } = props;
  const people = state.project.value?.people ?? [];
  const busy = state.needs.busy.value;
  const { field, values } = conflict;
  const texts =
    /^note:.*\.text$/.test(field) && values.filter(({ value }) => value !== null);
  const word = fieldWord(conflict, people);
  return (
    <section class="rk-conflict" aria-label={`Conflict: ${word}`}>
      <h3 class="rk-conflict-name">
        <Icon name="split" /> {word}: {values.length} values
      </h3>
      <ul class="rk-values">
        {values.map(value => (
          <li key={value.id} class="rk-value">
            <div class="rk-value-text">
              <Pieces pieces={value.pieces} text={shown(field, value.value)} />
            </div>
            <div class="rk-value-who">{whoWords(value, people)}</div>
            <button
              type="button"
              class="rk-button"
              data-rk-step
              disabled={busy}
              onClick={() => void state.needs.settle(conflict, value)}
            >
              Keep this
              <span class="rk-hidden">: {shown(field, value.value)}</span>
            </button>
          </li>
        ))}
      </ul>
      {texts && texts.length > 1 && (
        <button
          type="button"
          class="rk-button rk-apart"
          data-rk-step
          disabled={busy}
          onClick={() => void state.needs.settle(conflict, texts[0], true)}
        >
          Keep {texts.length === 2 ? 'both as two' : `all as ${texts.length}`} notes
        </button>
      )}
    </section>
  );
}

function whoWords(value: ConflictValue, people: Parameters<typeof nameOf>[1]): string {
  return [nameOf(value.by, people), viaWord(value.via), when(value.at)]
    .filter(Boolean)
    .join(' · ');
}
