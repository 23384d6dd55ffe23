import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Problems } from './add';
import { Aside } from './aside';
import { ConflictBox } from './conflict';
import { Empty } from './empty';
import { Held } from './held';
import type { ViewState } from './state';
import { counted } from './words';

/** How many conflicts are shown at once. */
const SOME = 20;

/** What waits for a person: conflicts, held changes and entries that cannot be read. */
export function Needs(props: { state: ViewState }): JSX.Element {
  const { state } = props;
  const [shown, setShown] = useState(SOME);
  const { conflicts = [], held = [], problems = [] } = state.project.value ?? {};
  const rest = conflicts.length - shown;
  return (
    <Aside
      state={state}
      title="Needs a look"
      said={needsWords(conflicts.length, held.length)}
    >
      {conflicts.length + held.length + problems.length === 0 && (
        <Empty title="Nothing needs a look">
          <p>
            Values that people wrote without having seen each other’s, and doubtful
            changes in the files, are shown here.
          </p>
        </Empty>
      )}
      {conflicts.slice(0, shown).map(conflict => (
        <div
          key={JSON.stringify([conflict.citekey, conflict.reviewer, conflict.field])}
        >
          <button
            type="button"
            class="rk-link-button rk-key-name"
            onClick={() => state.open(conflict.citekey)}
          >
            {conflict.citekey}
          </button>
          <ConflictBox state={state} conflict={conflict} />
        </div>
      ))}
      {rest > 0 && (
        <button
          type="button"
          class="rk-button rk-quiet"
          data-rk-step
          onClick={() => setShown(shown + SOME)}
        >
          {counted(rest, 'more conflict')}
        </button>
      )}
      <Held state={state} items={held} />
      {problems.length > 0 && <h3 class="rk-part">Not understood</h3>}
      <Problems problems={problems} />
    </Aside>
  );
}

/** "1 conflict, 12 held changes". */
export function needsWords(conflicts: number, held: number): string {
  return [
    conflicts > 0 ? counted(conflicts, 'conflict') : '',
    held > 0 ? counted(held, 'held change') : ''
  ]
    .filter(Boolean)
    .join(', ');
}
