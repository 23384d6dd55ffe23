import { effect } from '@preact/signals';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { renderChecks } from '../views/checks';
import type { ChecksState } from '../views/state-checks';

/** The side bar's list of what is to be mended in the notebook that is worked on. */
export class ChecksPanel extends Widget {
  private readonly unmount: () => void;
  private readonly unlabel: () => void;

  constructor(
    private readonly state: ChecksState,
    private readonly looked: () => void,
    private readonly name: string
  ) {
    super();
    this.addClass('jp-reviewkit-Panel');
    this.node.setAttribute('data-lm-suppress-shortcuts', 'true');
    this.unmount = renderChecks(state, this.node);
    // The side bar shows how much is to be mended before anybody opens the list.
    this.unlabel = effect(() => {
      const { error, warning } = this.state.counts.value;
      const number = error + warning;
      const dataset: Record<string, string> =
        number > 0 ? { reviewkitcount: String(number) } : {};
      this.title.dataset = dataset;
      this.title.className = error > 0 ? 'jp-reviewkit-mod-error' : '';
      this.title.caption = number > 0 ? `${this.name}: ${number}` : this.name;
    });
  }

  override dispose(): void {
    this.unlabel();
    this.unmount();
    super.dispose();
  }

  protected override onBeforeShow(message: Message): void {
    super.onBeforeShow(message);
    this.looked();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.looked();
    const first = this.node.querySelector<HTMLElement>('[data-rk-finding]');
    const body = this.node.querySelector<HTMLElement>('[data-rk-focus="checks"]');
    (first ?? body)?.focus();
  }
}
