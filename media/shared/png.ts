/** A picture as pixels. */

/** Pixels for each of the picture's own, as far as a canvas can have them. */
const SHARP = 2;
const LONGEST = 16_000;

/** Draws SVG text into a PNG; its bytes in base64, `null` when the browser cannot. */
export async function svgToPng(svg: string): Promise<string | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  try {
    await image.decode();
  } catch {
    return null;
  }
  const scale = Math.min(SHARP, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  const context = canvas.getContext("2d");
  if (context === null) return null;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const [, bytes = ""] = canvas.toDataURL("image/png").split(";base64,");
  return bytes === "" ? null : bytes;
}
