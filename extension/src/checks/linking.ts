import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { AnswerError, type Client } from '../client';
import type { Claimed } from '../contract';
import { pathOf, type ProjectFinder } from '../documents';
import { LinkForm } from './dialog';

/** So many citekeys are offered to be completed. */
const KEYS = 500;

/** Ask what the active cell reproduces or refutes, and link it. */
export async function linkCell(
  panel: NotebookPanel,
  client: Client,
  finder: ProjectFinder,
  trans: TranslationBundle
): Promise<void> {
  const cell = panel.content.activeCell?.model.id;
  const place = pathOf(panel);
  const project = place === null ? null : await finder.projectOf(place);
  if (cell === undefined || place === null || project === null) {
    Notification.info(trans.__('This notebook is in no project with papers.'), {
      autoClose: 5000
    });
    return;
  }
  try {
    // The link names the cell as the file has it.
    await panel.context.save();
    const path = PathExt.relative(`/${project}`, `/${place}`);
    const [{ papers }, { rows }] = await Promise.all([
      client.ask('claims', { path, cell }, project),
      client.ask('papers', { limit: KEYS }, project)
    ]);
    const form = new LinkForm(
      papers,
      rows.map(({ citekey }) => citekey),
      citekey => claimsOf(client, citekey, project),
      trans
    );
    const result = await showDialog({
      title: trans.__('Link This Cell to a Claim'),
      body: form,
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Link') })]
    });
    const chosen = result.value;
    if (!result.button.accept || !chosen) {
      return;
    }
    const request = { ...chosen, notebook: path, cell };
    try {
      await client.ask('link', request, project);
    } catch (error) {
      if (!(error instanceof AnswerError) || error.answer.detail.field !== 'anyway') {
        throw error;
      }
      if (!(await isMeant(error.message, trans))) {
        return;
      }
      await client.ask('link', { ...request, anyway: true }, project);
    }
    Notification.success(trans.__('Linked to %1', chosen.citekey), { autoClose: 4000 });
  } catch (error) {
    if (!(error instanceof AnswerError)) {
      throw error;
    }
    Notification.error(error.message, { autoClose: 8000 });
  }
}

/** Whether a person wants to link words that the paper is not known to have. */
async function isMeant(why: string, trans: TranslationBundle): Promise<boolean> {
  const answer = await showDialog({
    title: trans.__('Link These Words?'),
    // The parameter's name helps in Python and on the command line.
    body: why.replace(' (`anyway`)', ''),
    buttons: [
      Dialog.cancelButton(),
      Dialog.okButton({ label: trans.__('Link anyway') })
    ]
  });
  return answer.button.accept;
}

async function claimsOf(
  client: Client,
  citekey: string,
  project: string
): Promise<Claimed | null> {
  try {
    const { papers } = await client.ask('claims', { citekey }, project);
    return papers[0] ?? null;
  } catch (error) {
    if (!(error instanceof AnswerError)) {
      throw error;
    }
    return null;
  }
}
