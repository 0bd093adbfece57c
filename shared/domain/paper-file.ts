/**
 * What a file that somebody sent really is, by its first bytes; its name and what the sender calls it say
 * nothing (quality C4 47, 49). Photos and PDFs are taken, whatever a program or a page could hide in is not.
 */
import { latinBytes, latinText } from "#shared/kernel/bytes.ts";

export type PaperMediaType =
  | "image/jpeg"
  | "image/png"
  | "image/webp"
  | "image/heic"
  | "application/pdf";

export const paperMediaTypes: readonly PaperMediaType[] = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/heic",
  "application/pdf",
];

export const paperMaxBytes = 10 * 1024 * 1024;

/** How much of a file's beginning `checkPaperFile` wants to see. */
export const paperHeadBytes = 1024;

/** How many files one case may send at a time: enough for every page of a hukou book. */
export const papersMax = 40;

/** Why a file is refused; the applicant's pages have the words. */
const paperProblems = [
  "empty",
  "too_large",
  "not_a_paper",
  "hides_a_page",
  /** Its beginning is that of a photo, and the rest isn't. */
  "damaged",
  "too_many_pixels",
  /** A photo of a kind that browsers can't show, and that could not be turned into one. */
  "not_convertible",
] as const;
export type PaperProblem = (typeof paperProblems)[number];

export type PaperCheck =
  | { readonly kind: "accepted"; readonly mediaType: PaperMediaType }
  | { readonly kind: "refused"; readonly problem: PaperProblem };

/** `converting`: a photo that browsers can't show is being turned into one that they can (convert-photo). */
export type LandedCheck = PaperCheck | { readonly kind: "converting" };

const refusalPrefix = "songnuan refused this file: ";

/**
 * What is put in the place of a file that turned out to be no paper when it was read whole, so that its sender's
 * page says why from then on. Sent by anybody else it does no more than that.
 */
export const refusalMark = (problem: PaperProblem): Uint8Array =>
  latinBytes(`${refusalPrefix}${problem}`);

const markedProblem = (head: string): PaperProblem | undefined =>
  head.startsWith(refusalPrefix)
    ? paperProblems.find((problem) => head === `${refusalPrefix}${problem}`)
    : undefined;

/** Brands of HEIF files that hold still pictures, as phones write them. */
const heicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

const mediaTypeOf = (head: string): PaperMediaType | null => {
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return "image/webp";
  if (head.slice(4, 8) === "ftyp" && heicBrands.includes(head.slice(8, 12))) return "image/heic";
  // At the very start: a PDF reader looks further in, and so a page or a program could stand before it.
  return /^%PDF-[12]\.\d/u.test(head) ? "application/pdf" : null;
};

/** Markup near the beginning makes some programs read a file as a page, whatever its signature. */
const pageMarks = /<(?:!doctype\s+html|html|head|body|script|svg|iframe)[\s>/]/iu;

/** Tells by its size and its first `paperHeadBytes` bytes whether a file is a paper that can be taken. */
export const checkPaperFile = (file: {
  readonly sizeBytes: number;
  readonly head: Uint8Array;
}): PaperCheck => {
  if (file.sizeBytes === 0) return { kind: "refused", problem: "empty" };
  if (file.sizeBytes > paperMaxBytes) return { kind: "refused", problem: "too_large" };
  const head = latinText(file.head.subarray(0, paperHeadBytes));
  const marked = markedProblem(head);
  if (marked) return { kind: "refused", problem: marked };
  const mediaType = mediaTypeOf(head);
  if (!mediaType) return { kind: "refused", problem: "not_a_paper" };
  if (pageMarks.test(head)) return { kind: "refused", problem: "hides_a_page" };
  return { kind: "accepted", mediaType };
};
