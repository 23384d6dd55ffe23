import type { JSX } from 'preact';
import { Foot } from './foot';
import { Icon } from './icons';
import { needsWords } from './needs';
import { pairWords } from './pairs';
import type { ViewState } from './state';
import { counted } from './words';

/** Whose project, how its saving stands, and what can be done with all of it. */
export function Header(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const project = state.project.value;
  const open = state.unfolded.value;
  const toggle = (part: 'add' | 'keys' | 'me'): void => {
    state.unfolded.value = open === part ? null : part;
  };
  const conflicts = project?.conflicts.length ?? 0;
  const held = project?.held.length ?? 0;
  const problems = project?.problems.length ?? 0;
  const people = project?.people ?? [];
  const pairs = state.pairs.found.value;
  return (
    <header class="rk-head">
      <div class="rk-head-row">
        <h1 class="rk-project" title={project?.path}>
          {project?.name ?? ''}
        </h1>
        <div class="rk-tools">
          {conflicts + held + problems > 0 && (
            <button
              type="button"
              class="rk-badge rk-badge-button"
              aria-expanded={state.aside.value === 'needs'}
              title={`${needs(conflicts, held, problems)} (c)`}
              aria-label={needs(conflicts, held, problems)}
              onClick={() => state.toggle('needs')}
            >
              <Icon name={conflicts > 0 ? 'split' : 'warn'} />
              {(conflicts + held || problems).toLocaleString('en')}
            </button>
          )}
          <Tool
            icon="history"
            label="History (h)"
            on={state.aside.value === 'history'}
            onUse={() => state.toggle('history')}
          />
          <Tool
            icon="undo"
            label="Undo my last change (u)"
            onUse={() => void state.undo()}
          />
          <Tool
            icon="plus"
            label="Add papers…"
            on={open === 'add'}
            onUse={() => toggle('add')}
          />
          <Tool
            icon="keys"
            label="Keys (?)"
            on={open === 'keys'}
            onUse={() => toggle('keys')}
          />
        </div>
      </div>
      <div class="rk-head-row rk-head-facts">
        {project && (
          <button
            type="button"
            class="rk-link-button rk-me"
            disabled={project.me.locked}
            title={
              project.me.locked
                ? 'The server says who you are'
                : 'Review as somebody else'
            }
            onClick={() => {
              if (state.actions.includes('switch-reviewer')) {
                state.requests.tell('switch-reviewer');
              } else {
                toggle('me');
              }
            }}
          >
            {project.me.name ?? 'Who are you?'}
          </button>
        )}
        {people.length > 0 && (
          <span
            class="rk-dim rk-people"
            title={people.map(({ name }) => name).join(', ')}
          >
            {counted(people.length, 'reviewer')}
          </span>
        )}
        {state.pairs.total > 0 && (
          <button
            type="button"
            class="rk-badge rk-badge-button"
            aria-expanded={state.pairs.shown.value}
            title="Compare papers that look alike"
            onClick={() =>
              state.pairs.shown.value ? state.pairs.close() : state.pairs.open()
            }
          >
            {pairWords(pairs?.sure ?? 0, pairs?.maybe ?? 0)}
          </button>
        )}
        <SavingLine state={state} />
      </div>
      <Foot state={state} />
    </header>
  );
}

/** "Saving…", "Saved", "Waiting for reviews.csv…" or "Not saved". */
export function SavingLine(props: { state: ViewState }): JSX.Element {
  const { kind, text } = props.state.saving.line.value;
  return (
    <span
      class={`rk-saving rk-saving-${kind}`}
      role="status"
      aria-live="polite"
      title={text}
    >
      {text}
    </span>
  );
}

function needs(conflicts: number, held: number, problems: number): string {
  const not = problems > 0 ? `${counted(problems, 'thing')} not understood` : '';
  return [needsWords(conflicts, held), not].filter(Boolean).join(', ');
}

function Tool(props: {
  icon: 'undo' | 'plus' | 'keys' | 'history';
  label: string;
  on?: boolean;
  onUse(): void;
}): JSX.Element {
  return (
    <button
      type="button"
      class="rk-icon-button"
      aria-label={props.label}
      aria-expanded={props.on}
      title={props.label}
      onClick={props.onUse}
    >
      <Icon name={props.icon} />
    </button>
  );
}
