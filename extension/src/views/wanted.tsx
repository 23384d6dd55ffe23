import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Queue, Wanted } from '../contract';
import { Aside } from './aside';
import { Empty } from './empty';
import type { ViewState } from './state';
import { entryOf } from './state-wanted';
import { sentence } from './text';
import { counted } from './words';

/** Papers of which only a DOI or the like was given: what can be done about each. */
export function WantedPapers(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const { queue, busy } = state.wanted;
  const known = queue.value;
  const count = state.project.value?.wanted;
  // Others may have named, found or dismissed some.
  useEffect(() => void state.wanted.load(), [state, count]);
  return (
    <Aside
      state={state}
      title="Only named so far"
      said={known ? counted(known.wanted.length, 'paper') : ''}
    >
      {known?.wanted.length === 0 && (
        <Empty title="No paper is only named">
          <p>Papers of which somebody gave just a DOI or the like are shown here.</p>
        </Empty>
      )}
      {known !== null && known.wanted.length > 0 && (
        <>
          <LookUp state={state} queue={known} />
          <ul class="rk-wanted">
            {known.wanted.map(wanted => (
              <li key={wanted.id} class="rk-wanted-paper">
                <code class="rk-wanted-name">{wanted.id}</code>
                <span class="rk-dim">{sentence(wanted.reason)}</span>
                <div class="rk-buttons">
                  <button
                    type="button"
                    class="rk-button"
                    onClick={() => type(state, wanted)}
                  >
                    Type it yourself<span class="rk-hidden"> {wanted.value}</span>
                  </button>
                  <button
                    type="button"
                    class="rk-button"
                    disabled={busy.value}
                    onClick={() => void state.wanted.drop([wanted])}
                  >
                    Dismiss<span class="rk-hidden"> {wanted.value}</span>
                  </button>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </Aside>
  );
}

function LookUp(props: { state: ViewState; queue: Queue }): JSX.Element {
  const { state, queue } = props;
  const mailto = useRef<HTMLInputElement>(null);
  const busy = state.wanted.busy.value;
  if (queue.on) {
    return (
      <div class="rk-buttons">
        <button
          type="button"
          class="rk-button rk-main"
          disabled={busy}
          onClick={() => void state.wanted.lookUp(null)}
        >
          {busy ? 'Looking up…' : 'Look up all'}
        </button>
      </div>
    );
  }
  return (
    <form
      class="rk-wanted-off"
      onSubmit={event => {
        event.preventDefault();
        void state.wanted.lookUp(mailto.current?.value ?? '');
      }}
    >
      <p>Look-ups are off: nothing is sent to anybody. Switched on, {queue.sends}</p>
      <label class="rk-field">
        <span class="rk-label">Your e-mail address for these services (optional)</span>
        <input ref={mailto} class="rk-input" type="email" autocomplete="email" />
      </label>
      <button type="submit" class="rk-button rk-main" disabled={busy}>
        {busy ? 'Looking up…' : 'Turn look-ups on and look up'}
      </button>
    </form>
  );
}

/** Unfold the field for papers with an entry to fill in. */
function type(state: ViewState, wanted: Wanted): void {
  state.aside.value = null;
  state.added.value = null;
  state.wanted.typed.value = entryOf(wanted);
  state.unfolded.value = 'add';
}
