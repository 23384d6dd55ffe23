import type { ViewState } from './state';
import { TypeAhead } from './typeahead';

/** Keys that the front end around us may have even while the focus is in the view. */
const OUTSIDE = new Set(['s', 'C']);
const SUPPRESS = 'data-lm-suppress-shortcuts';

/** Is this a place where people type? */
export function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (/^(INPUT|TEXTAREA|SELECT)$/.test(target.nodeName) || target.isContentEditable)
  );
}

/** The keys of a view; returns what takes them off again. */
export function listen(root: HTMLElement, state: ViewState): () => void {
  const ahead = new TypeAhead();
  const down = (event: KeyboardEvent): void => {
    if (!outside(event)) {
      event.stopPropagation();
      const kept =
        !event.defaultPrevented && !typing(event.target) && ahead.take(event);
      if (kept || (!event.defaultPrevented && act(root, state, event, ahead))) {
        event.preventDefault();
      }
    }
  };
  // JupyterLab looks for the attribute when the event reaches the document.
  const first = (event: KeyboardEvent): void => {
    root.toggleAttribute(SUPPRESS, !outside(event));
  };
  const swallow = (event: Event): void => event.stopPropagation();
  root.setAttribute(SUPPRESS, '');
  root.addEventListener('keydown', first, true);
  root.addEventListener('keydown', down);
  root.addEventListener('keyup', swallow);
  root.addEventListener('keypress', swallow);
  return () => {
    root.removeEventListener('keydown', first, true);
    root.removeEventListener('keydown', down);
    root.removeEventListener('keyup', swallow);
    root.removeEventListener('keypress', swallow);
  };
}

function outside(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && OUTSIDE.has(event.key);
}

/** True if the key meant something here. */
function act(
  root: HTMLElement,
  state: ViewState,
  event: KeyboardEvent,
  ahead: TypeAhead
): boolean {
  const { key } = event;
  const target = event.target as HTMLElement;
  if (key === 'Escape') {
    ahead.deliver(null);
    return escape(root, state, target);
  }
  if (typing(target)) {
    const search = target.dataset.rkFocus === 'search';
    if (search && (key === 'ArrowDown' || key === 'Enter')) {
      focus(root, 'list');
      return move(root, state, 'ArrowDown');
    }
    return false;
  }
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z' && !event.shiftKey && !event.altKey) {
      void state.undo();
      return true;
    }
    return false;
  }
  if (event.altKey) {
    return false;
  }
  if (state.pairs.shown.value && pair(state, key, target)) {
    return true;
  }
  if (state.aside.value && /^(Arrow(Up|Down)|[0-5tn/])$/.test(key)) {
    return key in MOVES && step(root, MOVES[key]);
  }
  const onList = target.dataset.rkFocus === 'list';
  if (onList && (key in MOVES || key === 'PageDown' || key === 'PageUp')) {
    return move(root, state, key);
  }
  if (onList && key === 'Enter') {
    return open(root, state);
  }
  return letter(root, state, key, target, ahead);
}

/** The keys of the pairs of duplicates. */
function pair(state: ViewState, key: string, target: HTMLElement): boolean {
  const { pairs } = state;
  const current = pairs.current.value;
  const onList = target.dataset.rkFocus === 'pairs';
  if (onList && (key === 'ArrowDown' || key === 'ArrowUp')) {
    pairs.move(MOVES[key]);
    return true;
  }
  if (current) {
    switch (key) {
      case 'm':
        void pairs.merge(current);
        return true;
      case 'x':
        void pairs.keepApart(current);
        return true;
      case 's':
        pairs.skip(current);
        return true;
      case 'k':
        pairs.turn(current);
        return true;
    }
  }
  return /^[0-5tn/]$/.test(key);
}

function letter(
  root: HTMLElement,
  state: ViewState,
  key: string,
  target: HTMLElement,
  ahead: TypeAhead
): boolean {
  const { card, list } = state;
  const inCard =
    target.closest('.rk-card') !== null || (list.index.value < 0 && !state.matrix);
  const citekey = (inCard ? card.value?.citekey : list.selected.value) ?? undefined;
  if (/^[0-5]$/.test(key)) {
    if (citekey) {
      void state.rate(citekey, key === '0' ? null : Number(key));
    }
    return citekey !== undefined;
  }
  switch (key) {
    case 't':
    case 'n':
      if (citekey) {
        state.open(citekey);
        ahead.begin();
        whenShown(root, state, key, ahead);
      }
      return true;
    case '/':
      focus(root, 'search');
      return true;
    case 'u':
      void state.undo();
      return true;
    case 'c':
    case 'h':
      if (state.spec.view !== 'form') {
        state.toggle(key === 'c' ? 'needs' : 'history');
      }
      return state.spec.view !== 'form';
    case '?':
      state.unfolded.value = state.unfolded.value === 'keys' ? null : 'keys';
      return true;
    default:
      return false;
  }
}

/** The card may still be loading: focus its field as soon as it is there. */
function whenShown(
  root: HTMLElement,
  state: ViewState,
  key: 't' | 'n',
  ahead: TypeAhead
): void {
  const card = state.card.value;
  if (!card) {
    ahead.deliver(null);
  }
  const stop = card?.paper.subscribe(paper => {
    if (paper === null) {
      return;
    }
    setTimeout(() => {
      stop?.();
      if (state.card.value !== card) {
        ahead.deliver(null);
      } else if (key === 't') {
        ahead.deliver(focus(root, 'tags'));
      } else if (state.askName()) {
        ahead.deliver(null);
      } else {
        card.addNote().wanted = true;
        requestAnimationFrame(() => ahead.deliver(focus(root, 'note')));
      }
    });
  });
}

const MOVES: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity
};

function move(root: HTMLElement, state: ViewState, key: string): boolean {
  const { list } = state;
  const total = list.rows.total.value ?? 0;
  const page = Number(root.querySelector<HTMLElement>('.rk-list')?.dataset.rkPage ?? 1);
  const step = MOVES[key] ?? (key === 'PageDown' ? page : -page);
  const from = list.index.value < 0 && step === 1 ? -1 : Math.max(0, list.index.value);
  const to = Math.max(0, Math.min(total - 1, from + step));
  if (total > 0) {
    list.move(to);
  }
  return true;
}

/** To the next thing that can be done in what stands instead of the list. */
function step(root: HTMLElement, by: number): boolean {
  const steps = Array.from(
    root.querySelectorAll<HTMLElement>('.rk-aside [data-rk-step]:not(:disabled)')
  );
  const at = steps.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (by > 0 ? 0 : steps.length - 1) : at + by;
  steps[Math.max(0, Math.min(steps.length - 1, next))]?.focus();
  return steps.length > 0;
}

function open(root: HTMLElement, state: ViewState): boolean {
  const citekey = state.list.selected.value;
  if (citekey !== null) {
    state.open(citekey);
    requestAnimationFrame(() => root.querySelector<HTMLElement>('.rk-card')?.focus());
  }
  return true;
}

function escape(root: HTMLElement, state: ViewState, target: HTMLElement): boolean {
  if (typing(target) && target.closest('.rk-card')) {
    root.querySelector<HTMLElement>('.rk-card')?.focus();
    return true;
  }
  if (state.unfolded.value !== null) {
    state.unfolded.value = null;
  } else if (state.pairs.shown.value) {
    state.pairs.close();
  } else if (state.aside.value) {
    state.aside.value = null;
  } else if (state.card.value && state.spec.view !== 'form') {
    if (!state.wide.value || state.spec.view === 'table') {
      state.back();
    }
  }
  requestAnimationFrame(() => {
    const { activeElement } = root.getRootNode() as Document | ShadowRoot;
    // Whoever went on typing before this frame keeps the field that they type into.
    if (activeElement === target || !typing(activeElement)) {
      focus(root, 'list');
    }
  });
  return true;
}

function focus(root: HTMLElement, name: string): HTMLElement | null {
  const found = root.querySelectorAll<HTMLElement>(`[data-rk-focus="${name}"]`);
  const last = found[found.length - 1] ?? null;
  last?.focus();
  return last;
}
