import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icons';

/** What is shown where nothing is. */
export function Empty(props: {
  title: string;
  children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="rk-empty">
      <p class="rk-empty-title">{props.title}</p>
      {props.children}
    </div>
  );
}

/** Something went wrong; what, and another try. */
export function Failure(props: { text: string; onRetry(): void }): JSX.Element {
  return (
    <div class="rk-failure" role="alert">
      <Icon name="warn" />
      <p>{props.text}</p>
      <button type="button" class="rk-button" onClick={props.onRetry}>
        Retry
      </button>
    </div>
  );
}

/** Grey lines where text is about to be. */
export function Skeleton(props: { lines: number }): JSX.Element {
  return (
    <div class="rk-skeleton" aria-busy="true" aria-label="Loading">
      {Array.from({ length: props.lines }, (_, i) => (
        <span key={i} class="rk-skeleton-line" />
      ))}
    </div>
  );
}
