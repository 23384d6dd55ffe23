import type { Widget } from '@lumino/widgets';
import { type HostOptions, ServerHost } from './host';
import { render } from './views';

/** A view in a widget: its host, and what takes both away. */
export interface Mounted {
  readonly host: ServerHost;
  dispose(): void;
}

/** Show a view in the widget's node. */
export function mount(widget: Widget, options: HostOptions): Mounted {
  const host = new ServerHost(options);
  const el = document.createElement('div');
  el.className = 'jp-reviewkit-view';
  widget.node.replaceChildren(el);
  const unmount = render({ model: host, el });
  return {
    host,
    dispose: () => {
      unmount();
      host.dispose();
      el.remove();
    }
  };
}
