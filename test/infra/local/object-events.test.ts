import { expect, test } from "vitest";
import { createObjectEvents } from "#infra/local/object-events.ts";
import type { FunctionDefinition, Trigger } from "#shared/lambda/definition.ts";

const functionOf = (name: string, trigger: Trigger): FunctionDefinition => ({
  name,
  purpose: "",
  trigger,
  grants: {},
  timeoutSeconds: 1,
  memoryMb: 128,
});

const begin = (
  invoke: (name: string, event: unknown) => Promise<unknown>,
  there: string[] = [],
) => {
  const reported: string[] = [];
  const work: Promise<unknown>[] = [];
  const events = createObjectEvents({
    functions: [
      functionOf("look", { kind: "object", bucket: "papers", prefix: "incoming/" }),
      functionOf("other", { kind: "task" }),
    ],
    bucketNames: { papers: "the-papers", files: "the-files" },
    invoke,
    list: async (_bucket, prefix) =>
      there.filter((key) => key.startsWith(prefix)).map((key) => ({ key, sizeBytes: 1, etag: "" })),
    clock: {
      track: (promise) => {
        work.push(promise);
        return promise;
      },
    },
    report: (name) => void reported.push(name),
  });
  return { events, reported, settled: () => Promise.all(work) };
};

test("a function is called for what lands under its prefix in its bucket, one after another", async () => {
  const heard: unknown[] = [];
  let running = 0;
  const { events, settled } = begin(async (name, event) => {
    running += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    heard.push([name, event, running]);
    running -= 1;
  });

  events.landed("the-papers", "incoming/SN1/x");
  events.landed("the-papers", "papers/SN1/x");
  events.landed("the-files", "incoming/SN1/x");
  events.landed("the-papers", "incoming/SN2/y");
  await settled();

  const event = (key: string) => ({
    source: "aws.s3",
    detail: { bucket: { name: "the-papers" }, object: { key } },
  });
  expect(heard).toEqual([
    ["look", event("incoming/SN1/x"), 1],
    ["look", event("incoming/SN2/y"), 1],
  ]);
});

test("a call that fails is made again, twice; then it is told, and the next one has its turn", async () => {
  let calls = 0;
  const { events, reported, settled } = begin(async (_name, event) => {
    calls += 1;
    if (JSON.stringify(event).includes("bad")) throw new Error("no");
  });

  events.landed("the-papers", "incoming/bad");
  events.landed("the-papers", "incoming/good");
  await settled();

  expect(calls).toBe(4);
  expect(reported).toEqual(["look"]);
});

test("what lies there at the start is told of again", async () => {
  const keys: string[] = [];
  const { events } = begin(
    async (_name, event) => {
      keys.push((event as { detail: { object: { key: string } } }).detail.object.key);
    },
    ["incoming/a", "papers/b", "incoming/c"],
  );
  await events.resume();
  expect(keys).toEqual(["incoming/a", "incoming/c"]);
});
