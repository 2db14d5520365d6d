/** The reader's kind of theme, said in the way in which VS Code tells its webviews. */

const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const FORCED = window.matchMedia("(forced-colors: active)");

/** Gives the body the classes of a webview's, and keeps them true. */
export function followTheme(): void {
  paint();
  for (const query of [DARK, FORCED]) query.addEventListener("change", paint);
}

function paint(): void {
  const { classList, dataset } = document.body;
  const [dark, forced] = [DARK.matches, FORCED.matches];
  classList.toggle("vscode-dark", dark && !forced);
  classList.toggle("vscode-light", !dark && !forced);
  classList.toggle("vscode-high-contrast", forced);
  classList.toggle("vscode-high-contrast-light", forced && !dark);
  dataset["vscodeThemeId"] = `${dark ? "dark" : "light"}${forced ? " forced" : ""}`;
}
