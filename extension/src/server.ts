import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Client } from './client';
import type { ViewSpec } from './contract';
import { News } from './events';
import type { HostOptions } from './host';
import { recallReviewer, verifyReviewer } from './reviewer';
import { IReviewkitServer } from './tokens';

/** What a view may ask of the application: each is a command of that name. */
const ACTIONS = ['insert-citation', 'switch-reviewer', 'show-cell'];

export const serverPlugin: JupyterFrontEndPlugin<IReviewkitServer> = {
  id: 'reviewkit:server',
  description: 'Asks the server about reviewkit projects and listens to its news.',
  autoStart: true,
  provides: IReviewkitServer,
  activate: (app: JupyterFrontEnd): IReviewkitServer => {
    const client = new Client(app.serviceManager.serverSettings);
    const news = new News(app.serviceManager.events);
    client.reviewer = recallReviewer();
    void verifyReviewer({ client, news });
    return {
      client,
      news,
      hostOptions: (spec: ViewSpec, ui?: unknown): HostOptions => ({
        client,
        news,
        spec,
        ui,
        actions: ACTIONS,
        perform: (action, params) => {
          void app.commands.execute(
            `reviewkit:${action}`,
            params as { citekey: string }
          );
        }
      })
    };
  }
};
