/** The page's scroll position, kept and brought back. */

/** How long the page may take to become as tall as it was. */
const PATIENCE_MS = 5000;
const PAUSE_MS = 200;

/** Tells of the scroll position some time after it came to rest. */
export function onScrolled(tell: (top: number) => void): void {
  let timer: number | null = null;
  window.addEventListener(
    "scroll",
    () => {
      if (timer !== null) clearTimeout(timer);
      timer = window.setTimeout(() => tell(Math.round(window.scrollY)), PAUSE_MS);
    },
    { passive: true },
  );
}

/** Scrolls to where the page was as soon as it is tall enough again, unless the person is faster. */
export function scrollBack(top: number): void {
  if (top <= 0) return;
  const page = document.documentElement;
  const sizes = new ResizeObserver(() => {
    if (page.scrollHeight - window.innerHeight < top) return;
    stop();
    window.scrollTo(0, top);
  });
  const stop = () => {
    clearTimeout(timer);
    sizes.disconnect();
    for (const name of ["wheel", "pointerdown", "keydown"]) window.removeEventListener(name, stop);
  };
  const timer = window.setTimeout(stop, PATIENCE_MS);
  for (const name of ["wheel", "pointerdown", "keydown"]) window.addEventListener(name, stop, { passive: true });
  sizes.observe(document.body);
}
