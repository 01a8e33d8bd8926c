// Every part, on a phone and a desk, light and dark: valid, accessible, no
// wider than the window, and never asking for what the policy blocks.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { serveFolder, writeGallery } from "./folder.mjs";
import { checkPage, closeBrowser, missing, newPage, schemes, shoot, sizes } from "./rig.mjs";

suite("gallery", { skip: missing }, () => {
  let folder;
  let server;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "gallery-"));
    await writeGallery(folder);
    server = await serveFolder(folder);
  });
  after(async () => {
    await closeBrowser();
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  test("every page holds", async (t) => {
    for (const file of await readdir(folder)) {
      await t.test(file, async () => {
        const page = await newPage({ url: server.url });
        await checkPage(page, `/${file}`);
        await pictures(page, file.replace(".html", ""));
        await page.done();
      });
    }
  });

  async function pictures(page, name) {
    for (const [size, view] of Object.entries(sizes)) {
      await page.setViewportSize(view);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await shoot(page, `${name}-${size}-${colorScheme}`);
      }
    }
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await shoot(page, `${name}-print`);
  }
});
