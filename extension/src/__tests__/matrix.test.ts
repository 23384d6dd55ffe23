import { afterEach, describe, expect, it, vi } from 'vitest';
import { clean, type Page, showModel, type } from './page';
import { MatrixModel } from './matrix-fake';

afterEach(clean);

function cell(page: Page, citekey: string, column: string): HTMLElement | null {
  return page.get(`[data-citekey="${citekey}"] [data-column="${column}"]`);
}

/** Show a matrix and select a cell of it. */
async function selected(
  model: MatrixModel,
  citekey: string,
  column: string
): Promise<Page> {
  const page = showModel(model);
  await page.find(`[data-citekey="${citekey}"]`);
  cell(page, citekey, column)!.dispatchEvent(
    new MouseEvent('mousedown', { bubbles: true, button: 0 })
  );
  (await page.find('.rk-grid')).focus();
  await vi.waitFor(() =>
    expect(cell(page, citekey, column)!.getAttribute('aria-selected')).toBe('true')
  );
  return page;
}

function field(page: Page): HTMLInputElement | null {
  return page.get<HTMLInputElement>('.rk-cell-field');
}

describe('the comparison matrix', () => {
  it('keeps few of 10,000 rows in the page', async () => {
    const page = showModel(new MatrixModel(10_000));
    await page.find('[data-citekey="key0"]');
    expect(page.all('.rk-grid-row').length).toBeLessThan(60);
    expect(page.get('.rk-grid')?.getAttribute('aria-rowcount')).toBe('10001');
    await page.says('10,000 papers, 3 columns');
  });

  it('tells suggested and differing cells by words as well as by looks', async () => {
    const page = showModel(new MatrixModel());
    await page.find('[data-citekey="key2"]');
    expect(cell(page, 'key1', 'speedup')?.textContent).toContain('suggested');
    expect(cell(page, 'key2', 'speedup')?.textContent).toContain('readers differ');
    expect(cell(page, 'key2', 'speedup')?.querySelector('.rk-icon')).not.toBeNull();
  });

  it('does not cut off what is typed right after Escape', async () => {
    const model = new MatrixModel();
    const page = await selected(model, 'key3', 'speedup');
    page.press('Escape', page.get('.rk-grid')!);
    page.press('7', page.get('.rk-grid')!);
    await vi.waitFor(() => expect(field(page)?.value).toBe('7'));
    await new Promise(requestAnimationFrame);
    expect(field(page)?.value).toBe('7');
    expect(model.asked('fill')).toEqual([]);
  });

  it('is filled in by typing, and goes on to the next row', async () => {
    const model = new MatrixModel();
    const page = await selected(model, 'key3', 'speedup');
    page.press('7');
    await vi.waitFor(() => expect(field(page)?.value).toBe('7'));
    type(field(page)!, '7.5');
    page.press('Enter', field(page)!);
    await vi.waitFor(() =>
      expect(cell(page, 'key3', 'speedup')?.textContent).toBe('7.5')
    );
    expect(model.asked('fill')).toEqual([
      { citekey: 'key3', column: 'speedup', value: '7.5' }
    ]);
    expect(cell(page, 'key4', 'speedup')?.getAttribute('aria-selected')).toBe('true');
  });

  it('keeps what could not be saved, and offers it again', async () => {
    const model = new MatrixModel();
    const page = await selected(model, 'key3', 'speedup');
    model.failing.set('fill', { message: 'No number: fast', code: 'value-refused' });
    page.press('f');
    await vi.waitFor(() => expect(field(page)).not.toBeNull());
    type(field(page)!, 'fast');
    page.press('Tab', field(page)!);
    await page.says('No number: fast');
    expect(cell(page, 'key3', 'speedup')?.textContent).toContain('fast, not saved');
    model.failing.clear();
    page.press('ArrowLeft', page.get('.rk-grid')!);
    page.press('Enter', page.get('.rk-grid')!);
    await vi.waitFor(() => expect(field(page)?.value).toBe('fast'));
  });

  it('saves what is being typed when the view goes away', async () => {
    const model = new MatrixModel();
    const page = await selected(model, 'key3', 'remark');
    page.press('H');
    await vi.waitFor(() => expect(field(page)).not.toBeNull());
    type(field(page)!, 'Half a thought');
    page.close();
    expect(model.asked('fill')).toEqual([
      { citekey: 'key3', column: 'remark', value: 'Half a thought' }
    ]);
  });

  it('forgets what was typed at Escape', async () => {
    const model = new MatrixModel();
    const page = await selected(model, 'key3', 'speedup');
    page.press('7');
    await vi.waitFor(() => expect(field(page)).not.toBeNull());
    page.press('Escape', field(page)!);
    await vi.waitFor(() => expect(field(page)).toBeNull());
    expect(model.asked('fill')).toEqual([]);
    page.press('Enter', page.get('.rk-grid')!);
    await vi.waitFor(() => expect(field(page)?.value).toBe(''));
  });

  it('shows on which words a suggestion rests, and takes it', async () => {
    const model = new MatrixModel();
    const page = await selected(model, 'key1', 'speedup');
    await page.says('It is 2.5x faster');
    page.button('Take it').click();
    await vi.waitFor(() =>
      expect(model.asked('accept_cell')).toEqual([
        { citekey: 'key1', column: 'speedup', id: 's1' }
      ])
    );
    await vi.waitFor(() =>
      expect(cell(page, 'key1', 'speedup')?.textContent).toBe('2.5')
    );
  });

  it('shows text from files as text', async () => {
    const page = await selected(new MatrixModel(), 'key2', 'speedup');
    await page.says('as <b>written</b>');
    expect(page.get('.rk-detail b')).toBeNull();
  });

  it('rates by a digit in a column of ratings', async () => {
    const model = new MatrixModel();
    const page = await selected(model, 'key3', 'rating');
    page.press('4');
    expect(field(page)).toBeNull();
    await vi.waitFor(() =>
      expect(model.asked('review')).toEqual([{ citekey: 'key3', rating: 4 }])
    );
  });

  it('leaves only the rows whose readers differ', async () => {
    const page = showModel(new MatrixModel());
    const filter = await page.find<HTMLSelectElement>('[aria-label="Which papers"]');
    filter.value = 'differing';
    filter.dispatchEvent(new Event('change', { bubbles: true }));
    await page.says('1 paper,');
    expect(page.all('.rk-grid-row').map(row => row.dataset.citekey)).toEqual(['key2']);
  });

  it('makes a column that the abstracts could fill by one click', async () => {
    const model = new MatrixModel();
    const page = showModel(model);
    await page.says('+ dataset');
    page.button('+ dataset').click();
    await page.says('4 columns');
    expect(model.asked('add_column')).toEqual([{ name: 'dataset' }]);
  });

  it('asks for a first column where there is none', async () => {
    const model = new MatrixModel();
    model.columns = [];
    const page = showModel(model);
    await page.says('What do you want to compare?');
    page.button('Add a column…').click();
    const name = await page.find<HTMLInputElement>('.rk-column-form .rk-input');
    type(name, 'Method');
    await vi.waitFor(() => expect(page.button('Add the column').disabled).toBe(false));
    page.button('Add the column').click();
    await page.find('.rk-grid [data-column="method"]');
  });
});
