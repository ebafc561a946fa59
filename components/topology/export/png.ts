/**
 * Browsers refuse larger canvases, or give an empty one: a side of 16,384 is what all of them take, and 64 million pixels are
 * 256 MiB of memory.
 */
const SIDE_MAX = 16_384;
const PIXELS_MAX = 64_000_000;

/** The largest scale up to `wanted` at which a picture stays within what browsers draw. */
export function scaleWithin(width: number, height: number, wanted: number): number {
  const side = SIDE_MAX / Math.max(width, height);
  const area = Math.sqrt(PIXELS_MAX / (width * height));
  return Math.min(wanted, side, area);
}

/** An SVG as pixels. Undefined where the browser gives no picture (too little memory, for example). */
export async function pngOf(
  { svg, width, height }: { svg: string; width: number; height: number },
  scale: number,
): Promise<Blob | undefined> {
  const image = new Image();
  // An address of data, as the page's content policy allows; it is drawn without anything from elsewhere.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(width * scale));
  canvas.height = Math.max(1, Math.floor(height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}
