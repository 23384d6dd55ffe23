import type { JSX } from 'preact';
import { Empty, Failure, Skeleton } from '../empty';
import { Choice } from '../filters';
import { SearchField } from '../search-field';
import { counted } from '../words';
import { sizeOf } from './block';
import { ColumnForm } from './column-form';
import { Detail } from './detail';
import { Grid } from './grid';
import type { MatrixState, Only } from './state';

/** The comparison matrix: papers by attributes, to look at and to fill in. */
export function Matrix(props: { state: MatrixState }): JSX.Element {
  const { state } = props;
  const { rows } = state;
  const form = state.form.value;
  const columns = state.columns.value;
  const total = rows.total.value;
  if (rows.failure.value !== null && total === null) {
    return <Failure text={rows.failure.value} onRetry={() => void rows.refresh()} />;
  }
  if (total === null) {
    // Nothing is in sight yet that would ask for rows.
    return <Skeleton lines={12} />;
  }
  return (
    <>
      <Tools state={state} />
      {form !== null && (
        <ColumnForm
          key={form}
          state={state}
          column={columns.find(({ id }) => id === form) ?? null}
        />
      )}
      {rows.failure.value !== null && (
        <p class="rk-trouble" role="alert">
          {rows.failure.value}
        </p>
      )}
      {columns.length === 0 ? (
        <NoColumns state={state} />
      ) : total === 0 ? (
        <Nothing state={state} />
      ) : (
        <div class="rk-compare">
          <Grid state={state} />
          <Detail state={state} />
        </div>
      )}
    </>
  );
}

function Tools(props: { state: MatrixState }): JSX.Element {
  const { state } = props;
  const query = state.query.value;
  const columns = state.columns.value;
  const total = state.rows.total.value ?? 0;
  return (
    <div class="rk-matrix-tools" role="search">
      <SearchField
        asked={query.text}
        placeholder="Search title, author, tag, note"
        onAsk={text => state.ask({ text })}
      />
      <Choice
        label="Which papers"
        value={query.only === 'all' ? '' : query.only}
        none="All papers"
        options={[
          ['empty', 'With empty cells'],
          ['differing', 'Where readers differ'],
          ['suggested', 'With suggestions']
        ]}
        onChoose={only =>
          state.ask({ only: (only || 'all') as Only, ...(!only && { within: null }) })
        }
      />
      {query.only !== 'all' && (
        <Choice
          label="In which column"
          value={query.within ?? ''}
          none="in any column"
          options={columns.map(({ id, name }) => [id, `in ${name}`])}
          onChoose={within => state.ask({ within: within || null })}
        />
      )}
      <button
        type="button"
        class="rk-button"
        aria-expanded={state.form.value === 'new'}
        onClick={() => (state.form.value = state.form.value === 'new' ? null : 'new')}
      >
        + Column
      </button>
      {columns.length > 0 && <Offered state={state} />}
      <span class="rk-dim rk-matrix-count" role="status">
        {state.copying.under.value ??
          (state.reach.value && sizeOf(state.block)) ??
          `${counted(total, 'paper')}, ${counted(columns.length, 'column')}`}
      </span>
    </div>
  );
}

/** Columns that the papers' own words could fill, a click each. */
function Offered(props: { state: MatrixState }): JSX.Element | null {
  const { state } = props;
  const offered = state.view.spec.columns === null ? state.offered.value : [];
  return offered.length === 0 ? null : (
    <span class="rk-offered">
      {offered.map(name => (
        <button
          key={name}
          type="button"
          class="rk-chip rk-offered-column"
          title={`The abstracts of papers here say something of it: add the column ${name}`}
          onClick={() => void state.act('add_column', { name })}
        >
          + {name}
        </button>
      ))}
    </span>
  );
}

function NoColumns(props: { state: MatrixState }): JSX.Element {
  const { state } = props;
  return (
    <Empty title="What do you want to compare?">
      <p>
        A column is an attribute of papers: a speedup, the data set, whether code is
        there.
      </p>
      <button
        type="button"
        class="rk-button rk-main"
        onClick={() => (state.form.value = 'new')}
      >
        Add a column…
      </button>
      {state.offered.value.length > 0 && <p>The abstracts here say something of:</p>}
      <Offered state={state} />
    </Empty>
  );
}

function Nothing(props: { state: MatrixState }): JSX.Element {
  const { state } = props;
  return (
    <Empty title="No paper matches">
      <p>Nothing fits the search and the filter.</p>
      <button
        type="button"
        class="rk-button"
        onClick={() => state.ask({ text: '', only: 'all', within: null })}
      >
        Show all papers
      </button>
    </Empty>
  );
}
