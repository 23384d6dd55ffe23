import type { JSX } from 'preact';
import type { PaperRow } from '../contract';
import { Icon, StatusIcon } from './icons';
import { Stars } from './stars';
import { counted, stars, statusWord } from './words';

/** How many tags a row shows. */
const TAGS = 3;

/** One paper of the list. */
export function Row(props: {
  row: PaperRow | undefined;
  id: string;
  index: number;
  total: number;
  top: number;
  height: number;
  selected: boolean;
  open: boolean;
  onOpen(row: PaperRow): void;
}): JSX.Element {
  const { row, id, index, total, selected, open, onOpen } = props;
  return (
    <div
      id={id}
      role="option"
      class={`rk-row${selected ? ' rk-selected' : ''}${open ? ' rk-open' : ''}`}
      style={{ top: `${props.top}px`, height: `${props.height}px` }}
      aria-selected={selected}
      aria-setsize={total}
      aria-posinset={index + 1}
      aria-busy={row === undefined}
      data-citekey={row?.citekey}
      onClick={() => row && onOpen(row)}
    >
      {row ? <Facts row={row} /> : <Blank />}
    </div>
  );
}

function Facts(props: { row: PaperRow }): JSX.Element {
  const { row } = props;
  const more = row.tags.length - TAGS;
  return (
    <>
      <div class="rk-row-title" title={row.title}>
        {row.title || row.citekey}
      </div>
      <div class="rk-row-source">
        {[row.authors, row.year, row.venue].filter(Boolean).join(' · ')}
      </div>
      <div class="rk-row-facts">
        {row.status !== null && (
          <span
            class="rk-row-status"
            role="img"
            aria-label={statusWord(row.status)}
            title={statusWord(row.status)}
          >
            <StatusIcon status={row.status} />
          </span>
        )}
        {row.rating !== null && <Stars rating={row.rating} label="My rating" />}
        {row.score !== null && (
          <span
            class="rk-row-score"
            title={`Mean of the group: ${stars(row.score)} of 5`}
          >
            <span class="rk-hidden">Score </span>⌀ {stars(row.score)}
          </span>
        )}
        {row.readers > 0 && (
          <span class="rk-row-readers" title={counted(row.readers, 'reader')}>
            <Icon name="people" />
            {row.readers}
            <span class="rk-hidden"> {row.readers === 1 ? 'reader' : 'readers'}</span>
          </span>
        )}
        {row.conflicts > 0 && (
          <span class="rk-badge" title={counted(row.conflicts, 'conflict')}>
            <Icon name="split" />
            {row.conflicts}
            <span class="rk-hidden">
              {' '}
              {row.conflicts === 1 ? 'conflict' : 'conflicts'}
            </span>
          </span>
        )}
        <span class="rk-row-tags">
          {row.tags.slice(0, TAGS).map(tag => (
            <span key={tag} class="rk-chip" title={tag}>
              {tag}
            </span>
          ))}
          {more > 0 && (
            <span class="rk-chip rk-chip-more" title={row.tags.slice(TAGS).join(', ')}>
              +{more}
            </span>
          )}
        </span>
      </div>
    </>
  );
}

function Blank(): JSX.Element {
  return (
    <>
      <span class="rk-skeleton-line" />
      <span class="rk-skeleton-line" />
    </>
  );
}
