import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { ProjectFinder } from '../documents';
import { checksIcon } from '../icons';
import { IReviewkitPanel, IReviewkitServer } from '../tokens';
import { linkCell } from './linking';
import { placeOf, reveal } from './notebook';
import { ChecksPanel } from './panel';
import { ChecksWatcher } from './watcher';

export const CheckCommands = {
  show: 'reviewkit:show-checks',
  link: 'reviewkit:link-cell',
  /** Also a view's action: the card leads to the linked cell. */
  showCell: 'reviewkit:show-cell'
} as const;

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;
const PANEL = 'reviewkit-checks';

export const checksPlugin: JupyterFrontEndPlugin<void> = {
  id: 'reviewkit:checks',
  description: 'Findings in the open notebook, and cells linked to claims.',
  autoStart: true,
  requires: [IReviewkitServer, IReviewkitPanel, INotebookTracker],
  optional: [ICommandPalette, ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    server: IReviewkitServer,
    papers: IReviewkitPanel,
    notebooks: INotebookTracker,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('reviewkit');
    const { commands, shell } = app;
    const finder = new ProjectFinder(server);
    const watcher = new ChecksWatcher(notebooks, server, finder, (citekey, project) => {
      papers.open(project);
      shell.activateById('reviewkit-panel');
      papers.showPaper(citekey);
    });
    const panel = new ChecksPanel(
      watcher.state,
      () => watcher.look(),
      trans.__('Checks')
    );
    panel.id = PANEL;
    panel.title.icon = checksIcon;
    panel.node.setAttribute('role', 'region');
    panel.node.setAttribute('aria-label', trans.__('Checks'));
    restorer?.add(panel, panel.id);
    shell.add(panel, 'right', { rank: 650, type: 'Checks' });

    commands.addCommand(CheckCommands.show, {
      label: trans.__('Check This Notebook'),
      caption: trans.__('What it cites and claims, against what the project knows'),
      icon: checksIcon,
      describedBy: NO_ARGUMENTS,
      execute: () => {
        watcher.look();
        shell.activateById(PANEL);
      }
    });

    const codeCell = (): NotebookPanel | null => {
      const current = notebooks.currentWidget;
      const isCode = current?.content.activeCell?.model.type === 'code';
      return current && isCode && current === shell.currentWidget ? current : null;
    };
    commands.addCommand(CheckCommands.link, {
      label: trans.__('Link This Cell to a Claim…'),
      caption: trans.__(
        'Say which claim of which paper this cell reproduces or refutes'
      ),
      describedBy: NO_ARGUMENTS,
      isEnabled: () => codeCell() !== null,
      execute: async () => {
        const current = codeCell();
        if (current) {
          await linkCell(current, server.client, finder, trans);
        }
      }
    });

    commands.addCommand(CheckCommands.showCell, {
      label: trans.__('Show a Linked Cell'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            project: { type: 'string', description: 'The project’s folder.' },
            notebook: { type: 'string', description: 'The notebook within it.' },
            cell: { type: 'string', description: 'The cell’s id.' }
          },
          required: ['project', 'notebook', 'cell']
        }
      },
      isVisible: () => false,
      execute: async args => {
        const { project, notebook, cell } = args as Record<string, string>;
        const path = PathExt.join(project, notebook);
        const opened: unknown = await commands.execute('docmanager:open', { path });
        if (!(opened instanceof NotebookPanel)) {
          return;
        }
        await opened.context.ready;
        const at = placeOf(opened, cell, null);
        if (at < 0) {
          Notification.info(trans.__('The cell is not in the notebook any more.'), {
            autoClose: 5000
          });
        } else {
          await reveal(opened, at);
        }
      }
    });

    const category = trans.__('Papers');
    palette?.addItem({ command: CheckCommands.show, category });
    palette?.addItem({ command: CheckCommands.link, category });
    app.contextMenu.addItem({
      command: CheckCommands.link,
      selector: '.jp-Notebook .jp-CodeCell',
      rank: 20
    });
  }
};
