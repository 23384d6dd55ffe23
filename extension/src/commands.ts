import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { addPapers, chooseFiles } from './adding';
import { canCite, insertCitation } from './citation';
import { AnswerError } from './client';
import { RATING_SCALE } from './contract';
import { pathOf, ProjectFinder } from './documents';
import { reviewkitIcon } from './icons';
import { switchReviewer } from './reviewer';
import { IReviewkitPanel, IReviewkitServer } from './tokens';

/** The commands' names; a view's action of the same name runs the command. */
export const CommandIds = {
  show: 'reviewkit:show-panel',
  openProject: 'reviewkit:open-project',
  add: 'reviewkit:add-papers',
  rate: 'reviewkit:rate-paper',
  undo: 'reviewkit:undo',
  duplicates: 'reviewkit:show-duplicates',
  switchReviewer: 'reviewkit:switch-reviewer',
  cite: 'reviewkit:insert-citation'
} as const;

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'reviewkit:commands',
  description: 'The commands of reviewkit, for the palette, shortcuts and menus.',
  autoStart: true,
  requires: [IReviewkitServer, IReviewkitPanel],
  optional: [ICommandPalette, INotebookTracker, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    server: IReviewkitServer,
    panel: IReviewkitPanel,
    palette: ICommandPalette | null,
    notebooks: INotebookTracker | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('reviewkit');
    const { commands, shell } = app;
    const finder = new ProjectFinder(server);

    /** Show in words what a request refused. */
    const guarded = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof AnswerError)) {
          throw error;
        }
        Notification.error(error.message, { autoClose: 8000 });
      }
    };

    commands.addCommand(CommandIds.show, {
      label: trans.__('Papers and Reviews'),
      caption: trans.__('Rate, tag and annotate the papers of a project'),
      icon: reviewkitIcon,
      describedBy: NO_ARGUMENTS,
      execute: () => shell.activateById('reviewkit-panel')
    });

    commands.addCommand(CommandIds.openProject, {
      label: trans.__('Show the Papers of the Current File’s Project'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            path: {
              type: 'string',
              description:
                'A folder or file of the project; without it the current file.'
            }
          }
        }
      },
      isEnabled: args =>
        typeof args.path === 'string' || pathOf(shell.currentWidget) !== null,
      execute: async args => {
        const path =
          typeof args.path === 'string' ? args.path : pathOf(shell.currentWidget);
        if (path === null) {
          return;
        }
        const project = await finder.projectOf(path);
        panel.open(project ?? path);
        shell.activateById('reviewkit-panel');
      }
    });

    commands.addCommand(CommandIds.add, {
      label: trans.__('Add Papers…'),
      caption: trans.__(
        'Add the papers of a file: BibTeX, RIS, CSV, a list of DOIs...'
      ),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            name: {
              type: 'string',
              description: 'Name of the file, only to be shown.'
            },
            data: {
              type: 'string',
              description: 'Base64 of the bytes; without it you choose.'
            }
          }
        }
      },
      execute: async args => {
        if (typeof args.data === 'string') {
          const name =
            typeof args.name === 'string' ? args.name : trans.__('added text');
          await addPapers(server, panel.project, name, args.data);
        } else {
          chooseFiles(server, panel.project);
        }
      }
    });

    commands.addCommand(CommandIds.rate, {
      label: args =>
        typeof args.rating === 'number'
          ? trans.__('Rate the Open Paper %1', args.rating)
          : trans.__('Take Back My Rating of the Open Paper'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            rating: {
              type: ['number', 'null'],
              minimum: RATING_SCALE[0],
              maximum: RATING_SCALE[1],
              description: 'Null takes the rating back.'
            }
          }
        }
      },
      isEnabled: () => panel.paper !== null,
      execute: args =>
        guarded(async () => {
          const citekey = panel.paper;
          if (citekey !== null) {
            const rating = typeof args.rating === 'number' ? args.rating : null;
            await server.client.ask('review', { citekey, rating }, panel.project);
          }
        })
    });

    commands.addCommand(CommandIds.undo, {
      label: trans.__('Undo My Latest Edit of a Paper'),
      describedBy: NO_ARGUMENTS,
      execute: () =>
        guarded(async () => {
          const { undone } = await server.client.ask('undo', {}, panel.project);
          const text =
            undone === null
              ? trans.__('Nothing to undo')
              : trans.__('Undone: %1', undone);
          Notification.info(text, { autoClose: 4000 });
        })
    });

    commands.addCommand(CommandIds.duplicates, {
      label: trans.__('Show Duplicate Papers'),
      caption: trans.__('Compare papers that look alike, and merge them'),
      describedBy: NO_ARGUMENTS,
      execute: () => {
        shell.activateById('reviewkit-panel');
        panel.showDuplicates();
      }
    });

    commands.addCommand(CommandIds.switchReviewer, {
      label: trans.__('Switch Reviewer…'),
      caption: trans.__('Review under another name in this browser'),
      describedBy: NO_ARGUMENTS,
      execute: () => switchReviewer(server, trans)
    });

    commands.addCommand(CommandIds.cite, {
      label: trans.__('Insert Citation of the Open Paper'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            citekey: {
              type: 'string',
              description: 'Without it the paper that is open.'
            }
          }
        }
      },
      isEnabled: args => typeof args.citekey === 'string' || panel.paper !== null,
      execute: args => {
        const citekey = typeof args.citekey === 'string' ? args.citekey : panel.paper;
        if (notebooks && citekey !== null && canCite(notebooks)) {
          insertCitation(notebooks, citekey);
        } else {
          Notification.info(trans.__('Open a notebook and choose a cell to cite in.'), {
            autoClose: 4000
          });
        }
      }
    });

    const category = trans.__('Papers');
    const { rate, ...single } = CommandIds;
    for (const command of Object.values(single)) {
      palette?.addItem({ command, category });
    }
    for (let rating = RATING_SCALE[0]; rating <= RATING_SCALE[1]; rating++) {
      palette?.addItem({ command: rate, category, args: { rating } });
    }
    palette?.addItem({ command: rate, category, args: { rating: null } });
  }
};
