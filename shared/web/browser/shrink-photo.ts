/** A photo as it is sent: upright, no larger than a page needs to be read, and nothing in it but the picture. */

/** As functions/convert-photo/heic.ts makes photos. */
const longSideMaxPixels = 2_000;
const quality = 0.8;

const opened = (address: string): Promise<HTMLImageElement | null> =>
  new Promise((resolve) => {
    const image = new Image();
    image.addEventListener("load", () => resolve(image));
    image.addEventListener("error", () => resolve(null));
    image.src = address;
  });

/** Old browsers draw a photo as the sensor saw it: shrunk there, it would lie on its side for good. */
const turnsPhotos = (): boolean => CSS.supports("image-orientation", "from-image");

const drawn = (page: Document, image: HTMLImageElement): HTMLCanvasElement | null => {
  const { naturalWidth, naturalHeight } = image;
  const scale = Math.min(1, longSideMaxPixels / Math.max(naturalWidth, naturalHeight));
  const canvas = page.createElement("canvas");
  canvas.width = Math.max(1, Math.round(naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(naturalHeight * scale));
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) return null;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
};

/** @returns null for what this browser can't show: it is sent as it is, and the server looks after it. */
export const shrinkPhoto = async (page: Document, file: File): Promise<Blob | null> => {
  if (!turnsPhotos()) return null;
  const address = URL.createObjectURL(file);
  const image = await opened(address);
  const canvas = image && image.naturalWidth > 0 ? drawn(page, image) : null;
  URL.revokeObjectURL(address);
  return canvas && new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
};
