import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { type ISignal, Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { Sort, ViewSpec } from './contract';
import { acceptFiles } from './drop';
import { reviewkitIcon } from './icons';
import { type Mounted, mount } from './mount';
import { Remembered } from './remembered';
import { loadSettings, SETTINGS } from './settings';
import { IReviewkitPanel, IReviewkitServer } from './tokens';

/** What gets the keyboard when the panel is called: the search. */
const FOCUS = '[data-rk-focus="search"]';

/** Shows the papers of one project in the side bar. */
export class Panel extends Widget implements IReviewkitPanel {
  /** The order of a project's list until the reader chooses another. */
  sort: Sort = 'citekey';

  private mounted: Mounted | null = null;
  private _project = '';
  private recalled = false;
  private calls = 0;
  private readonly _projectChanged = new Signal<IReviewkitPanel, string>(this);

  constructor(
    private readonly server: IReviewkitServer,
    private readonly remembered: Remembered
  ) {
    super();
    this.addClass('jp-reviewkit-Panel');
  }

  get project(): string {
    return this._project;
  }

  get paper(): string | null {
    const ui = this.mounted?.host.get('ui') as { open?: string | null } | null;
    return ui?.open ?? null;
  }

  get projectChanged(): ISignal<IReviewkitPanel, string> {
    return this._projectChanged;
  }

  open(project: string): void {
    if (project === this._project && this.recalled) {
      return;
    }
    this.recalled = true;
    this._project = project;
    this.remembered.show(project);
    if (this.mounted) {
      const { host } = this.mounted;
      host.set('ui', this.remembered.view(project));
      host.set('spec', this.spec());
    }
    this._projectChanged.emit(project);
  }

  showDuplicates(): void {
    this.mountOnce();
    this.mounted?.host.set('show', { duplicates: ++this.calls });
  }

  showPaper(citekey: string): void {
    this.mountOnce();
    this.mounted?.host.set('paper', { citekey });
  }

  /** Begin with the project that was shown before the last reload, if none is open yet. */
  restore(project: string): void {
    if (!this.recalled) {
      this.recalled = true;
      this._project = project;
    }
    this.remembered.show(this._project);
    if (this.isVisible) {
      this.mountOnce();
    }
  }

  override dispose(): void {
    this.unmount();
    Signal.clearData(this);
    super.dispose();
  }

  protected override onBeforeShow(message: Message): void {
    super.onBeforeShow(message);
    this.mountOnce();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      this.mountOnce();
    }
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.mountOnce();
    this.node.querySelector<HTMLElement>(FOCUS)?.focus();
  }

  // Nothing is asked of the server before somebody looks.
  private mountOnce(): void {
    if (this.mounted || this.isDisposed || !this.recalled) {
      return;
    }
    const ui = this.remembered.view(this._project);
    this.mounted = mount(this, this.server.hostOptions(this.spec(), ui));
    this.mounted.host.on('save:ui', (view: ReadonlyPartialJSONValue) => {
      this.remembered.keep(this._project, view);
    });
  }

  private unmount(): void {
    this.mounted?.dispose();
    this.mounted = null;
  }

  private spec(): ViewSpec {
    return {
      format: 1,
      view: 'panel',
      project: this._project,
      citekey: null,
      query: { text: '', tag: null, status: null, reviewer: null, sort: this.sort },
      columns: null,
      papers: null
    };
  }
}

export const panelPlugin: JupyterFrontEndPlugin<IReviewkitPanel> = {
  id: SETTINGS,
  description: 'The side panel with the papers of a project.',
  autoStart: true,
  provides: IReviewkitPanel,
  requires: [IReviewkitServer],
  optional: [ILayoutRestorer, IStateDB, ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    server: IReviewkitServer,
    restorer: ILayoutRestorer | null,
    db: IStateDB | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null
  ): IReviewkitPanel => {
    const trans = (translator ?? nullTranslator).load('reviewkit');
    const remembered = new Remembered(db);
    const panel = new Panel(server, remembered);
    panel.id = 'reviewkit-panel';
    panel.title.icon = reviewkitIcon;
    panel.title.caption = trans.__('Papers and reviews');
    panel.node.setAttribute('role', 'region');
    panel.node.setAttribute('aria-label', trans.__('Papers and reviews'));
    acceptFiles(panel, app.serviceManager.contents, server, () => panel.project);
    restorer?.add(panel, panel.id);
    app.shell.add(panel, 'left', { rank: 650, type: 'Papers' });
    // JupyterLab hands out its state only once all plug-ins are active.
    void Promise.all([remembered.recall(), sortOf(registry)]).then(
      ([project, sort]) => {
        panel.sort = sort;
        panel.restore(project);
      }
    );
    return panel;
  }
};

async function sortOf(registry: ISettingRegistry | null): Promise<Sort> {
  const settings = await loadSettings(registry);
  return (settings?.get('sort').composite ?? 'citekey') as Sort;
}
