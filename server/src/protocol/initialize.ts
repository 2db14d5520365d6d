/** What the extension tells the language server once, as `initializationOptions` of `initialize`. */
export interface InitializationOptions {
  /** Absolute path of the extension's folder for this workspace; `null` in a window without a workspace. May not exist yet. */
  readonly workspaceStorage: string | null;
  /** Absolute path of the extension's folder for all workspaces. May not exist yet. */
  readonly globalStorage: string;
  /** The editor's display language, e.g. `en`, `zh-cn`; messages for people are in it where a translation exists. */
  readonly locale: string;
  /** The translations of that language, English text to translated text; `null` or left out: English. */
  readonly messages?: Readonly<Record<string, string>> | null;
  /** The settings by their names, see `settings.ts`; left out: the defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
}
