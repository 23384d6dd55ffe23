import { PathExt } from '@jupyterlab/coreutils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type {
  INotebookModel,
  INotebookTracker,
  NotebookPanel
} from '@jupyterlab/notebook';
import { AnswerError } from '../client';
import type { Finding } from '../contract';
import { pathOf, type ProjectFinder } from '../documents';
import type { IReviewkitServer } from '../tokens';
import { type ChecksHost, ChecksState } from '../views/state-checks';
import { apply, ignore, placeOf, reveal, stillThere } from './notebook';

/** So long after news of the project the notebook is looked over again, in milliseconds. */
const PAUSE = 1500;

/** Follows the notebook that is worked on and keeps its findings. */
export class ChecksWatcher implements ChecksHost {
  readonly state = new ChecksState(this);
  /** Nothing is asked of the server before somebody looks. */
  private looked = false;
  private panel: NotebookPanel | null = null;
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly notebooks: INotebookTracker,
    private readonly server: IReviewkitServer,
    private readonly finder: ProjectFinder,
    private readonly showPaper: (citekey: string, project: string) => void
  ) {
    notebooks.currentChanged.connect(this.follow, this);
    server.news.changed.connect(() => this.later());
    this.follow();
  }

  /** Somebody looks at the list: from now on it is kept true. */
  look(): void {
    if (!this.looked) {
      this.looked = true;
      this.refresh();
    }
  }

  refresh(): void {
    void this.check();
  }

  reveal(finding: Finding): void {
    const { panel } = this;
    if (!panel) {
      return;
    }
    const at = placeOf(panel, finding.cell_id, finding.cell);
    if (finding.cell !== null && at >= 0) {
      void reveal(panel, at);
    } else if (finding.citekey !== null) {
      void this.projectOf(panel).then(project => {
        if (project !== null && finding.citekey !== null) {
          this.showPaper(finding.citekey, project);
        }
      });
    }
  }

  async fix(finding: Finding): Promise<void> {
    await this.change(finding, (panel, fresh) => {
      apply(panel, fresh, fresh.fix?.edits ?? []);
      return `${fresh.fix?.label}: done. Undo it in the cell.`;
    });
  }

  async ignore(finding: Finding): Promise<void> {
    await this.change(finding, (panel, fresh) => {
      ignore(panel, placeOf(panel, fresh.cell_id, fresh.cell), fresh.rule);
      return `${fresh.rule} is silenced in cell ${fresh.cell}.`;
    });
  }

  /** Change the cell that a finding is of, if it is as it was when it was looked over. */
  private async change(
    finding: Finding,
    act: (panel: NotebookPanel, fresh: Finding) => string
  ): Promise<void> {
    const { panel } = this;
    if (!panel) {
      return;
    }
    let fresh: Finding | undefined = finding;
    if (panel.model?.dirty) {
      // What stands in the file is what was looked over: first they must be the same.
      await panel.context.save();
      await this.check();
      fresh = this.state.findings.value?.find(one => isSame(one, finding));
    }
    if (!fresh || !stillThere(panel, fresh)) {
      this.state.said.value = 'The cell is another now. It was looked over again.';
      await this.check();
      return;
    }
    const said = act(panel, fresh);
    await panel.context.save();
    await this.check();
    this.state.said.value = said;
  }

  private follow(): void {
    const panel = this.notebooks.currentWidget;
    if (panel === this.panel) {
      return;
    }
    this.panel?.context.saveState.disconnect(this.saved, this);
    this.panel = panel;
    panel?.context.saveState.connect(this.saved, this);
    const { state } = this;
    state.name.value = panel ? PathExt.basename(panel.context.path) : null;
    state.findings.value = state.failure.value = null;
    state.said.value = '';
    this.refresh();
  }

  private saved(
    _: DocumentRegistry.IContext<INotebookModel>,
    saving: DocumentRegistry.SaveState
  ): void {
    if (saving === 'completed') {
      this.refresh();
    }
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), PAUSE);
  }

  private projectOf(panel: NotebookPanel): Promise<string | null> {
    return this.finder.projectOf(pathOf(panel) ?? '');
  }

  private async check(): Promise<void> {
    const { panel, state } = this;
    if (!this.looked || !panel) {
      return;
    }
    const number = ++this.asked;
    state.busy.value = true;
    let found: readonly Finding[] | null = null;
    let failure: string | null = null;
    try {
      const project = await this.projectOf(panel);
      if (project !== null) {
        const path = PathExt.relative(`/${project}`, `/${pathOf(panel) ?? ''}`);
        ({ findings: found } = await this.server.client.ask(
          'check',
          { path },
          project
        ));
      }
    } catch (error) {
      if (!(error instanceof AnswerError)) {
        throw error;
      }
      failure = error.message;
    } finally {
      // An answer that comes after a later question is of the past.
      if (number === this.asked && panel === this.panel) {
        state.findings.value = found;
        state.failure.value = failure;
        state.busy.value = false;
      }
    }
  }
}

function isSame(one: Finding, other: Finding): boolean {
  return (
    one.rule === other.rule &&
    one.cell_id === other.cell_id &&
    one.citekey === other.citekey &&
    one.quote === other.quote
  );
}
