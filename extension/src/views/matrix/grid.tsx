import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Heading } from './heading';
import { press } from './keys';
import { columnsIn, HEAD, ROW, rowsIn, type Sight, titleWidth } from './layout';
import { Gap, Row } from './row';
import type { MatrixState } from './state';

/** What is assumed until the grid is measured. */
const UNMEASURED = { width: 900, height: 420 };

/** So many rows beyond those drawn are fetched, for whoever scrolls on. */
const AHEAD = 60;

/** Papers by attributes. Only the rows and columns in sight are in the page. */
export function Grid(props: { state: MatrixState }): JSX.Element {
  const { state } = props;
  const { rows, columns } = state;
  const place = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState<Sight>({
    ...UNMEASURED,
    top: state.top,
    left: state.left
  });
  const id = useId();

  void rows.drawn.value;
  const total = rows.total.value ?? 0;
  const at = state.place.value;
  const reach = state.reach.value;
  const to = reach ?? at;
  const titles = titleWidth(sight.width);
  const span = columnsIn(columns.value, sight);
  const [first, last] = rowsIn(total, { ...sight, height: sight.height - HEAD });
  const width = titles + span.begins[span.begins.length - 1];
  const query = state.query.value;

  useSight(place, state, setSight);
  useCopy(place, state);

  useEffect(() => {
    if (last >= first) {
      void rows.see(Math.max(0, first - AHEAD), Math.min(total - 1, last + AHEAD));
    }
  }, [first, last, total, query]);

  useLayoutEffect(() => {
    if (place.current) {
      place.current.scrollTop = state.top;
    }
  }, [query]);

  // The selected cell, or the corner that moves, comes into sight.
  useLayoutEffect(() => {
    const node = place.current;
    if (!node) {
      return;
    }
    if (state.isAll) {
      return;
    }
    const top = to.row * ROW;
    const bottom = top + ROW + HEAD;
    node.scrollTop = Math.min(top, Math.max(node.scrollTop, bottom - sight.height));
    if (to.column >= 0) {
      const left = span.begins[to.column];
      const right = span.begins[to.column + 1] + titles;
      node.scrollLeft = Math.min(left, Math.max(node.scrollLeft, right - sight.width));
    }
  }, [at, reach]);

  const shown = [];
  for (let i = first; i <= last; i++) {
    shown.push(
      <Row
        key={i}
        state={state}
        row={rows.row(i)}
        index={i}
        id={id}
        span={span}
        titles={titles}
      />
    );
  }
  return (
    <div
      ref={place}
      class={`rk-grid${reach ? ' rk-several' : ''}`}
      role="grid"
      tabIndex={0}
      aria-label="Papers compared"
      aria-rowcount={total + 1}
      aria-colcount={columns.value.length + 1}
      aria-busy={rows.busy.value}
      aria-multiselectable
      aria-activedescendant={`${id}-${at.row}-${at.column}`}
      data-rk-focus="list"
      onKeyDown={event => {
        if (event.target === event.currentTarget) {
          press(state, event, Math.max(1, Math.floor((sight.height - HEAD) / ROW) - 1));
        }
      }}
    >
      <div
        class="rk-grid-inner"
        style={{ height: `${HEAD + total * ROW}px`, width: `${width}px` }}
      >
        <div
          class="rk-grid-head"
          role="row"
          aria-rowindex={1}
          style={{ height: `${HEAD}px` }}
        >
          <Corner state={state} width={titles} />
          <Gap width={span.begins[span.first]} />
          {columns.value.slice(span.first, span.last + 1).map((column, i) => (
            <Heading
              key={column.id}
              state={state}
              column={column}
              index={span.first + i}
              width={span.begins[span.first + i + 1] - span.begins[span.first + i]}
            />
          ))}
        </div>
        {shown}
      </div>
    </div>
  );
}

/** Keeps what is seen of a grid up to date, a frame at a time. */
function useSight(
  place: { current: HTMLDivElement | null },
  state: MatrixState,
  setSight: (change: (before: Sight) => Sight) => void
): void {
  useLayoutEffect(() => {
    const node = place.current;
    if (!node) {
      return;
    }
    let frame = 0;
    const look = (): void => {
      frame = 0;
      if (node.clientHeight > 0) {
        const { scrollTop: top, scrollLeft: left } = node;
        const { clientWidth: width, clientHeight: height } = node;
        Object.assign(state, { top, left });
        setSight(() => ({ top, left, width, height }));
      }
    };
    const soon = (): void => {
      frame ||= requestAnimationFrame(look);
    };
    node.scrollTop = state.top;
    node.scrollLeft = state.left;
    node.addEventListener('scroll', soon, { passive: true });
    const observer =
      typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(soon);
    observer?.observe(node);
    return () => {
      cancelAnimationFrame(frame);
      node.removeEventListener('scroll', soon);
      observer?.disconnect();
    };
  }, [state]);
}

/** Copies cells while the grid has the focus. */
function useCopy(place: { current: HTMLDivElement | null }, state: MatrixState): void {
  useEffect(() => {
    const node = place.current;
    if (!node) {
      return;
    }
    // Where no text is selected, browsers tell the document and not what has the focus.
    const copy = (event: ClipboardEvent): void => {
      const root = node.getRootNode() as Document | ShadowRoot;
      if (root.activeElement === node) {
        state.copying.copy(event);
      }
    };
    const page = node.ownerDocument;
    page.addEventListener('copy', copy);
    return () => page.removeEventListener('copy', copy);
  }, [state]);
}

function Corner(props: { state: MatrixState; width: number }): JSX.Element {
  const { state, width } = props;
  const { sort } = state.query.value;
  return (
    <div
      role="columnheader"
      class="rk-heading rk-corner"
      style={{ width: `${width}px` }}
      aria-colindex={1}
    >
      <button
        type="button"
        class="rk-heading-name"
        title="Order by title"
        onClick={() => state.ask({ sort: 'title' })}
      >
        Paper{sort === 'title' && ' ▲'}
      </button>
      <button
        type="button"
        class="rk-link-button"
        aria-pressed={sort === 'year'}
        title="The newest first"
        onClick={() => state.ask({ sort: sort === 'year' ? 'citekey' : 'year' })}
      >
        {sort === 'year' ? 'newest first' : 'order by year'}
      </button>
    </div>
  );
}
