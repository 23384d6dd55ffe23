import { Notification } from '@jupyterlab/apputils';
import { AnswerError } from './client';
import type { IReviewkitServer } from './tokens';

/** Base64 of the bytes. */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // A call takes only so many arguments.
  for (let start = 0; start < bytes.length; start += 0x8000) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  }
  return btoa(parts.join(''));
}

/** Add the papers of a file to the project and say what came of it. */
export async function addPapers(
  server: Pick<IReviewkitServer, 'client' | 'news'>,
  project: string,
  name: string,
  data: string
): Promise<void> {
  try {
    const result = await server.client.ask('add', { name, data }, project);
    server.news.everything();
    if (result.problems.length > 0) {
      Notification.warning(about(name, result.message), { autoClose: false });
    } else {
      Notification.success(about(name, result.message), { autoClose: 8000 });
    }
  } catch (error) {
    if (!(error instanceof AnswerError)) {
      throw error;
    }
    Notification.error(about(name, error.message), { autoClose: false });
  }
}

/** The message with the file's name before it, if it does not begin so. */
function about(name: string, message: string): string {
  return message.startsWith(name) ? message : `${name}: ${message}`;
}

/** Let the person choose files of the own computer, and add their papers. */
export function chooseFiles(
  server: Pick<IReviewkitServer, 'client' | 'news'>,
  project: string
): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = '.bib,.ris,.nbib,.xml,.json,.jsonl,.csv,.tsv,.zip,.md,.txt,text/*';
  input.addEventListener('change', () => {
    void (async () => {
      for (const file of Array.from(input.files ?? [])) {
        const bytes = new Uint8Array(await file.arrayBuffer());
        await addPapers(server, project, file.name, base64(bytes));
      }
    })();
  });
  input.click();
}
