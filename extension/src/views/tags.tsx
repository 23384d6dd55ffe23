import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { TagCount } from '../contract';
import { Icon } from './icons';

const SHOWN = 8;

/** Tags that cannot be changed here. */
export function Tags(props: { tags: readonly string[] }): JSX.Element | null {
  if (props.tags.length === 0) {
    return null;
  }
  return (
    <ul class="rk-tags" aria-label="Tags">
      {props.tags.map(tag => (
        <li key={tag} class="rk-chip" title={tag}>
          {tag}
        </li>
      ))}
    </ul>
  );
}

/** The group's words that fit what is typed: those that begin with it first. */
function fitting(
  words: readonly TagCount[],
  typed: string,
  have: readonly string[]
): TagCount[] {
  const part = typed.trim().toLowerCase();
  const fit = words.filter(
    ({ tag }) => tag.toLowerCase().includes(part) && !have.includes(tag)
  );
  const begins = ({ tag }: TagCount): number =>
    tag.toLowerCase().startsWith(part) ? 0 : 1;
  return fit
    .sort((a, b) => begins(a) - begins(b) || b.papers - a.papers)
    .slice(0, SHOWN);
}

/** My tags: chips, and a field that completes from the group's words. */
export function TagInput(props: {
  tags: readonly string[];
  words: readonly TagCount[];
  onAdd(tag: string): void;
  onRemove(tag: string): void;
}): JSX.Element {
  const { tags, words, onAdd, onRemove } = props;
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const id = useId();
  const offers = open ? fitting(words, typed, tags) : [];

  const add = (tag: string): void => {
    const word = tag.trim();
    if (word && !tags.includes(word)) {
      onAdd(word);
    }
    setTyped('');
    setActive(-1);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey) {
      return;
    }
    const last = tags[tags.length - 1];
    if (
      event.key === 'Enter' ||
      event.key === ',' ||
      (event.key === 'Tab' && active >= 0)
    ) {
      const chosen = offers[active]?.tag ?? typed;
      if (!chosen.trim()) {
        return;
      }
      add(chosen);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!open) {
        setOpen(true);
      }
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const places = offers.length + 1;
      setActive(((active + 1 + step + places) % places) - 1);
    } else if (event.key === 'Backspace' && typed === '' && last !== undefined) {
      onRemove(last);
    } else if (event.key === 'Escape' && open && (offers.length > 0 || typed)) {
      setOpen(false);
      setActive(-1);
      setTyped('');
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="rk-tag-input">
      <div class="rk-tag-box">
        {tags.map(tag => (
          <span key={tag} class="rk-chip rk-chip-mine" title={tag}>
            <span class="rk-chip-text">{tag}</span>
            <button
              type="button"
              class="rk-chip-remove"
              aria-label={`Remove the tag ${tag}`}
              onClick={() => onRemove(tag)}
            >
              <Icon name="close" />
            </button>
          </span>
        ))}
        <input
          class="rk-tag-field"
          data-rk-focus="tags"
          role="combobox"
          aria-label="Add a tag"
          aria-autocomplete="list"
          aria-expanded={offers.length > 0}
          aria-controls={`${id}-offers`}
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          autocomplete="off"
          spellcheck={false}
          placeholder={tags.length > 0 ? 'Add…' : 'Add a tag…'}
          value={typed}
          onInput={event => {
            setTyped(event.currentTarget.value);
            setOpen(true);
            setActive(-1);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => {
            setOpen(false);
            add(typed);
          }}
          onKeyDown={key}
        />
      </div>
      {offers.length > 0 && (
        <ul
          class="rk-offers"
          role="listbox"
          id={`${id}-offers`}
          aria-label="The group's tags"
        >
          {offers.map(({ tag, papers }, i) => (
            <li
              key={tag}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              class={`rk-offer${i === active ? ' rk-active' : ''}`}
              onPointerDown={event => {
                // The field keeps the focus, so that the next tag can be typed.
                event.preventDefault();
                add(tag);
              }}
            >
              <span class="rk-chip-text">{tag}</span>
              <span class="rk-offer-count">{papers}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
