/** Reads a form with a file as browsers post it (multipart/form-data, RFC 7578), as far as S3 looks at it. */

export interface PostedForm {
  /** By lower-case name; what comes after the file is ignored, as S3 does. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Uint8Array;
}

const fieldsMax = 100;
const headerEnd = Buffer.from("\r\n\r\n");

/** RFC 2046 allows these, and no longer ones. */
const boundaryPattern =
  /^multipart\/form-data\s*;.*\bboundary=(?:"(?<quoted>[^"]{1,70})"|(?<plain>[^\s;"]{1,70}))/iu;

interface Part {
  readonly name: string;
  readonly isFile: boolean;
  readonly value: Buffer;
  /** Where the next part begins. */
  readonly next: number;
}

/** The part that begins at `from`, behind its boundary. @returns null when it isn't whole. */
const readPart = (body: Buffer, boundary: Buffer, from: number): Part | null => {
  const valueFrom = body.indexOf(headerEnd, from);
  const valueTo = valueFrom < 0 ? -1 : body.indexOf(boundary, valueFrom + headerEnd.length);
  if (valueTo < 0) return null;
  const headers = body.toString("utf8", from, valueFrom);
  const disposition = /^content-disposition:\s*form-data\b(?<rest>.*)$/imu.exec(headers);
  const rest = disposition?.groups?.["rest"] ?? "";
  const name = /;\s*name="(?<name>[^"]*)"/iu.exec(rest)?.groups?.["name"];
  if (name === undefined || name === "") return null;
  return {
    name: name.toLowerCase(),
    isFile: name === "file" || /;\s*filename\*?=/iu.test(rest),
    value: body.subarray(valueFrom + headerEnd.length, valueTo),
    next: valueTo + boundary.length,
  };
};

/** @returns null when it is no form with a file at its end, or names a field twice. */
export const readMultipartForm = (body: Buffer, contentType: string): PostedForm | null => {
  const { quoted, plain } = boundaryPattern.exec(contentType)?.groups ?? {};
  const named = quoted ?? plain;
  if (
    named === undefined ||
    !body.subarray(0, named.length + 2).equals(Buffer.from(`--${named}`))
  ) {
    return null;
  }
  const boundary = Buffer.from(`\r\n--${named}`);
  const fields = new Map<string, string>();
  let at = named.length + 2;
  for (let count = 0; count < fieldsMax; count += 1) {
    const part = readPart(body, boundary, at);
    if (!part || fields.has(part.name)) return null;
    if (part.isFile) return { fields, file: part.value };
    fields.set(part.name, part.value.toString("utf8"));
    at = part.next;
  }
  return null;
};
