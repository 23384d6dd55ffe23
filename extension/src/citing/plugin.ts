import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, InputDialog, Notification } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { AnswerError } from '../client';
import { pathOf, ProjectFinder } from '../documents';
import { citationsIcon } from '../icons';
import { IReviewkitServer } from '../tokens';
import { HoverCard } from './card';
import { styleOf } from './cells';
import { CitationsInPlace } from './inplace';
import { CitingNotebook, USUAL_STYLE } from './watched';

export const CitingCommands = {
  insert: 'reviewkit:insert-bibliography',
  show: 'reviewkit:show-citations'
} as const;

/** Where it is remembered which notebooks show their citations. */
const REMEMBERED = 'reviewkit:citations-shown';

export const citingPlugin: JupyterFrontEndPlugin<void> = {
  id: 'reviewkit:citing',
  description: 'The bibliography of a notebook, and its citations rendered in place.',
  autoStart: true,
  requires: [IReviewkitServer, INotebookTracker],
  optional: [ICommandPalette, IStateDB, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    server: IReviewkitServer,
    notebooks: INotebookTracker,
    palette: ICommandPalette | null,
    db: IStateDB | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('reviewkit');
    const { commands, shell } = app;
    const finder = new ProjectFinder(server);
    const card = new HoverCard(server.client, trans);
    const watched = new Map<NotebookPanel, CitingNotebook>();
    const inPlace = new Map<NotebookPanel, CitationsInPlace>();
    const shown = remembering(db);

    // Told once: it is the same for every edit, and for every notebook.
    let told = '';
    const failed = (error: AnswerError): void => {
      if (error.message !== told) {
        told = error.message;
        Notification.warning(error.message, { autoClose: 10_000 });
      }
    };

    const setShown = (citing: CitingNotebook, value: boolean): void => {
      const { panel } = citing;
      citing.shown = value;
      if (value && !inPlace.has(panel)) {
        inPlace.set(panel, new CitationsInPlace(citing, card, trans));
      } else if (!value) {
        inPlace.get(panel)?.dispose();
        inPlace.delete(panel);
      }
      commands.notifyCommandChanged(CitingCommands.show);
    };

    const watch = async (panel: NotebookPanel): Promise<void> => {
      const citing = new CitingNotebook(panel, server, finder, failed);
      watched.set(panel, citing);
      panel.disposed.connect(() => {
        inPlace.get(panel)?.dispose();
        inPlace.delete(panel);
        watched.delete(panel);
      });
      await panel.context.ready;
      if ((await shown.has(panel.context.path)) && !citing.isDisposed) {
        setShown(citing, true);
      }
    };

    notebooks.forEach(panel => void watch(panel));
    notebooks.widgetAdded.connect((_, panel) => void watch(panel));
    notebooks.currentChanged.connect(() => {
      commands.notifyCommandChanged(CitingCommands.show);
    });

    const current = (): CitingNotebook | null => {
      const panel = notebooks.currentWidget;
      return panel && panel === shell.currentWidget
        ? (watched.get(panel) ?? null)
        : null;
    };

    commands.addCommand(CitingCommands.show, {
      label: args => (args.toolbar ? '' : trans.__('Show Citations Rendered')),
      caption: trans.__('Show citations in their style; the source stays as it is'),
      icon: citationsIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            toolbar: { type: 'boolean', description: 'Only the icon.' }
          }
        }
      },
      isEnabled: () => current() !== null,
      isToggleable: true,
      isToggled: () => current()?.shown ?? false,
      execute: async () => {
        const citing = current();
        if (citing) {
          setShown(citing, !citing.shown);
          await shown.set(citing.panel.context.path, citing.shown);
        }
      }
    });

    commands.addCommand(CitingCommands.insert, {
      label: trans.__('Insert Bibliography…'),
      caption: trans.__(
        'Put what this notebook cites into a cell that keeps itself true'
      ),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            style: {
              type: 'string',
              description: 'A style’s name or a .csl file; without it you choose.'
            }
          }
        }
      },
      isEnabled: () => current() !== null,
      execute: async args => {
        const citing = current();
        const model = citing?.panel.content.model;
        const path = pathOf(citing?.panel ?? null);
        if (!citing || !model || path === null) {
          return;
        }
        try {
          const project = await finder.projectOf(path);
          if (project === null) {
            Notification.info(
              trans.__(
                'Put a references.bib beside the notebook first; there is none yet.'
              ),
              { autoClose: 6000 }
            );
            return;
          }
          const style =
            typeof args.style === 'string'
              ? args.style
              : await choose(server, project, styleOf(model));
          if (style !== null) {
            await citing.insert(style);
          }
        } catch (error) {
          if (!(error instanceof AnswerError)) {
            throw error;
          }
          Notification.error(error.message, { autoClose: 10_000 });
        }
      }
    });

    /** Ask for a style; null: the person would rather not. */
    const choose = async (
      from: IReviewkitServer,
      project: string,
      before: string | null
    ): Promise<string | null> => {
      const { styles } = await from.client.ask('styles', {}, project);
      const titles = styles.map(style => style.title);
      const other = trans.__('Another, from a .csl file…');
      const used = before ?? USUAL_STYLE;
      const chosen = await InputDialog.getItem({
        title: trans.__('Style of the Bibliography'),
        items: [...titles, other],
        current: styles.find(style => style.name === used)?.title ?? other,
        okLabel: trans.__('Insert')
      });
      if (!chosen.button.accept || chosen.value !== other) {
        return styles.find(style => style.title === chosen.value)?.name ?? null;
      }
      const file = await InputDialog.getText({
        title: trans.__('Style of the Bibliography'),
        label: trans.__('Path of the .csl file in the project'),
        text: used.endsWith('.csl') ? used : '',
        okLabel: trans.__('Insert')
      });
      return (file.button.accept && file.value?.trim()) || null;
    };

    const category = trans.__('Papers');
    palette?.addItem({ command: CitingCommands.insert, category });
    palette?.addItem({ command: CitingCommands.show, category });
  }
};

/** Which notebooks show their citations, by path, over reloads. */
function remembering(db: IStateDB | null): {
  has(path: string): Promise<boolean>;
  set(path: string, value: boolean): Promise<void>;
} {
  const paths = async (): Promise<string[]> => {
    const value = await db?.fetch(REMEMBERED);
    return Array.isArray(value) ? value.map(String) : [];
  };
  return {
    has: async path => (await paths()).includes(path),
    set: async (path, value) => {
      const others = (await paths()).filter(one => one !== path);
      await db?.save(REMEMBERED, value ? [...others, path] : others);
    }
  };
}
