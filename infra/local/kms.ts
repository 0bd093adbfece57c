/**
 * A small KMS: data keys under one master key, which lies in a file that only its owner can read.
 * Whoever loses that file can read nothing that was sealed; docs/deploy.md says to keep a copy of it apart.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsError, startAwsEndpoint, textOf, type AwsEndpoint } from "./aws-json-endpoint.ts";

/** The id the application gets as MASTER_KEY_ID. */
export const masterKeyId = "alias/songnuan";

const keyArn = "arn:aws:kms:us-east-1:000000000000:alias/songnuan";
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const format = 1;
const plaintextMaxBytes = 4096;

const readKey = (path: string): Buffer | null => {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
};

/** Reads the master key, or makes it; a link can't be half there, so neither can the key. */
const masterKeyIn = (dataDir: string): Buffer => {
  const path = join(dataDir, "master-key");
  const kept = readKey(path);
  if (kept) {
    if (kept.length !== keyBytes) throw new Error(`${path} is no master key: it has not 32 bytes`);
    return kept;
  }
  mkdirSync(dataDir, { recursive: true });
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, randomBytes(keyBytes), { mode: 0o600, flush: true });
  linkSync(fresh, path);
  rmSync(fresh);
  return readFileSync(path);
};

type Context = Readonly<Record<string, unknown>>;

/** The encryption context must be the same when it is opened; the order of its names doesn't matter. */
const contextBytes = (context: unknown): Buffer => {
  const entries = Object.entries((context ?? {}) as Context).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return Buffer.from(JSON.stringify(entries));
};

const seal = (key: Buffer, plaintext: Buffer, context: unknown): string => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(contextBytes(context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.of(format), iv, cipher.getAuthTag(), sealed]).toString("base64");
};

const open = (key: Buffer, blob: string, context: unknown): Buffer => {
  const bytes = Buffer.from(blob, "base64");
  const iv = bytes.subarray(1, 1 + ivBytes);
  const tag = bytes.subarray(1 + ivBytes, 1 + ivBytes + tagBytes);
  try {
    if (bytes[0] !== format) throw new Error("another format");
    const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tagBytes });
    decipher.setAAD(contextBytes(context)).setAuthTag(tag);
    return Buffer.concat([
      decipher.update(bytes.subarray(1 + ivBytes + tagBytes)),
      decipher.final(),
    ]);
  } catch {
    throw new AwsError(
      "InvalidCiphertextException",
      "not sealed by this key, or in another context",
    );
  }
};

const checkKeyId = (input: Context, required: boolean): void => {
  if (input["KeyId"] === undefined && !required) return;
  const keyId = textOf(input, "KeyId");
  if (keyId === masterKeyId || keyId === keyArn) return;
  throw new AwsError("NotFoundException", "no such key");
};

/** Starts the endpoint; without a data directory the key lives and dies with the process. */
export const startKms = (input: {
  readonly dataDir: string | null;
  readonly accessKeyId: string;
}): Promise<AwsEndpoint> => {
  const key = input.dataDir === null ? randomBytes(keyBytes) : masterKeyIn(input.dataDir);
  const keyMetadata = {
    KeyId: createHash("sha256").update(key).digest("hex").slice(0, 32),
    Arn: keyArn,
    Enabled: true,
    KeyState: "Enabled",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeySpec: "SYMMETRIC_DEFAULT",
  };
  return startAwsEndpoint({
    accessKeyId: input.accessKeyId,
    actions: {
      GenerateDataKey: (request) => {
        checkKeyId(request, true);
        if (request["KeySpec"] !== "AES_256") {
          throw new AwsError(
            "ValidationException",
            "only data keys of the kind AES_256 are made here",
          );
        }
        const dataKey = randomBytes(keyBytes);
        const sealed = seal(key, dataKey, request["EncryptionContext"]);
        return { KeyId: keyArn, Plaintext: dataKey.toString("base64"), CiphertextBlob: sealed };
      },
      Encrypt: (request) => {
        checkKeyId(request, true);
        const plaintext = Buffer.from(textOf(request, "Plaintext"), "base64");
        if (plaintext.length > plaintextMaxBytes) {
          throw new AwsError("ValidationException", "at most 4096 bytes are encrypted directly");
        }
        const sealed = seal(key, plaintext, request["EncryptionContext"]);
        return { KeyId: keyArn, CiphertextBlob: sealed, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
      },
      Decrypt: (request) => {
        checkKeyId(request, false);
        const opened = open(key, textOf(request, "CiphertextBlob"), request["EncryptionContext"]);
        return {
          KeyId: keyArn,
          Plaintext: opened.toString("base64"),
          EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
        };
      },
      DescribeKey: (request) => {
        checkKeyId(request, true);
        return { KeyMetadata: keyMetadata };
      },
    },
  });
};
