import type { ComponentChildren, JSX } from 'preact';
import type { ViewState } from './state';
import { coded, sentence } from './text';
import { counted } from './words';

/** States that last, each in a sentence and with what can be done about it. */
export function Foot(props: { state: ViewState }): JSX.Element | null {
  const { state } = props;
  const project = state.project.value;
  const found = state.found.found.value;
  const lasting = state.saving.lasting.value;
  if (!project) {
    return null;
  }
  return (
    <div class="rk-foot" role="status">
      {project.mode === 'generated' && (
        <Line>
          references.bib is written by another program; opinions go to
          references.reviewkit.bib.
        </Line>
      )}
      {project.missing > 0 && (
        <Line>
          {counted(project.missing, 'of your edits is', 'of your edits are')} not in
          this folder any more.
          <button
            type="button"
            class="rk-link-button"
            disabled={state.needs.busy.value}
            onClick={() => void state.needs.heal(true)}
          >
            Bring back
          </button>
          <button
            type="button"
            class="rk-link-button"
            disabled={state.needs.busy.value}
            onClick={() => void state.needs.heal(false)}
          >
            Leave
          </button>
        </Line>
      )}
      {found && (
        <Line>
          {counted(found.papers, 'paper holds', 'papers hold')} ratings or comments
          {found.program && ` of ${found.program}`}.
          <button
            type="button"
            class="rk-link-button"
            title={found.message}
            disabled={state.found.busy.value}
            onClick={() => void state.found.adopt()}
          >
            Adopt<span class="rk-hidden"> as mine: {found.message}</span>
          </button>
          <button
            type="button"
            class="rk-link-button"
            onClick={() => state.found.leave()}
          >
            Not now
          </button>
        </Line>
      )}
      {project.wanted > 0 && state.aside.value !== 'wanted' && (
        <Line>
          {counted(project.wanted, 'paper is', 'papers are')} only named so far, by a
          DOI or the like.
          <button
            type="button"
            class="rk-link-button"
            onClick={() => state.toggle('wanted')}
          >
            What to do
          </button>
        </Line>
      )}
      {lasting.map(text => (
        <Line key={text}>{coded(sentence(text))}</Line>
      ))}
    </div>
  );
}

function Line(props: { children: ComponentChildren }): JSX.Element {
  return <p class="rk-foot-line">{props.children}</p>;
}
