import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { AnswerError } from '../client';
import type { Written } from '../contract';

/** How many notes of a document are shown. */
const NOTES = 4;
/** What takes no longer, in milliseconds, is not announced. */
const SHORT = 400;
/** JupyterLab draws a notification so long after it was told of, and until then loses changes. */
const DRAWN = 600;

type Options = Notification.IOptions<string>;

/** Something at work, told as one notification that changes when it is done. */
class Work {
  private id: string | null = null;
  private since = 0;
  private readonly timer: ReturnType<typeof setTimeout>;

  constructor(waiting: string) {
    this.timer = setTimeout(() => {
      this.since = Date.now();
      this.id = Notification.emit(waiting, 'in-progress', { autoClose: false });
    }, SHORT);
  }

  async end(
    message: string,
    type: Notification.TypeOptions,
    more: Options
  ): Promise<void> {
    clearTimeout(this.timer);
    const { id } = this;
    if (id === null) {
      Notification.emit(message, type, more);
      return;
    }
    const rest = this.since + DRAWN - Date.now();
    await new Promise(resolve => setTimeout(resolve, Math.max(0, rest)));
    Notification.update({ id, message, type, ...more });
  }

  forget(): void {
    clearTimeout(this.timer);
    if (this.id !== null) {
      Notification.dismiss(this.id);
    }
  }
}

/** Say that something is at work, and what came of it; null: it was refused. */
export async function follow(
  asked: Promise<Written>,
  waiting: string,
  trans: TranslationBundle,
  help: (message: string) => Notification.IAction[] = () => []
): Promise<Written | null> {
  const work = new Work(waiting);
  try {
    const written = await asked;
    const notes = written.notes.slice(0, NOTES);
    const more = written.notes.length - notes.length;
    const last = more > 0 ? [trans.__('and %1 more', more)] : [];
    const message = [written.message, ...notes, ...last].join('\n');
    const told = notes.length > 0;
    await work.end(message, told ? 'warning' : 'success', {
      autoClose: told ? 15_000 : 6000
    });
    return written;
  } catch (error) {
    if (!(error instanceof AnswerError)) {
      work.forget();
      throw error;
    }
    const actions = help(error.message);
    await work.end(error.message, 'error', { autoClose: false, actions });
    return null;
  }
}
