// Time to the first rows, and frames while the list scrolls from top to bottom and back.

const frame = () => new Promise(done => requestAnimationFrame(done));

/** Wait for the first row with text, then until it has been drawn. */
export async function firstRows(list, isFilled) {
  while (!list()?.querySelector(isFilled)) {
    await frame();
  }
  await frame();
  await new Promise(done => setTimeout(done));
  const shown = performance.now();
  window.measured = { shown, scroll: frames => scroll(list(), frames, shown) };
}

async function scroll(list, frames, shown) {
  const times = [];
  let blank = 0;
  let before = await frame();
  for (let i = 0; i < frames; i++) {
    // A brisk turn of the wheel: 180 pixels, two or three rows, a frame.
    list.scrollTop += 180;
    const now = await frame();
    times.push(now - before);
    before = now;
    blank += hasBlank(list) ? 1 : 0;
  }
  return {
    shown,
    longest: Math.max(...times),
    late: (100 * times.filter(time => time > 25).length) / frames,
    blank: (100 * blank) / frames,
    jump: await jumps(list, 1 + frames / 10)
  };
}

/** Median milliseconds from a jump of the scroll bar to all rows in sight. */
async function jumps(list, number) {
  const end = list.scrollHeight - list.clientHeight;
  const times = [];
  for (let i = 0; i < number; i++) {
    const begin = performance.now();
    list.scrollTop = end * ((0.37 + i * 0.618) % 1);
    do {
      await frame();
      await frame();
    } while (hasBlank(list));
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}

function hasBlank(list) {
  const { top, bottom } = list.getBoundingClientRect();
  return [...list.querySelectorAll('[role=option][aria-busy=true]')].some(row => {
    const place = row.getBoundingClientRect();
    return place.bottom > top && place.top < bottom;
  });
}
