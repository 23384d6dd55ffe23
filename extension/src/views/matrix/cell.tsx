import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { MatrixCell, MatrixColumn, MatrixRow } from '../../contract';
import { Icon } from '../icons';
import { type CellDraft, Editing, nameOf } from './editing';
import type { MatrixState } from './state';

const LONG = new Set<MatrixColumn['type']>(['text', 'quote']);

/** One cell: what stands there, or the field into which it is typed. */
export function Cell(props: {
  state: MatrixState;
  row: MatrixRow;
  column: MatrixColumn;
  cell: MatrixCell;
  id: string;
  at: [number, number];
  width: number;
  selected: boolean;
  /** Whether it is among cells that are selected together. */
  among: boolean;
}): JSX.Element {
  const { state, row, column, cell, id, selected, among } = props;
  const { editing } = state;
  const name = nameOf(row.citekey, column.id);
  const draft = editing.draft.value;
  const typed =
    draft && nameOf(draft.citekey, draft.column) === name ? draft : undefined;
  const unsaved = editing.unsaved.value.get(name);
  const look = unsaved ? (unsaved.failure === null ? 'saving' : 'refused') : cell.state;
  return (
    <div
      id={id}
      role="gridcell"
      class={`rk-cell rk-cell-${look} rk-type-${column.type.replace('/', '-')}${selected ? ' rk-selected' : ''}${among ? ' rk-among' : ''}`}
      style={{ width: `${props.width}px` }}
      aria-colindex={props.at[1] + 2}
      aria-selected={selected || among}
      aria-readonly={!Editing.takes(column)}
      title={unsaved?.failure ?? titleOf(cell)}
      data-column={column.id}
      onMouseDown={event => {
        if (!typed) {
          pointed(state, event, props.at);
        }
      }}
      onMouseEnter={event => dragged(state, event, props.at)}
      onDblClick={() => {
        if (!typed) {
          editing.begin(row, column, cell.mine, null);
        }
      }}
    >
      {typed ? (
        <Field state={state} column={column} draft={typed} at={props.at} />
      ) : (
        <Shown cell={cell} unsaved={unsaved} />
      )}
      {!typed && !unsaved && selected && cell.state === 'suggested' && (
        <button
          type="button"
          class="rk-icon-button rk-accept"
          tabIndex={-1}
          aria-label={`Take ${cell.text}`}
          title="Take what is suggested (Ctrl+Enter)"
          onClick={() => void state.acceptFirst(row, column)}
        >
          <Icon name="check" />
        </button>
      )}
    </div>
  );
}

/** A press selects a cell; with the shift key, all up to it. */
export function pointed(
  state: MatrixState,
  event: MouseEvent,
  at: readonly [number, number]
): void {
  if (event.button === 0 && event.shiftKey) {
    state.extend(...at);
  } else if (event.button === 0) {
    state.select(...at);
  }
}

/** The pointer comes over a cell: with the button down, it selects all up to it. */
export function dragged(
  state: MatrixState,
  event: MouseEvent,
  at: readonly [number, number]
): void {
  if (event.buttons === 1 && state.editing.draft.value === null) {
    state.extend(...at);
  }
}

function Shown(props: { cell: MatrixCell; unsaved?: CellDraft }): JSX.Element {
  const { cell, unsaved } = props;
  if (unsaved) {
    return (
      <>
        {unsaved.failure !== null && <Icon name="warn" />}
        <span class="rk-cell-text">{unsaved.text}</span>
        {unsaved.failure !== null && <span class="rk-hidden">, not saved</span>}
      </>
    );
  }
  return (
    <>
      {(cell.state === 'differing' || cell.state === 'conflict') && (
        <Icon name="split" />
      )}
      <span class="rk-cell-text">{cell.text}</span>
      {cell.state === 'suggested' && (
        <span aria-hidden="true" class="rk-cell-mark">
          ?
        </span>
      )}
      <span class="rk-hidden">{WORDS[cell.state]}</span>
      {!cell.fits && <Icon name="warn" />}
    </>
  );
}

/** What a cell's look says, in words. */
const WORDS: Record<MatrixCell['state'], string> = {
  empty: 'empty',
  suggested: ', suggested',
  filled: '',
  differing: ', readers differ',
  conflict: ', two values of one reader'
};

function titleOf(cell: MatrixCell): string | undefined {
  const said = cell.people.length > 0 ? ` (${cell.people.join(', ')})` : '';
  const unfit = cell.fits ? '' : ' – no value that this column takes now';
  return cell.text ? `${cell.text}${said}${unfit}` : undefined;
}

/** The field of the cell that is typed into. */
function Field(props: {
  state: MatrixState;
  column: MatrixColumn;
  draft: CellDraft;
  at: [number, number];
}): JSX.Element {
  const { state, column, draft, at } = props;
  const { editing } = state;
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const long = LONG.has(column.type);
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true });
    const end = field.current?.value.length ?? 0;
    field.current?.setSelectionRange(end, end);
  }, []);

  const leave = (event: KeyboardEvent, row: number, to: number): void => {
    event.preventDefault();
    const grid = field.current?.closest<HTMLElement>('.rk-grid');
    void editing.commit();
    state.select(at[0] + row, at[1] + to);
    grid?.focus({ preventScroll: true });
  };
  const down = (event: KeyboardEvent): void => {
    if (event.isComposing) {
      return;
    }
    if (event.key === 'Enter' && !(long && event.shiftKey)) {
      leave(event, event.shiftKey ? -1 : 1, 0);
    } else if (event.key === 'Tab') {
      leave(event, 0, event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      const grid = field.current?.closest<HTMLElement>('.rk-grid');
      editing.cancel();
      grid?.focus({ preventScroll: true });
    }
  };
  const choices = column.type === 'yes/no' ? ['yes', 'no'] : column.choices;
  const list = choices.length > 0 ? `rk-choices-${column.id}` : undefined;
  const common = {
    ref: field,
    class: 'rk-cell-field',
    'aria-label': `${column.name} of ${draft.citekey}`,
    value: draft.text,
    onInput: (event: { currentTarget: { value: string } }) =>
      editing.type(event.currentTarget.value),
    onKeyDown: down,
    onBlur: () => void editing.commit()
  };
  return long ? (
    <textarea rows={4} {...common} />
  ) : (
    <>
      <input
        list={list}
        autocomplete="off"
        spellcheck={false}
        inputMode={column.type === 'number' ? 'decimal' : undefined}
        {...common}
      />
      {list && (
        <datalist id={list}>
          {choices.map(choice => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </>
  );
}
