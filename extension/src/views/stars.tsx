import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { RATING_SCALE } from '../contract';
import { Icon } from './icons';
import { stars } from './words';

const [WORST, BEST] = RATING_SCALE;
const VALUES = Array.from({ length: BEST - WORST + 1 }, (_, i) => WORST + i);

/** How much of the star for `value` is full, as a percentage. */
function full(rating: number | null, value: number): number {
  return Math.round(Math.max(0, Math.min(1, (rating ?? 0) - value + 1)) * 100);
}

/** A rating that cannot be changed here. */
export function Stars(props: { rating: number | null; label?: string }): JSX.Element {
  const { rating, label = 'Rating' } = props;
  const said =
    rating === null ? `${label}: none` : `${label}: ${stars(rating)} of ${BEST}`;
  return (
    <span class="rk-stars" role="img" aria-label={said} title={said}>
      {VALUES.map(value => (
        <Star key={value} part={full(rating, value)} />
      ))}
    </span>
  );
}

function Star(props: { part: number }): JSX.Element {
  return (
    <span class="rk-star">
      <Icon name="star" />
      {props.part > 0 && (
        <span class="rk-star-full" style={{ width: `${props.part}%` }}>
          <Icon name="star" filled />
        </span>
      )}
    </span>
  );
}

/** My rating: a group of radio buttons that arrows, digits and 0 (take back) operate. */
export function StarInput(props: {
  rating: number | null;
  label?: string;
  small?: boolean;
  onRate(rating: number | null): void;
}): JSX.Element {
  const { rating, onRate, label = 'My rating', small = false } = props;
  const group = useRef<HTMLDivElement>(null);
  const chosen = rating === null ? null : Math.round(rating);

  const given = rating === null ? 'Not rated' : `${stars(rating)} of ${BEST}`;
  // Stars alone say whole numbers, where there is little room.
  const between = rating !== null && rating !== Math.round(rating);
  const said = small ? (between ? stars(rating) : '') : given;

  const choose = (value: number | null): void => {
    onRate(value);
    const focus = value ?? WORST;
    group.current?.querySelector<HTMLElement>(`[data-value="${focus}"]`)?.focus();
  };
  const key = (event: KeyboardEvent): void => {
    const value = chosen ?? 0;
    const step = STEPS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (step !== undefined) {
      choose(Math.max(WORST, Math.min(BEST, value + step)));
    } else if (event.key === 'Home' || event.key === 'End') {
      choose(event.key === 'Home' ? WORST : BEST);
    } else if (/^(Delete|Backspace|0)$/.test(event.key)) {
      choose(null);
    } else if (VALUES.includes(Number(event.key))) {
      choose(Number(event.key));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class={small ? 'rk-rate rk-rate-small' : 'rk-rate'}>
      <div
        class="rk-stars rk-stars-input"
        role="radiogroup"
        aria-label={label}
        ref={group}
        onKeyDown={key}
      >
        {VALUES.map(value => (
          <button
            key={value}
            type="button"
            role="radio"
            class="rk-star-button"
            data-value={value}
            aria-checked={rating === value}
            aria-label={`${value} of ${BEST}`}
            tabIndex={value === (chosen ?? WORST) ? 0 : -1}
            onClick={() => choose(rating === value ? null : value)}
          >
            <Star part={full(rating, value)} />
          </button>
        ))}
      </div>
      <span class="rk-rate-said" aria-hidden="true">
        {said}
      </span>
      {rating !== null && (
        <button
          type="button"
          class="rk-icon-button rk-quiet"
          aria-label={`Take m${label.slice(1)} back`}
          title={`Take m${label.slice(1)} back (0)`}
          onClick={() => choose(null)}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

const STEPS: Record<string, number> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1
};
