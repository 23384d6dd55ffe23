import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILauncher } from '@jupyterlab/launcher';
import { CommandIds } from './commands';

export const launcherPlugin: JupyterFrontEndPlugin<void> = {
  id: 'reviewkit:launcher',
  description: 'A tile that opens the panel.',
  autoStart: true,
  optional: [ILauncher],
  activate: (_: JupyterFrontEnd, launcher: ILauncher | null) => {
    launcher?.add({ command: CommandIds.show, category: 'Other', rank: 1 });
  }
};
