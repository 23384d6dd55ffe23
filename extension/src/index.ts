import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { checksPlugin } from './checks/plugin';
import { citingPlugin } from './citing/plugin';
import { commandsPlugin } from './commands';
import { comparingPlugin } from './comparing';
import { documentsPlugin } from './documents';
import { launcherPlugin } from './launcher';
import { mimePlugin } from './mime';
import { panelPlugin } from './panel';
import { serverPlugin } from './server';
import { writingPlugin } from './writing/plugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  serverPlugin,
  panelPlugin,
  commandsPlugin,
  comparingPlugin,
  documentsPlugin,
  launcherPlugin,
  mimePlugin,
  citingPlugin,
  checksPlugin,
  writingPlugin
];

export default plugins;
