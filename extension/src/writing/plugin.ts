import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  Dialog,
  ICommandPalette,
  InputDialog,
  Notification,
  showDialog
} from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { DocumentWidget, type IDocumentWidget } from '@jupyterlab/docregistry';
import { NotebookPanel } from '@jupyterlab/notebook';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';
import { AnswerError } from '../client';
import type { Requests, Written } from '../contract';
import { pathOf, ProjectFinder } from '../documents';
import { IReviewkitPanel, IReviewkitServer } from '../tokens';
import { DraftForm, type Wanted } from './draft-form';
import { follow } from './following';

export const WritingCommands = {
  draft: 'reviewkit:draft-survey',
  export: 'reviewkit:export-manuscript'
} as const;

type Form = NonNullable<Requests['export']['params']['format']>;

const FORMS: readonly (readonly [Form, string])[] = [
  ['pdf', 'PDF'],
  ['docx', 'Word'],
  ['html', 'Web page, in one file'],
  ['latex', 'LaTeX with BibTeX'],
  ['typst', 'Typst'],
  ['myst', 'MyST'],
  ['quarto', 'Quarto']
];
const MANUSCRIPT = /\.(ipynb|md|qmd|markdown)$/i;
/** A message names the cell that is at fault by its number. */
const CELL = /\bcell (\d+)/;

export const writingPlugin: JupyterFrontEndPlugin<void> = {
  id: 'reviewkit:writing',
  description: 'Drafts surveys, and exports manuscripts as documents.',
  autoStart: true,
  requires: [IReviewkitServer, IReviewkitPanel],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    server: IReviewkitServer,
    panel: IReviewkitPanel,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('reviewkit');
    const { commands, shell } = app;
    const finder = new ProjectFinder(server);
    const open = async (
      project: string,
      { path }: Written,
      saved: string | null = null
    ): Promise<void> => {
      const file = PathExt.join(project, path);
      const known = openAt(shell.widgets('main'), file);
      await commands.execute('docmanager:open', { path: file });
      if (known && (!known.context.model.dirty || textOf(known) === saved)) {
        // It shows what was there before, and would ask at its next saving which is right.
        await known.context.revert();
      }
      await openAt(shell.widgets('main'), file)?.context.ready;
    };

    commands.addCommand(WritingCommands.draft, {
      label: trans.__('Draft a Survey…'),
      caption: trans.__('A notebook of what the group read; your own words in it stay'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            path: {
              type: 'string',
              description: 'The notebook; without it you are asked.'
            },
            by: { type: 'string', description: 'tag, topic, year, venue or a column.' },
            title: { type: 'string', description: 'The survey’s title.' }
          }
        }
      },
      execute: async args => {
        const { project } = panel;
        const wanted =
          typeof args.path === 'string'
            ? wantedOf(args)
            : await askForDraft(server, project, trans);
        if (wanted === null) {
          return;
        }
        // What is open and not saved would be older than the draft.
        const file = PathExt.join(project, wanted.path);
        const saved = await saveOpen(shell.widgets('main'), file);
        const { path, by, title } = wanted;
        const asked = server.client.ask(
          'draft',
          { path, ...(by && { by }), ...(title && { title }) },
          project
        );
        const written = await follow(asked, trans.__('Drafting %1…', path), trans);
        if (written) {
          // Whoever goes on from here finds the notebook in front.
          await open(project, written, saved);
        }
      }
    });

    commands.addCommand(WritingCommands.export, {
      label: trans.__('Export Manuscript…'),
      caption: trans.__('This notebook as PDF, Word, LaTeX… with what it cites'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            format: {
              type: 'string',
              description: 'pdf, docx, html, latex...; else you choose.'
            }
          }
        }
      },
      isEnabled: () => MANUSCRIPT.test(pathOf(shell.currentWidget) ?? ''),
      execute: async args => {
        const widget = shell.currentWidget;
        const file = pathOf(widget);
        if (file === null || !MANUSCRIPT.test(file)) {
          const hint = trans.__('Bring the notebook or text to export to the front.');
          Notification.info(hint, { autoClose: 6000 });
          return;
        }
        const project = await finder.projectOf(file);
        if (project === null) {
          Notification.info(
            trans.__(
              'Put a references.bib beside the manuscript first; there is none.'
            ),
            { autoClose: 6000 }
          );
          return;
        }
        const format = FORMS.some(([name]) => name === args.format)
          ? (args.format as Form)
          : await askForFormat(trans);
        if (format === null) {
          return;
        }
        await saveOpen([widget], file);
        const path = PathExt.relative(`/${project}`, `/${file}`);
        const asked = server.client.ask('export', { path, format }, project);
        const waiting = trans.__('Exporting %1…', PathExt.basename(file));
        const written = await follow(asked, waiting, trans, message =>
          toCell(widget, message, trans)
        );
        if (written && !PathExt.basename(written.path).endsWith('.docx')) {
          await open(project, written);
        }
      }
    });

    const category = trans.__('Papers');
    palette?.addItem({ command: WritingCommands.draft, category });
    palette?.addItem({ command: WritingCommands.export, category });
  }
};

function wantedOf(args: Record<string, unknown>): Wanted {
  const text = (name: string): string =>
    typeof args[name] === 'string' ? args[name] : '';
  return { path: text('path'), by: text('by'), title: text('title') };
}

async function askForDraft(
  server: IReviewkitServer,
  project: string,
  trans: TranslationBundle
): Promise<Wanted | null> {
  let columns: string[] = [];
  try {
    const page = await server.client.ask('matrix', { limit: 1 }, project);
    columns = page.columns.map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof AnswerError)) {
      throw error;
    }
    Notification.error(error.message, { autoClose: 10_000 });
    return null;
  }
  const { button, value } = await showDialog<Wanted>({
    title: trans.__('Draft a Survey'),
    body: new DraftForm(columns, 'survey.ipynb', trans),
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Draft') })]
  });
  return button.accept ? value : null;
}

async function askForFormat(trans: TranslationBundle): Promise<Form | null> {
  const titles = FORMS.map(([, title]) => trans.__(title));
  const chosen = await InputDialog.getItem({
    title: trans.__('Export Manuscript'),
    label: trans.__('As'),
    items: titles,
    okLabel: trans.__('Export')
  });
  const at = titles.indexOf(chosen.value ?? '');
  return chosen.button.accept && at >= 0 ? FORMS[at][0] : null;
}

/** A way to the cell that a message names, if the notebook is open. */
function toCell(
  widget: Widget | null,
  message: string,
  trans: TranslationBundle
): Notification.IAction[] {
  const cell = CELL.exec(message);
  if (!cell || !(widget instanceof NotebookPanel)) {
    return [];
  }
  const { content } = widget;
  const callback = (): void => {
    content.activeCellIndex = Number(cell[1]) - 1;
    void content.scrollToItem(content.activeCellIndex);
  };
  return [{ label: trans.__('Show the Cell'), callback }];
}

/** The document of this path, if it is open. */
function openAt(
  widgets: Iterable<Widget | null>,
  path: string
): IDocumentWidget | undefined {
  for (const widget of widgets) {
    if (widget instanceof DocumentWidget && pathOf(widget) === path) {
      return widget as IDocumentWidget;
    }
  }
  return undefined;
}

/** Save a document if it is open and has changes; what is saved of it, null: it is not open. */
async function saveOpen(
  widgets: Iterable<Widget | null>,
  path: string
): Promise<string | null> {
  const known = openAt(widgets, path);
  await known?.context.ready;
  const saved = known ? textOf(known) : null;
  if (known?.context.model.dirty) {
    await known.context.save();
  }
  return saved;
}

/** What people write: of a notebook its cells, as a kernel that starts notes the rest by itself. */
function textOf({ context: { model, path } }: IDocumentWidget): string {
  const text = model.toString();
  return path.endsWith('.ipynb')
    ? JSON.stringify((JSON.parse(text) as { cells: unknown }).cells)
    : text;
}
