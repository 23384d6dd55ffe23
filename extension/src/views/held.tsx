import type { JSX } from 'preact';
import type { HeldItem } from '../contract';
import { Pieces } from './pieces';
import type { ViewState } from './state';
import { fieldWord } from './values';
import { counted, when } from './words';

/** So many changes of a group are shown before the rest is only counted. */
const SHOWN = 30;

/** Changes in the files that were not taken in unasked, those of one file and kind together. */
export function Held(props: {
  state: ViewState;
  items: readonly HeldItem[];
}): JSX.Element {
  const { state, items } = props;
  const groups = new Map<string, HeldItem[]>();
  for (const item of items) {
    const name = JSON.stringify([item.file, item.kind]);
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return (
    <>
      {Array.from(groups, ([name, group]) => (
        <Group key={name} state={state} items={group} />
      ))}
    </>
  );
}

function Group(props: { state: ViewState; items: readonly HeldItem[] }): JSX.Element {
  const { state, items } = props;
  const { needs } = state;
  const busy = needs.busy.value;
  const good = items.filter(({ acceptable }) => acceptable);
  const reasons = new Set(items.map(({ reason }) => reason));
  const title = `${counted(items.length, 'change')} in ${items[0].file}`;
  const rest = items.length - SHOWN;
  return (
    <section class="rk-held" aria-label={title}>
      <h3 class="rk-held-name">{title}</h3>
      {reasons.size === 1 && <p class="rk-held-why">{sentence(items[0].reason)}</p>}
      {items.length > 1 && (
        <div class="rk-buttons">
          {good.length > 0 && (
            <button
              type="button"
              class="rk-button rk-main"
              data-rk-step
              disabled={busy}
              onClick={() => void needs.hold(good, true)}
            >
              Accept all {good.length.toLocaleString('en')}
            </button>
          )}
          <button
            type="button"
            class="rk-button"
            data-rk-step
            disabled={busy}
            onClick={() => void needs.hold(items, false)}
          >
            Put back all
          </button>
        </div>
      )}
      <ul class="rk-plain">
        {items.slice(0, SHOWN).map(item => (
          <Item
            key={item.id}
            state={state}
            item={item}
            why={reasons.size > 1 ? item.reason : null}
          />
        ))}
      </ul>
      {rest > 0 && (
        <p class="rk-dim">and {rest.toLocaleString('en')} more like these</p>
      )}
    </section>
  );
}

function Item(props: {
  state: ViewState;
  item: HeldItem;
  why: string | null;
}): JSX.Element {
  const { state, item, why } = props;
  const people = state.project.value?.people ?? [];
  const busy = state.needs.busy.value;
  const { citekey, field } = item;
  const what =
    field === null ? '' : fieldWord({ reviewer: item.reviewer, field }, people);
  const words = [citekey, what].filter(Boolean).join(', ') || item.file;
  return (
    <li class="rk-held-item">
      <p class="rk-held-where">
        {citekey !== null && state.spec.view !== 'form' ? (
          <button
            type="button"
            class="rk-link-button"
            onClick={() => state.open(citekey)}
          >
            {citekey}
          </button>
        ) : (
          <strong>{citekey ?? item.file}</strong>
        )}
        {what && <span>{what}</span>}
        <span class="rk-dim rk-when">{when(item.at)}</span>
      </p>
      <dl class="rk-was-now">
        <Side label="Was" item={item} text={item.was} without="added" />
        <Side label="The file says" item={item} text={item.now} without="removed" />
      </dl>
      {why !== null && <p class="rk-held-why">{sentence(why)}</p>}
      {!item.acceptable && (
        <p class="rk-held-why">It cannot be taken in: put it right in {item.file}.</p>
      )}
      <div class="rk-buttons">
        {item.acceptable && (
          <button
            type="button"
            class="rk-button"
            data-rk-step
            disabled={busy}
            onClick={() => void state.needs.hold([item], true)}
          >
            Accept<span class="rk-hidden">: {words}</span>
          </button>
        )}
        <button
          type="button"
          class="rk-button"
          data-rk-step
          disabled={busy}
          onClick={() => void state.needs.hold([item], false)}
        >
          Put back<span class="rk-hidden">: {words}</span>
        </button>
      </div>
    </li>
  );
}

function Side(props: {
  label: string;
  item: HeldItem;
  text: string | null;
  without: 'removed' | 'added';
}): JSX.Element | null {
  const { label, item, text, without } = props;
  // Of a whole row or entry only what stands there is known.
  if (text === null && (item.field === null || without === 'added')) {
    return null;
  }
  return (
    <div>
      <dt>{label}</dt>
      <dd class="rk-value-text">
        {text ? (
          <Pieces pieces={item.pieces} text={text} without={without} />
        ) : (
          <span class="rk-dim">(nothing)</span>
        )}
      </dd>
    </div>
  );
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
