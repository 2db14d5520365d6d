// Webviews: a document two frames deep, laid over the part of the window that it belongs to.

/** A frame that is still there after so long stays. */
const SETTLED_MS = 300;

/**
 * The frame of a webview's own document, by the title of its editor tab or its view. The frames bear no title: the one is taken that
 * lies over the part of the window which does.
 * @param {import("playwright-core").Page} page
 * @param {string} title
 * @param {number} [timeoutMs]
 * @returns {Promise<import("playwright-core").Frame>}
 */
export async function webviewFrame(page, title, timeoutMs = 30_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const outer = await page.evaluateHandle(outerFrameOf, title);
    const frame = await innerFrame(outer.asElement());
    // A panel that is just being shown may be laid out once more, in another frame: one that stays is the one.
    if (frame !== undefined) {
      await page.waitForTimeout(SETTLED_MS);
      const again = await innerFrame((await page.evaluateHandle(outerFrameOf, title)).asElement());
      if (again === frame && !frame.isDetached()) return frame;
    }
    if (Date.now() > deadline)
      throw new Error(`no webview "${title}" after ${timeoutMs} ms; the frames: ${await describe(page)}`);
    await page.waitForTimeout(100);
  }
}

/**
 * Runs in the page.
 * @param {string} title
 */
function outerFrameOf(title) {
  /** @param {Element} element */
  const says = (element) => (element.textContent ?? "").trim().toLowerCase() === title.toLowerCase();
  const groups = [...document.querySelectorAll(".editor-group-container")].filter((group) =>
    [...group.querySelectorAll(".tab.active .label-name, .title .label-name")].some(says),
  );
  const views = [...document.querySelectorAll(".pane, .part.panel, .part.sidebar, .part.auxiliarybar")].filter((view) =>
    [...view.querySelectorAll(".pane-header .title, .composite.title h2, .composite-bar .checked .action-label")].some(
      says,
    ),
  );
  const parts = [...groups, ...views].map((part) => part.getBoundingClientRect());
  return [...document.querySelectorAll("iframe.webview.ready")].find((frame) => {
    const box = frame.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const shown = box.width > 0 && getComputedStyle(frame).visibility === "visible";
    return shown && parts.some((part) => x > part.left && x < part.right && y > part.top && y < part.bottom);
  });
}

/** @param {import("playwright-core").ElementHandle<Node> | null} outer */
async function innerFrame(outer) {
  try {
    const content = await outer?.contentFrame();
    const active = await content?.$("iframe#active-frame");
    const frame = await active?.contentFrame();
    return frame ?? undefined;
  } catch {
    // The frame was taken away while it was looked at: there will be another.
    return undefined;
  }
}

/** @param {import("playwright-core").Page} page */
async function describe(page) {
  const frames = await page
    .locator("iframe.webview")
    .evaluateAll((all) => all.map((frame) => `${frame.className} ${JSON.stringify(frame.getBoundingClientRect())}`));
  return frames.length === 0 ? "none" : frames.join("; ");
}
