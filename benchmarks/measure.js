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
  const end = list.scrollHeight - list.clientHeight;
  let before = await frame();
  for (let i = 1; i <= frames; i++) {
    // A flick of the wheel: three rows a frame; every tenth frame a jump of the scroll bar.
    const jump = i % 10 === 0;
    list.scrollTop = jump ? (end * ((i * 37) % frames)) / frames : list.scrollTop + 180;
    const now = await frame();
    times.push(now - before);
    before = now;
    blank += hasBlank(list) ? 1 : 0;
  }
  return {
    shown,
    longest: Math.max(...times),
    late: (100 * times.filter(time => time > 25).length) / frames,
    blank: (100 * blank) / frames
  };
}

function hasBlank(list) {
  const { top, bottom } = list.getBoundingClientRect();
  return [...list.querySelectorAll('[role=option][aria-busy=true]')].some(row => {
    const place = row.getBoundingClientRect();
    return place.bottom > top && place.top < bottom;
  });
}
