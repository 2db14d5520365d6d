/** The editor's colours as numbers, for what cannot use CSS variables, and word of their change. */

const byte = (value: number) => Math.round(value).toString(16).padStart(2, "0");

/** Resolves colours of the current theme to opaque `#rrggbb`, laid over the editor's background. */
export function themeColours(): (expression: string, fallback: string) => string {
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const probe = document.createElement("span");
  document.body.append(probe);
  const resolve = (expression: string): string => {
    probe.style.color = "";
    probe.style.color = expression;
    return probe.style.color === "" ? "" : getComputedStyle(probe).color;
  };
  const background = resolve("var(--vscode-editor-background, Canvas)");
  queueMicrotask(() => probe.remove());
  return (expression, fallback) => {
    const colour = resolve(expression);
    if (context === null || colour === "") return fallback;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = background;
    context.fillRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${byte(red)}${byte(green)}${byte(blue)}`;
  };
}

/** True for the dark kinds of theme; decides which way mermaid derives its colours. */
export function isDarkTheme(): boolean {
  const { classList } = document.body;
  return (
    classList.contains("vscode-dark") ||
    (classList.contains("vscode-high-contrast") && !classList.contains("vscode-high-contrast-light"))
  );
}

/** Calls back after the theme changed: VS Code swaps the body's classes and the variables on the root. */
export function onThemeChange(callback: () => void): void {
  let waiting = false;
  const observer = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      callback();
    });
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
}

/** Whether the person asked for less motion, in the system or in VS Code. */
export function reducedMotion(): boolean {
  return (
    document.body.classList.contains("vscode-reduce-motion") ||
    window.matchMedia("(prefers-reduced-motion: reduce)").matches
  );
}
