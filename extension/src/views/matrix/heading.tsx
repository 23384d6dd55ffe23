import type { JSX } from 'preact';
import type { MatrixColumn } from '../../contract';
import { Icon } from '../icons';
import type { MatrixState } from './state';

/** The head of a column: its name and unit, the order, and how far it is filled in. */
export function Heading(props: {
  state: MatrixState;
  column: MatrixColumn;
  index: number;
  width: number;
}): JSX.Element {
  const { state, column, index } = props;
  const { sort, only, within } = state.query.value;
  const up = sort === column.id;
  const down = sort === `-${column.id}`;
  const differing = only === 'differing' && within === column.id;
  return (
    <div
      role="columnheader"
      class={`rk-heading${column.defined ? '' : ' rk-only-suggested'}`}
      style={{ width: `${props.width}px` }}
      aria-colindex={index + 2}
      aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}
      data-column={column.id}
    >
      <div class="rk-heading-row">
        <button
          type="button"
          class="rk-heading-name"
          title={`${column.name}: ${column.type}. Order by it`}
          onClick={() => state.sortBy(column.id)}
        >
          {column.name}
          {column.unit && <span class="rk-dim"> {column.unit}</span>}
          {up && ' ▲'}
          {down && ' ▼'}
        </button>
        <button
          type="button"
          class="rk-icon-button rk-quiet"
          aria-label={`Change the column ${column.name}`}
          title="Name, type, place, suggestions"
          aria-expanded={state.form.value === column.id}
          onClick={() =>
            (state.form.value = state.form.value === column.id ? null : column.id)
          }
        >
          <Icon name="pen" />
        </button>
      </div>
      <div class="rk-heading-row rk-heading-facts">
        <span title={`${column.filled} filled in, ${column.empty} empty`}>
          {column.empty > 0 ? `${column.empty.toLocaleString('en')} empty` : 'full'}
        </span>
        {column.differing > 0 && (
          <button
            type="button"
            class="rk-link-button"
            aria-pressed={differing}
            title="Show just the papers whose readers differ here"
            onClick={() =>
              state.ask(
                differing
                  ? { only: 'all', within: null }
                  : { only: 'differing', within: column.id }
              )
            }
          >
            <Icon name="split" /> {column.differing.toLocaleString('en')}
            <span class="rk-hidden"> differ</span>
          </button>
        )}
      </div>
    </div>
  );
}
