import { expect, vi } from 'vitest';
import type { ViewSpec } from '../contract';
import { render } from '../views';
import { FakeModel } from './fake';

/** A view in a page, with what a test wants to know of it. */
export class Page {
  readonly el = document.createElement('div');
  private readonly unmount: () => void;

  constructor(readonly model: FakeModel) {
    document.body.append(this.el);
    this.unmount = render({ model, el: this.el });
  }

  /** The first match, once it is there. */
  async find<E extends HTMLElement = HTMLElement>(selector: string): Promise<E> {
    return await vi.waitFor(() => {
      const found = this.get<E>(selector);
      expect(found, selector).not.toBeNull();
      return found as E;
    });
  }

  get<E extends HTMLElement = HTMLElement>(selector: string): E | null {
    return this.el.querySelector<E>(selector);
  }

  all(selector: string): HTMLElement[] {
    return Array.from(this.el.querySelectorAll<HTMLElement>(selector));
  }

  /** The button with these words. */
  button(words: string): HTMLButtonElement {
    const found = this.all('button').find(
      button =>
        (button.getAttribute('aria-label') ?? button.textContent ?? '').trim() === words
    );
    expect(found, words).toBeDefined();
    return found as HTMLButtonElement;
  }

  get text(): string {
    return this.el.textContent ?? '';
  }

  async says(text: string): Promise<void> {
    await vi.waitFor(() => expect(this.text).toContain(text));
  }

  async open(citekey: string): Promise<void> {
    (await this.find(`[data-citekey="${citekey}"]`)).click();
    await this.find('.rk-review-mine');
  }

  press(
    key: string,
    target: Element = document.activeElement ?? this.el,
    more = {}
  ): KeyboardEvent {
    const event = new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      cancelable: true,
      ...more
    });
    target.dispatchEvent(event);
    return event;
  }

  close(): void {
    this.unmount();
    this.el.remove();
  }
}

const pages: Page[] = [];

/** Show a view over a fake project of `count` papers. */
export function show(spec: Partial<ViewSpec> = {}, count = 106): Page {
  return showModel(new FakeModel(spec, count));
}

export function showModel(model: FakeModel): Page {
  const page = new Page(model);
  pages.push(page);
  return page;
}

/** Take all views away and forget their drafts. */
export function clean(): void {
  pages.splice(0).forEach(page => page.close());
  localStorage.clear();
}

export function type(
  field: HTMLInputElement | HTMLTextAreaElement,
  text: string
): void {
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
