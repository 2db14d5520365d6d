// docs/commands.md from the manifest: every command with its titles, its keys and where it stands.

/**
 * @typedef {{ command: string, title: string }} Command
 * @typedef {{ command?: string, submenu?: string, when?: string, group?: string }} Item
 * @typedef {{ command: string, key: string, mac?: string, when: string }} Key
 * @typedef {{ contributes: { commands: Command[], menus: Record<string, Item[]>, keybindings: Key[], views: Record<string, { id: string, name: string }[]> } }} Manifest
 */

const intro = `# Commands

Every command of the extension, under *Raft Lab* in the command palette. Generated from \`package.json\` by
\`node scripts/generate-docs.mjs\`. On a Mac, Ctrl is Cmd. Keys mean the lab's editors, panels and views only.
`;

/** Where a menu is. Views are told by their conditions. */
const places = /** @type {Record<string, string>} */ ({
  "editor/title": "editor title",
  "editor/title/run": "run button of the editor",
  "editor/context": "editor menu",
  "file/newFile": "File > New File…",
  "testing/item/context": "Test Explorer",
  "testing/item/result": "test results",
  "raftlab.live": "editor menu, Live Cluster",
});

/**
 * The whole page.
 * @param {Manifest} manifest
 * @param {Record<string, string>} english package.nls.json
 * @param {Record<string, string>} chinese package.nls.zh-cn.json
 */
export function commandsPage(manifest, english, chinese) {
  const { commands, menus, keybindings, views } = manifest.contributes;
  const names = Object.fromEntries(
    Object.values(views).flatMap((list) => list.map(({ id, name }) => [id, english[key(name)]])),
  );
  const rows = commands.map(({ command, title }) => {
    const keys = keybindings
      .filter((binding) => binding.command === command)
      .map((binding) => `\`${keyText(binding.key)}\``);
    const where = Object.entries(menus).flatMap(([menu, items]) =>
      items.filter((item) => item.command === command).map((item) => placeOf(menu, item, names)),
    );
    const hidden = (menus["commandPalette"] ?? []).some((item) => item.command === command && item.when === "false");
    const all = [...(hidden ? [] : ["palette"]), ...new Set(where.filter((place) => place !== null))];
    const cells = [
      english[key(title)],
      chinese[key(title)],
      [...new Set(keys)].join(", "),
      all.join("; "),
      `\`${command}\``,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `${[intro, "| command | 命令 | keys | where | id |", "|---|---|---|---|---|", ...rows].join("\n")}\n`;
}

/** @param {string} reference `%command.put%` */
function key(reference) {
  return reference.replaceAll("%", "");
}

/** @param {string} keys `ctrl+k l` as people write it: `Ctrl+K L` */
function keyText(keys) {
  return keys.replace(/[a-z][a-z0-9]*/gu, (word) => `${word[0]?.toUpperCase()}${word.slice(1)}`);
}

/**
 * @param {string} menu
 * @param {Item} item
 * @param {Record<string, string | undefined>} views names by id
 */
function placeOf(menu, { when = "", group = "" }, views) {
  if (menu === "commandPalette") return null;
  const view = /\bview == ([\w.]+)/u.exec(when)?.[1];
  if (view === undefined) return places[menu] ?? menu;
  const name = `${views[view] ?? view} view`;
  if (menu === "view/title") return group.startsWith("navigation") ? `${name}, title` : `${name}, … menu`;
  return group.startsWith("inline") ? `${name}, row` : `${name}, row's menu`;
}
