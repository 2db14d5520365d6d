/**
 * The manifest and the source agree, both ways. What runs is looked at by test/host/manifest.test.ts; this reads the source, so that a
 * context key nobody sets or a picture that is not there is found too.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clientSource, commandNames } from "../../scripts/lib/client-source.mjs";

interface Item {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly icon?: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly Item[]>>;
    readonly submenus: readonly { readonly id: string }[];
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac?: string;
      readonly when: string;
    }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
    readonly languages: readonly {
      readonly id: string;
      readonly configuration: string;
      readonly icon: Readonly<Record<string, string>>;
    }[];
    readonly grammars: readonly { readonly language: string; readonly path: string }[];
    readonly snippets: readonly { readonly language: string; readonly path: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    readonly taskDefinitions?: readonly { readonly type: string }[];
    readonly problemPatterns?: readonly { readonly name: string }[];
    readonly problemMatchers?: readonly { readonly name: string; readonly pattern: unknown }[];
  };
}

const json = <T>(file: string): T => JSON.parse(readFileSync(file, "utf8")) as T;
const manifest = json<Manifest>("package.json");
const texts = json<Readonly<Record<string, string>>>("package.nls.json");
const chinese = json<Readonly<Record<string, string>>>("package.nls.zh-cn.json");
const { contributes } = manifest;
const source = clientSource();

/** Commands of VS Code that texts lead to. */
const OF_VSCODE: readonly string[] = ["workbench.view.testing.focus"];
/** Context keys of VS Code that are used: a name that is not here is misspelt, or new. */
const KEYS_OF_VSCODE: readonly string[] = [
  "editorLangId",
  "resourceLangId",
  "resourceScheme",
  "editorTextFocus",
  "textInputFocus",
  "inputFocus",
  "activeWebviewPanelId",
  "activeEditor",
  "focusedView",
  "view",
  "viewItem",
  "listMultiSelection",
  "listDoubleSelection",
  "isWeb",
  "inDebugMode",
  "debugType",
  "controllerId",
  "testId",
  "isWorkspaceTrusted",
  "virtualWorkspace",
];
/** What VS Code itself has after Ctrl+K, without further modifiers. */
const TAKEN: readonly string[] = [..."cdefimnopstuwyz", "enter", "left", "right", "up", "down", "f12"];
/** Menus of VS Code that are used. */
const MENUS_OF_VSCODE: readonly string[] = [
  "commandPalette",
  "editor/title",
  "editor/title/run",
  "editor/context",
  "editor/lineNumber/context",
  "explorer/context",
  "file/newFile",
  "testing/item/context",
  "testing/item/result",
  "view/title",
  "view/item/context",
  "webview/context",
];
/** The `contextValue` of every row that there is, by view. Built from parts in the source, so they stand here once more. */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  "raftlab.cluster": [
    ...["live", "kept"].flatMap((life) =>
      ["session", "server.up", "server.paused", "server.down", "server.unknown"].map((row) => `${life}.${row}`),
    ),
  ],
  "raftlab.keys": [...["live", "kept"].flatMap((life) => [`${life}.key`, `${life}.prefix`]), "revision"],
  "raftlab.watches": [
    ...["live", "kept"].flatMap((life) => ["active", "connecting", "ended"].map((state) => `${life}.watch.${state}`)),
    "change",
  ],
  "raftlab.runs": [
    ...["running", "finished", "cancelled", "failed"].map((state) => `run.${state}`),
    ...["running", "paused", "stopped"].map((state) => `live.${state}`),
    "bookmark",
    "file",
    "more",
  ],
};

const declared = contributes.commands.map(({ command }) => command);
const known = new Set(declared);
const items = Object.entries(contributes.menus).flatMap(([menu, list]) => list.map((item) => ({ menu, ...item })));
const conditions = [
  ...items.map(({ when }) => when),
  ...contributes.keybindings.map(({ when }) => when),
  ...contributes.viewsWelcome.map(({ when }) => when),
  ...contributes.commands.map(({ enablement }) => enablement),
].flatMap((when) => (when === undefined || when === "false" ? [] : [when]));
const views = Object.values(contributes.views).flat();
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

/** The context keys of a condition: what is neither a value nor within a regular expression. */
function keysOf(when: string): readonly string[] {
  const bare = when
    .replace(/=~\s*\/(?:\\.|[^/\\])*\/[a-z]*/gu, "")
    .replace(/(?:==|!=|<=|>=|<|>|\bin\b)\s*('[^']*'|[^\s)]+)/gu, "");
  return bare.match(/[A-Za-z][\w.:/-]*/gu) ?? [];
}

/** The commands that a text leads to, with what they are given. */
function linksOf(text: string): readonly { readonly command: string; readonly argument: string | undefined }[] {
  return [...text.matchAll(/\]\(command:([\w.]+)(?:\?([^)]*))?\)/gu)].map(([, command = "", argument]) => ({
    command,
    argument,
  }));
}

const text = (key: string): string => texts[key.replaceAll("%", "")] ?? "";
const unknown = (
  used: readonly (string | undefined)[],
  all: ReadonlySet<string> | readonly string[],
): readonly string[] => {
  const set = new Set(all);
  return [...new Set(used)].filter((each) => each !== undefined && !set.has(each)).map(String);
};

describe("commands", () => {
  it("are declared once each, and registered: no more, no less", () => {
    expect(new Set(declared).size).toBe(declared.length);
    expect([...source.commands].sort()).toEqual([...declared].sort());
  });

  it("are declared where menus, keys, items, the server or other code run them", () => {
    expect(
      unknown(
        items.map(({ command }) => command),
        known,
      ),
    ).toEqual([]);
    expect(
      unknown(
        contributes.keybindings.map(({ command }) => command),
        known,
      ),
    ).toEqual([]);
    expect(unknown([...commandNames().values()], known)).toEqual([]);
    expect(
      unknown(
        [...source.runCommands].filter((id) => id.startsWith("raftlab.")),
        // VS Code makes a command for each view, by which it is shown.
        [...known, ...views.map(({ id }) => `${id}.focus`)],
      ),
    ).toEqual([]);
  });

  it("can be reached: from the palette, or from a menu or an item", () => {
    const hidden = items.filter(({ menu, when }) => menu === "commandPalette" && when === "false");
    const elsewhere = new Set([
      ...items.filter(({ menu }) => menu !== "commandPalette").map(({ command }) => command),
      ...source.runCommands,
    ]);
    expect(hidden.map(({ command }) => command).filter((command) => !elsewhere.has(command))).toEqual([]);
  });
});

describe("menus", () => {
  it("are VS Code's or submenus of ours, and every submenu has a place and entries", () => {
    const own = contributes.submenus.map(({ id }) => id);
    expect(unknown(Object.keys(contributes.menus), [...MENUS_OF_VSCODE, ...own])).toEqual([]);
    const placed = items.map(({ submenu }) => submenu).filter((submenu) => submenu !== undefined);
    expect(unknown(placed, own)).toEqual([]);
    expect(unknown(own, placed)).toEqual([]);
    expect(unknown(own, Object.keys(contributes.menus))).toEqual([]);
  });

  it("name no command twice in one place under one condition", () => {
    const places = items.map(({ menu, command, submenu, when, group }) => {
      const inline = group?.startsWith("inline") === true ? "inline" : "";
      return `${menu} ${inline} ${command ?? submenu} ${when ?? ""}`;
    });
    expect(places.filter((place, at) => places.indexOf(place) !== at)).toEqual([]);
  });

  it("of views say which view, and only for rows that there are", () => {
    const wrong = items
      .filter(({ menu }) => menu.startsWith("view/"))
      .filter(({ when = "" }) => {
        const view = /\bview == ([\w.]+)/u.exec(when)?.[1];
        if (view === undefined || !views.some(({ id }) => id === view)) return true;
        const pattern = /viewItem =~ \/((?:\\.|[^/\\])*)\//u.exec(when)?.[1];
        const exact = /viewItem == ([\w.]+)/u.exec(when)?.[1];
        const rows = ROWS[view] ?? [];
        if (pattern !== undefined) return !rows.some((row) => new RegExp(pattern, "u").test(row));
        return exact !== undefined && !rows.includes(exact);
      });
    expect(wrong).toEqual([]);
  });
});

describe("conditions", () => {
  it("go by context keys that the code sets, or VS Code", () => {
    const used = conditions.flatMap(keysOf);
    expect(
      unknown(
        used.filter((key) => key.startsWith("raftlab.")),
        source.contextKeys,
      ),
    ).toEqual([]);
    expect(
      unknown(
        used.filter((key) => !key.startsWith("raftlab.")),
        KEYS_OF_VSCODE,
      ),
    ).toEqual([]);
  });

  it("and completion events use every context key that is set", () => {
    const used = [
      ...conditions.flatMap(keysOf),
      ...steps.flatMap(({ completionEvents }) => completionEvents.map((event) => event.replace(/^onContext:/u, ""))),
    ];
    // Which server there is stands in the status bar; the key is for key bindings of a person's own.
    expect(unknown([...source.contextKeys], [...used, "raftlab.server"])).toEqual([]);
  });

  it("name panels that there are", () => {
    const panels = conditions.flatMap((when) =>
      [...when.matchAll(/activeWebviewPanelId == '([^']+)'/gu)].map(([, id]) => id),
    );
    const restored = manifest.activationEvents.filter((event) => event.startsWith("onWebviewPanel:"));
    expect(
      unknown(
        panels,
        restored.map((event) => event.replace("onWebviewPanel:", "")),
      ),
    ).toEqual([]);
  });
});

describe("key bindings", () => {
  it("after ctrl+k are none of VS Code's", () => {
    const chords = contributes.keybindings.map(({ key }) => key.split(" ")).filter(([first]) => first === "ctrl+k");
    expect(chords.length).toBeGreaterThan(5);
    expect(chords.map(([, second]) => second).filter((second) => TAKEN.includes(second ?? ""))).toEqual([]);
    const mac = contributes.keybindings.filter(({ key, mac: own }) => own === undefined || own === key);
    expect(mac.map(({ command }) => command)).toEqual([]);
  });

  it("have a condition, and no key is bound twice under one", () => {
    const bound = contributes.keybindings.flatMap(({ key, mac = key, when }) => [
      `pc ${key} ${when}`,
      `mac ${mac} ${when}`,
    ]);
    expect(bound.filter((each, at) => bound.indexOf(each) !== at)).toEqual([]);
    expect(contributes.keybindings.filter(({ when }) => when === undefined)).toEqual([]);
  });
});

describe("views", () => {
  it("are created, each, in a container that there is", () => {
    expect([...source.views].sort()).toEqual(views.map(({ id }) => id).sort());
    const containers = contributes.viewsContainers.activitybar.map(({ id }) => id);
    expect(unknown(Object.keys(contributes.views), [...containers, "explorer", "debug", "test"])).toEqual([]);
  });

  it("have a welcome each, whose links lead to commands", () => {
    const welcomed = contributes.viewsWelcome.map(({ view }) => view);
    expect(
      unknown(
        welcomed,
        views.map(({ id }) => id),
      ),
    ).toEqual([]);
    expect(
      unknown(
        views.map(({ id }) => id),
        welcomed,
      ),
    ).toEqual([]);
    const links = contributes.viewsWelcome.flatMap(({ contents }) => linksOf(text(contents)));
    expect(links.length).toBeGreaterThan(4);
    expect(
      unknown(
        links.map(({ command }) => command),
        [...known, ...OF_VSCODE],
      ),
    ).toEqual([]);
  });
});

describe("the walkthrough", () => {
  it("leads to commands that there are, with arguments that can be read", () => {
    for (const { id, description } of steps) {
      const links = linksOf(text(description));
      expect(links.length, id).toBeGreaterThan(0);
      expect(
        unknown(
          links.map(({ command }) => command),
          [...known, ...OF_VSCODE],
        ),
      ).toEqual([]);
      for (const { argument } of links) if (argument !== undefined) JSON.parse(decodeURIComponent(argument));
    }
  });

  it("is done step by step, each by what its own text leads to", () => {
    for (const { id, description, completionEvents } of steps) {
      expect(completionEvents.length, id).toBeGreaterThan(0);
      for (const event of completionEvents) {
        const [kind, what = ""] = event.split(/:(.*)/u);
        if (kind === "onContext") expect([...source.contextKeys]).toContain(what);
        else if (kind === "onView") expect(views.map((view) => view.id)).toContain(what);
        else
          expect([kind, linksOf(text(description)).map(({ command }) => command)]).toEqual([
            "onCommand",
            expect.arrayContaining([what]),
          ]);
      }
    }
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });

  it("has a picture with words for each step", () => {
    for (const { media } of steps) {
      expect(existsSync(media.svg), media.svg).toBe(true);
      expect(text(media.altText)).not.toBe("");
    }
  });
});

it("texts in Chinese lead to where the English ones lead", () => {
  for (const [key, english] of Object.entries(texts))
    expect(linksOf(chinese[key] ?? ""), key).toEqual(linksOf(english));
});

describe("settings", () => {
  const properties = Object.keys(contributes.configuration.properties);

  it("are read, each", () => {
    // The language client's own setting.
    const unread = properties.filter((name) => name !== "raftlab.trace.server" && !source.settings.has(name));
    const named = (name: string): boolean =>
      source.literals.has(name) || source.literals.has(name.replace("raftlab.", ""));
    expect(unread.filter((name) => !named(name))).toEqual([]);
  });

  it("are declared, each that is read of ours", () => {
    expect(
      unknown(
        [...source.settings].filter((name) => name.startsWith("raftlab.")),
        properties,
      ),
    ).toEqual([]);
  });
});

describe("tasks and problem matchers", () => {
  it("are provided, each", () => {
    expect([...source.taskTypes].sort()).toEqual((contributes.taskDefinitions ?? []).map(({ type }) => type).sort());
    const matchers = contributes.problemMatchers ?? [];
    const used = [...source.literals].filter((each) => /^\$raftlab[a-z-]*$/u.test(each));
    expect(
      unknown(
        used,
        matchers.map(({ name }) => `$${name}`),
      ),
    ).toEqual([]);
    expect(used.length > 0).toBe(matchers.length > 0);
    const patterns = (contributes.problemPatterns ?? []).map(({ name }) => `$${name}`);
    expect(
      unknown(
        matchers.map(({ pattern }) => (typeof pattern === "string" ? pattern : undefined)),
        patterns,
      ),
    ).toEqual([]);
    for (const pattern of [...matchers, ...(contributes.problemPatterns ?? [])]) {
      for (const [, regexp] of JSON.stringify(pattern).matchAll(/"regexp":("(?:\\.|[^"\\])*")/gu))
        expect(() => new RegExp(String(JSON.parse(regexp ?? '""')), "u")).not.toThrow();
    }
  });
});

describe("files and icons", () => {
  it("that the manifest names are there", () => {
    const files = [
      manifest.icon,
      ...contributes.languages.flatMap(({ configuration, icon }) => [configuration, ...Object.values(icon)]),
      ...contributes.grammars.map((grammar) => grammar.path),
      ...contributes.snippets.map((snippet) => snippet.path),
      ...views.map(({ icon }) => icon),
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
    ];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const languages = contributes.languages.map(({ id }) => id);
    expect(
      unknown(
        [...contributes.grammars, ...contributes.snippets].map(({ language }) => language),
        languages,
      ),
    ).toEqual([]);
  });

  it("by name are codicons", () => {
    const codicons = new Set(
      [
        ...readFileSync("node_modules/@vscode/codicons/dist/codicon.css", "utf8").matchAll(/\.codicon-([a-z0-9-]+):/gu),
      ].map(([, name]) => name ?? ""),
    );
    const declaredIcons = contributes.commands.map(({ icon }) => icon?.replace(/^\$\((.*)\)$/u, "$1"));
    expect(unknown(declaredIcons, codicons)).toEqual([]);
    expect(source.icons.size).toBeGreaterThan(10);
    expect(unknown([...source.icons], codicons)).toEqual([]);
  });
});
