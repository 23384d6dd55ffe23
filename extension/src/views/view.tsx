import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { AddPapers, base64 } from './add';
import { Card } from './card';
import { Empty, Failure } from './empty';
import { Filters } from './filters';
import { Header, SavingLine } from './header';
import { History } from './history';
import { listen } from './keyboard';
import { Keys } from './keys';
import { List } from './list';
import { Matrix } from './matrix/matrix';
import { Needs } from './needs';
import { Pairs } from './pairs';
import { messageOf } from './requests';
import type { ViewState } from './state';
import { WantedPapers } from './wanted';
import { Who } from './who';

/** The whole view, whichever it is. */
export function View(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const root = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const { view } = state.spec;

  useLayoutEffect(() => {
    const node = root.current;
    if (!node) {
      return;
    }
    const stop = listen(node, state);
    if (typeof ResizeObserver === 'undefined') {
      return stop;
    }
    const observer = new ResizeObserver(() => {
      if (node.clientWidth > 0) {
        state.width.value = node.clientWidth;
      }
    });
    observer.observe(node);
    return () => {
      observer.disconnect();
      stop();
    };
  }, [state]);

  return (
    <div
      ref={root}
      class={`rk-root rk-${view}${state.wide.value ? ' rk-wide' : ''}${over ? ' rk-over' : ''}`}
      onDragOver={event => {
        if (event.dataTransfer?.types.includes('Files')) {
          event.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={event => {
        // From one part of the view to another it has not left.
        if (!root.current?.contains(event.relatedTarget as Node | null)) {
          setOver(false);
        }
      }}
      onDrop={event => {
        setOver(false);
        void drop(state, event);
      }}
    >
      {view === 'form' ? <Form state={state} /> : <Browser state={state} />}
      <ToastLine state={state} />
    </div>
  );
}

async function drop(state: ViewState, event: DragEvent): Promise<void> {
  const files = Array.from(event.dataTransfer?.files ?? []);
  if (files.length === 0 || event.defaultPrevented) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  state.unfolded.value = 'add';
  try {
    for (const file of files) {
      await state.add(file.name, base64(new Uint8Array(await file.arrayBuffer())));
    }
  } catch (error) {
    state.say(messageOf(error), null);
  }
}

/** One paper only. */
function Form(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const card = state.card.value;
  if (!card) {
    return <Empty title="No paper was named for this form" />;
  }
  return (
    <>
      <div class="rk-form-line">
        <SavingLine state={state} />
      </div>
      <Folds state={state} />
      <Card key={card.citekey} state={state} card={card} />
    </>
  );
}

/** The list, and the card of the open paper beside or instead of it. */
function Browser(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const card = state.card.value;
  const aside = state.aside.value;
  const instead = card !== null && !state.wide.value && state.spec.view === 'panel';
  const body = useRef<HTMLDivElement>(null);

  // What had the focus is gone when card and list change places: the keys go on working.
  const before = useRef(instead);
  useLayoutEffect(() => {
    const lost =
      document.activeElement === document.body || document.activeElement === null;
    if (before.current !== instead && lost) {
      const next = instead ? '.rk-card' : '[data-rk-focus="list"]';
      body.current?.querySelector<HTMLElement>(next)?.focus({ preventScroll: true });
    }
    before.current = instead;
  }, [instead]);

  if (state.absent.value) {
    return <Absent state={state} />;
  }
  if (state.failure.value !== null && state.project.value === null) {
    return <Failure text={state.failure.value} onRetry={() => state.retry()} />;
  }
  return (
    <>
      <Header state={state} />
      <Folds state={state} />
      {state.pairs.shown.value && <Pairs state={state} />}
      {aside === 'needs' && <Needs state={state} />}
      {aside === 'history' && <History state={state} />}
      {aside === 'wanted' && <WantedPapers state={state} />}
      <div
        ref={body}
        class={`rk-body${card ? ' rk-with-card' : ''}`}
        hidden={state.pairs.shown.value || aside !== null}
      >
        {!instead && (
          <div class="rk-side">
            {state.matrix ? (
              <Matrix state={state.matrix} />
            ) : (
              <>
                <Filters state={state} />
                <List state={state} />
              </>
            )}
          </div>
        )}
        {card && (
          <div class="rk-main-part">
            <Card key={card.citekey} state={state} card={card} />
          </div>
        )}
        {!card && state.wide.value && state.spec.view === 'panel' && (
          <div class="rk-main-part">
            <Empty title="Choose a paper">
              <p>Press ? for the keys.</p>
            </Empty>
          </div>
        )}
      </div>
    </>
  );
}

function Absent(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  return (
    <>
      <Empty title="No project here">
        <p>Drop papers here (.bib, .ris, .csv, a list of DOIs...), or</p>
        <button
          type="button"
          class="rk-button rk-main"
          onClick={() => (state.unfolded.value = 'add')}
        >
          Add papers…
        </button>
        <p class="rk-dim">{state.failure.value}</p>
      </Empty>
      <Folds state={state} />
    </>
  );
}

function Folds(props: { state: ViewState }): JSX.Element | null {
  const { state } = props;
  const me = state.project.value?.me;
  switch (state.unfolded.value) {
    case 'add':
      return <AddPapers state={state} />;
    case 'keys':
      return <Keys pairs={state.pairs.shown.value} matrix={state.matrix !== null} />;
    case 'me':
      return <Who state={state} />;
    default:
      return me && me.reviewer === null ? <Who state={state} /> : null;
  }
}

function ToastLine(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const toast = state.toast.value.value;
  const back = toast?.back;
  return (
    <div class="rk-toasts" role="status" aria-live="polite">
      {toast && (
        <div class="rk-toast">
          <span>{toast.text}</span>
          {toast.citekey !== null && state.spec.view !== 'form' && (
            <button
              type="button"
              class="rk-link-button"
              onClick={() => toast.citekey !== null && state.open(toast.citekey)}
            >
              Show
            </button>
          )}
          {back && (
            <button
              type="button"
              class="rk-link-button"
              onClick={() => void state.undo(back.action, back.label === 'Redo')}
            >
              {back.label}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
