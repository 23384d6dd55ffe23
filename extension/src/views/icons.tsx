import type { JSX } from 'preact';

const PATHS = {
  star: 'M8 1.6l2 4.1 4.5.6-3.3 3.1.8 4.5L8 11.8l-4 2.1.8-4.5L1.5 6.3 6 5.7z',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4L14 14',
  back: 'M9.5 3L4.5 8l5 5',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  undo: 'M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.8 3.5L2.8 6.5l3 3',
  keys: 'M2 4.5h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M11.8 7h.01M5 9.5h6',
  history: 'M2.8 8a5.2 5.2 0 1 0 1.6-3.7M2.6 2.6l.3 2.9 2.9-.2M8 5v3.3l2.2 1.4',
  people:
    'M6 7.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM2 13c0-2.3 1.7-3.8 4-3.8s4 1.5 4 3.8M10.6 3.2a2.2 2.2 0 0 1 0 4.1M11.8 9.5c1.4.5 2.2 1.8 2.2 3.5',
  split: 'M8 14V9M8 9L3.5 4.5M8 9l4.5-4.5M3.5 8V4.5H7M12.5 8V4.5H9',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  link: 'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7L8 4.3M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7L8 11.7',
  code: 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5',
  warn: 'M8 2L1.8 13.2h12.4zM8 6.4v3.2M8 11.4v.1',
  quote: 'M3 9.5h3.5V5.5H3v4c0 1.6.6 2.5 2 3M9.5 9.5H13V5.5H9.5v4c0 1.6.6 2.5 2 3',
  pen: 'M3 13l.7-3L11 2.8 13.2 5 6 12.3z',
  bin: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5'
} as const;

export type IconName = keyof typeof PATHS;

/** A small picture without words; whoever shows it labels it. */
export function Icon(props: { name: IconName; filled?: boolean }): JSX.Element {
  return (
    <svg
      class={`rk-icon${props.filled ? ' rk-filled' : ''}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <path d={PATHS[props.name]} />
    </svg>
  );
}

const RING = 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z';
const STATUS_PATHS: Record<string, string> = {
  'to-read': '',
  reading: 'M8 3a5 5 0 0 1 0 10z',
  skimmed: 'M8 8V3a5 5 0 0 1 5 5z',
  read: RING,
  done: RING
};

/** How far a paper is read, told by shape as well as by colour; nothing if not begun. */
export function StatusIcon(props: { status: string | null }): JSX.Element | null {
  const { status } = props;
  if (status === null) {
    return null;
  }
  return (
    <svg
      class={`rk-status rk-status-${/^[a-z-]+$/.test(status) ? status : 'other'}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <path class="rk-status-ring" d={RING} />
      <path class="rk-status-fill" d={STATUS_PATHS[status] ?? ''} />
      {status === 'done' && (
        <path class="rk-status-tick" d="M5.6 8.2l1.7 1.7 3.2-3.6" />
      )}
    </svg>
  );
}
