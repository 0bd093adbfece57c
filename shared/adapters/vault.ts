/**
 * Secrets at rest. One master key, wrapped by KMS and kept in the table, is unwrapped once for a running
 * function; every case has a key of its own, derived from it and the case's salt (docs/adr).
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
  type KeyObject,
} from "node:crypto";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import type { BlindIndex } from "#shared/kernel/ids.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { SealScope, Vault } from "#shared/ports/vault.ts";
import { absent, getRow, putRow, type Table } from "./dynamodb/client.ts";
import { masterKeyKey } from "./dynamodb/keys.ts";

/** Plain, and compressed first: what is long repeats its words, and rows are paid for by the kilobyte. */
const formats = { plain: "s1", compressed: "s2" } as const;
const compressFromBytes = 256;
const ivBytes = 12;
const tagBytes = 16;

const encryptionContext = { use: "songnuan-master-key" };

/** Fetches the wrapped master key, making it on the first use ever; two first users agree on one. */
const loadMasterKey = async (table: Table, kms: KMSClient, keyId: string): Promise<Buffer> => {
  const stored = await getRow(table, masterKeyKey);
  if (stored) {
    const { Plaintext } = await kms.send(
      new DecryptCommand({
        KeyId: keyId,
        CiphertextBlob: Buffer.from(stored["wrapped"] as string, "base64"),
        EncryptionContext: encryptionContext,
      }),
    );
    invariant(Plaintext?.length === 32, "the master key can't be unwrapped");
    return Buffer.from(Plaintext);
  }
  const made = await kms.send(
    new GenerateDataKeyCommand({
      KeyId: keyId,
      KeySpec: "AES_256",
      EncryptionContext: encryptionContext,
    }),
  );
  invariant(made.CiphertextBlob, "KMS made no key");
  const wrapped = Buffer.from(made.CiphertextBlob).toString("base64");
  await putRow(table, { ...masterKeyKey, wrapped }, absent);
  return loadMasterKey(table, kms, keyId);
};

const scryptHash = (secret: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // OWASP's floor for interactive sign-in: N = 2^15, r = 8, p = 1 (32 MB).
    scrypt(secret, salt, 16, { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

/** One value of a compared list: about a millisecond, since a season has some thousands of people. */
const listCost = { N: 512, r: 8, p: 1 };

const agreedHasher = async (
  passphrase: string,
  scope: string,
): Promise<(value: string) => Promise<string>> => {
  // The same passphrase typed on two keyboards must be the same bytes.
  const typed = passphrase.normalize("NFKC").trim();
  const key = await scryptHash(typed, createHash("sha256").update(scope).digest());
  return (value) =>
    new Promise((resolve, reject) => {
      scrypt(value, key, 32, listCost, (error, hash) => {
        if (error) reject(error);
        else resolve(hash.toString("base64url"));
      });
    });
};

const secretFormat = "k1";

const hashSecret = async (secret: string): Promise<string> => {
  const salt = randomBytes(12);
  return [
    secretFormat,
    salt.toString("base64url"),
    (await scryptHash(secret, salt)).toString("base64url"),
  ].join(".");
};

const matchesSecret = async (secret: string, hash: string): Promise<boolean> => {
  const [kind, salt, expected] = hash.split(".");
  if (kind !== secretFormat || !salt || !expected) return false;
  const actual = await scryptHash(secret, Buffer.from(salt, "base64url"));
  const wanted = Buffer.from(expected, "base64url");
  return actual.length === wanted.length && timingSafeEqual(actual, wanted);
};

const compress = (plain: Buffer): Buffer =>
  brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      // A row costs by the kilobyte: the best but one takes half the time of the best, for a few bytes.
      [constants.BROTLI_PARAM_QUALITY]: 10,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  });

const associated = ({ owner, attribute }: SealScope): Buffer =>
  Buffer.from(`${owner}|${attribute}`);

/** So many derived keys are kept: those of a purpose that every request uses, and of the cases of the last ones. */
const derivedKept = 1_000;

/** Keys for one purpose each, and for one case each where there is a salt: from the master key by HKDF-SHA-256. */
const deriver = (loadMaster: () => Promise<Buffer>) => {
  let master: Promise<Buffer> | undefined;
  const derived = new Map<string, KeyObject>();
  return async (purpose: string, salt = ""): Promise<KeyObject> => {
    // A failed load is not kept: the next call tries again.
    master ??= loadMaster().catch((error: unknown) => {
      master = undefined;
      throw error;
    });
    const loaded = await master;
    // A case's fields are opened one after the other, all under its one key.
    const scope = `${purpose} ${salt}`;
    const before = derived.get(scope);
    if (before) return before;
    const key = createSecretKey(
      Buffer.from(hkdfSync("sha256", loaded, salt, `songnuan/${purpose}`, 32)),
    );
    const oldest = derived.size < derivedKept ? undefined : derived.keys().next().value;
    if (oldest !== undefined) derived.delete(oldest);
    derived.set(scope, key);
    return key;
  };
};

export const createVault = (table: Table, kms: KMSClient, masterKeyId: string): Vault => {
  const derive = deriver(() => loadMasterKey(table, kms, masterKeyId));
  return {
    seal: async (scope, plaintext) => {
      const plain = Buffer.from(plaintext, "utf8");
      const compressed = plain.length < compressFromBytes ? plain : compress(plain);
      const shorter = compressed.length < plain.length;
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv("aes-256-gcm", await derive("seal", scope.salt), iv);
      cipher.setAAD(associated(scope));
      const sealed = Buffer.concat([
        iv,
        cipher.update(shorter ? compressed : plain),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return `${shorter ? formats.compressed : formats.plain}.${sealed.toString("base64url")}`;
    },
    open: async (scope, sealed) => {
      const [format, body] = sealed.split(".");
      const known = format === formats.plain || format === formats.compressed;
      invariant(known && body, "a sealed text of an unknown format");
      const bytes = Buffer.from(body, "base64url");
      const iv = bytes.subarray(0, ivBytes);
      const decipher = createDecipheriv("aes-256-gcm", await derive("seal", scope.salt), iv);
      decipher.setAAD(associated(scope));
      decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
      const opened = Buffer.concat([
        decipher.update(bytes.subarray(ivBytes, bytes.length - tagBytes)),
        decipher.final(),
      ]);
      const plain = format === formats.compressed ? brotliDecompressSync(opened) : opened;
      return plain.toString("utf8");
    },
    // 128 bits: far beyond any collision, and short enough to stand in every row that needs it.
    blindIndex: async (kind, value) =>
      createHmac("sha256", await derive(`blind-index/${kind}`))
        .update(value)
        .digest()
        .subarray(0, 16)
        .toString("base64url") as BlindIndex,
    sign: async (purpose, text) =>
      createHmac("sha256", await derive(`sign/${purpose}`))
        .update(text)
        .digest("base64url"),
    hashSecret,
    matchesSecret,
    agreedHasher,
    digest: (text) => createHash("sha256").update(text).digest("base64url"),
  };
};

export const vaultFromEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
  table: Table,
): Vault => createVault(table, new KMSClient({}), environment["MASTER_KEY_ID"] ?? "");
