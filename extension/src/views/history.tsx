import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Action, Change, Paper } from '../contract';
import { Aside } from './aside';
import { changeWords } from './change-words';
import { Empty, Failure, Skeleton } from './empty';
import { messageOf } from './requests';
import type { ViewState } from './state';
import { nameOf } from './values';
import { viaWord, when } from './words';

/** What people did in the project, each to be taken back. */
export function History(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const { past } = state;
  const actions = past.actions.value;
  return (
    <Aside state={state} title="History" said="">
      {past.failure.value !== null && (
        <Failure text={past.failure.value} onRetry={() => void past.load()} />
      )}
      {actions === null && past.failure.value === null && <Skeleton lines={6} />}
      {actions?.length === 0 && <Empty title="Nobody has changed anything yet" />}
      <ul class="rk-plain rk-deeds">
        {actions?.map(action => (
          <Deed key={action.id} state={state} action={action} />
        ))}
      </ul>
      {past.more.value && (
        <button
          type="button"
          class="rk-button rk-quiet"
          data-rk-step
          onClick={() => past.further()}
        >
          Earlier
        </button>
      )}
    </Aside>
  );
}

function Deed(props: { state: ViewState; action: Action }): JSX.Element {
  const { state, action } = props;
  const people = state.project.value?.people ?? [];
  const [citekey] = action.citekeys;
  return (
    <li class={`rk-deed${action.undone ? ' rk-undone' : ''}`}>
      <span class="rk-deed-what">
        {action.what}
        {action.undone && <span class="rk-hidden"> (undone)</span>}
      </span>
      <span class="rk-dim rk-deed-who">
        {whoWords(nameOf(action.by, people), action.via, action.at)}
      </span>
      <span class="rk-deed-tools">
        {action.citekeys.length === 1 && (
          <button
            type="button"
            class="rk-link-button"
            onClick={() => state.open(citekey)}
          >
            Show<span class="rk-hidden"> {citekey}</span>
          </button>
        )}
        {action.can_undo && (
          <button
            type="button"
            class="rk-link-button"
            data-rk-step
            onClick={() => void state.undo(action.id)}
          >
            Undo<span class="rk-hidden">: {action.what}</span>
          </button>
        )}
        {action.undone && <span class="rk-dim">undone</span>}
      </span>
    </li>
  );
}

/** The changes of one paper, asked for once somebody unfolds them. */
export function PaperHistory(props: { state: ViewState; paper: Paper }): JSX.Element {
  const { state, paper } = props;
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<readonly Change[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const people = state.project.value?.people ?? [];

  useEffect(() => {
    if (!open) {
      return;
    }
    let wanted = true;
    state.requests.ask('history', { citekey: paper.citekey }).then(
      ({ changes }) => {
        if (wanted) {
          setFound(changes);
          setFailure(null);
        }
      },
      (error: unknown) => wanted && setFailure(messageOf(error))
    );
    return () => {
      wanted = false;
    };
  }, [open, paper]);

  return (
    <details class="rk-history" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>History</summary>
      {failure !== null && <p role="alert">{failure}</p>}
      {open && found === null && failure === null && <Skeleton lines={3} />}
      {found?.length === 0 && <p class="rk-dim">Nobody has changed anything yet.</p>}
      <ul class="rk-plain rk-deeds">
        {found?.map(change => (
          <li key={change.id} class="rk-deed">
            <span class="rk-deed-what">{changeWords(change, people)}</span>
            <span class="rk-dim rk-deed-who">
              {whoWords(nameOf(change.by, people), change.via, change.at)}
            </span>
            <span class="rk-deed-tools">
              <button
                type="button"
                class="rk-link-button"
                onClick={() => void state.undo(change.id)}
              >
                Undo<span class="rk-hidden">: {changeWords(change, people)}</span>
              </button>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function whoWords(name: string, via: string, at: string | null): string {
  return [name, viaWord(via), when(at)].filter(Boolean).join(' · ');
}
