import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons';

/** How long after the last key the search begins, in milliseconds. */
const PAUSE = 150;

/** Words to look for; asked a moment after the last key. */
export function SearchField(props: {
  asked: string;
  placeholder: string;
  onAsk(text: string): void;
}): JSX.Element {
  const { asked, placeholder, onAsk } = props;
  const [typed, setTyped] = useState(asked);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const field = useRef<HTMLInputElement>(null);

  // Another place changed the query ("Show all papers"); what I typed myself is known.
  const sent = useRef(asked);
  useEffect(() => {
    if (asked !== sent.current) {
      clearTimeout(timer.current);
      sent.current = asked;
      setTyped(asked);
    }
  }, [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (text: string, pause: number): void => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (text !== sent.current) {
        sent.current = text;
        onAsk(text);
      }
    }, pause);
  };
  return (
    <div class="rk-search">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        class="rk-search-field"
        data-rk-focus="search"
        aria-label="Search papers"
        placeholder={placeholder}
        title="Search (/)"
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={event => search(event.currentTarget.value, PAUSE)}
      />
      {typed && (
        <button
          type="button"
          class="rk-icon-button rk-quiet"
          aria-label="Clear the search"
          onClick={() => {
            search('', 0);
            field.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
