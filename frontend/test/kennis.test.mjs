// The knowledge base as people use it: reading, copying a link, writing with
// the toolbar, pasting from Word, keeping a draft, approving, comparing.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { checkPage, checkView, closeBrowser, login, missing, newPage, shoot, startApp } from "./rig.mjs";
import { follow, path, press, says, words } from "./walk.mjs";

const WORD = `<html><body><!--StartFragment-->
<h1>Eerste stap</h1>
<p class=MsoNormal>Bel <b>altijd</b> eerst. Lees <a href="https://example.nl/uitleg">de uitleg</a>.</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>Vraag toestemming</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span>Ook aan de voogd</p>
<table class=MsoTableGrid><tr><td><p>Wie</p></td><td><p>Wat</p></td></tr><tr><td><p>CJIB</p></td><td><p>Int het geld</p></td></tr></table>
<script>window.gestolen = true</script>
<!--EndFragment--></body></html>`;

suite("kennisbank", { skip: missing }, () => {
  let app;
  before(async () => {
    app = await startApp();
  });
  after(async () => {
    await closeBrowser();
    await app?.stop();
  });

  test("reading: index, article, link to a heading, public pages", async () => {
    const page = await newPage({ url: app.url });
    await login(page, "Zorgcoördinator");
    await checkPage(page, "/kennisbank");
    await shoot(page, "kennisbank");
    await says(page, "Nog niet gecontroleerd door CoMensha", "volgen de echte kalender");
    await checkPage(page, "/kennisbank/schadefonds");
    await shoot(page, "kennisbank artikel");
    await says(page, "Algemene informatie, geen juridisch advies.", "Bronnen");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page
      .getByRole("button", { name: /^Link naar/ })
      .first()
      .click();
    await says(page, "Gekopieerd");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /\/kennisbank\/schadefonds#kop-/);
    for (const where of [
      "/kennisbank/klopt-nog",
      "/kennisbank/kapotte-links",
      "/kennisbank/concepten",
      "/kennisbank/nieuw",
    ])
      await checkPage(page, where);
    await page.done();
    const visitor = await newPage({ url: app.url });
    await checkPage(visitor, "/openbaar/kennisbank");
    await visitor.done();
  });

  test("writing: toolbar, pasting from Word, a kept draft, four eyes", async () => {
    const page = await newPage({ url: app.url });
    await login(page, "Zorgcoördinator");
    await page.goto("/kennisbank");
    await follow(page, "Nieuw artikel");
    await page.getByLabel("Titel").fill("Uitleg over het eerste gesprek");
    await page.getByLabel("Categorie").selectOption("opvang");
    await press(page, "Beginnen");
    const draft = path(page);
    const text = page.getByLabel("Tekst", { exact: true });
    await text.fill("Belangrijk");
    await text.selectText();
    await page.getByRole("button", { name: "Vet" }).click();
    assert.equal(await text.inputValue(), "**Belangrijk**");
    await text.fill("");
    await paste(text, WORD);
    assert.equal(
      await text.inputValue(),
      "## Eerste stap\n\nBel **altijd** eerst. Lees [de uitleg](https://example.nl/uitleg).\n- Vraag toestemming\n   - Ook aan de voogd\n\n| Wie | Wat |\n| --- | --- |\n| CJIB | Int het geld |",
    );
    assert.equal(await page.evaluate(() => window.gestolen), undefined);
    await page.getByLabel("Samenvatting").fill("Hoe u een eerste gesprek begint.");
    const kept = page.waitForResponse(
      (answer) => answer.url().endsWith("/bewaren") && answer.request().postData().includes("handreiking"),
    );
    await page.getByLabel("Bronnen").fill("Handreiking | https://example.nl/handreiking | 2024");
    assert.equal((await kept).status(), 200);
    await page.reload();
    assert.match(await text.inputValue(), /Vraag toestemming/);
    await checkView(page);
    await shoot(page, "kennisbank concept");
    await press(page, "Voorbeeld bekijken");
    await says(page, "Zo gaan mensen het lezen");
    await page.getByRole("columnheader", { name: "Wie" }).waitFor();
    await checkView(page);
    await press(page, "Aanbieden");
    await says(page, "wacht op goedkeuring");
    await page.done();

    const chair = await newPage({ url: app.url });
    await login(chair, "Voorzitter");
    await checkPage(chair, "/kennisbank/concepten");
    await chair.goto(draft);
    await says(chair, "Zo gaan mensen het lezen");
    await checkView(chair);
    await shoot(chair, "kennisbank beoordelen");
    await press(chair, "Goedkeuren");
    await says(chair, "Lezers zien haar nu");
    await checkPage(chair, "/kennisbank/uitleg-over-het-eerste-gesprek");
    await follow(chair, "Eigenaar en lezers kiezen");
    await checkView(chair);
    await chair.getByLabel("Openbaar").check();
    await press(chair, "Bewaren");
    await chair.done();

    const visitor = await newPage({ url: app.url });
    await checkPage(visitor, "/openbaar/kennisbank");
    await checkPage(visitor, "/openbaar/kennisbank/uitleg-over-het-eerste-gesprek");
    assert.ok((await words(visitor.locator("main"))).includes("Hoe u een eerste gesprek begint."));
    await visitor.done();
  });

  test("two editors: the second sees both texts, and the versions compare", async () => {
    const one = await newPage({ url: app.url });
    const two = await newPage({ url: app.url });
    for (const page of [one, two]) {
      await login(page, "Zorgcoördinator");
      await page.goto("/kennisbank/uitleg-over-het-eerste-gesprek");
      await press(page, "Aanpassen");
    }
    await one.getByLabel("Tekst", { exact: true }).fill("De eerste tekst.");
    await press(one, "Bewaren");
    await says(one, "Uw concept is bewaard.");
    await two.getByLabel("Tekst", { exact: true }).fill("De tweede tekst.");
    await press(two, "Bewaren");
    await says(two, "De tekst van de ander", "De eerste tekst.");
    assert.equal(await two.getByLabel("Tekst", { exact: true }).inputValue(), "De tweede tekst.");
    await checkView(two);
    await shoot(two, "kennisbank twee teksten");
    await press(two, "Aanbieden");
    await says(two, "wacht op goedkeuring");
    await one.done();
    await two.done();

    const chair = await newPage({ url: app.url });
    await login(chair, "Tweede lezer");
    await chair.goto("/kennisbank/concepten");
    await follow(chair, "Uitleg over het eerste gesprek");
    await press(chair, "Goedkeuren");
    await checkPage(chair, "/kennisbank/uitleg-over-het-eerste-gesprek/versies");
    await checkPage(chair, "/kennisbank/uitleg-over-het-eerste-gesprek/versies/2");
    assert.ok((await words(chair.locator("main"))).includes("[erbij:]"));
    await shoot(chair, "kennisbank verschil");
    await chair.done();
  });

  /** Pastes HTML as a word processor hands it over. */
  async function paste(field, html) {
    await field.evaluate((element, text) => {
      element.focus();
      const data = new DataTransfer();
      data.setData("text/html", text);
      data.setData("text/plain", "plat");
      element.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, html);
  }
});
