/**
 * Appoints the first administrator of a deployed system: `npm run appoint -- you@example.org 张三`, after
 * `npm run deploy` has written out/outputs.json. That person signs in at /desk and appoints everybody else.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import isEmail from "validator/lib/isEmail.js";
import type { Environment } from "#shared/adapters/environment.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { storesFromEnvironment } from "#shared/adapters/stores.ts";
import { appointFirstAdministrator } from "#shared/casework/first-administrator.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { storeEnvironmentOf } from "./seed-demo-city.ts";

/** What is to be typed, in both languages. */
const usage = "npm run appoint -- <邮箱 e-mail> <姓名 name>";

export interface Appointed {
  readonly exitCode: 0 | 1;
  readonly says: string;
}

/** Reads the two words of the command and appoints. Nothing is written where an administrator is already. */
export const appoint = async (
  environment: Environment,
  [email = "", name = ""]: readonly string[],
): Promise<Appointed> => {
  if (!isEmail.default(email) || name.trim() === "") return { exitCode: 1, says: usage };
  const appointed = await appointFirstAdministrator(
    {
      ...storesFromEnvironment(environment, isPersonalField),
      ...runtimeFromEnvironment(environment),
    },
    { email, name: name.trim() },
  );
  return appointed
    ? { exitCode: 0, says: "已任命管理员，请在 /desk 登录。Appointed: sign in at /desk." }
    : {
        exitCode: 1,
        says: "已有管理员，未写入任何数据。There is an administrator already: nothing was written.",
      };
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outputsPath = new URL("../../out/outputs.json", import.meta.url);
  const environment = storeEnvironmentOf(readFileSync(outputsPath, "utf8"));
  const { exitCode, says } = await appoint(environment, process.argv.slice(2));
  process.stdout.write(`${says}\n`);
  process.exitCode = exitCode;
}
