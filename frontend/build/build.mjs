// Builds frontend/dist: one style sheet, one script, the font and the icon, each
// with a hash of its content in its name, and manifest.json with their addresses.
// Every text file also lies there compressed (.br, .gz).
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { prune } from "./prune.mjs";
import { usedWords } from "./words.mjs";

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(here, "dist");
const address = "/assets/";
// Browsers that know light-dark() and popover, and a year older.
const target = "es2022,chrome110,firefox115,safari16.4";

const work = mkdtempSync(join(tmpdir(), "front-"));
try {
  const files = [...styles(), ...script(), icon()];
  clear();
  for (const file of files) write(file);
  writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(manifest(files), null, 2)}\n`);
  report(files);
} finally {
  rmSync(work, { recursive: true });
}

function esbuild(...args) {
  execFileSync("go", ["tool", "esbuild", "--log-level=warning", ...args], { cwd: here, stdio: "inherit" });
}

/** The style sheet and its font: bundled, rid of rules nothing here can match, minified. */
function styles() {
  const whole = join(work, "whole");
  esbuild("theme/index.css", "--bundle", "--loader:.woff2=file", "--asset-names=[name]", `--outdir=${whole}`);
  const font = hashed(
    "font",
    join(
      whole,
      readdirSync(whole).find((name) => name.endsWith(".woff2")),
    ),
  );
  const css = readFileSync(join(whole, "index.css"), "utf8").replaceAll(
    /\.\/[\w-]+\.woff2/g,
    `./${font.name}`,
  );
  const small = join(work, "app.css");
  writeFileSync(
    small,
    process.env.FRONT_WHOLE_CSS ? css : prune(css, usedWords([here, join(here, "../internal/markdown")])),
  );
  esbuild(
    small,
    "--bundle",
    "--minify",
    "--external:*.woff2",
    `--target=${target}`,
    `--outfile=${join(work, "min.css")}`,
  );
  return [font, hashed("css", join(work, "min.css"), "app")];
}

function script() {
  const out = join(work, "app.js");
  esbuild(
    "islands/index.ts",
    "--bundle",
    "--minify",
    "--format=iife",
    `--target=${target}`,
    `--outfile=${out}`,
  );
  return [hashed("js", out, "app")];
}

function icon() {
  return hashed("icon", join(here, "theme/icon.svg"));
}

function hashed(kind, path, stem = basename(path, extname(path))) {
  const body = readFileSync(path);
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
  return { kind, name: `${stem}-${hash}${extname(path)}`, body };
}

/** Empties dist but for the place keeper that the embedding needs. */
function clear() {
  mkdirSync(dist, { recursive: true });
  for (const name of readdirSync(dist)) {
    if (name !== ".gitkeep") rmSync(join(dist, name), { recursive: true });
  }
}

function write({ name, body }) {
  writeFileSync(join(dist, name), body);
  if (name.endsWith(".woff2")) return; // compressed already
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(body, { params }));
  writeFileSync(join(dist, `${name}.gz`), gzipSync(body, { level: 9 }));
}

function manifest(files) {
  return Object.fromEntries(files.map(({ kind, name }) => [kind, address + name]).sort());
}

function report(files) {
  for (const { name, body } of files) {
    console.log(
      `${String(Math.ceil(body.length / 1024)).padStart(5)} kB, ${gzipSync(body).length} bytes gzipped  ${name}`,
    );
  }
}
