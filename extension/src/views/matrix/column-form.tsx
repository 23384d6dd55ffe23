import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MatrixColumn } from '../../contract';
import { counted } from '../words';
import type { MatrixState } from './state';

const TYPES: readonly (readonly [MatrixColumn['type'], string])[] = [
  ['number', 'Number'],
  ['choice', 'Choice'],
  ['text', 'Text'],
  ['yes/no', 'Yes or no'],
  ['quote', 'Quote'],
  ['rating', 'Rating'],
  ['tag', 'Tag']
];

/** Make a column, or change one. */
export function ColumnForm(props: {
  state: MatrixState;
  /** Null: a new one. */
  column: MatrixColumn | null;
}): JSX.Element {
  const { state, column } = props;
  const [name, setName] = useState(column?.name ?? '');
  const [type, setType] = useState<string>(column?.type ?? '');
  const [unit, setUnit] = useState(column?.unit ?? '');
  const [choices, setChoices] = useState(column?.choices.join(', ') ?? '');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const close = (): void => {
    state.form.value = null;
  };
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const several = choices
      .split(',')
      .map(choice => choice.trim())
      .filter(Boolean);
    const about = {
      name: name.trim(),
      ...(type && { type: type as MatrixColumn['type'] }),
      ...(type === 'number' && { unit: unit.trim() }),
      ...(type === 'choice' && { choices: several })
    };
    const done =
      column?.defined === true
        ? await state.act('edit_column', { column: column.id, ...about })
        : await state.act('add_column', about);
    if (done) {
      close();
    }
  };
  return (
    <form
      class="rk-fold rk-column-form"
      aria-label={column ? `The column ${column.name}` : 'A new column'}
      onSubmit={event => void save(event)}
    >
      <label class="rk-field">
        <span class="rk-label">Name</span>
        <input
          ref={field}
          class="rk-input"
          placeholder="Speedup, Data set…"
          value={name}
          onInput={event => setName(event.currentTarget.value)}
        />
      </label>
      <label class="rk-field">
        <span class="rk-label">Holds</span>
        <select
          class="rk-select"
          value={type}
          onChange={event => setType(event.currentTarget.value)}
        >
          {column?.defined !== true && <option value="">What its name says</option>}
          {TYPES.map(([value, word]) => (
            <option key={value} value={value} selected={value === type}>
              {word}
            </option>
          ))}
        </select>
      </label>
      {type === 'number' && (
        <label class="rk-field">
          <span class="rk-label">Unit</span>
          <input
            class="rk-input"
            placeholder="x, ms, %, GB…"
            value={unit}
            onInput={event => setUnit(event.currentTarget.value)}
          />
        </label>
      )}
      {type === 'choice' && (
        <label class="rk-field">
          <span class="rk-label">Choices</span>
          <input
            class="rk-input"
            placeholder="simulation, measurement, proof"
            value={choices}
            onInput={event => setChoices(event.currentTarget.value)}
          />
        </label>
      )}
      <span class="rk-buttons">
        <button type="submit" class="rk-button rk-main" disabled={!name.trim()}>
          {column?.defined === true ? 'Save' : 'Add the column'}
        </button>
        <button type="button" class="rk-button" onClick={close}>
          Cancel
        </button>
      </span>
      {column?.defined === true && <Whole state={state} column={column} />}
    </form>
  );
}

/** What can be done with all of a column. */
function Whole(props: { state: MatrixState; column: MatrixColumn }): JSX.Element {
  const { state, column } = props;
  const columns = state.columns.value;
  const at = columns.findIndex(({ id }) => id === column.id);
  const of = { column: column.id };
  const move = (before: MatrixColumn | undefined): void => {
    void state.act('move_column', { ...of, before: before?.id ?? null });
  };
  const remove = async (): Promise<void> => {
    if (await state.act('remove_column', of)) {
      state.form.value = null;
      state.view.say(`${column.name} is out of the matrix`, null, true);
    }
  };
  const accept = (): Promise<boolean> =>
    state.act('accept_column', of, ({ decided }) =>
      state.view.say(`${counted(decided, 'value')} taken`, null, decided > 0)
    );
  return (
    <span class="rk-buttons">
      <button
        type="button"
        class="rk-button"
        disabled={at <= 0}
        onClick={() => move(columns[at - 1])}
      >
        ← Left
      </button>
      <button
        type="button"
        class="rk-button"
        disabled={at >= columns.length - 1}
        onClick={() => move(columns[at + 2])}
      >
        Right →
      </button>
      <button
        type="button"
        class="rk-button"
        title="Of the papers that nobody has filled in"
        onClick={() => void accept()}
      >
        Take all suggestions
      </button>
      <button type="button" class="rk-button" onClick={() => void remove()}>
        Remove
      </button>
    </span>
  );
}
