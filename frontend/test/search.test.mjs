// Searching as people do: the field at the top of every page, going back, by
// kind, nothing found; and that what was typed stands in no address.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { checkPage, closeBrowser, login, missing, newPage, startApp } from "./rig.mjs";
import { comesTo, look, path, press, says } from "./walk.mjs";

suite("search", { skip: missing }, () => {
  let app;
  before(async () => {
    app = await startApp();
  });
  after(async () => {
    await closeBrowser();
    await app?.stop();
  });

  test("a coordinator searches and comes back", async () => {
    const page = await newPage({ url: app.url });
    await login(page, "Zorgcoördinator");
    await page.goto("/zoeken");
    await look(page, "zoeken leeg");
    await ask(page, "mannenopvang");
    assert.match(page.url(), /\/zoeken\?n=1$/);
    await comesTo(page, "/zoeken?n=1", /\d resultaten/); // the indexes may still be being filled
    assert.equal(await page.locator("[data-soort]").first().getAttribute("data-soort"), "artikel");
    assert.ok((await page.locator("[data-soort] mark").count()) > 0, "nothing is marked");
    await checkPage(page, "/zoeken?n=1");
    await look(page, "zoeken gevonden");
    await page.locator("[data-soort] a").first().click();
    await page.goBack();
    assert.equal(path(page), "/zoeken");
    assert.equal(await page.locator("#q").inputValue(), "mannenopvang");
    await page.locator("#filter-indeling").selectOption("soort");
    await press(page, "Tonen");
    await page.getByRole("heading", { name: "Kennisbank" }).waitFor();
    await checkPage(page, "/zoeken?n=2");
    await look(page, "zoeken per soort");
    await ask(page, "schadefons zeppelin");
    await says(page, "Wij zochten ook op");
    await ask(page, "xylofoon");
    await says(page, "Wij vonden niets.");
    await checkPage(page, "/zoeken?n=4");
    await look(page, "zoeken niets");
    await page.done();
  });

  test("a visitor searches from the top of the page", async () => {
    const page = await newPage({ url: app.url, size: "desk" });
    await page.goto("/");
    await page.locator("#zoek").fill("schadevergoeding");
    await page.locator("#zoek").press("Enter");
    await page.waitForURL(/\/zoeken\?n=1$/);
    assert.equal(await page.locator("#q").inputValue(), "schadevergoeding");
    await look(page, "zoeken bezoeker");
    await page.done();
  });

  async function ask(page, text) {
    await page.locator("#q").fill(text);
    await page.locator("main").getByRole("button", { name: "Zoeken" }).click();
    await page.waitForURL(/n=\d+$/);
  }
});
