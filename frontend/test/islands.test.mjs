// The islands in a real browser, against answers made here.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { serveFolder, writeGallery } from "./folder.mjs";
import { closeBrowser, missing, newPage } from "./rig.mjs";

suite("islands", { skip: missing }, () => {
  let folder;
  let server;
  let draft;
  let similar;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "islands-"));
    await writeGallery(folder);
    server = await serveFolder(folder, (_request, body, path) => {
      if (path === "/inbreng/concept/c1") return json(draft.answer(new URLSearchParams(body)));
      if (path === "/inbreng/lijkt-op") return html(similar.answer(new URLSearchParams(body)));
      if (path === "/inbreng/nieuw") return html("<!DOCTYPE html><html lang=nl><title>klaar</title>");
      return undefined;
    });
  });
  after(async () => {
    await closeBrowser();
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  /** Collects questions; `next` resolves with the next one. */
  function collector(reply) {
    const seen = [];
    const waiting = [];
    return {
      seen,
      answer(fields) {
        seen.push(fields);
        waiting.shift()?.(fields);
        return reply(fields);
      },
      next: () => new Promise((resolve) => waiting.push(resolve)),
    };
  }

  async function openForm(options) {
    draft = collector(() => ({ bewaard: "14.07 uur" }));
    similar = collector(() => "");
    const page = await newPage({ url: server.url, ...options });
    await page.goto("/formulier.html");
    return page;
  }

  test("the summary of a refused form has the focus", async () => {
    const page = await openForm();
    assert.equal(await page.evaluate(() => document.activeElement.className), "rs-errors");
    await page.done();
  });

  test("a draft is kept after typing, with every field and the token", async () => {
    const page = await openForm();
    const asked = draft.next();
    await page.getByLabel("Wat ziet u?").fill("De tolk zegt af. Dat kost tijd.");
    const fields = await asked;
    assert.equal(fields.get("tekst"), "De tolk zegt af. Dat kost tijd.");
    assert.equal(fields.get("soort"), "knelpunt");
    assert.equal(fields.get("_token"), "voorbeeld");
    await page.getByText("Laatst bewaard om 14.07 uur.").waitFor();
    await page.done();
  });

  test("a refused draft says why and keeps the text in the form", async () => {
    const page = await openForm();
    draft = collector(() => ({ geweigerd: "Op regel 1 staat iets dat lijkt op een V-nummer." }));
    await page.getByLabel("Wat ziet u?").fill("iets");
    await page.getByText("Op regel 1 staat iets dat lijkt op een V-nummer.").waitFor();
    assert.equal(await page.getByLabel("Wat ziet u?").inputValue(), "iets");
    assert.equal(await page.locator("[data-geweigerd]").isVisible(), true);
    await page.done();
  });

  test("no draft is kept once the form is submitted", async () => {
    const page = await openForm();
    await page.route("**/formulier.html", async (route) => {
      const response = await route.fetch();
      const slow = (await response.text()).replace('data-wacht="50"', 'data-wacht="100000"');
      await route.fulfill({ response, body: slow });
    });
    await page.reload();
    await page.getByLabel("Titel").fill("Nog niet bewaard");
    await page.getByLabel("Titel").press("Enter");
    await page.waitForURL("**/inbreng/nieuw");
    assert.deepEqual(draft.seen, []);
    await page.done();
  });

  test("going to another field keeps the draft, going to the button does not", async () => {
    const page = await openForm();
    await page.route("**/formulier.html", async (route) => {
      const response = await route.fetch();
      const slow = (await response.text()).replace('data-wacht="50"', 'data-wacht="100000"');
      await route.fulfill({ response, body: slow });
    });
    await page.reload();
    const title = page.getByLabel("Titel");
    await title.fill("Nog niet bewaard");
    await page.locator('form[data-island="concept"] button[type="submit"]').first().focus();
    const asked = draft.next();
    await title.evaluate((field) => {
      field.value = "Nu wel";
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
    await page.getByLabel("Wat ziet u?").focus();
    assert.equal((await asked).get("titel"), "Nu wel");
    assert.equal(draft.seen.length, 1);
    await page.done();
  });

  test("submitting waits for a draft on its way, and sends what it answered", async () => {
    const page = await openForm();
    draft = collector(() => ({ bewaard: "14.07 uur", velden: { _token: "na het bewaren" } }));
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route("**/inbreng/concept/c1", async (route) => {
      await held;
      await route.continue();
    });
    const keeping = page.waitForRequest("**/inbreng/concept/c1");
    await page.getByLabel("Titel").fill("Onderweg");
    await keeping;
    const sent = page.waitForRequest("**/inbreng/nieuw");
    await page.getByLabel("Titel").press("Enter");
    release();
    assert.equal(new URLSearchParams((await sent).postData()).get("_token"), "na het bewaren");
    await page.waitForURL("**/inbreng/nieuw");
    await page.done();
  });

  test("leaving the page hands the last words over", async () => {
    const page = await openForm();
    await page.getByLabel("Titel").focus();
    const asked = draft.next();
    await page.evaluate(() => {
      const text = document.getElementById("tekst");
      text.value = "laatste woorden";
      text.dispatchEvent(new InputEvent("input", { bubbles: true }));
      location.assign("/start.html");
    });
    assert.equal((await asked).get("tekst"), "laatste woorden");
    await page.waitForURL("**/start.html");
    await page.done();
  });

  test("the title follows the first sentence until one changes it", async () => {
    const page = await openForm();
    const text = page.getByLabel("Wat ziet u?");
    const title = page.getByLabel("Titel");
    await text.fill("Tolken zeggen af. Dat kost tijd.");
    assert.equal(await title.inputValue(), "Tolken zeggen af");
    await title.fill("Mijn titel");
    await text.fill("Iets anders. Nog iets.");
    assert.equal(await title.inputValue(), "Mijn titel");
    await page.done();
  });

  test("similar ones appear while typing and go when there are none", async () => {
    const page = await openForm();
    similar = collector((fields) =>
      fields.get("tekst").includes("tolk")
        ? '<li data-inbreng="i9"><p class="rs-list__title">Intake vertraagt door tolken</p></li>'
        : "",
    );
    await page.getByLabel("Wat ziet u?").fill("de tolk zegt af");
    await page.getByText("Intake vertraagt door tolken").waitFor();
    assert.equal(await page.locator("li[data-inbreng]").count(), 1);
    assert.deepEqual([...similar.seen[0].keys()].sort(), ["_token", "tekst", "titel"]);
    await page.getByLabel("Wat ziet u?").fill("heel iets anders");
    await page.locator("[data-island='lijkt-op']").waitFor({ state: "hidden" });
    await page.done();
  });

  test("«Meer» closes on Escape", async () => {
    const page = await openForm();
    await page.goto("/bundel.html");
    await page.getByText("Meer", { exact: true }).click();
    await page.getByRole("link", { name: "Onderwerpen" }).waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("link", { name: "Onderwerpen" }).isVisible(), false);
    await page.done();
  });

  test("the menu of a phone opens without a script", async () => {
    const page = await openForm({ size: "phone", javaScript: false });
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("link", { name: "Overleggen" }).waitFor();
    await page.done();
  });
});

const json = (value) => ({ type: "application/json", body: JSON.stringify(value) });
const html = (body) => ({ type: "text/html; charset=utf-8", body });
