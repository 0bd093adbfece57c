/**
 * What S3 and EventBridge do on AWS: a function of the manifest is called for each object that lands under its
 * prefix, at least once. Objects that landed while nothing ran, or whose call a crash cut off, are told of again at
 * the next start; the functions find nothing left to do for the others.
 */
import type { FunctionDefinition, Trigger } from "#shared/lambda/definition.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredObject } from "#shared/ports/object-store.ts";
import type { MovableClock } from "./movable-clock.ts";

type ObjectTrigger = Extract<Trigger, { kind: "object" }>;

export interface ObjectEvents {
  /** Tells of an object that has landed; nobody waits for what comes of it. */
  readonly landed: (bucket: string, key: string) => void;
  /** Tells of what lies there already. */
  readonly resume: () => Promise<void>;
}

/** As Lambda calls a function again that failed. */
const triesMax = 3;

/**
 * @param bucketNames the manifest's buckets by their names in this run.
 * @param report is told of a call that failed for good.
 */
export const createObjectEvents = (input: {
  readonly functions: readonly FunctionDefinition[];
  readonly bucketNames: Readonly<Record<string, string>>;
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  readonly list: (
    bucket: ObjectTrigger["bucket"],
    prefix: string,
  ) => Promise<readonly StoredObject[]>;
  readonly clock: Pick<MovableClock, "track">;
  readonly report: (functionName: string, error: unknown) => void;
}): ObjectEvents => {
  const called = input.functions.flatMap(({ name, trigger }) =>
    trigger.kind === "object" ? [{ name, trigger }] : [],
  );
  // One after another: a conversion takes the whole process, and pages wait for it.
  let last: Promise<unknown> = Promise.resolve();

  const call = async (name: string, trigger: ObjectTrigger, key: string): Promise<void> => {
    const bucket = { name: input.bucketNames[trigger.bucket] };
    const event = { source: "aws.s3", detail: { bucket, object: { key } } };
    for (let tries = 1; tries <= triesMax; tries += 1) {
      try {
        await input.invoke(name, event);
        return;
      } catch (error) {
        if (tries === triesMax) input.report(name, error);
      }
    }
  };

  const inTurn = (name: string, trigger: ObjectTrigger, key: string): Promise<void> => {
    const turn = last.then(() => call(name, trigger, key));
    last = turn;
    return input.clock.track(turn);
  };

  return {
    landed: (bucket, key) => {
      for (const { name, trigger } of called) {
        const isTheirs = input.bucketNames[trigger.bucket] === bucket;
        if (isTheirs && key.startsWith(trigger.prefix)) void inTurn(name, trigger, key);
      }
    },
    resume: async () => {
      for (const { name, trigger } of called) {
        for (const { key } of await input.list(trigger.bucket, trigger.prefix)) {
          await inTurn(name, trigger, key);
        }
      }
    },
  };
};

/** What a function writes lands as what a browser sends does: whoever waits for it is told. */
export const tellingOfFiles = (
  dependencies: Dependencies,
  objects: ObjectEvents,
  bucket: string,
): Dependencies => ({
  ...dependencies,
  files: {
    ...dependencies.files,
    write: async (key, body, mediaType) => {
      await dependencies.files.write(key, body, mediaType);
      objects.landed(bucket, key);
    },
  },
});
