import type { BlindIndex } from "#shared/kernel/ids.ts";

/** What a sealed text belongs to. A text moved to another row, attribute or case can't be opened there. */
export interface SealScope {
  /** The row's partition key. */
  readonly owner: string;
  readonly attribute: string;
  /** The case's salt; destroying it makes all that was sealed with it unreadable. Empty for what is no case's. */
  readonly salt: string;
}

/** Keeps secrets: seals personal data, makes keyed hashes to look it up by, and hashes PINs and codes. */
export interface Vault {
  /** AES-256-GCM; the result is printable text that starts with its format and key id. */
  readonly seal: (scope: SealScope, plaintext: string) => Promise<string>;
  /** @throws when the text was changed, moved, or sealed under another salt. */
  readonly open: (scope: SealScope, sealed: string) => Promise<string>;
  /** HMAC-SHA-256 under a key of its own; `kind` keeps ID, card and phone numbers apart. */
  readonly blindIndex: (kind: string, value: string) => Promise<BlindIndex>;
  /** HMAC for anti-forgery tokens and signed cookies, base64url. */
  readonly sign: (purpose: string, text: string) => Promise<string>;
  /** scrypt with a random salt, for PINs and access codes. */
  readonly hashSecret: (secret: string) => Promise<string>;
  readonly matchesSecret: (secret: string, hash: string) => Promise<boolean>;
  /**
   * A hash that everybody who knows the passphrase can make, and nobody else: for lists that two branches compare.
   * The passphrase is stretched by scrypt; each value costs a small scrypt of its own, so that nobody tries out
   * all ID numbers there are in an afternoon. 256 bits, base64url.
   */
  readonly agreedHasher: (
    passphrase: string,
    scope: string,
  ) => Promise<(value: string) => Promise<string>>;
  /** SHA-256, hex: enough for secrets of 128 random bits and more, such as link and session tokens. */
  readonly digest: (text: string) => string;
}
