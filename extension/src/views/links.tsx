import type { JSX } from 'preact';
import type { CellLink } from '../contract';
import { Icon } from './icons';
import type { ViewState } from './state';
import type { CardState } from './state-card';
import { nameOf } from './values';
import { when } from './words';

/** What the group's notebooks say of the paper's claims. */
export function Links(props: {
  state: ViewState;
  card: CardState;
  links: readonly CellLink[];
}): JSX.Element | null {
  const { state, card, links } = props;
  if (links.length === 0) {
    return null;
  }
  return (
    <section class="rk-linked" aria-label="Claims and cells">
      <h3 class="rk-part">Claims and cells</h3>
      <ul class="rk-plain">
        {links.map(link => (
          <Linked
            key={`${link.id}/${link.reviewer}`}
            state={state}
            card={card}
            link={link}
          />
        ))}
      </ul>
    </section>
  );
}

function Linked(props: {
  state: ViewState;
  card: CardState;
  link: CellLink;
}): JSX.Element {
  const { state, card, link } = props;
  const people = state.project.value?.people ?? [];
  const { notebook, cell } = link;
  const canShow = state.actions.includes('show-cell') && link.state !== 'gone';
  return (
    <li class="rk-link-row">
      <span class={`rk-outcome rk-outcome-${link.state.replace(' ', '-')}`}>
        <Icon name={OUTCOMES[link.state]} />
        {link.state}
      </span>
      <q class="rk-link-quote">{link.quote}</q>
      <span class="rk-dim">{said(link, name => nameOf(name, people))}</span>
      <span class="rk-link-tools">
        {canShow ? (
          <button
            type="button"
            class="rk-link-button"
            onClick={() =>
              state.requests.tell('show-cell', {
                project: state.spec.project,
                notebook,
                cell
              })
            }
          >
            {notebook}
          </button>
        ) : (
          <code class="rk-dim">{notebook}</code>
        )}
        {link.reviewer === state.reviewer && (
          <button
            type="button"
            class="rk-link-button rk-quiet-link"
            onClick={() => void card.unlink(link)}
          >
            Unlink<span class="rk-hidden"> {link.quote}</span>
          </button>
        )}
      </span>
    </li>
  );
}

const OUTCOMES = {
  reproduced: 'check',
  refuted: 'close',
  failed: 'warn',
  stale: 'history',
  gone: 'bin',
  'not run': 'code'
} as const;

/** Who ran it and when, or why nothing is known. */
function said(link: CellLink, name: (reviewer: string) => string): string {
  const at = when(link.at);
  switch (link.state) {
    case 'not run':
      return `The cell is to ${link.relation === 'refutes' ? 'refute' : 'reproduce'} it.`;
    case 'stale':
      return `The code has changed since ${name(link.by ?? '')} ran it, ${at}.`;
    case 'gone':
      return 'The cell is not in the notebook any more.';
    default:
      return `Run by ${name(link.by ?? '')}, ${at}.`;
  }
}
