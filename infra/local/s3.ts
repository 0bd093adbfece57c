/**
 * S3 in this process: fauxqs over SQLite. Its own start listens on every interface and checks no signature,
 * so its parts are put together here and listen on this machine only; browsers go through s3-gateway.ts.
 */
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildAppOptions } from "fauxqs";

type Stores = NonNullable<BuildAppOptions["stores"]>;

/** What the S3 store writes through to; its load fills the other two stores as well. */
type Persistence = NonNullable<Stores["s3Store"]["persistence"]> & {
  readonly load: (
    sqsStore: Stores["sqsStore"],
    snsStore: Stores["snsStore"],
    s3Store: Stores["s3Store"],
  ) => void;
  readonly close: () => void;
};

export interface EmbeddedS3 {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The package exports its start only; its pinned version has these files. */
const partOf = async <Part>(file: string): Promise<Part> => {
  const manifest = findPackageJSON("fauxqs", import.meta.url);
  if (manifest === undefined) throw new Error("fauxqs is not installed: npm ci");
  return (await import(pathToFileURL(join(dirname(manifest), "dist", file)).href)) as Part;
};

/** Starts S3 with the given buckets. What was written is on the disk before its writer gets an answer. */
export const startS3 = async (input: {
  readonly dataDir: string | null;
  readonly buckets: readonly string[];
}): Promise<EmbeddedS3> => {
  const { buildApp } = await import("fauxqs");
  const { SqsStore } = await partOf<{ SqsStore: new () => Stores["sqsStore"] }>("sqs/sqsStore.js");
  const { SnsStore } = await partOf<{ SnsStore: new () => Stores["snsStore"] }>("sns/snsStore.js");
  const { S3Store } = await partOf<{ S3Store: new () => Stores["s3Store"] }>("s3/s3Store.js");
  const { PersistenceManager } = await partOf<{
    PersistenceManager: new (dataDir: string) => Persistence;
  }>("persistence.js");

  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const persistence = input.dataDir === null ? null : new PersistenceManager(input.dataDir);
  if (persistence) {
    persistence.load(stores.sqsStore, stores.snsStore, stores.s3Store);
    stores.s3Store.persistence = persistence;
  }
  for (const bucket of input.buckets) stores.s3Store.createBucket(bucket);
  const app = buildApp({ logger: false, stores });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    url,
    stop: async () => {
      await app.close();
      persistence?.close();
    },
  };
};
