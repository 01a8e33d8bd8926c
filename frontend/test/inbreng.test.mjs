// Inbreng in a real browser: the pages hold, a draft is kept while one types,
// an identifier is refused and stays in the form, and all of it works without
// a script.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { checkPage, checkView, closeBrowser, missing, shoot, signedIn, startApp } from "./rig.mjs";

const COORDINATOR = "Zorgcoördinator";
const CHAIR = "Voorzitter";
const TEXT = "De tolk zegt steeds op het laatste moment af.";

suite("inbreng", { skip: missing }, () => {
  let app;
  before(async () => {
    app = await startApp();
  });
  after(async () => {
    await closeBrowser();
    await app?.stop();
  });

  const firstLink = (page) => page.locator("[data-inbreng] a").first().getAttribute("href");

  test("pages of a coordinator hold", async () => {
    const page = await signedIn(COORDINATOR, { url: app.url });
    await checkPage(page, "/inbreng");
    const shared = await firstLink(page);
    await checkPage(page, shared);
    await checkPage(page, "/inbreng?lijst=mij");
    const own = await firstLink(page);
    await checkPage(page, own);
    await checkPage(page, `${own}/aanvullen`);
    await checkPage(page, `${own}/intrekken`);
    await checkPage(page, "/inbreng?lijst=concepten");
    await checkPage(page, "/inbreng/nieuw?soort=knelpunt");
    await checkPage(page, "/inbreng/clusters");
    await checkPage(page, "/hulp-nu");
    await page.done();
  });

  test("pages of the chair hold", async () => {
    const page = await signedIn(CHAIR, { url: app.url });
    await checkPage(page, "/inbreng");
    const shared = await firstLink(page);
    await checkPage(page, shared);
    await checkPage(page, `${shared}/terugsturen`);
    await checkPage(page, `${shared}/verwijderen`);
    await checkPage(page, "/inbreng?lijst=thema");
    await checkPage(page, "/inbreng/verwijderd");
    await checkPage(page, "/inbreng/clusters");
    await checkPage(page, await page.locator(".rs-list__title a").first().getAttribute("href"));
    await checkPage(page, "/inbreng/clusters/nieuw");
    await page.done();
  });

  test("what one types is kept, what looks like it is shown", async () => {
    const page = await signedIn(COORDINATOR, { url: app.url });
    await page.goto("/inbreng/nieuw?soort=knelpunt");
    await page.fill("#tekst", TEXT);
    await page.locator("[data-lijst] li[data-inbreng]").first().waitFor();
    await page.locator("[data-bewaard]", { hasText: "Laatst bewaard om" }).waitFor();
    assert.equal(await page.inputValue("#titel"), TEXT.replace(/\.$/, ""));
    await checkView(page);
    await shoot(page, "inbreng-schrijven");
    await page.goto("/inbreng?lijst=concepten");
    await page.getByRole("link", { name: TEXT.replace(/\.$/, ""), exact: true }).click();
    assert.equal(await page.inputValue("#tekst"), TEXT);
    await page.done();
  });

  test("a BSN is refused and stays in the form", async () => {
    const page = await signedIn(COORDINATOR, { url: app.url });
    await page.goto("/inbreng/nieuw?soort=knelpunt");
    await page.fill("#tekst", `${TEXT}\nBSN 111222333.`);
    await page.locator("[data-geweigerd]", { hasText: "Op regel 2 staat iets" }).waitFor();
    await page.getByRole("button", { name: "Controleren en indienen" }).click();
    await page.getByRole("heading", { name: "Uw inbreng is nog niet ingediend" }).waitFor();
    assert.match(await page.inputValue("#tekst"), /111222333/);
    assert.equal(await page.evaluate(() => document.activeElement?.className), "rs-errors");
    await checkView(page);
    await page.done();
  });

  test("a question can be answered by keyboard, without a script", async () => {
    const page = await signedIn(COORDINATOR, { url: app.url, javaScript: false });
    await page.goto("/inbreng/nieuw?soort=knelpunt");
    await page.fill("#tekst", "Een 17-jarige jongen uit een dorp met 900 inwoners moest weken wachten.");
    await page.getByRole("button", { name: "Kijk wat hierop lijkt" }).press("Enter");
    await page.selectOption("#thema", "opvang");
    await page.locator("#titel").press("Enter");
    await page.getByRole("heading", { name: "Uw inbreng is nog niet ingediend" }).waitFor();
    await page.getByLabel("Het gaat niet over bepaalde personen").first().press("Space");
    await page.getByRole("button", { name: "Controleren en indienen" }).press("Enter");
    await page.getByRole("heading", { name: "Wilt u nog iets aanvullen?" }).waitFor();
    await page.getByRole("link", { name: "Overslaan" }).press("Enter");
    await page.getByText("Ingediend", { exact: true }).first().waitFor();
    await page.done();
  });
});
