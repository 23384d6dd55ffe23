import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { messageOf } from './requests';
import type { ViewState } from './state';

/** Of so many people who review here already the names are offered. */
const OFFERED = 8;

/** Asks for the name under which I review. */
export function Who(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const me = state.project.value?.me ?? null;
  const others = (state.project.value?.people ?? []).filter(
    ({ reviewer }) => reviewer !== me?.reviewer
  );
  const [name, setName] = useState(me?.name ?? '');
  const [failure, setFailure] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const asked = state.unfolded.value === 'me';

  useEffect(() => {
    if (asked) {
      field.current?.focus();
    }
  }, [asked]);

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await state.setMe(name.trim());
      setFailure(null);
      state.unfolded.value = null;
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <form class="rk-fold rk-who" onSubmit={event => void save(event)}>
      <label class="rk-field">
        <span class="rk-label">Your name</span>
        <input
          ref={field}
          class="rk-input"
          data-rk-focus="name"
          placeholder="As your group knows you"
          autocomplete="name"
          value={name}
          onInput={event => setName(event.currentTarget.value)}
        />
      </label>
      {others.length > 0 && (
        // Who comes from another computer would be a second person under a new spelling.
        <p class="rk-dim rk-who-others">
          Already reviewing here; if one is you, choose it:{' '}
          {others.slice(0, OFFERED).map(({ reviewer, name: known }) => (
            <button
              key={reviewer}
              type="button"
              class="rk-link-button"
              onClick={() => {
                setName(known);
                field.current?.focus();
              }}
            >
              {known}
            </button>
          ))}
        </p>
      )}
      <button type="submit" class="rk-button rk-main" disabled={!name.trim()}>
        Review as {name.trim() || 'me'}
      </button>
      {failure !== null && (
        <p class="rk-wrong" role="alert">
          {failure}
        </p>
      )}
    </form>
  );
}
