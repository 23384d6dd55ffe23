import { h, render as draw, type JSX, type TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Finding } from '../contract';
import { Empty, Failure, Skeleton } from './empty';
import { Icon } from './icons';
import { type ChecksState, SEVERITIES } from './state-checks';
import { coded } from './text';
import { counted } from './words';

/** A quote of which so many characters stand in the message is not told twice. */
const TOLD = 40;

/** Show the findings of a notebook; returns what takes them away. */
export function renderChecks(state: ChecksState, el: HTMLElement): () => void {
  el.classList.add('rk-host');
  draw(h(Checks, { state }), el);
  return () => draw(null, el);
}

function Checks(props: { state: ChecksState }): JSX.Element {
  const { state } = props;
  return (
    <div class="rk-root rk-checks">
      <Head state={state} />
      <div class="rk-checks-body" data-rk-focus="checks" tabIndex={-1}>
        <Body state={state} />
      </div>
      <p class="rk-checks-said rk-dim" role="status">
        {state.said.value}
      </p>
    </div>
  );
}

function Head(props: { state: ChecksState }): JSX.Element {
  const { state } = props;
  const name = state.name.value;
  return (
    <header class="rk-checks-head">
      <h2 class="rk-part" title={name ?? undefined}>
        {name === null ? 'Checks' : name}
      </h2>
      <button
        type="button"
        class="rk-link-button"
        disabled={name === null || state.busy.value}
        onClick={() => state.host.refresh()}
      >
        {state.busy.value ? 'Looking…' : 'Look again'}
      </button>
      <div class="rk-checks-counts" role="group" aria-label="Which findings are shown">
        {state.findings.value !== null &&
          SEVERITIES.map(severity => (
            <button
              key={severity}
              type="button"
              class={`rk-tally rk-tally-${severity}`}
              aria-pressed={!state.hidden.value.includes(severity)}
              onClick={() => state.toggle(severity)}
            >
              {counted(state.counts.value[severity], severity)}
            </button>
          ))}
      </div>
    </header>
  );
}

function Body(props: { state: ChecksState }): JSX.Element | null {
  const { state } = props;
  const found = state.findings.value;
  if (state.failure.value !== null) {
    return <Failure text={state.failure.value} onRetry={() => state.host.refresh()} />;
  }
  if (state.name.value === null) {
    return (
      <Empty title="No notebook is open">
        <p>Open a notebook of a project: what it cites and claims is checked here.</p>
      </Empty>
    );
  }
  if (found === null) {
    return state.busy.value ? (
      <Skeleton lines={5} />
    ) : (
      <Empty title="This notebook is in no project">
        <p>Only a folder with a references.bib has papers to check against.</p>
      </Empty>
    );
  }
  if (found.length === 0) {
    return (
      <Empty title="Nothing to mend">
        <p>It is looked over again whenever you save.</p>
      </Empty>
    );
  }
  return <List state={state} />;
}

function List(props: { state: ChecksState }): JSX.Element {
  const { state } = props;
  const list = useRef<HTMLUListElement>(null);
  // Who called the list while it was empty, or used a button that is gone, goes on here.
  useLayoutEffect(() => {
    const { activeElement } = document;
    const body = list.current?.closest('[data-rk-focus="checks"]');
    if (body && activeElement === body) {
      body.querySelector<HTMLElement>('[data-rk-finding]')?.focus();
    }
  });
  return (
    <ul ref={list} class="rk-plain rk-findings" onKeyDown={step}>
      {state.shown.value.map((finding, at) => (
        <Row key={keyOf(finding, at)} state={state} finding={finding} />
      ))}
    </ul>
  );
}

function keyOf(finding: Finding, at: number): string {
  return `${finding.code}/${finding.cell_id}/${finding.start}/${finding.citekey}/${at}`;
}

function Row(props: { state: ChecksState; finding: Finding }): JSX.Element {
  const { state, finding } = props;
  const { severity, cell, fix } = finding;
  return (
    <li class={`rk-finding rk-finding-${severity}`}>
      <button
        type="button"
        class="rk-finding-main"
        data-rk-finding
        title={cell === null ? 'Show the paper' : 'Go to the cell'}
        onClick={() => state.host.reveal(finding)}
      >
        <span class="rk-finding-head">
          <span class={`rk-severity rk-severity-${severity}`}>
            <Icon name={severity === 'hint' ? 'pen' : 'warn'} />
            {severity}
          </span>
          <span class="rk-dim">
            {[cell === null ? '' : `cell ${cell}`, finding.rule]
              .filter(part => part !== '')
              .join(' · ')}
          </span>
        </span>
        <span class="rk-finding-text">{coded(finding.message)}</span>
        {!finding.message.includes(
          finding.quote.replace(/^\*+/, '').slice(0, TOLD)
        ) && <span class="rk-finding-quote rk-dim">“{finding.quote}”</span>}
        {finding.private && <span class="rk-dim">Only you see this.</span>}
      </button>
      {cell !== null && !finding.private && (
        <span class="rk-finding-tools">
          {fix !== null && (
            <button
              type="button"
              class="rk-link-button"
              onClick={() => void state.host.fix(finding)}
            >
              {fix.label}
            </button>
          )}
          <button
            type="button"
            class="rk-link-button rk-quiet-link"
            title={`Put a comment into the cell that silences ${finding.rule} there`}
            onClick={() => void state.host.ignore(finding)}
          >
            Ignore here<span class="rk-hidden">: {finding.message}</span>
          </button>
        </span>
      )}
    </li>
  );
}

/** Arrow keys go from finding to finding. */
function step(event: TargetedKeyboardEvent<HTMLUListElement>): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const all = Array.from(
    event.currentTarget.querySelectorAll<HTMLElement>('[data-rk-finding]')
  );
  const row = (event.target as HTMLElement).closest('li');
  const at = all.findIndex(one => row?.contains(one));
  const next =
    event.key === 'Home'
      ? 0
      : event.key === 'End'
        ? all.length - 1
        : at + (steps[event.key] ?? NaN);
  if (all[next]) {
    event.preventDefault();
    all[next].focus();
  }
}
