/** The dependency rule (docs/ARCHITECTURE.md): kernel ← domain ← ports ← adapters ← functions ← infra. */
import { cruise, type ICruiseResult, type IDependency } from "dependency-cruiser";
import { expect, test } from "vitest";

const folders = ["functions", "infra", "shared", "test", "workflows"];

/** With a parser it can't find, dependency-cruiser looks at nothing and is content; hence a floor. */
const modulesMin = 150;

const cruiseAll = async (): Promise<ICruiseResult> => {
  const { output } = await cruise(
    folders,
    {
      parser: "swc",
      tsPreCompilationDeps: true,
      doNotFollow: { path: "node_modules" },
      validate: true,
      ruleSet: {
        forbidden: [{ name: "circular", severity: "error", from: {}, to: { circular: true } }],
      },
    },
    { exportsFields: ["exports"], conditionNames: ["node", "import", "default"] },
  );
  return output as ICruiseResult;
};

const result = await cruiseAll();

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly dependency: IDependency;
}

const arrows: readonly Arrow[] = result.modules.flatMap((module) =>
  module.dependencies.map((dependency) => ({
    from: module.source,
    to: dependency.resolved,
    dependency,
  })),
);

const ownFolders = new RegExp(`^(?:${folders.join("|")})/`, "u");
const isOurs = (path: string): boolean => ownFolders.test(path);

const told = ({ from, to }: Arrow): string => `${from} → ${to}`;

/** Arrows that start in `from` and are not allowed by any of `to`. */
const strays = (from: RegExp, to: readonly RegExp[]): readonly string[] =>
  arrows
    .filter((arrow) => from.test(arrow.from) && isOurs(arrow.to))
    .filter((arrow) => !to.some((allowed) => allowed.test(arrow.to)))
    .map(told);

const kernel = /^shared\/kernel\//u;
const domain = /^shared\/domain\//u;
const ports = /^shared\/ports\//u;
const adapters = /^shared\/adapters\//u;
const casework = /^shared\/casework\//u;
const files = /^shared\/exports\//u;
const lambda = /^shared\/lambda\//u;
const web = /^shared\/web\//u;
const registry = /^workflows\/registry\.ts$/u;
const policyPack = /^workflows\/(?:policy-pack\.ts|common-policy\.json)$/u;
const programme = /^workflows\/(?!registry\.ts$|machines\/)[^/]+\//u;

test("every source file was looked at", () => {
  expect(result.summary.totalCruised).toBeGreaterThan(modulesMin);
  const unresolved = arrows.filter(({ dependency }) => dependency.couldNotResolve).map(told);
  expect(unresolved).toEqual([]);
});

test.each([
  ["kernel", kernel, [kernel]],
  ["domain", domain, [domain, kernel]],
  ["a programme", programme, [programme, domain, kernel]],
  ["the registry", registry, [programme, domain]],
  ["the policy pack", policyPack, [policyPack, registry, domain]],
  ["ports", ports, [ports, domain, kernel]],
  ["adapters", adapters, [adapters, ports, domain, kernel]],
  ["web", web, [web, ports, domain, kernel]],
  ["exports", files, [files, ports, domain, kernel]],
  ["lambda", lambda, [lambda, web, ports, domain, kernel]],
  ["casework", casework, [casework, web, registry, ports, domain, kernel]],
  [
    "a function",
    /^functions\/(?![^/]+\/lambda\.ts$)/u,
    [/^functions\//u, casework, lambda, web, files, registry, ports, domain, kernel],
  ],
  [
    "a function's wiring",
    /^functions\/[^/]+\/lambda\.ts$/u,
    [/^functions\//u, /^shared\//u, registry, policyPack],
  ],
  ["infra", /^infra\//u, [/^(?:infra|functions|workflows|shared)\//u]],
] as const)("%s imports only what stands before it", (_name, from, to) => {
  expect(arrows.some((arrow) => from.test(arrow.from))).toBe(true);
  expect(strays(from, to)).toEqual([]);
});

test.each([
  ["a programme", /^workflows\/(?<own>[^/]+)\//u],
  ["a function", /^functions\/(?<own>[^/]+)\//u],
])("%s imports no other one", (_name, folder) => {
  const others = arrows.filter(({ from, to }) => {
    const own = folder.exec(from)?.groups?.["own"];
    const other = folder.exec(to)?.groups?.["own"];
    return own !== undefined && other !== undefined && own !== other;
  });
  expect(others.map(told)).toEqual([]);
});

test("ports are types only, and whoever has no store of its own takes types only from them", () => {
  const values = arrows.filter(
    ({ from, to, dependency }) =>
      (ports.test(from) || ports.test(to)) && !dependency.dependencyTypes.includes("type-only"),
  );
  expect(values.map(told)).toEqual([]);
});

test.each([
  [
    "the AWS SDK stays in the adapters and infra",
    /(?:^|\/)node_modules\/@(?:aws-sdk|smithy)\//u,
    /^(?:shared\/adapters|infra|test)\//u,
  ],
  [
    "middy and Powertools stay in shared/lambda",
    /(?:^|\/)node_modules\/@(?:middy|aws-lambda-powertools)\//u,
    /^shared\/lambda\//u,
  ],
  [
    "CDK stays in infra/aws and infra/app.ts",
    /(?:^|\/)node_modules\/(?:aws-cdk-lib|constructs|cdk-nag)\//u,
    /^(?:infra\/aws\/|infra\/app\.ts$|test\/infra\/)/u,
  ],
  [
    "the emulators stay in infra/local and the tests",
    /(?:^|\/)node_modules\/(?:fauxqs|aws-local-stepfunctions|@dynoxide)\//u,
    /^(?:infra\/local|test)\//u,
  ],
])("%s", (_name, packages, home) => {
  const outside = arrows.filter(({ from, to }) => packages.test(to) && !home.test(from));
  expect(outside.map(told)).toEqual([]);
  expect(arrows.some(({ from, to }) => packages.test(to) && home.test(from))).toBe(true);
});

test("pure code uses none of Node's own modules", () => {
  const impure = arrows.filter(
    ({ from, dependency }) =>
      [kernel, domain, programme].some((pure) => pure.test(from)) && dependency.coreModule,
  );
  expect(impure.map(told)).toEqual([]);
});

test("nothing imports the tests but the tests, and nothing imports infra but infra and the tests", () => {
  const backwards = arrows.filter(
    ({ from, to }) =>
      (to.startsWith("test/") && !from.startsWith("test/")) ||
      (to.startsWith("infra/") && !/^(?:infra|test)\//u.test(from)),
  );
  expect(backwards.map(told)).toEqual([]);
});

test("no file imports itself by way of others", () => {
  const circles = result.summary.violations.map(({ from, to }) => `${from} → ${to}`);
  expect(circles).toEqual([]);
});
