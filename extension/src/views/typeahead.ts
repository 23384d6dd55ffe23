/**
 * Letters typed after a key asked for a field and before the field is there: they are kept
 * for it, so that nobody who types fast loses the first ones or triggers other keys.
 */
export class TypeAhead {
  private text: string | null = null;

  /** A field was asked for: what is typed from now on is for it. */
  begin(): void {
    this.text = '';
  }

  /** True if the key was kept. */
  take(event: KeyboardEvent): boolean {
    if (this.text === null || event.ctrlKey || event.metaKey || event.altKey) {
      return false;
    }
    if (event.key === 'Backspace') {
      this.text = this.text.slice(0, -1);
      return true;
    }
    if ([...event.key].length !== 1) {
      return false;
    }
    this.text += event.key;
    return true;
  }

  /** The field is there and has the focus (or null: it will not come). */
  deliver(field: HTMLElement | null): void {
    const text = this.text;
    this.text = null;
    if (
      text &&
      (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
    ) {
      field.setRangeText(text, field.value.length, field.value.length, 'end');
      field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text }));
    }
  }
}
