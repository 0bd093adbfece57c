/** Files: papers of applicants, bank files, returns and exports. Keys hold ids only. */
export interface UploadForm {
  readonly url: string;
  /** Hidden fields that must stand before the file in the form. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
}

/** Files as functions read and write them. */
export interface StoredFiles {
  readonly list: (prefix: string) => Promise<readonly StoredObject[]>;
  /** @returns null when there is no such object, or it is larger than `maxBytes`. */
  readonly read: (key: string, maxBytes: number) => Promise<Uint8Array | null>;
  /** The first bytes, to tell what a file really is. With the etag of a list they may be those of an earlier look. */
  readonly head: (key: string, length: number, etag?: string) => Promise<Uint8Array | null>;
  readonly write: (key: string, body: Uint8Array, mediaType: string) => Promise<void>;
  /** Writes a stream of chunks as one object, in parts. */
  readonly writeStream: (
    key: string,
    chunks: AsyncIterable<Uint8Array>,
    mediaType: string,
  ) => Promise<{ readonly sizeBytes: number; readonly sha256: string }>;
}

/** Files, with the forms and links by which browsers send and take them. */
export interface ObjectStore extends StoredFiles {
  /**
   * A form that lets a browser post one file straight to the store: exactly this key, at most this size, for half
   * an hour; afterwards the browser is sent to `returnTo`. What the file is, is told from its bytes when it has
   * landed: the type a browser names proves nothing, and a form without JavaScript can't name it.
   */
  readonly uploadForm: (input: {
    readonly key: string;
    readonly maxBytes: number;
    readonly returnTo: string;
  }) => Promise<UploadForm>;
  /** A link to download it, for one minute, as an attachment of that name. */
  readonly downloadLink: (key: string, fileName: string) => Promise<string>;
  /** A link to look at it in the browser, for one minute, as what its bytes have shown it to be. */
  readonly viewLink: (
    key: string,
    shown: { readonly fileName: string; readonly mediaType: string },
  ) => Promise<string>;
}
