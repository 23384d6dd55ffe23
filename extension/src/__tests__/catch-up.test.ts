import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CatchUp } from '../views/state-catch-up';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('catching up with changes', () => {
  it('fetches a single change at once', async () => {
    const fetch = vi.fn(() => Promise.resolve());
    new CatchUp(fetch).soon();
    await vi.advanceTimersByTimeAsync(1);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('fetches a thousand changes a few times, and the last of them', async () => {
    let now = 0;
    let shown = 0;
    const fetch = vi.fn(async () => {
      const answer = now;
      await new Promise(done => setTimeout(done, 30));
      shown = answer;
    });
    const behind = new CatchUp(fetch);
    for (now = 1; now <= 1000; now++) {
      behind.soon();
      await vi.advanceTimersByTimeAsync(1);
    }
    now = 1000;
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown).toBe(1000);
    expect(fetch.mock.calls.length).toBeLessThan(12);
  });

  it('fetches nothing for a view that is gone', async () => {
    const fetch = vi.fn(() => Promise.resolve());
    const behind = new CatchUp(fetch);
    behind.soon();
    behind.dispose();
    await vi.advanceTimersByTimeAsync(1000);
    expect(fetch).not.toHaveBeenCalled();
  });
});
