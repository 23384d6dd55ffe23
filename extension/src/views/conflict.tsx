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
            <div class="rk-value-text" title={raw(value) ?? undefined}>
              <Pieces pieces={value.pieces} text={said(field, value)} />
            </div>
            <Raw value={value} open={alike(value, values)} />
            <div class="rk-value-who">{whoWords(value, people)}</div>
            <button
              type="button"
              class="rk-button"
              data-rk-step
              disabled={busy}
              onClick={() => void state.needs.settle(conflict, value)}
            >
              Keep this
              <span class="rk-hidden">: {said(field, value)}</span>
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

function said(field: string, value: ConflictValue): string {
  return shown(field, value.text ?? value.value);
}

/** What stands in the .bib, if people read it otherwise. */
function raw(value: ConflictValue): string | null {
  const { text, value: inner } = value;
  const same =
    text === null ||
    typeof inner !== 'string' ||
    inner.replace(/^[{"]|[}"]$/g, '') === text;
  return same ? null : inner;
}

/** Whether another of the values reads the same, so that only the .bib tells them apart. */
function alike(value: ConflictValue, values: readonly ConflictValue[]): boolean {
  return values.filter(({ text }) => text !== null && text === value.text).length > 1;
}

function Raw(props: { value: ConflictValue; open: boolean }): JSX.Element | null {
  const { value, open } = props;
  const text = open && typeof value.value === 'string' ? value.value : raw(value);
  return text === null ? null : (
    <details class="rk-value-raw" open={open}>
      <summary data-rk-step>In the .bib</summary>
      <code>{text}</code>
    </details>
  );
}

function whoWords(value: ConflictValue, people: Parameters<typeof nameOf>[1]): string {
  return [nameOf(value.by, people), viaWord(value.via), when(value.at)]
    .filter(Boolean)
    .join(' · ');
}
