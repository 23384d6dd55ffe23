import type { JSX } from 'preact';
import type { MatrixRow } from '../../contract';
import { Icon } from '../icons';
import { isInside } from './block';
import { Cell, dragged, pointed } from './cell';
import { HEAD, ROW, type Span } from './layout';
import type { MatrixState } from './state';

/** Stands for columns that are out of sight. */
export function Gap(props: { width: number }): JSX.Element | null {
  return props.width > 0 ? (
    <span role="presentation" class="rk-gap" style={{ width: `${props.width}px` }} />
  ) : null;
}

export function Row(props: {
  state: MatrixState;
  row: MatrixRow | undefined;
  index: number;
  id: string;
  span: Span;
  titles: number;
}): JSX.Element {
  const { state, row, index, id, span, titles } = props;
  const at = state.place.value;
  const here = at.row === index;
  const block = state.reach.value ? state.block : null;
  const { first, last, begins } = span;
  return (
    <div
      role="row"
      class={`rk-grid-row${here ? ' rk-here' : ''}`}
      aria-rowindex={index + 2}
      style={{ top: `${HEAD + index * ROW}px`, height: `${ROW}px` }}
      data-citekey={row?.citekey}
    >
      <div
        id={`${id}-${index}--1`}
        role="rowheader"
        class={`rk-paper${here && at.column < 0 ? ' rk-selected' : ''}${block && isInside(block, index, -1) ? ' rk-among' : ''}`}
        style={{ width: `${titles}px` }}
        aria-colindex={1}
        title={row && `${row.title || row.citekey} – ${row.citekey}`}
        aria-selected={block ? isInside(block, index, -1) : undefined}
        onMouseDown={event => pointed(state, event, [index, -1])}
        onMouseEnter={event => dragged(state, event, [index, -1])}
        onDblClick={() => row && state.view.open(row.citekey)}
      >
        {row ? (
          <>
            <span class="rk-paper-title">{row.title || row.citekey}</span>
            {row.year !== null && <span class="rk-dim">{row.year}</span>}
            <button
              type="button"
              class="rk-icon-button rk-quiet rk-open-paper"
              tabIndex={-1}
              aria-label={`Open ${row.title || row.citekey}`}
              title="Open the paper (Enter)"
              onClick={() => state.view.open(row.citekey)}
            >
              <Icon name="link" />
            </button>
          </>
        ) : (
          <span class="rk-skeleton-line" />
        )}
      </div>
      <Gap width={begins[first]} />
      {row &&
        state.columns.value.slice(first, last + 1).map((column, i) => {
          const number = first + i;
          const cell = row.cells[number];
          return (
            cell && (
              <Cell
                key={column.id}
                state={state}
                row={row}
                column={column}
                cell={cell}
                id={`${id}-${index}-${number}`}
                at={[index, number]}
                width={begins[number + 1] - begins[number]}
                selected={here && at.column === number}
                among={block !== null && isInside(block, index, number)}
              />
            )
          );
        })}
    </div>
  );
}
