/** The two webview panels. */
/** Which panel. */
export type PanelKind = "cluster" | "diagram";
/** The type under which VS Code restores a panel after a reload. */
export declare function viewType(kind: PanelKind): string;
