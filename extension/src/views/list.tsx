import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Empty, Failure, Skeleton } from './empty';
import { Row } from './row';
import type { ViewState } from './state';

/** Heights of a row in CSS pixels: one above the other, or in columns where there is room. */
const TALL = 92;
const FLAT = 58;
const FLAT_FROM = 560;
/** Rows drawn beyond the edge, so that scrolling shows no gap. */
const SPARE = 6;
/** Height that is assumed until the list is measured, and the most that is believed: in a
    place without a height of its own the list would be as tall as all its rows. */
const UNMEASURED = 600;
const TALLEST = 3_000;

/** The papers of the query. Only the rows in sight are in the page. */
export function List(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const { list } = state;
  const place = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: UNMEASURED });
  const [top, setTop] = useState(state.scroll);
  const id = useId();

  void list.rows.drawn.value;
  const total = list.rows.total.value ?? 0;
  const height = size.width >= FLAT_FROM ? FLAT : TALL;
  const first = Math.max(0, Math.floor(top / height) - SPARE);
  const last = Math.min(total, Math.ceil((top + size.height) / height) + SPARE) - 1;
  const index = list.index.value;
  const query = list.query.value;

  useLayoutEffect(() => {
    const node = place.current;
    if (!node || typeof ResizeObserver === 'undefined') {
      return;
    }
    const observer = new ResizeObserver(() => {
      if (node.clientHeight > 0) {
        setSize({
          width: node.clientWidth,
          height: Math.min(TALLEST, node.clientHeight)
        });
      }
    });
    observer.observe(node);
    return () => observer.disconnect();
  }, [list.rows.total.value === null]);

  useEffect(() => {
    if (last >= first) {
      void list.rows.see(first, last);
    }
  }, [first, last, total, query]);

  // Restore the place of the last visit, and begin at the top of another query.
  useLayoutEffect(() => {
    if (place.current && total > 0) {
      place.current.scrollTop = state.scroll;
      setTop(place.current.scrollTop);
    }
  }, [total > 0, query, size.width >= FLAT_FROM]);

  useLayoutEffect(() => {
    const node = place.current;
    if (!node || index < 0) {
      return;
    }
    const above = index * height;
    if (above < node.scrollTop) {
      node.scrollTop = above;
    } else if (above + height > node.scrollTop + size.height) {
      node.scrollTop = above + height - size.height;
    }
    state.scroll = node.scrollTop;
    setTop(node.scrollTop);
  }, [index]);

  const frame = useRef(0);
  const scroll = (): void => {
    if (frame.current === 0) {
      frame.current = requestAnimationFrame(() => {
        frame.current = 0;
        if (place.current) {
          state.scroll = place.current.scrollTop;
          setTop(place.current.scrollTop);
          state.remembered.keepSoon();
        }
      });
    }
  };

  if (list.rows.failure.value !== null && list.rows.total.value === null) {
    return (
      <Failure
        text={list.rows.failure.value}
        onRetry={() => void list.rows.refresh()}
      />
    );
  }
  if (list.rows.total.value === null) {
    return <Skeleton lines={12} />;
  }
  if (total === 0) {
    return <Nothing state={state} />;
  }
  const rows = [];
  for (let i = first; i <= last; i++) {
    const row = list.rows.row(i);
    rows.push(
      <Row
        key={i}
        id={`${id}-${i}`}
        row={row}
        index={i}
        total={total}
        top={i * height}
        height={height}
        selected={i === index}
        open={row !== undefined && row.citekey === state.card.value?.citekey}
        onOpen={chosen => state.open(chosen.citekey)}
      />
    );
  }
  return (
    <div
      class={`rk-list${height === FLAT ? ' rk-flat' : ''}`}
      ref={place}
      role="listbox"
      tabIndex={0}
      aria-label="Papers"
      aria-busy={list.rows.busy.value}
      aria-activedescendant={
        index >= first && index <= last ? `${id}-${index}` : undefined
      }
      data-rk-focus="list"
      data-rk-page={Math.max(1, Math.floor(size.height / height) - 1)}
      onScroll={scroll}
    >
      <div
        class="rk-list-inner"
        role="presentation"
        style={{ height: `${total * height}px` }}
      >
        {rows}
      </div>
    </div>
  );
}

function Nothing(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const { list } = state;
  const { text, tag, status, reviewer } = list.query.value;
  if (!text && !tag && !status && !reviewer) {
    return (
      <Empty title="No papers yet">
        <p>Drop papers here (.bib, .ris, .csv, a list of DOIs...), or</p>
        <button
          type="button"
          class="rk-button rk-main"
          onClick={() => (state.unfolded.value = 'add')}
        >
          Add papers…
        </button>
      </Empty>
    );
  }
  return (
    <Empty title="No paper matches">
      <p>Nothing fits the search and the filters.</p>
      <button
        type="button"
        class="rk-button"
        onClick={() => list.ask({ text: '', tag: null, status: null, reviewer: null })}
      >
        Show all papers
      </button>
    </Empty>
  );
}
