import type { JSX } from 'preact';
import type { Conflict, ConflictValue, Person } from '../contract';
import { Icon } from './icons';
import type { ViewState } from './state';
import type { CardState } from './state-card';
import { statusWord, viaWord, when } from './words';

/** A value of any field, as text. */
function shown(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') {
    return '(nothing)';
  }
  if (field === 'status' && typeof value === 'string') {
    return statusWord(value);
  }
  if (field === 'rating' && typeof value === 'number') {
    return `${value} of 5`;
  }
  if (Array.isArray(value)) {
    return value.map(String).join(', ') || '(nothing)';
  }
  const { text } = value as { text?: unknown };
  if (typeof text === 'string') {
    return text;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** "Ana's rating", "Year". */
export function fieldWord(conflict: Conflict, people: readonly Person[]): string {
  const field = conflict.field.split(/[:/.]/)[0] ?? conflict.field;
  if (conflict.reviewer === null) {
    return field.charAt(0).toUpperCase() + field.slice(1);
  }
  return `${nameOf(conflict.reviewer, people)}’s ${field}`;
}

function nameOf(reviewer: string, people: readonly Person[]): string {
  return people.find(person => person.reviewer === reviewer)?.name ?? reviewer;
}

/** Two or more values whose authors had not seen each other's; one click settles it. */
export function ConflictBox(props: {
  state: ViewState;
  card: CardState;
  conflict: Conflict;
}): JSX.Element {
  const { state, card, conflict } = props;
  const people = state.project.value?.people ?? [];
  const keep = (value: ConflictValue): void => {
    if (!state.askName()) {
      void card.settle(conflict.reviewer, conflict.field, value.id);
    }
  };
  return (
    <section
      class="rk-conflict"
      aria-label={`Conflict: ${fieldWord(conflict, people)}`}
    >
      <h3 class="rk-conflict-name">
        <Icon name="split" /> {fieldWord(conflict, people)}: {conflict.values.length}{' '}
        values
      </h3>
      <ul class="rk-values">
        {conflict.values.map(value => (
          <li key={value.id} class="rk-value">
            <div class="rk-value-text">{shown(conflict.field, value.value)}</div>
            <div class="rk-value-who">
              {[nameOf(value.by, people), viaWord(value.via), when(value.at)]
                .filter(Boolean)
                .join(' · ')}
            </div>
            <button type="button" class="rk-button" onClick={() => keep(value)}>
              Keep this
              <span class="rk-hidden">: {shown(conflict.field, value.value)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
