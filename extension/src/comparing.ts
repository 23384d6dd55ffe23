import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { reviewkitIcon } from './icons';
import { type Mounted, mount } from './mount';
import { IReviewkitPanel, IReviewkitServer } from './tokens';

/** Opens the comparison matrix of a project. */
export const COMPARE = 'reviewkit:compare-papers';

/** The comparison matrix of a project, in a tab of the main area. */
export class Comparison extends Widget {
  private readonly mounted: Mounted;

  constructor(
    server: IReviewkitServer,
    readonly project: string
  ) {
    super();
    this.addClass('jp-reviewkit-Compare');
    this.mounted = mount(
      this,
      server.hostOptions({
        format: 1,
        view: 'matrix',
        project,
        citekey: null,
        query: null,
        columns: null,
        papers: null
      })
    );
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.mounted.dispose();
      super.dispose();
    }
  }

  protected override onActivateRequest(): void {
    this.node.querySelector<HTMLElement>('[data-rk-focus="list"]')?.focus();
  }
}

export const comparingPlugin: JupyterFrontEndPlugin<void> = {
  id: 'reviewkit:comparing',
  description: 'The comparison matrix in a tab.',
  autoStart: true,
  requires: [IReviewkitServer, IReviewkitPanel],
  optional: [ICommandPalette, ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    server: IReviewkitServer,
    panel: IReviewkitPanel,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('reviewkit');
    const { commands, shell } = app;
    const open = new WidgetTracker<MainAreaWidget<Comparison>>({
      namespace: 'reviewkit-compare'
    });

    commands.addCommand(COMPARE, {
      label: trans.__('Compare Papers'),
      caption: trans.__('Papers by attributes, in a table to fill in'),
      icon: reviewkitIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            project: {
              type: 'string',
              description: 'A folder or file of the project; without it the panel’s.'
            }
          }
        }
      },
      execute: async args => {
        const project = typeof args.project === 'string' ? args.project : panel.project;
        let tab = open.find(({ content }) => content.project === project);
        if (!tab) {
          const content = new Comparison(server, project);
          tab = new MainAreaWidget({ content });
          tab.toolbar.hide();
          tab.title.label = trans.__('Papers Compared');
          tab.title.caption = project || trans.__('The project in the top folder');
          tab.title.icon = reviewkitIcon;
          await open.add(tab);
        }
        if (!tab.isAttached) {
          shell.add(tab, 'main', { type: 'Papers' });
        }
        shell.activateById(tab.id);
      }
    });
    palette?.addItem({ command: COMPARE, category: trans.__('Papers') });
    void restorer?.restore(open, {
      command: COMPARE,
      args: ({ content }) => ({ project: content.project }),
      name: ({ content }) => content.project || '.'
    });
  }
};
