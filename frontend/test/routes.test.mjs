// The three routes in a real browser: one at a time on a phone, all of them on
// one sheet of paper, and the guide from end to end without a script.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { checkPage, checkView, closeBrowser, missing, newPage, shoot, signedIn, startApp } from "./rig.mjs";

const COMPARE = "/kennisbank/compensatie";
const GUIDE = `${COMPARE}/keuzehulp`;
// The answers with the longest outcome: found by trying every combination.
const LONGEST = {
  q1: "nl",
  q2: "gt10",
  q3: "mh",
  q4: "aangifte",
  q5: "ja",
  q6: "sepot",
  q7: "ja",
  q8: "nee",
  q9: "ja",
  q10: "nee",
  q11: "ja",
  q12: "wn",
};

suite("routes", { skip: missing }, () => {
  let app;
  before(async () => {
    app = await startApp();
  });
  after(async () => {
    await closeBrowser();
    await app?.stop();
  });

  /** How many sheets of A4 the page takes. */
  async function sheets(page) {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const boxes = [...pdf.matchAll(/\/MediaBox \[([\d. ]+)\]/g)].map((m) =>
      m[1].split(" ").map((n) => Math.round(Number(n))),
    );
    for (const [, , width, height] of boxes)
      assert.ok(Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2, `a sheet of ${width} x ${height}`);
    return [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length;
  }

  test("the comparator on a phone, without a script", async () => {
    const page = await newPage({ url: app.url, size: "phone", javaScript: false });
    await page.goto("/");
    await page.getByRole("link", { name: "Schadevergoeding: drie routes" }).click();
    for (const route of ["Strafrecht", "Civiel", "Schadefonds"]) {
      await page.getByRole("radio", { name: route }).check();
      await shoot(page, `vergelijker telefoon ${route}`);
      assert.deepEqual(
        await page.locator("thead th:visible").allInnerTexts(),
        ["Vraag", route],
        "one route beside the row names",
      );
      assert.equal(await page.locator('th[scope="row"]:visible').count(), 19);
      assert.equal(await page.locator("tbody td:visible").count(), 19);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${wide} px wide`);
    await page.done();
  });

  test("two routes of one's choice", async () => {
    const page = await newPage({ url: app.url, javaScript: false });
    await page.goto(COMPARE);
    await page.getByText("Kies twee of drie routes").click();
    await page.getByRole("checkbox", { name: "Civiel" }).uncheck();
    await page.getByRole("button", { name: "Vergelijken" }).click();
    assert.deepEqual(await page.locator("thead th").allInnerTexts(), ["Vraag", "Strafrecht", "Schadefonds"]);
    await checkPageWithScript(`${COMPARE}?route=straf&route=fonds`);
    await page.done();
  });

  async function checkPageWithScript(path) {
    const page = await newPage({ url: app.url });
    await checkPage(page, path);
    await page.done();
  }

  test("the comparator prints on one sheet, whole", async () => {
    const page = await newPage({ url: app.url });
    await checkPage(page, COMPARE);
    await shoot(page, "vergelijker");
    await page.emulateMedia({ media: "print" });
    const rows = await page.locator("tbody tr").allInnerTexts();
    assert.equal(rows.length, 19);
    for (const row of rows) assert.match(row, /\d{1,2}-\d{1,2}-\d{4}/, "a date on the row");
    assert.ok((await page.locator("tbody td p:visible").count()) >= 57, "every cell");
    const [head] = await page.locator("main").allInnerTexts();
    assert.ok(head.includes(`${app.url}${COMPARE}`), "the page's address");
    assert.ok(head.includes("Nog niet gecontroleerd door CoMensha"));
    assert.equal(await sheets(page), 1);
    if (process.env.SHOTS)
      await page.pdf({ path: `${process.env.SHOTS}/vergelijker.pdf`, preferCSSPageSize: true });
    await page.emulateMedia({ media: null });
    await page.done();
  });

  test("a cell and its review", async () => {
    await checkPageWithScript(`${COMPARE}/risico/straf`);
    const chair = await signedIn("Voorzitter", { url: app.url });
    await checkPage(chair, `${COMPARE}/kosten/civiel`);
    await chair.fill("#controleren_voor", "1-1-2001");
    await chair.getByRole("button", { name: "Klopt nog" }).click();
    await checkView(chair);
    await checkPage(chair, `${GUIDE}/controle`);
    await shoot(chair, "keuzehulp controle");
    await chair.done();
  });

  test("the guide without a script, on one sheet", async () => {
    const page = await newPage({ url: app.url, size: "phone", javaScript: false });
    await page.goto(GUIDE);
    const asked = [];
    while ((await page.locator("[data-rij]").count()) === 0) {
      const radio = page.locator('input[type="radio"]').first();
      const name = await radio.getAttribute("name");
      asked.push(name);
      await shoot(page, `keuzehulp ${name}`);
      assert.doesNotMatch(page.url(), /q\d|\?/, "no answer in an address");
      await page.locator(`input[name="${name}"][value="${LONGEST[name]}"]`).check();
      await page.getByRole("button", { name: "Volgende" }).click();
    }
    assert.equal(asked.length, 12);
    assert.equal(await page.locator("[data-rij]").getAttribute("data-rij"), "R8");
    await shoot(page, "keuzehulp uitkomst telefoon");
    await page.emulateMedia({ media: "print" });
    assert.ok(
      (await page.locator("main").allInnerTexts())[0].includes(
        "Algemene informatie, geen juridisch advies. Bedragen en termijnen kunnen veranderen.",
      ),
    );
    assert.equal(await sheets(page), 1);
    if (process.env.SHOTS)
      await page.pdf({ path: `${process.env.SHOTS}/uitkomst.pdf`, preferCSSPageSize: true });
    await page.emulateMedia({ media: null });
    await page.goBack();
    await page.getByRole("link", { name: "Vorige" }).click();
    assert.equal(
      await page.locator("input:checked").getAttribute("value"),
      LONGEST.q11,
      "back shows the answer",
    );
    await page.done();
  });

  test("the guide's pages hold", async () => {
    const page = await newPage({ url: app.url });
    await checkPage(page, GUIDE);
    await page.getByRole("button", { name: "Volgende" }).click();
    await checkView(page);
    for (const value of ["nl", "lt9", "loon", "wn", "nee", "ja", "nee", "ja"]) {
      await page.locator(`input[value="${value}"]`).check();
      await page.getByRole("button", { name: "Volgende" }).click();
    }
    await page.locator("[data-rij=R3]").waitFor();
    await checkView(page);
    await page.getByText("Uw antwoorden", { exact: true }).click();
    await checkView(page);
    await shoot(page, "keuzehulp uitkomst");
    await page.getByRole("button", { name: "Nu wissen" }).click();
    assert.equal(new URL(page.url()).pathname, GUIDE);
    assert.equal(await page.locator("input:checked").count(), 0);
    await page.done();
  });
});
