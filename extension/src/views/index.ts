import { h, render as draw } from 'preact';
import { type Model, specOf } from './model';
import { ViewState } from './state';
import { View } from './view';

export type { Model, Remembered } from './model';

/** Show the view that the model's spec names; returns what takes it away again. */
export function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  let state = new ViewState(specOf(model), model);
  let shown = JSON.stringify(state.spec);
  const show = (): void => draw(h(View, { key: shown, state }), el);
  const respec = (): void => {
    const spec = specOf(model);
    if (JSON.stringify(spec) === shown) {
      return;
    }
    // The model already speaks for the new project: drafts of the old one stay here.
    state.close(spec.project !== state.spec.project);
    state = new ViewState(spec, model);
    shown = JSON.stringify(spec);
    show();
  };
  el.classList.add('rk-host');
  // A host may bring a paper to the front.
  const showPaper = (): void => {
    const { citekey } = (model.get('paper') ?? {}) as { citekey?: string };
    if (citekey !== undefined) {
      state.open(citekey);
    }
  };
  model.on('change:spec', respec);
  model.on('change:paper', showPaper);
  show();
  return () => {
    model.off('change:spec', respec);
    model.off('change:paper', showPaper);
    state.close();
    draw(null, el);
  };
}

export default { render };
