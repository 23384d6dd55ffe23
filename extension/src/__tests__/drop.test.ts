import { MimeData } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';
import { beforeEach, expect, it } from 'vitest';
import { base64 } from '../adding';
import { acceptFiles } from '../drop';
import { FakeServer, settled } from './server';

const DONE = { format: 'bibtex', added: ['k'], problems: [], message: '1 added.' };

let server: FakeServer;
let widget: Widget;
let project: string;

beforeEach(() => {
  server = new FakeServer();
  server.answers.set('/reviewkit/add', [200, DONE]);
  widget = new Widget();
  project = 'demo';
  const contents = {
    get: (path: string) =>
      path.endsWith('.bib')
        ? Promise.resolve({ content: 'QG1p\nc2N7\n' })
        : Promise.reject(new Error('gone'))
  };
  acceptFiles(widget, contents as never, server, () => project);
  Widget.attach(widget, document.body);
});

/** An event as JupyterLab's drags send them. */
function drag(type: string, data: Record<string, unknown>): Event {
  const mimeData = new MimeData();
  Object.entries(data).forEach(([name, value]) => mimeData.setData(name, value));
  const event = new Event(type, { bubbles: true, cancelable: true });
  return Object.assign(event, { mimeData, proposedAction: 'move', dropAction: 'none' });
}

it('adds the files dragged from the file browser to the project shown at the drop', async () => {
  project = 'other';
  const paths = ['x/a.bib', 'x/gone.txt', 'x/b.bib'];
  const event = drag('lm-drop', { 'application/x-jupyter-icontents': paths });
  widget.node.dispatchEvent(event);
  await settled();
  expect(event.defaultPrevented).toBe(true);
  expect(server.asked.map(asked => asked.body)).toEqual([
    { name: 'a.bib', data: 'QG1pc2N7', project: 'other' },
    { name: 'b.bib', data: 'QG1pc2N7', project: 'other' }
  ]);
});

it('marks the panel while files are over it, and leaves other drags alone', () => {
  const files = drag('lm-dragover', { 'application/x-jupyter-icontents': ['a.bib'] });
  widget.node.dispatchEvent(files);
  expect(files.defaultPrevented).toBe(true);
  expect(widget.hasClass('jp-mod-dropTarget')).toBe(true);
  widget.node.dispatchEvent(drag('lm-dragleave', {}));
  expect(widget.hasClass('jp-mod-dropTarget')).toBe(false);
  const cells = drag('lm-dragover', { 'application/vnd.jupyter.cells': [] });
  widget.node.dispatchEvent(cells);
  expect(cells.defaultPrevented).toBe(false);
});

it('adds dropped text, but not where one types', async () => {
  const transfer = { getData: () => '@misc{é}', files: [], types: ['text/plain'] };
  const drop = (): Event =>
    Object.assign(new Event('drop', { bubbles: true, cancelable: true }), {
      dataTransfer: transfer
    });
  widget.node.append(document.createElement('textarea'));
  widget.node.querySelector('textarea')?.dispatchEvent(drop());
  widget.node.dispatchEvent(drop());
  await settled();
  const data = base64(new TextEncoder().encode('@misc{é}'));
  expect(server.asked.map(asked => asked.body)).toEqual([
    { name: 'dropped text', data, project: 'demo' }
  ]);
});

it('makes base64 of any bytes, many of them', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256);
  const back = Uint8Array.from(atob(base64(bytes)), letter => letter.charCodeAt(0));
  expect(back).toEqual(bytes);
});
