/** The CDK app in memory: its templates for any settings, with a stand-in for the bundles, which need seconds. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { AwsSolutionsChecks } from "cdk-nag";
import { readSettings } from "#infra/aws/settings.ts";
import { createStacks } from "#infra/aws/stacks.ts";

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

export interface Cloud {
  readonly app: App;
  /** By what they hold: data, service, and watch unless it is left out. */
  readonly templates: Readonly<Record<string, StackTemplate>>;
  /** cdk-nag findings without a reason, as "rule at construct". */
  readonly findings: readonly string[];
}

/** The context of cdk.json: the settings of a deployment that sets none, and the library's flags. */
export const projectContext = (): Record<string, unknown> =>
  (JSON.parse(readFileSync("cdk.json", "utf8")) as { context: Record<string, unknown> }).context;

const directory = mkdtempSync(join(tmpdir(), "songnuan-cloud-"));
const codeDirectory = join(directory, "code");

const standInCode = (): Code => {
  const made = mkdtempSync(codeDirectory);
  writeFileSync(join(made, "index.mjs"), "export const handler = async () => null;\n");
  return Code.fromAsset(made);
};

/** Synthesises with cdk.json's context and `context` over it. */
export const synthesise = (
  context: Readonly<Record<string, string>> = {},
  environment: Readonly<Record<string, string>> = {},
): Cloud => {
  const app = new App({
    context: { ...projectContext(), ...context },
    outdir: mkdtempSync(join(directory, "assembly-")),
  });
  const settings = readSettings(app, environment);
  const code = standInCode();
  createStacks(app, settings, () => code);
  const findings = new AwsSolutionsChecks()
    .validateScope(app)
    .violations.map(({ ruleName, violatingResources }) =>
      [ruleName, ...(violatingResources ?? []).map((resource) => JSON.stringify(resource))].join(
        " ",
      ),
    );
  const templates = Object.fromEntries(
    app
      .synth()
      .stacks.map(({ stackName, template }) => [
        stackName.slice(settings.name.length + 1),
        template as StackTemplate,
      ]),
  );
  return { app, templates, findings };
};

/** The resources of a type, with their logical ids. */
export const resourcesOf = (
  template: StackTemplate | undefined,
  type: string,
): readonly (Resource & { readonly id: string })[] =>
  Object.entries(template?.Resources ?? {})
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({ id, ...resource }));
