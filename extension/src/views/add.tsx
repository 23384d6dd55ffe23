import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AddResult, Problem } from '../contract';
import { messageOf } from './requests';
import type { ViewState } from './state';
import { coded, sentence } from './text';
import { counted } from './words';

/** Bytes in base64, in steps that do not exhaust the stack. */
export function base64(bytes: Uint8Array): string {
  const STEP = 0x8000;
  let text = '';
  for (let i = 0; i < bytes.length; i += STEP) {
    text += String.fromCharCode(...bytes.subarray(i, i + STEP));
  }
  return btoa(text);
}

/** Files and pasted text become papers. */
export function AddPapers(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const [text, setText] = useState(state.wanted.typed.value);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{
    text: string;
    problems: readonly Problem[];
  } | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    // An entry to fill in begins with its key.
    field.current?.setSelectionRange(...cursorOf(text));
    field.current?.focus();
    field.current?.scrollTo?.(0, 0);
    state.wanted.typed.value = '';
  }, []);

  const add = async (name: string, bytes: Uint8Array): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await state.add(name, base64(bytes));
      setText('');
    } catch (error) {
      setFailure({ text: messageOf(error), problems: problemsOf(error) });
    } finally {
      setBusy(false);
    }
  };
  const files = async (chosen: FileList | null): Promise<void> => {
    for (const file of Array.from(chosen ?? [])) {
      await add(file.name, new Uint8Array(await file.arrayBuffer()));
    }
  };
  return (
    <section class="rk-fold rk-add" aria-label="Add papers">
      <label class="rk-field">
        <span class="rk-label">Paste BibTeX, RIS, DOIs or a list of papers</span>
        <textarea
          ref={field}
          class="rk-input rk-paste"
          rows={Math.min(Math.max(text.split('\n').length, 4), 10)}
          value={text}
          onInput={event => setText(event.currentTarget.value)}
        />
      </label>
      <div class="rk-buttons">
        <button
          type="button"
          class="rk-button rk-main"
          disabled={busy || !text.trim()}
          onClick={() => void add('pasted text', new TextEncoder().encode(text))}
        >
          {busy ? 'Adding…' : 'Add'}
        </button>
        <label class="rk-button rk-file">
          Choose a file…
          <input
            type="file"
            class="rk-hidden"
            multiple
            disabled={busy}
            onChange={event => {
              const input = event.currentTarget;
              void files(input.files).then(() => (input.value = ''));
            }}
          />
        </label>
        <button type="button" class="rk-button rk-quiet" onClick={() => close(state)}>
          Close
        </button>
      </div>
      {failure && (
        <div class="rk-wrong" role="alert">
          <p>{coded(sentence(failure.text))}</p>
          <Problems problems={failure.problems} />
        </div>
      )}
      {state.added.value && !failure && (
        <Result state={state} result={state.added.value} />
      )}
    </section>
  );
}

function cursorOf(text: string): [number, number] {
  const at = text.indexOf('{') + 1;
  return [at, at];
}

function close(state: ViewState): void {
  state.unfolded.value = null;
  state.added.value = null;
}

function problemsOf(error: unknown): readonly Problem[] {
  const { detail } = error as { detail?: { problems?: unknown } };
  return Array.isArray(detail?.problems) ? (detail.problems as Problem[]) : [];
}

function Result(props: { state: ViewState; result: AddResult }): JSX.Element {
  const { state } = props;
  const { maybe } = props.result;
  // What a file has twice within itself is known only once the pairs are counted.
  const more = maybe.length || state.pairs.total - state.pairs.before.value;
  return (
    <div class="rk-result" role="status">
      <p>
        {coded(sentence(props.result.message))}
        {props.result.added.length === 1 && (
          <>
            {' '}
            <button
              type="button"
              class="rk-link-button"
              onClick={() => {
                close(state);
                state.open(props.result.added[0]);
              }}
            >
              Show<span class="rk-hidden"> {props.result.added[0]}</span>
            </button>
          </>
        )}
      </p>
      {more > 0 && (
        <p>
          {counted(more, 'new pair')} may be the same paper.{' '}
          <button
            type="button"
            class="rk-link-button"
            onClick={() => {
              close(state);
              state.pairs.open();
            }}
          >
            Compare
          </button>
        </p>
      )}
      {props.result.queued.length > 0 && (
        <p>
          {counted(props.result.queued.length, 'paper is', 'papers are')} only named so
          far.{' '}
          <button
            type="button"
            class="rk-link-button"
            onClick={() => {
              close(state);
              state.toggle('wanted');
            }}
          >
            What to do
          </button>
        </p>
      )}
      <Problems problems={props.result.problems} />
    </div>
  );
}

/** What was not understood, with its lines. */
export function Problems(props: { problems: readonly Problem[] }): JSX.Element | null {
  if (props.problems.length === 0) {
    return null;
  }
  return (
    <ul class="rk-problems">
      {props.problems.map((problem, i) => (
        <li key={i}>
          {problem.line !== null && <strong>Line {problem.line}: </strong>}
          {problem.reason}
          {problem.text && <code class="rk-problem-text">{problem.text}</code>}
        </li>
      ))}
    </ul>
  );
}
