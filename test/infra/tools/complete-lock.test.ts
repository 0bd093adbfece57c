import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { completed, missingFromLock, type LockPackages } from "#infra/tools/complete-lock.ts";

const packages: LockPackages = {
  "": {},
  "node_modules/tool": {
    version: "1.0.0",
    dev: true,
    optionalDependencies: {
      "@tool/linux-x64-musl": "1.0.0",
      "@tool/darwin-arm64": "1.0.0",
      fsevents: "~2.3.3",
    },
  },
  "node_modules/@tool/linux-x64-musl": { version: "1.0.0", optional: true },
};

test("what the lock wants and doesn't hold is found, and entered with its platform", () => {
  expect(missingFromLock(packages)).toEqual([
    { name: "@tool/darwin-arm64", version: "1.0.0", dev: true },
  ]);
  expect(completed(packages)["node_modules/@tool/darwin-arm64"]).toEqual({
    version: "1.0.0",
    cpu: ["arm64"],
    dev: true,
    optional: true,
    os: ["darwin"],
  });
  expect(missingFromLock(completed(packages))).toEqual([]);
});

test("the project's lock is complete, so that npm ci takes it (npm run lock mends it)", () => {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: LockPackages };
  expect(missingFromLock(lock.packages)).toEqual([]);
});
