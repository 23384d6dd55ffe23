import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Anchor } from './anchor';
import { Icon } from './icons';
import type { NoteState } from './state-note';
import { Markdown } from './text';
import { when } from './words';

/** One of my notes: read, or written with a preview. */
export function NoteEditor(props: { note: NoteState; onRemove(): void }): JSX.Element {
  const { note, onRemove } = props;
  const [preview, setPreview] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const text = note.text.value;
  const isNew = note.id.value === null;

  useLayoutEffect(() => {
    if (note.editing.value && note.wanted) {
      note.wanted = false;
      field.current?.focus();
    }
  });
  useLayoutEffect(() => {
    const area = field.current;
    if (area) {
      area.style.height = 'auto';
      area.style.height = `${area.scrollHeight + 2}px`;
    }
  }, [text, preview, note.editing.value]);

  const edit = (): void => {
    note.wanted = true;
    note.editing.value = true;
    setPreview(false);
  };
  const done = (control: HTMLElement): void => {
    // What has the focus is about to go: the keys of the card work on.
    control.closest<HTMLElement>('.rk-card')?.focus({ preventScroll: true });
    void note.flush().then(() => {
      note.editing.value = note.dirty || note.id.value === null;
    });
  };
  const blur = (): void => {
    if (!isNew && note.text.value.trim() === '') {
      onRemove();
    } else {
      void note.flush();
    }
  };

  if (!note.editing.value && !isNew) {
    return (
      <div class="rk-note">
        <Anchor anchor={note.anchor.value} />
        <Markdown text={text} />
        <div class="rk-note-tools">
          <button type="button" class="rk-link-button" onClick={edit}>
            Edit<span class="rk-hidden"> this note</span>
          </button>
          <button type="button" class="rk-link-button" onClick={onRemove}>
            Delete<span class="rk-hidden"> this note</span>
          </button>
        </div>
      </div>
    );
  }
  return (
    <div class={`rk-note rk-note-open rk-note-${note.standing.value}`}>
      <div class="rk-note-bar" role="group" aria-label="How to show the note">
        <Tab label="Write" on={!preview} onChoose={() => setPreview(false)} />
        <Tab label="Preview" on={preview} onChoose={() => setPreview(true)} />
        <span class="rk-note-standing">{STANDING[note.standing.value]}</span>
        {!isNew && (
          <>
            <button
              type="button"
              class="rk-icon-button rk-quiet"
              aria-label="Delete this note"
              title="Delete this note"
              onClick={onRemove}
            >
              <Icon name="bin" />
            </button>
            <button
              type="button"
              class="rk-icon-button rk-quiet"
              aria-label="Done"
              title="Done (Escape)"
              onClick={event => done(event.currentTarget)}
            >
              <Icon name="check" />
            </button>
          </>
        )}
      </div>
      {preview ? (
        <div class="rk-note-preview">
          {text.trim() ? (
            <Markdown text={text} />
          ) : (
            <p class="rk-dim">Nothing to preview yet.</p>
          )}
        </div>
      ) : (
        <textarea
          ref={field}
          class="rk-note-field"
          data-rk-focus="note"
          aria-label={isNew ? 'New note' : 'Note'}
          placeholder="Write a note… Markdown and $maths$"
          rows={2}
          value={text}
          onInput={event => note.type(event.currentTarget.value)}
          onBlur={blur}
          onKeyDown={event => {
            if (event.key === 'Escape') {
              event.stopPropagation();
              done(event.currentTarget);
            }
          }}
        />
      )}
      <label class="rk-note-where">
        Page
        <input
          class="rk-note-page"
          type="text"
          placeholder="4, §4.2 or words"
          maxLength={200}
          value={note.where.value}
          onInput={event => note.type(text, event.currentTarget.value)}
          onBlur={() => void note.flush()}
          onKeyDown={event => {
            if (event.key === 'Escape' || event.key === 'Enter') {
              event.preventDefault();
              event.stopPropagation();
              done(event.currentTarget);
            }
          }}
        />
      </label>
      <Trouble note={note} />
    </div>
  );
}

const STANDING = {
  clean: '',
  unsaved: 'Not saved yet',
  saving: 'Saving…',
  failed: 'Not saved',
  asked: 'Changed elsewhere'
};

function Tab(props: { label: string; on: boolean; onChoose(): void }): JSX.Element {
  return (
    <button
      type="button"
      class="rk-tab"
      aria-pressed={props.on}
      onClick={props.onChoose}
    >
      {props.label}
    </button>
  );
}

/** A draft that could not be saved, or a newer text that came while I was typing. */
function Trouble(props: { note: NoteState }): JSX.Element | null {
  const { note } = props;
  const newer = note.newer.value;
  if (newer) {
    const time = when(newer.updated);
    return (
      <div class="rk-trouble" role="alert">
        <p>
          This note was changed elsewhere{time && ` (${time})`}. Your text is still
          above; the newer text is:
        </p>
        <blockquote class="rk-newer">
          <Anchor anchor={newer.anchor} />
          {newer.text}
        </blockquote>
        <div class="rk-buttons">
          <button
            type="button"
            class="rk-button rk-main"
            onClick={() => void note.keepMine()}
          >
            Keep mine
          </button>
          <button type="button" class="rk-button" onClick={() => note.discard()}>
            Take the newer text
          </button>
        </div>
      </div>
    );
  }
  if (note.standing.value !== 'failed') {
    return null;
  }
  return (
    <div class="rk-trouble" role="alert">
      <p>
        <strong>Not saved yet.</strong>{' '}
        {note.failure.value ?? 'This draft is from an earlier visit.'}
      </p>
      <div class="rk-buttons">
        <button
          type="button"
          class="rk-button rk-main"
          onClick={() => void note.retry()}
        >
          Retry
        </button>
        <button type="button" class="rk-button" onClick={() => note.discard()}>
          Discard
        </button>
      </div>
    </div>
  );
}
