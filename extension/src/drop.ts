import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { Drag } from '@lumino/dragdrop';
import type { Widget } from '@lumino/widgets';
import { addPapers, base64 } from './adding';
import type { IReviewkitServer } from './tokens';

/** What JupyterLab's file browser drags: paths. */
const PATHS = 'application/x-jupyter-icontents';

const MARK = 'jp-mod-dropTarget';

/**
 * Files dragged from JupyterLab's file browser to the widget, and text dragged from
 * anywhere, add their papers to the project that is shown then. Files of the computer are
 * the view's own matter: it takes them in a notebook, too.
 */
export function acceptFiles(
  widget: Widget,
  contents: Pick<Contents.IManager, 'get'>,
  server: Pick<IReviewkitServer, 'client' | 'news'>,
  project: () => string
): void {
  const { node } = widget;
  const over = (event: Drag.Event): void => {
    if (event.mimeData.hasData(PATHS)) {
      event.preventDefault();
      event.stopPropagation();
      event.dropAction = event.proposedAction;
      node.classList.add(MARK);
    }
  };
  const leave = (): void => node.classList.remove(MARK);
  const drop = (event: Drag.Event): void => {
    leave();
    const paths = event.mimeData.getData(PATHS) as readonly string[] | undefined;
    if (!paths) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    event.dropAction = event.proposedAction;
    void addPaths(paths, contents, server, project());
  };
  const dropText = (event: DragEvent): void => {
    const text = event.dataTransfer?.getData('text/plain') ?? '';
    const inField = (event.target as HTMLElement).closest('input, textarea') !== null;
    if (
      event.defaultPrevented ||
      inField ||
      event.dataTransfer?.files.length ||
      !text
    ) {
      return;
    }
    event.preventDefault();
    const data = base64(new TextEncoder().encode(text));
    void addPapers(server, project(), 'dropped text', data);
  };
  const overText = (event: DragEvent): void => {
    const inField = (event.target as HTMLElement).closest('input, textarea') !== null;
    if (!inField && event.dataTransfer?.types.includes('text/plain')) {
      event.preventDefault();
    }
  };
  node.addEventListener('lm-dragenter', over as unknown as EventListener);
  node.addEventListener('lm-dragover', over as unknown as EventListener);
  node.addEventListener('lm-dragleave', leave);
  node.addEventListener('lm-drop', drop as unknown as EventListener);
  node.addEventListener('dragover', overText);
  node.addEventListener('drop', dropText);
}

async function addPaths(
  paths: readonly string[],
  contents: Pick<Contents.IManager, 'get'>,
  server: Pick<IReviewkitServer, 'client' | 'news'>,
  project: string
): Promise<void> {
  for (const path of paths) {
    const name = PathExt.basename(path);
    let data: string;
    try {
      const file = await contents.get(path, {
        type: 'file',
        format: 'base64',
        content: true
      });
      data = String(file.content).replace(/\s+/g, '');
    } catch (error) {
      Notification.error(`${name} could not be read: ${String(error)}`, {
        autoClose: false
      });
      continue;
    }
    await addPapers(server, project, name, data);
  }
}
