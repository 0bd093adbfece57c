import { expect, test } from "vitest";
import * as z from "zod";
import { ApplicationNotFound } from "#shared/kernel/errors.ts";
import { fieldsOfError } from "#shared/lambda/logging.ts";

const secrets = ["王建国", "11010519491231002X"] as const;

test("of an error's message nothing is logged, however many lines it has", () => {
  const error = new Error(`a row that can't be read:\n${secrets[0]}\n  ${secrets[1]}\n`);
  const fields = JSON.stringify(fieldsOfError(error));
  for (const secret of secrets) expect(fields).not.toContain(secret);
  expect(fields).toContain("logging.test.ts");
});

test("a validation error tells where it happened, not which value was refused", () => {
  const read = z.object({ name: z.enum(["a"], { error: () => `${secrets[0]} is none of them` }) });
  const { error } = read.safeParse({ name: secrets[0] });
  expect(error?.message).toContain(secrets[0]);
  expect(JSON.stringify(fieldsOfError(error))).not.toContain(secrets[0]);
});

test("an error of ours tells its name and its code; what is thrown and no error, its type", () => {
  expect(fieldsOfError(new ApplicationNotFound())).toMatchObject({
    errorName: "ApplicationNotFound",
    code: "application_not_found",
  });
  expect(fieldsOfError(secrets[0])).toEqual({ errorName: "string" });
});
