// docs/settings.md from the manifest: every setting with its values, default and meaning.

const intro = `# Settings

All settings of the extension, from the manifest. They take effect without a reload; a value that does not fit is told once, and the default holds
instead. None of them holds anything secret, and nothing is sent anywhere.
`;

/**
 * The whole page.
 * @param {string} manifest the text of package.json
 * @param {string} texts the text of package.nls.json
 */
export function settingsPage(manifest, texts) {
  const words = JSON.parse(texts);
  /** @type {Record<string, Record<string, unknown>>} */
  const properties = JSON.parse(manifest).contributes.configuration.properties;
  const sections = Object.entries(properties).map(([name, setting]) => {
    const key = String(setting["markdownDescription"]).replaceAll("%", "");
    // VS Code makes a link of `#name#`.
    const meaning = String(words[key]).replace(/`#([^#]+)#`/g, "`$1`");
    return `## \`${name}\`\n\n${meaning}\n\n${values(setting)}, by default \`${JSON.stringify(setting["default"])}\`.\n`;
  });
  return [intro, ...sections].join("\n");
}

/** @param {Record<string, unknown>} setting */
function values({ type, minimum, maximum, enum: words }) {
  if (Array.isArray(words)) return `One of ${words.map((word) => `\`${JSON.stringify(word)}\``).join(", ")}`;
  if (type === "boolean") return "`true` or `false`";
  const number = type === "integer" ? "A whole number" : "A number";
  return minimum === undefined ? number : `${number} from ${minimum} to ${maximum}`;
}
