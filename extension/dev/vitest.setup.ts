// What JupyterLab expects of a browser and jsdom does not have.

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

const page = globalThis as unknown as Record<string, unknown>;
page.ResizeObserver ??= Observer;
page.IntersectionObserver ??= Observer;
page.DragEvent ??= class DragEvent extends MouseEvent {};
page.requestIdleCallback ??= (work: () => void) => setTimeout(work, 0);
page.cancelIdleCallback ??= (handle: number) => clearTimeout(handle);
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined
})) as unknown as typeof window.matchMedia;
document.queryCommandSupported ??= () => false;
