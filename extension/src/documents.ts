import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { Widget } from '@lumino/widgets';
import { AnswerError } from './client';
import { belongsToProject, withoutDrive } from './paths';
import { loadSettings } from './settings';
import { IReviewkitPanel, IReviewkitServer } from './tokens';

/** How long a folder without a project is taken for one, in milliseconds. */
const FORGET = 15_000;

/** The path of a widget's file relative to the server's root; null if it shows no file. */
export function pathOf(widget: Widget | null): string | null {
  return widget instanceof DocumentWidget ? withoutDrive(widget.context.path) : null;
}

/** Finds the project around a file, and asks the server only once about a folder. */
export class ProjectFinder {
  private readonly found = new Map<string, { project: string | null; at: number }>();

  constructor(private readonly server: Pick<IReviewkitServer, 'client'>) {}

  /** The project's path; null: there is none, or nobody answers. */
  async projectOf(path: string): Promise<string | null> {
    const folder = PathExt.dirname(path);
    const known = this.found.get(folder);
    if (known && (known.project !== null || Date.now() - known.at < FORGET)) {
      return known.project;
    }
    let project: string | null = null;
    try {
      project = (await this.server.client.ask('project', {}, path)).path;
    } catch (error) {
      if (!(error instanceof AnswerError)) {
        throw error;
      }
      if (error.answer.code !== 'project') {
        return null;
      }
    }
    this.found.set(folder, { project, at: Date.now() });
    return project;
  }
}

export const documentsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'reviewkit:documents',
  description: 'Switches the panel to the project of the file that is worked on.',
  autoStart: true,
  requires: [IReviewkitServer, IReviewkitPanel],
  optional: [ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    server: IReviewkitServer,
    panel: IReviewkitPanel,
    registry: ISettingRegistry | null
  ): void => {
    const finder = new ProjectFinder(server);
    const loading = loadSettings(registry);
    let latest: string | null = null;
    const follow = async (): Promise<void> => {
      const settings = await loading;
      const path = pathOf(app.shell.currentWidget);
      if (path === latest || settings?.get('followDocument').composite === false) {
        return;
      }
      latest = path;
      if (path === null || !belongsToProject(path)) {
        return;
      }
      const project = await finder.projectOf(path);
      // Meanwhile another file may have come to the front.
      if (project !== null && latest === path) {
        panel.open(project);
      }
    };
    const look = (): void => void follow();
    app.shell.currentChanged?.connect(look);
    void app.restored.then(follow);
  }
};
