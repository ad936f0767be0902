// Builds the front end: SCSS and JavaScript into the folder that is given as the first argument.
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];
const find = createRequire(import.meta.url).resolve;
const FONT = "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2";
const PICTURES = ["mark.svg", "weave.svg", "stilt.svg", "roof.svg", "chevron.svg", "tick.svg", "dot.svg"];

async function styles() {
  const made = compile(join(here, "lumbung.scss"), {
    loadPaths: [join(here, "..", "node_modules")],
    quietDeps: true,
    silenceDeprecations: ["import", "if-function"],
  });
  const { code } = await transform(made.css, { loader: "css", minify: true });
  await writeFile(join(target, "lumbung.css"), code);
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await styles();
await build({ entryPoints: [join(here, "lumbung.js"), join(here, "theme.js"), join(here, "check.js"), ...["request.js", "status.js", "office.js"].map((name) => join(here, name))], outdir: target, bundle: true, minify: true, target: "es2022", legalComments: "eof" });
// Charts and maps are chunks of their own, which a page fetches when it needs them (front/seen.js).
await build({ entryPoints: [join(here, "chart.js"), join(here, "map.js"), join(here, "map.css")], outdir: target, bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "eof", loader: { ".png": "dataurl" } });
await copyFile(find(FONT), join(target, "jakarta.woff2"));
for (const picture of PICTURES) await copyFile(join(here, picture), join(target, picture));
