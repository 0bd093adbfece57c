import { statSync } from "node:fs";
import { join } from "node:path";
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  InvalidCiphertextException,
  KMSClient,
  NotFoundException,
} from "@aws-sdk/client-kms";
import { expect, onTestFinished, test } from "vitest";
import { masterKeyId, startKms } from "#infra/local/kms.ts";
import { clientFor, credentials, temporaryDirectory } from "./fixtures.ts";

const connect = async (dataDir: string | null) => {
  const kms = await startKms({ dataDir, accessKeyId: credentials.accessKeyId });
  onTestFinished(kms.stop);
  return new KMSClient(clientFor(kms.url));
};

const EncryptionContext = { use: "test" };
const dataKey = { KeyId: masterKeyId, KeySpec: "AES_256" as const, EncryptionContext };

test("a data key can be unwrapped after a restart, in its own context only", async () => {
  const dataDir = temporaryDirectory();
  const before = await connect(dataDir);
  const { Plaintext, CiphertextBlob } = await before.send(new GenerateDataKeyCommand(dataKey));

  const after = await connect(dataDir);
  const opened = await after.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));

  expect(Plaintext).toHaveLength(32);
  expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Buffer.from(Plaintext ?? []));
  const elsewhere = { CiphertextBlob, EncryptionContext: { use: "other" } };
  await expect(after.send(new DecryptCommand(elsewhere))).rejects.toThrow(
    InvalidCiphertextException,
  );
});

test("the master key lies in a file that only its owner reads, and another key can't unwrap", async () => {
  const dataDir = temporaryDirectory();
  const mine = await connect(dataDir);
  const { CiphertextBlob } = await mine.send(new GenerateDataKeyCommand(dataKey));

  const other = await connect(null);

  expect(statSync(join(dataDir, "master-key")).mode & 0o777).toBe(0o600);
  const opened = other.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
  await expect(opened).rejects.toThrow(InvalidCiphertextException);
});

test("a text is encrypted and decrypted, and no two ciphertexts are alike", async () => {
  const kms = await connect(null);
  const plain = { KeyId: masterKeyId, Plaintext: Buffer.from("kept") };

  const one = await kms.send(new EncryptCommand(plain));
  const two = await kms.send(new EncryptCommand(plain));

  expect(Buffer.from(one.CiphertextBlob ?? [])).not.toEqual(Buffer.from(two.CiphertextBlob ?? []));
  const { CiphertextBlob } = one;
  const opened = await kms.send(new DecryptCommand({ CiphertextBlob, KeyId: masterKeyId }));
  expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe("kept");
});

test("an unknown key, a changed ciphertext and a stranger are refused", async () => {
  const kms = await connect(null);
  const { CiphertextBlob = new Uint8Array() } = await kms.send(
    new EncryptCommand({ KeyId: masterKeyId, Plaintext: Buffer.from("kept") }),
  );
  const changed = Uint8Array.from(CiphertextBlob);
  changed[20] = (changed[20] ?? 0) ^ 1;
  const endpoint = await kms.config.endpoint?.();
  const stranger = new KMSClient({
    ...clientFor(`http://127.0.0.1:${endpoint?.port}`),
    credentials: { accessKeyId: "AKIAOTHER", secretAccessKey: "x" },
  });

  await expect(kms.send(new DescribeKeyCommand({ KeyId: "other" }))).rejects.toThrow(
    NotFoundException,
  );
  await expect(kms.send(new DecryptCommand({ CiphertextBlob: changed }))).rejects.toThrow(
    InvalidCiphertextException,
  );
  await expect(stranger.send(new DecryptCommand({ CiphertextBlob }))).rejects.toThrow(
    "the security token is invalid",
  );
});
