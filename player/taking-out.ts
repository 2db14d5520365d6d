/** What a reader takes out of the page. */

/** Copies a text; false where the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Hands a file to the browser's downloads: a text, or bytes that the text stands for. */
export function saveFile(name: string, text: string, encoding?: "base64"): void {
  const content = encoding === undefined ? text : Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([content]));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
