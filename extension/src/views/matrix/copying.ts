import { signal } from '@preact/signals';
import type { MatrixRow } from '../../contract';
import { messageOf } from '../requests';
import type { Block } from './block';
import type { MatrixState } from './state';
import { type SheetText, sheetText } from './sheet-text';

/** How many rows one request fetches for the clipboard. */
const PAGE = 500;

/** Copies cells so that a spreadsheet takes them as rows and columns. */
export class Copying {
  /** What is being fetched, in words; null: nothing is. */
  readonly under = signal<string | null>(null);
  private ready: { of: unknown; drawn: number; text: SheetText } | null = null;
  private round = 0;

  constructor(private readonly state: MatrixState) {}

  /** Answer the browser's wish to copy. */
  copy(event: ClipboardEvent): void {
    const { state } = this;
    if (!event.clipboardData || state.columns.value.length === 0) {
      return;
    }
    event.preventDefault();
    const { block } = state;
    const rows = this.held(block);
    const same =
      this.ready?.of === state.reach.value &&
      this.ready?.drawn === state.rows.drawn.value;
    const text = rows ? this.text(block, rows) : same ? this.ready?.text : undefined;
    if (text) {
      event.clipboardData.setData('text/plain', text.plain);
      event.clipboardData.setData('text/html', text.html);
      this.told(block);
    } else {
      void this.fetch(block);
    }
  }

  /** The rows of a block, if all of them are here. */
  private held({ top, bottom }: Block): MatrixRow[] | null {
    const found: MatrixRow[] = [];
    for (let i = top; i <= bottom; i++) {
      const row = this.state.rows.row(i);
      if (!row) {
        return null;
      }
      found.push(row);
    }
    return found;
  }

  private text(block: Block, rows: readonly MatrixRow[]): SheetText {
    const all = this.state.columns.value;
    const whole = block.top === 0 && rows.length === this.state.rows.total.value;
    return sheetText(all, rows, [block.left, block.right], whole && rows.length > 1);
  }

  /** Fetch rows that were never in sight, then copy. */
  private async fetch(block: Block): Promise<void> {
    const { state } = this;
    const round = ++this.round;
    const number = block.bottom - block.top + 1;
    const rows: MatrixRow[] = [];
    const of = state.reach.value;
    try {
      while (rows.length < number) {
        this.under.value = `Copying: ${rows.length.toLocaleString('en')} of ${number.toLocaleString('en')} rows…`;
        const limit = Math.min(PAGE, number - rows.length);
        const page = await state.page(block.top + rows.length, limit);
        if (round !== this.round) {
          return;
        }
        if (page.rows.length === 0) {
          break;
        }
        rows.push(...page.rows);
      }
      const text = this.text(block, rows);
      this.ready = { of, drawn: state.rows.drawn.value, text };
      await write(text).then(
        () => this.told(block),
        // The browser takes it only from a key that was pressed just now.
        () => state.view.say('The cells are here: copy once more.', null)
      );
    } catch (error) {
      state.view.say(messageOf(error), null);
    } finally {
      if (round === this.round) {
        this.under.value = null;
      }
    }
  }

  private told({ top, bottom, left, right }: Block): void {
    const number = (bottom - top + 1) * (right - left + 1);
    const cells = number === 1 ? 'One cell' : `${number.toLocaleString('en')} cells`;
    this.state.view.say(`${cells} copied`, null);
  }
}

async function write({ plain, html }: SheetText): Promise<void> {
  await navigator.clipboard.write([
    new ClipboardItem({
      'text/plain': new Blob([plain], { type: 'text/plain' }),
      'text/html': new Blob([html], { type: 'text/html' })
    })
  ]);
}
