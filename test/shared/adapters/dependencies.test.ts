import { policyPack } from "#workflows/policy-pack.ts";
import { expect, test } from "vitest";
import { dependenciesFromEnvironment } from "#shared/adapters/dependencies.ts";
import { uploadOriginFromEnvironment } from "#shared/adapters/files.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { instantOfMs } from "#shared/kernel/calendar.ts";

const environment = {
  SITE_URL: "https://bangfu.example.cn",
  TABLE_NAME: "songnuan",
  MASTER_KEY_ID: "alias/songnuan",
  PAPERS_BUCKET: "papers",
  FILES_BUCKET: "files",
  APPLICATION_MACHINE_ARN: "arn:application",
  DISBURSEMENT_MACHINE_ARN: "arn:disbursement",
  MAIL_TRANSPORT: "ses",
  MAIL_FROM: "no-reply@example.cn",
  AWS_REGION: "cn-north-1",
};

test("all dependencies come from the variables, and what the run puts in place wins", () => {
  const clock = { now: () => instantOfMs(0) };
  const random = (length: number) => new Uint8Array(length);
  const mailer = { send: async () => {} };

  const made = dependenciesFromEnvironment(environment, {
    policy: policyPack,
    isPersonal: () => true,
    clock,
    random,
    mailer,
  });

  expect(made).toMatchObject({ clock, random, mailer, siteUrl: environment.SITE_URL });
  for (const name of ["vault", "cases", "funds", "batches", "directory"] as const) {
    expect(made[name], name).toBeDefined();
  }
  for (const name of ["papers", "files", "workflow"] as const)
    expect(made[name], name).toBeDefined();
});

test("without anything in its place the clock is the real one, and randomness differs each time", () => {
  const before = Date.now();
  const { clock, random } = runtimeFromEnvironment(environment);

  expect(Date.parse(clock.now())).toBeGreaterThanOrEqual(before);
  expect(random(16)).toHaveLength(16);
  expect(random(16)).not.toEqual(random(16));
});

test.each([
  [{ AWS_REGION: "us-east-1" }, "https://s3.us-east-1.amazonaws.com"],
  [{ AWS_REGION: "cn-north-1" }, "https://s3.cn-north-1.amazonaws.com.cn"],
  [{ AWS_REGION: "us-east-1", AWS_ENDPOINT_URL: "http://localhost:4566" }, "http://localhost:4566"],
  [
    { AWS_ENDPOINT_URL: "http://inside:4566", PUBLIC_S3_URL: "https://relief.example/s3" },
    "https://relief.example",
  ],
])("browsers may post files where the upload forms lead: %o", (given, origin) => {
  expect(uploadOriginFromEnvironment(given)).toBe(origin);
});
