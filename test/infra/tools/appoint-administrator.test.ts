import { afterAll, beforeAll, expect, test } from "vitest";
import { appoint } from "#infra/tools/appoint-administrator.ts";
import { masterKeyId } from "#infra/local/kms.ts";
import { createDirectory } from "#shared/adapters/dynamodb/directory.ts";
import { startDeployed } from "#test/support/deployed.ts";

let deployed: Awaited<ReturnType<typeof startDeployed>>;
beforeAll(async () => {
  deployed = await startDeployed();
});
afterAll(async () => {
  deployed.client.destroy();
  await deployed.stop();
});

const environment = { TABLE_NAME: "deployed", MASTER_KEY_ID: masterKeyId };

test.each([[[]], [["nobody"]], [["you@example.org"]], [["you@example.org", "  "]]])(
  "a command without an address and a name says what to type: %j",
  async (words) => {
    const { exitCode, says } = await appoint(environment, words);
    expect(exitCode).toBe(1);
    expect(says).toContain("npm run appoint");
  },
);

test("a deployed system without people gets its first administrator, and a second one not this way", async () => {
  const first = await appoint(environment, ["you@example.org", "张三"]);
  expect(first).toMatchObject({ exitCode: 0 });
  const second = await appoint(environment, ["other@example.org", "李四"]);
  expect(second).toMatchObject({ exitCode: 1 });

  const { staff } = await createDirectory({
    name: "deployed",
    client: deployed.client,
  }).organisation();
  expect(staff.map(({ email, roles }) => [email, roles])).toEqual([
    ["you@example.org", ["administrator"]],
  ]);
});
