import { computed, signal } from '@preact/signals';
import type { Finding } from '../contract';

export type Severity = Finding['severity'];
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'hint'];

/** What the list of findings may ask of whoever shows it. */
export interface ChecksHost {
  /** Look the notebook over again. */
  refresh(): void;
  /** Bring the place of a finding to the front. */
  reveal(finding: Finding): void;
  /** Put it right as the finding's fix says. */
  fix(finding: Finding): Promise<void>;
  /** Silence its rule in its cell. */
  ignore(finding: Finding): Promise<void>;
}

/** The findings of the notebook that is worked on. */
export class ChecksState {
  /** The notebook's name; null: none is open. */
  readonly name = signal<string | null>(null);
  /** Null: not looked over yet, or in no project. */
  readonly findings = signal<readonly Finding[] | null>(null);
  readonly failure = signal<string | null>(null);
  readonly busy = signal(false);
  /** What was said last: to be read out, and shown until something else happens. */
  readonly said = signal('');
  readonly hidden = signal<readonly Severity[]>([]);

  readonly counts = computed(() => {
    const counts: Record<Severity, number> = { error: 0, warning: 0, hint: 0 };
    for (const { severity } of this.findings.value ?? []) {
      counts[severity]++;
    }
    return counts;
  });

  readonly shown = computed(() =>
    (this.findings.value ?? []).filter(
      ({ severity }) => !this.hidden.value.includes(severity)
    )
  );

  constructor(readonly host: ChecksHost) {}

  toggle(severity: Severity): void {
    const hidden = this.hidden.value;
    this.hidden.value = hidden.includes(severity)
      ? hidden.filter(one => one !== severity)
      : [...hidden, severity];
  }
}
