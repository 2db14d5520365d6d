/** Opens a built panel in a plain page of a real browser, with the security policy that VS Code gives it. */
import { createReadStream, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { pageHtml } from "../../client/src/panels/page.js";
import { type Messages, readMessages } from "../../server/src/l10n/text.js";
import {
  type FromWebview,
  PANELS,
  type PanelKind,
  type ToWebview,
  type WebviewState,
} from "../../server/src/protocol/webview.js";
import { launchBrowser } from "../rig/browser.mjs";
import { THEMES, type Theme } from "./themes.js";

const root = path.resolve(import.meta.dirname, "../..");

/** Where the tests' bundle is built: apart from dist/, which others may be rebuilding. */
export const bundle = path.join(root, "test/out/web-bundle");

/** Where screenshots go. */
export const shots = path.join(root, "test/out/web");

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".ttf": "font/ttf",
  ".html": "text/html; charset=utf-8",
};

/** A running browser with the server that feeds it. */
export interface Rig {
  readonly browser: Browser;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a browser and a server on the loopback interface. */
export async function startRig(): Promise<Rig> {
  mkdirSync(shots, { recursive: true });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const shell = /^\/([a-z]+)\/(light|dark|hc)\/(en|zh-cn)$/.exec(url.pathname);
    const theme = THEMES.find((each) => each.name === shell?.[2]);
    const panel = PANELS.find((each) => each === shell?.[1]);
    if (shell !== null && theme !== undefined && panel !== undefined) {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.setHeader("content-security-policy", policy(panel));
      response.end(html(panel, theme, shell[3] ?? "en"));
      return;
    }
    const file = path.join(bundle, path.normalize(url.pathname.replace(/^\/dist\/media/, "")));
    if (!file.startsWith(bundle) || !existsSync(file)) {
      response.statusCode = url.pathname === "/favicon.ico" ? 204 : 404;
      response.end();
      return;
    }
    response.setHeader("content-type", TYPES[path.extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const browser = await launchBrowser();
  return {
    browser,
    port: address.port,
    close: async () => {
      await browser.close();
      await closeServer(server);
    },
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}

/**
 * The policy that the extension gives its panels: nothing remote, scripts by nonce alone. Only the diagram gets
 * inline styles here, which mermaid needs: it shows that the cluster panel would do without.
 */
function policy(panel: PanelKind): string {
  const style = panel === "diagram" ? "'self' 'unsafe-inline'" : "'self'";
  return `default-src 'none'; script-src 'nonce-${NONCE}'; style-src ${style}; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'`;
}

const NONCE = "c2ltdWxhdGVkIHJhZnQ";

/** The extension's own page; VS Code sets the body's class. */
function html(panel: PanelKind, theme: Theme, language: string): string {
  const page = pageHtml({
    kind: panel,
    title: panel,
    translation: { language, messages: language === "en" ? {} : messages(language) },
    policy: policy(panel),
    nonce: NONCE,
    resource: (file) => `/dist/media/${file}`,
  });
  return page.replace("<body ", `<body class="${theme.bodyClass}" `);
}

/** What the build has made of the translations. */
function messages(language: string): Messages {
  return readMessages(JSON.parse(readFileSync(path.join(bundle, `messages.${language}.json`), "utf8"))) ?? {};
}

/** An open panel. */
export interface OpenPanel {
  readonly page: Page;
  /** Errors, refused loads and policy violations seen so far. */
  readonly trouble: string[];
  shot(name: string, options?: { readonly full?: boolean }): Promise<void>;
}

/** What to open. */
export interface OpenOptions {
  readonly panel: PanelKind;
  readonly theme?: Theme["name"];
  /** English unless told otherwise. */
  readonly language?: "en" | "zh-cn";
  readonly width?: number;
  readonly height?: number;
  readonly state?: WebviewState;
  readonly reducedMotion?: boolean;
}

/** Whoever plays the extension. */
export interface Host {
  send: (message: ToWebview) => void;
  receive(message: FromWebview): void;
}

/** Opens a panel with a host behind it. */
export async function openPanel(rig: Rig, host: Host, options: OpenOptions): Promise<OpenPanel> {
  const theme = options.theme ?? "dark";
  const context = await rig.browser.newContext({
    viewport: { width: options.width ?? 1200, height: options.height ?? 900 },
    reducedMotion: options.reducedMotion === true ? "reduce" : "no-preference",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || /Content Security Policy/i.test(message.text())) trouble.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`http://127.0.0.1:${rig.port}/`) && !/^(?:data|blob):/.test(request.url())) {
      trouble.push(`remote request: ${request.url()}`);
    }
  });
  host.send = (message: ToWebview) => {
    // The page may be closing; what it no longer hears does not matter.
    // As one text: taken apart value by value it would cost the page more time than the panel needs to draw it.
    void page
      .evaluate((text) => window.postMessage(JSON.parse(text), "*"), JSON.stringify(message))
      .catch(() => undefined);
  };
  await page.exposeFunction("hostReceives", (message: FromWebview) => {
    if (message.kind === "error") trouble.push(`panel: ${message.message}`);
    host.receive(message);
  });
  await page.exposeFunction("hostSeesViolation", (text: string) => trouble.push(text));
  const { colours } = themeOf(theme);
  await page.addInitScript(
    ([kept, variables]) => {
      // Not every violation is written to the console.
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
        Reflect.get(window, "hostSeesViolation")(`policy violated: ${violatedDirective} ${blockedURI} ${sample}`),
      );
      let state: unknown = kept;
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => Reflect.get(window, "hostReceives")(message),
          getState: () => state,
          setState: (next: unknown) => {
            state = next;
            Object.assign(window, { keptState: next });
          },
        }),
      });
      const paint = () => {
        for (const [name, value] of Object.entries(variables)) {
          document.documentElement.style.setProperty(`--vscode-${name}`, value);
        }
      };
      if (document.documentElement !== null) paint();
      document.addEventListener("DOMContentLoaded", paint);
    },
    [options.state ?? null, colours] as const,
  );
  await page.goto(`http://127.0.0.1:${rig.port}/${options.panel}/${theme}/${options.language ?? "en"}`);
  return {
    page,
    trouble,
    shot: async (name, { full = false } = {}) => {
      await picture(page, { path: path.join(shots, `${name}.png`), full });
    },
  };
}

/** Changes an open panel's theme as VS Code does, by the variables on the root and the body's class, and waits until that is drawn. */
export async function changeTheme(page: Page, name: Theme["name"]): Promise<void> {
  const { bodyClass, colours } = themeOf(name);
  const classes = THEMES.map((each) => each.bodyClass);
  await page.evaluate(
    async ({ bodyClass, colours, classes }) => {
      const { style } = document.documentElement;
      for (const variable of [...style]) if (variable.startsWith("--vscode-")) style.removeProperty(variable);
      for (const [variable, value] of Object.entries(colours)) style.setProperty(`--vscode-${variable}`, value);
      document.body.classList.remove(...classes);
      document.body.classList.add(bodyClass);
      // What the panel draws in colours of its own it draws two frames after it has noticed.
      for (let frames = 0; frames < 3; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    },
    { bodyClass, colours, classes },
  );
  await still(page);
}

function themeOf(name: Theme["name"]): Theme {
  const theme = THEMES.find((each) => each.name === name);
  if (theme === undefined) throw new Error(`no theme ${name}`);
  return theme;
}

/** A picture of what is in sight, or of the whole page. */
export async function picture(
  page: Page,
  { full, path: file }: { readonly full: boolean; readonly path?: string },
): Promise<Buffer> {
  const options = { animations: "disabled", caret: "hide", ...(file === undefined ? {} : { path: file }) } as const;
  const size = page.viewportSize();
  if (!full || size === null) return page.screenshot(options);
  // What is below the fold is laid out only when it comes into sight: the window grows until all of the page is.
  for (let tries = 0, height = size.height; tries < 4; tries += 1) {
    const needed = await page.evaluate(() => document.documentElement.scrollHeight);
    if (needed === height && tries > 0) break;
    height = needed;
    await page.setViewportSize({ width: size.width, height });
    await settled(page);
  }
  const shot = await page.screenshot(options);
  await page.setViewportSize(size);
  return shot;
}

/** Waits until the list of events shows the cursor's: below the fold it is not laid out, and follows the cursor when it comes into sight. */
export async function seeCursorsEvent(page: Page): Promise<void> {
  await page.waitForSelector("[data-server=s1]");
  await settled(page);
  await page.locator("[data-events]").evaluate((list) => list.scrollIntoView());
  await page.waitForSelector(".event-row.current .event-title:not(:empty)");
  await page.evaluate(() => window.scrollTo(0, 0));
}

/** Waits until the picture stands still: all that was asked for is drawn, fonts are there, and no transition runs. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector("body:not(:has(#app[data-behind]))", { state: "attached" });
  await page.waitForSelector(".density, .empty, .bar, .frame[aria-busy=false], .axis-picture[aria-busy=false]");
  await still(page);
}

/** Waits until what is drawn stands still: fonts are there, and no transition runs. */
async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await document.fonts.ready;
    await frame();
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    await frame();
  });
}
