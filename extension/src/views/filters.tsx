import type { JSX } from 'preact';
import { type Sort, SORTS, type Status } from '../contract';
import { SearchField } from './search-field';
import type { ViewState } from './state';
import { SORT_WORDS, statusWord } from './words';

/** Search, filters, order and the number of papers found. */
export function Filters(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const { list } = state;
  const project = state.project.value;
  const query = list.query.value;
  const total = list.rows.total.value;
  const all = project?.papers ?? null;
  const words = project?.tags ?? [];
  const found =
    total === null
      ? ''
      : all !== null && total !== all
        ? `${total.toLocaleString('en')} of ${all.toLocaleString('en')}`
        : `${total.toLocaleString('en')} ${total === 1 ? 'paper' : 'papers'}`;
  return (
    <div class="rk-filters" role="search">
      <SearchField
        asked={query.text}
        placeholder="Search title, author, tag, note"
        onAsk={text => list.ask({ text })}
      />
      <div class="rk-filter-row">
        <Choice
          label="Order"
          value={query.sort}
          options={SORTS.map(sort => [sort, SORT_WORDS[sort]])}
          onChoose={sort => list.ask({ sort: sort as Sort })}
        />
        <Choice
          label="Tag"
          value={query.tag ?? ''}
          none="Any tag"
          options={withChosen(
            words.map(({ tag, papers }) => [tag, `${tag} (${papers})`]),
            query.tag
          )}
          onChoose={tag => list.ask({ tag: tag || null })}
        />
        <Choice
          label="Status"
          value={query.status ?? ''}
          none="Any status"
          options={(project?.statuses ?? []).map(status => [
            status,
            statusWord(status)
          ])}
          onChoose={status => list.ask({ status: (status || null) as Status | null })}
        />
        <Choice
          label="Reviewer"
          value={query.reviewer ?? ''}
          none="Anybody"
          options={withChosen(
            (project?.people ?? []).map(({ reviewer, name }) => [reviewer, name]),
            query.reviewer
          )}
          onChoose={reviewer => list.ask({ reviewer: reviewer || null })}
        />
      </div>
      <div class="rk-count" role="status">
        {found}
      </div>
    </div>
  );
}

function withChosen(
  options: [string, string][],
  chosen: string | null
): [string, string][] {
  const missing = chosen !== null && !options.some(([value]) => value === chosen);
  return missing ? [[chosen, chosen], ...options] : options;
}

/** One of some values, perhaps none. */
export function Choice(props: {
  label: string;
  value: string;
  none?: string;
  options: readonly (readonly [string, string])[];
  onChoose(value: string): void;
}): JSX.Element {
  const { label, value, none, options, onChoose } = props;
  return (
    <select
      class={`rk-select rk-filter${none !== undefined && value ? ' rk-on' : ''}`}
      aria-label={label}
      title={label}
      value={value}
      onChange={event => onChoose(event.currentTarget.value)}
    >
      {none !== undefined && <option value="">{none}</option>}
      {options.map(([option, word]) => (
        <option key={option} value={option} selected={option === value}>
          {word}
        </option>
      ))}
    </select>
  );
}
