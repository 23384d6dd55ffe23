import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Duplicate } from '../contract';
import { Back } from './aside';
import { Compared, SureBadge } from './compared';
import { Empty, Failure, Skeleton } from './empty';
import type { ViewState } from './state';
import { nameOf, type PairsState } from './state-pairs';
import { counted } from './words';

/** How many there are in words: "3 duplicates · 5 possible ones". */
export function pairWords(sure: number, maybe: number): string {
  const parts = [
    sure > 0 ? counted(sure, 'duplicate') : '',
    maybe === 0
      ? ''
      : sure > 0
        ? counted(maybe, 'possible one')
        : counted(maybe, 'possible duplicate')
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Papers that are there twice: one pair after the other is merged or kept apart. */
export function Pairs(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const { pairs } = state;
  const found = pairs.found.value;
  const current = pairs.current.value;
  return (
    <section class="rk-pairs" aria-label="Duplicates">
      <div class="rk-pairs-head">
        <Back state={state} onGo={() => pairs.close()} />
        <h2 class="rk-part">Duplicates</h2>
        <span class="rk-dim" role="status">
          {found?.searching ? 'Looking through the library…' : ''}
        </span>
      </div>
      <Body state={state} current={current} />
    </section>
  );
}

function Body(props: { state: ViewState; current: Duplicate | null }): JSX.Element {
  const { state, current } = props;
  const { pairs } = state;
  const found = pairs.found.value;
  if (pairs.failure.value !== null) {
    return <Failure text={pairs.failure.value} onRetry={() => void pairs.load()} />;
  }
  if (!found || (pairs.total > 0 && !current) || (found.searching && !current)) {
    return <Skeleton lines={4} />;
  }
  if (!current) {
    return (
      <Empty title="No paper is here twice">
        <p>Papers that look alike will be shown here side by side.</p>
      </Empty>
    );
  }
  return (
    <div class="rk-pairs-body">
      <PairList pairs={pairs} current={current} />
      <div class="rk-pair">
        <Compared key={nameOf(current)} pairs={pairs} pair={current} />
        <Actions pairs={pairs} pair={current} />
      </div>
    </div>
  );
}

function PairList(props: { pairs: PairsState; current: Duplicate }): JSX.Element {
  const { pairs, current } = props;
  const list = useRef<HTMLUListElement>(null);
  const all = pairs.pairs.value;
  const name = nameOf(current);

  useLayoutEffect(() => {
    list.current?.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => {
    list.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView?.({ block: 'nearest' });
  }, [name]);

  return (
    <div class="rk-pair-list">
      <ul
        ref={list}
        role="listbox"
        aria-label="Pairs"
        tabIndex={0}
        data-rk-focus="pairs"
        aria-activedescendant={`rk-pair-${all.indexOf(current)}`}
      >
        {all.map((pair, i) => (
          <li
            key={nameOf(pair)}
            id={`rk-pair-${i}`}
            role="option"
            aria-selected={nameOf(pair) === name}
            class="rk-pair-row"
            onClick={() => pairs.choose(pair)}
          >
            <span class="rk-pair-title">{titleOf(pair)}</span>
            <span class="rk-dim">
              <SureBadge pair={pair} /> {pair.keep}, {pair.other}
            </span>
          </li>
        ))}
      </ul>
      {all.length < pairs.total && (
        <button type="button" class="rk-button rk-quiet" onClick={() => pairs.more()}>
          {counted(pairs.total - all.length, 'more pair')}
        </button>
      )}
    </div>
  );
}

function titleOf(pair: Duplicate): string {
  const title = pair.fields.find(({ name }) => name === 'title');
  return title?.keep ?? title?.other ?? pair.keep;
}

function Actions(props: { pairs: PairsState; pair: Duplicate }): JSX.Element {
  const { pairs, pair } = props;
  const busy = pairs.busy.value;
  return (
    <div class="rk-pair-actions">
      <p class="rk-dim">All opinions of both stay. One undo takes it back.</p>
      <div class="rk-buttons">
        <button
          type="button"
          class="rk-button rk-main"
          title="m"
          disabled={busy}
          onClick={() => void pairs.merge(pair)}
        >
          Merge
        </button>
        <button
          type="button"
          class="rk-button"
          title="x"
          disabled={busy}
          onClick={() => void pairs.keepApart(pair)}
        >
          Not the same
        </button>
        <button
          type="button"
          class="rk-button rk-quiet"
          title="s"
          disabled={busy}
          onClick={() => pairs.skip(pair)}
        >
          Skip
        </button>
      </div>
    </div>
  );
}
