// Styles with sass, scripts with esbuild, type copied as it is. Called by tools/build_assets.py with the folder to fill.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = dirname(dirname(createRequire(import.meta.url).resolve("govuk-frontend/package.json")));
const build = process.argv[2];

for (const name of ["desaga", "site", "viewer"]) {
  const style = sass.compile(join(here, "scss", `${name}.scss`), { style: "compressed", loadPaths: [modules], quietDeps: true });
  const { code } = await esbuild.transform(style.css, { loader: "css", minify: true, target: "es2022" });
  writeFileSync(join(build, `${name}.css`), code);
}

await esbuild.build({
  entryPoints: [join(here, "js", "desaga.js"), join(here, "js", "passkeys.js"), join(here, "js", "review.js"), join(here, "js", "saving.js"), join(here, "js", "scene.js"), join(here, "js", "viewer.js")],
  outdir: build,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
});

const type = join(modules, "@fontsource-variable", "atkinson-hyperlegible-next", "files");
copyFileSync(join(dirname(type), "LICENSE"), join(build, "fonts", "LICENSE.txt"));
for (const script of ["latin", "latin-ext"]) {
  for (const [style, suffix] of [["normal", ""], ["italic", "-italic"]]) {
    const file = `atkinson-hyperlegible-next-${script}-wght-${style}.woff2`;
    copyFileSync(join(type, file), join(build, "fonts", `atkinson-${script}${suffix}.woff2`));
  }
}

const serif = join(modules, "@fontsource-variable", "source-serif-4");
copyFileSync(join(serif, "LICENSE"), join(build, "fonts", "LICENSE-source-serif.txt"));
for (const script of ["latin", "latin-ext"]) {
  copyFileSync(join(serif, "files", `source-serif-4-${script}-wght-normal.woff2`), join(build, "fonts", `serif-${script}.woff2`));
}

// The viewer's notices stand beside it: what is built keeps no comments.
const notices = ["@photo-sphere-viewer/core", "three"].map((name) => `${name}\n\n${readFileSync(join(modules, name, "LICENSE"), "utf8")}`);
writeFileSync(join(build, "viewer.LICENSE.txt"), notices.join("\n\n"));
