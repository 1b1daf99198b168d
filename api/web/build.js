// Makes what is checked in of libraries and of the widget: `npm run build`. built.json says from what
// each file was made, so that a test without Node can tell whether it belongs to its sources.
// `npm run check` makes it in memory and compares.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { build, transform } from "esbuild";

const TARGET = ["es2021", "chrome99", "firefox100", "safari15.4"];
const NOTICE = "/*! Yiju, Apache-2.0. With eventsource-parser, MIT, (c) Espen Hovlandsdal. */";
const RECORD = "built.json";
const styles = {
  name: "styles",
  setup(/** @type {import("esbuild").PluginBuild} */ made) {
    made.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const options = { loader: /** @type {const} */ ("css"), minify: true, target: TARGET };
      return { contents: (await transform(readFileSync(path, "utf8"), options)).code, loader: "text" };
    });
  },
};

const CHECKING = process.argv.includes("--check");
const shared = { bundle: true, charset: "utf8", minify: true, write: false, metafile: true, logLevel: "warning" };
const WORK = [
  {
    format: "esm",
    legalComments: "eof",
    target: "es2021",
    entryPoints: ["vendor/lit.js", "vendor/eventsource-parser.js"],
    outdir: "static/vendor",
  },
  {
    format: "iife",
    legalComments: "none",
    target: TARGET,
    banner: { js: NOTICE },
    plugins: [styles],
    entryPoints: ["widget/widget.js"],
    outfile: "static/widget.js",
  },
];

const record = { files: /** @type {Record<string, object>} */ ({}), libraries: libraries() };
for (const each of WORK) {
  const made = await build(/** @type {import("esbuild").BuildOptions & {metafile: true}} */ ({ ...shared, ...each }));
  for (const [name, { inputs }] of Object.entries(made.metafile.outputs)) {
    const output = made.outputFiles?.find(({ path }) => path.endsWith(`/${name}`));
    if (!output) throw new Error(`esbuild gave no ${name}`);
    const own = Object.keys(inputs).filter((path) => !path.includes("node_modules/"));
    record.files[name] = { sha256: sha256(output.contents), from: sums(own) };
    settle(name, output.contents);
  }
}
settle(RECORD, `${JSON.stringify(record, null, 2)}\n`);

/** Write a file, or say that it is another. @param {string} name @param {Uint8Array | string} contents */
function settle(name, contents) {
  if (!CHECKING) return writeFileSync(name, contents);
  if (existsSync(name) && sha256(readFileSync(name)) === sha256(contents)) return;
  console.error(`${name} is not what its sources make; run \`make web\``);
  process.exitCode = 1;
}

function libraries() {
  const told = ["lit", "lit-html", "lit-element", "@lit/reactive-element", "eventsource-parser"].map((name) => {
    const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
    return [name, { version, license }];
  });
  return Object.fromEntries(told);
}

/** @param {readonly string[]} paths */
function sums(paths) {
  return Object.fromEntries([...paths].sort().map((path) => [path, sha256(readFileSync(path))]));
}

/** @param {Uint8Array | string} bytes */
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
