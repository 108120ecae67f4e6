/** A small JPEG of a picture: what goes ahead of the original. Drawn anew, so that nothing of its EXIF data is in it. */

/** Both work in pages and in workers; where one is missing, pictures have no previews. */
/** @typedef {{createImageBitmap?: typeof createImageBitmap, OffscreenCanvas?: typeof OffscreenCanvas}} Drawing */

export const MOST_BYTES = 60_000;
const TYPE = 'image/jpeg';
/** Longest side in pixels and quality, the best first: tried until one is small enough. */
const TRIES = [
  { side: 1024, quality: 0.7 },
  { side: 1024, quality: 0.5 },
  { side: 800, quality: 0.5 },
  { side: 640, quality: 0.4 },
  { side: 400, quality: 0.4 },
  { side: 240, quality: 0.3 },
];

/**
 * @param {Blob} picture
 * @param {Drawing} [scope]
 * @param {number} [most] bytes
 * @returns {Promise<Blob | null>} null when this browser cannot read the picture (HEIC in most), or cannot draw
 */
export async function shrink(picture, scope = globalThis, most = MOST_BYTES) {
  const bitmap = await decoded(picture, scope);
  if (!bitmap || !scope.OffscreenCanvas) return null;
  try {
    for (const attempt of TRIES) {
      const small = await drawn(bitmap, attempt, scope.OffscreenCanvas);
      if (small.type !== TYPE) return null;
      if (small.size <= most) return small;
    }
    return null;
  } catch {
    return null;
  } finally {
    bitmap.close();
  }
}

/**
 * Upright, and scaled while it is decoded: the whole picture would take 48 MB of memory and more.
 * @param {Blob} picture
 * @param {Drawing} scope
 * @returns {Promise<ImageBitmap | null>}
 */
async function decoded(picture, scope) {
  const [{ side }] = TRIES;
  try {
    return (await scope.createImageBitmap?.(picture, { resizeWidth: side, resizeQuality: 'medium' })) ?? null;
  } catch {
    return null;
  }
}

/**
 * @param {ImageBitmap} bitmap
 * @param {{side: number, quality: number}} attempt
 * @param {typeof OffscreenCanvas} Canvas
 * @returns {Promise<Blob>}
 */
function drawn(bitmap, { side, quality }, Canvas) {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((length) => Math.max(1, Math.round(length * scale)));
  const canvas = new Canvas(width, height);
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d', { alpha: false }));
  pen.fillStyle = 'white'; // behind what is transparent
  pen.fillRect(0, 0, width, height);
  pen.drawImage(bitmap, 0, 0, width, height);
  return canvas.convertToBlob({ type: TYPE, quality });
}
