/** Files as phones send them, as small as they can be. */

/**
 * A grey square of eight pixels, whole enough for any viewer. Eight digits in its quantization table, which are
 * part of the picture, make each one another.
 */
const photoBytes = (digits: string): string =>
  [
    "\xff\xd8",
    "\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0",
    `\xff\xdb\0\x43\0${digits}${"\x10".repeat(56)}`,
    "\xff\xc0\0\x0b\x08\0\x08\0\x08\x01\x01\x11\0",
    "\xff\xc4\0\x14\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\xff\xc4\0\x14\x10\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\xff\xda\0\x08\x01\x01\0\0\x3f\0\x3f",
    "\xff\xd9",
  ].join("");

/** The least of a JPEG that is one, unlike any other of another number. */
export const aPhoto = (number = 0): Uint8Array =>
  Buffer.from(photoBytes(String(number).padStart(8, "0")), "latin1");
