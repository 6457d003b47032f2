import type { Crop } from './crop.ts';

/** Pixels of a side: what the node keeps at most. */
const SIDE = 512;
const QUALITY = 0.9;

const encode = (canvas: HTMLCanvasElement, type: string): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));

/** Takes a square out of an image that is loaded. What shines through becomes white, as nobody knows what lies behind. */
export async function render(image: HTMLImageElement, { x, y, side }: Crop): Promise<Blob> {
  const canvas = image.ownerDocument.createElement('canvas');
  const size = Math.max(1, Math.min(SIDE, Math.round(side)));
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws nothing');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, size, size);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, x, y, side, side, 0, 0, size, size);
  const webp = await encode(canvas, 'image/webp');
  // A browser that cannot write WebP gives PNG, which is large for a photo.
  const blob = webp?.type === 'image/webp' ? webp : await encode(canvas, 'image/jpeg');
  if (blob === null) throw new Error('the picture could not be written');
  return blob;
}
