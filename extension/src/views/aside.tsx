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
        <button
          type="button"
          class="rk-link-button"
          onClick={() => (state.aside.value = null)}
        >
          <Icon name="back" /> All papers
        </button>
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
