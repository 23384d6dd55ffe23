import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icons';
import type { ViewState } from './state';

/** A part that stands instead of the list until somebody goes back. */
export function Aside(props: {
  state: ViewState;
  title: string;
  said: string;
  children: ComponentChildren;
}): JSX.Element {
  const { state, title, said } = props;
  const body = useRef<HTMLDivElement>(null);
  const focused = useRef(true);
  // A button that was used goes away with what it settled: the keys go on working here.
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (focused.current && (!activeElement || activeElement === document.body)) {
      body.current?.focus({ preventScroll: true });
    }
  });
  useLayoutEffect(() => body.current?.focus({ preventScroll: true }), []);
  return (
    <section
      class="rk-aside"
      aria-label={title}
      onFocusIn={() => (focused.current = true)}
      onFocusOut={event => (focused.current = event.relatedTarget === null)}
    >
      <div class="rk-pairs-head">
        <Back state={state} onGo={() => (state.aside.value = null)} />
        <h2 class="rk-part">{title}</h2>
        <span class="rk-dim" role="status">
          {said}
        </span>
      </div>
      <div ref={body} class="rk-aside-body" tabIndex={-1} data-rk-focus="aside">
        {props.children}
      </div>
    </section>
  );
}

/** Back to what stood there before: the list, or the paper that is open in its place. */
export function Back(props: { state: ViewState; onGo(): void }): JSX.Element {
  const { card, wide, spec } = props.state;
  const paper = card.value !== null && !wide.value && spec.view === 'panel';
  return (
    <button type="button" class="rk-link-button" onClick={props.onGo}>
      <Icon name="back" /> {paper ? 'Back to the paper' : 'All papers'}
    </button>
  );
}
