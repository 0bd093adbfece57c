/** Makes one small ES module of each function with the local esbuild: no Docker, and the AWS SDK is inside. */
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { invariant } from "#shared/kernel/assert.ts";
import {
  leaveOut,
  noJsonSchemas,
  oneS3Client,
  plainSchemaKeys,
  policiesWithoutSources,
} from "./bundle-diet.ts";

const projectDirectory = resolve(import.meta.dirname, "../..");

/** CommonJS packages inside an ES module still call `require` for Node's own modules. */
const requireForCommonJs =
  'import { createRequire as songnuanRequire } from "node:module"; const require = songnuanRequire(import.meta.url);';

export interface Bundle {
  readonly name: string;
  /** Holds index.mjs and its source map: what is uploaded. */
  readonly directory: string;
  readonly sizeBytes: number;
  /** What went in, relative to the project, with the bytes each takes up in the bundle. */
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}

/**
 * Bundles the given files in one run of esbuild.
 * @param entryPoints each bundle's name, and the file it begins with, relative to the project.
 * @param outputDirectory gets a folder for each.
 * @throws when a file doesn't bundle.
 */
export const bundleEntryPoints = async (
  entryPoints: Readonly<Record<string, string>>,
  outputDirectory: string,
): Promise<ReadonlyMap<string, Bundle>> => {
  const result = await build({
    absWorkingDir: projectDirectory,
    entryPoints: Object.fromEntries(
      Object.entries(entryPoints).map(([name, path]) => [`${name}/index`, path]),
    ),
    outdir: outputDirectory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    // Chinese as it is: escaped, each character takes twice the room.
    charset: "utf8",
    platform: "node",
    format: "esm",
    // Lambda runs Node 24; an endpoint of one's own may run functions on the Node it finds, and 20 is the oldest.
    target: "node20",
    // ES modules before CommonJS: only those can be shaken. It halves the AWS SDK.
    mainFields: ["module", "main"],
    alias: {
      // Lambda hands over its role in the environment. The rest of the chain (SSO, profiles, instance metadata)
      // finds nothing there, and is 90 KB to read at each cold start.
      "@aws-sdk/credential-provider-node": join(import.meta.dirname, "lambda-credentials.ts"),
    },
    plugins: [
      plainSchemaKeys,
      leaveOut,
      noJsonSchemas,
      policiesWithoutSources,
      oneS3Client(projectDirectory),
    ],
    banner: { js: requireForCommonJs },
    sourcemap: true,
    sourcesContent: false,
    legalComments: "none",
    metafile: true,
    logLevel: "error",
  });
  const outputs = Object.values(result.metafile.outputs);
  const bundles = Object.entries(entryPoints).map(([name, path]): Bundle => {
    const output = outputs.find(({ entryPoint }) => entryPoint === path);
    invariant(output, `esbuild made nothing of ${path}`);
    return {
      name,
      directory: join(outputDirectory, name),
      sizeBytes: output.bytes,
      inputs: output.inputs,
    };
  });
  return new Map(bundles.map((bundle) => [bundle.name, bundle]));
};

/** Bundles functions/<name>/lambda.ts of every name. @throws when a function doesn't bundle. */
export const bundleFunctions = (
  functionNames: readonly string[],
  outputDirectory: string,
): Promise<ReadonlyMap<string, Bundle>> =>
  bundleEntryPoints(
    Object.fromEntries(functionNames.map((name) => [name, `functions/${name}/lambda.ts`])),
    outputDirectory,
  );
