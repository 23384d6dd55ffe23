import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import type { ViewSpec } from './contract';
import { type Mounted, mount } from './mount';
import { fromNotebook } from './paths';
import { IReviewkitServer } from './tokens';

export const MIME_TYPE = 'application/vnd.reviewkit.view+json';

/** Lower than the widget view's rank (-10), so that an output lives without its kernel. */
const RANK = -20;

/** The format of ViewSpec that this version knows. */
const FORMAT = 1;

/** The views that this version knows. */
const VIEWS: readonly string[] = ['form', 'table', 'panel', 'matrix'];

/** An output that is the same view as the panel's, with the server as its host. */
export class OutputView extends Widget implements IRenderMime.IRenderer {
  private mounted: Mounted | null = null;
  private shown = '';

  constructor(
    private readonly options: IRenderMime.IRendererOptions,
    private readonly server: IReviewkitServer
  ) {
    super();
    this.addClass('jp-reviewkit-Output');
    // A notebook in command mode takes single keys unless this says that they are ours.
    this.node.setAttribute('data-lm-suppress-shortcuts', 'true');
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const data = model.data[MIME_TYPE];
    const shown = JSON.stringify(data);
    if (shown === this.shown) {
      return Promise.resolve();
    }
    this.unmount();
    this.shown = shown;
    const spec = this.specOf(data);
    if (typeof spec === 'string') {
      this.say(spec);
    } else {
      this.mounted = mount(this, this.server.hostOptions(spec));
    }
    return Promise.resolve();
  }

  override dispose(): void {
    this.unmount();
    super.dispose();
  }

  /** The spec with its project relative to the server's root, or why it cannot be shown. */
  private specOf(data: unknown): ViewSpec | string {
    const spec = data as Partial<ViewSpec> | null;
    if (typeof spec !== 'object' || spec === null || typeof spec.project !== 'string') {
      return 'This output does not say what to show. Run the cell again.';
    }
    if (typeof spec.format !== 'number' || spec.format > FORMAT) {
      return 'This output was made by a newer reviewkit. Update the one beside this server.';
    }
    if (!VIEWS.includes(spec.view ?? '')) {
      return 'This output shows what this reviewkit does not know. Run the cell again.';
    }
    const notebook = (this.options.resolver as { path?: string } | null)?.path ?? '';
    const project = fromNotebook(notebook, spec.project);
    if (project === null) {
      return `The project ${spec.project} lies outside the folder that this server shows.`;
    }
    const { format, view = 'table', citekey = null, query = null } = spec;
    const { columns = null, papers = null } = spec;
    return { format, view, project, citekey, query, columns, papers };
  }

  private say(text: string): void {
    const line = document.createElement('p');
    line.className = 'jp-reviewkit-message';
    line.textContent = text;
    this.node.replaceChildren(line);
  }

  private unmount(): void {
    this.mounted?.dispose();
    this.mounted = null;
  }
}

export const mimePlugin: JupyterFrontEndPlugin<void> = {
  id: 'reviewkit:outputs',
  description: 'Shows forms and tables in notebook outputs, with or without a kernel.',
  autoStart: true,
  requires: [IRenderMimeRegistry, IReviewkitServer],
  activate: (
    _: JupyterFrontEnd,
    registry: IRenderMimeRegistry,
    server: IReviewkitServer
  ) => {
    registry.addFactory(
      {
        safe: true,
        mimeTypes: [MIME_TYPE],
        createRenderer: options => new OutputView(options, server)
      },
      RANK
    );
  }
};
