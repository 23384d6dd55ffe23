import type { JSX } from 'preact';
import { Problems } from './add';
import { fieldWord } from './conflict';
import type { ViewState } from './state';

/** What waits for a person: conflicts, held changes and entries that cannot be read. */
export function Attention(props: { state: ViewState }): JSX.Element | null {
  const { state } = props;
  const project = state.project.value;
  if (!project) {
    return null;
  }
  const open = (citekey: string): void => {
    state.unfolded.value = null;
    state.open(citekey);
  };
  return (
    <section class="rk-fold rk-attention" aria-label="What waits for a person">
      {project.conflicts.length > 0 && <h2 class="rk-part">Conflicts</h2>}
      <ul class="rk-plain">
        {project.conflicts.map((conflict, i) => (
          <li key={i}>
            <button
              type="button"
              class="rk-link-button"
              onClick={() => open(conflict.citekey)}
            >
              {conflict.citekey}
            </button>{' '}
            {fieldWord(conflict, project.people)}
          </li>
        ))}
      </ul>
      {project.held.length > 0 && (
        <h2 class="rk-part">Changes in the files that wait</h2>
      )}
      <ul class="rk-plain">
        {project.held.map(item => (
          <li key={item.id}>
            <strong>{item.file}</strong>
            {item.citekey !== null && `, ${item.citekey}`}: {item.reason}
          </li>
        ))}
      </ul>
      {project.problems.length > 0 && <h2 class="rk-part">Not understood</h2>}
      <Problems problems={project.problems} />
    </section>
  );
}
