import { Dialog, InputDialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { AnswerError, type Client } from './client';
import type { Me } from './contract';
import type { IReviewkitServer } from './tokens';

/** Where the browser keeps the reviewer that it was switched to. */
const KEY = 'reviewkit:reviewer';

/** The reviewer that this browser was switched to; null: nobody else. */
export function recallReviewer(): string | null {
  try {
    return window.localStorage.getItem(KEY) || null;
  } catch {
    // The browser forbids storage: nobody was switched to.
    return null;
  }
}

function keepReviewer(reviewer: string | null): void {
  try {
    if (reviewer === null) {
      window.localStorage.removeItem(KEY);
    } else {
      window.localStorage.setItem(KEY, reviewer);
    }
  } catch {
    // The browser forbids storage: the choice lasts as long as the page.
  }
}

/** A name given here while the server knows another person's counts in this browser. */
export function acceptMe(client: Client, me: Me): void {
  client.reviewer = me.source === 'browser' ? (me.name ?? me.reviewer) : null;
  keepReviewer(client.reviewer);
}

/** Forget a reviewer from before whom the server does not accept (any more). */
export async function verifyReviewer(
  server: Pick<IReviewkitServer, 'client' | 'news'>
): Promise<void> {
  const { client, news } = server;
  if (client.reviewer === null) {
    return;
  }
  try {
    await client.ask('me', {}, '');
  } catch (error) {
    if (!(error instanceof AnswerError)) {
      throw error;
    }
    if (error.answer.code !== 'no-server') {
      client.reviewer = null;
      keepReviewer(null);
      news.everything();
    }
  }
}

/** Review as `name` in this browser; empty: as whom the server knows. */
export async function reviewAs(
  server: Pick<IReviewkitServer, 'client' | 'news'>,
  name: string
): Promise<Me> {
  const { client, news } = server;
  const before = client.reviewer;
  client.reviewer = name.trim() || null;
  try {
    const me = await client.ask('me', {}, '');
    acceptMe(client, me);
    news.everything();
    return me;
  } catch (error) {
    client.reviewer = before;
    throw error;
  }
}

/** Ask who reviews in this browser from now on. */
export async function switchReviewer(
  server: Pick<IReviewkitServer, 'client' | 'news'>,
  trans: TranslationBundle
): Promise<void> {
  try {
    const me = await server.client.ask('me', {}, '');
    if (me.locked) {
      await showDialog({
        title: trans.__('You review as %1', me.name ?? me.reviewer ?? ''),
        body: trans.__(
          'This server knows who you are, so the name cannot be changed here.'
        ),
        buttons: [Dialog.okButton()]
      });
      return;
    }
    const answer = await InputDialog.getText({
      title: trans.__('Switch reviewer in this browser'),
      label: trans.__('Name (shown beside the ratings); empty: your own'),
      text: me.name ?? me.reviewer ?? '',
      okLabel: trans.__('Switch')
    });
    if (answer.button.accept) {
      const now = await reviewAs(server, answer.value ?? '');
      Notification.info(
        trans.__('You review as %1.', now.name ?? now.reviewer ?? '?'),
        {
          autoClose: 4000
        }
      );
    }
  } catch (error) {
    if (!(error instanceof AnswerError)) {
      throw error;
    }
    Notification.error(error.message, { autoClose: false });
  }
}
