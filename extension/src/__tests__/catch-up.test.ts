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
    expect(fetch.mock.calls.length).toBeLessThan(25);
  });

  it('fetches what may come later after the rest, and more seldom', async () => {
    const told: string[] = [];
    const say = (what: string) => async () => {
      await new Promise(done => setTimeout(done, 10));
      told.push(what);
    };
    const behind = new CatchUp(say('rows'), say('project'));
    for (let n = 0; n < 200; n++) {
      behind.soon();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(told.slice(0, 2)).toEqual(['rows', 'project']);
    expect(told.filter(what => what === 'project').length).toBe(2);
    told.length = 0;
    await vi.advanceTimersByTimeAsync(2000);
    expect(told.at(-1)).toBe('project');
    behind.soon();
    behind.dispose();
    told.length = 0;
    await vi.advanceTimersByTimeAsync(2000);
    expect(told).toEqual([]);
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
