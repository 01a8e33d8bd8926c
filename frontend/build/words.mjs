import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = /\.(templ|go|ts)$/;
const MADE = /(_templ|_test)\.go$/;
const SKIP = new Set(["node_modules", "dist", "test"]);

/**
 * Every word in the sources of these folders that could be part of a class name. One that ends
 * in a hyphen is put together with something («utrecht-button--» + kind), so
 * it stands for all classes that begin with it.
 */
export function usedWords(folders) {
  const words = new Set();
  for (const path of folders.filter(existsSync).flatMap((folder) => [...sources(folder)])) {
    for (const [word] of readFileSync(path, "utf8").matchAll(/[a-z][a-z0-9_-]*/g)) words.add(word);
  }
  return words;
}

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIP.has(entry.name)) yield* sources(path);
    } else if (SOURCE.test(entry.name) && !MADE.test(entry.name)) yield path;
  }
}
