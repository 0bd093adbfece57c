/** A bundle holds the policies as they were read; what it rules by must be what the tests checked. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { bundleEntryPoints } from "#infra/aws/bundle.ts";
import { policyPack } from "#workflows/policy-pack.ts";

/** What of the pack rules; the sources are for readers and stay out of bundles. */
const ruling = ({ common, livingStandards, programmes }: typeof policyPack) => ({
  common,
  livingStandards,
  programmes,
});

test("a bundle's policies are to the last figure those that were read and checked", async () => {
  const sources = "node_modules/.cache/songnuan-policies";
  mkdirSync(sources, { recursive: true });
  writeFileSync(
    join(sources, "pack.ts"),
    'export { policyPack } from "#workflows/policy-pack.ts";',
  );
  const directory = mkdtempSync(join(tmpdir(), "songnuan-policies-"));
  await bundleEntryPoints({ pack: `${sources}/pack.ts` }, directory);

  const bundled = (await import(pathToFileURL(join(directory, "pack", "index.mjs")).href)) as {
    readonly policyPack: typeof policyPack;
  };

  expect(ruling(bundled.policyPack)).toEqual(ruling(policyPack));
  expect(Object.keys(bundled.policyPack.programmes).length).toBeGreaterThan(3);
});
