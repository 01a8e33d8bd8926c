// Discussions as they work without scripts and without a socket: a question to
// colleagues, what is said under a contribution and an agenda item, and a member
// of the SOM who is invited to one item.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { checkView, closeBrowser, htmlValidate, login, missing, newPage, shoot, startApp } from "./rig.mjs";
import { comesTo, follow, hides, path, press, says, toPlanned } from "./walk.mjs";

const NO_SCRIPT = { javaScript: false, size: "phone" };

suite("discussions", { skip: missing }, () => {
  let app;
  before(async () => {
    app = await startApp();
  });
  after(async () => {
    await closeBrowser();
    await app?.stop();
  });

  /** The page as it is now, looked at in full and as the server sent it. */
  async function whole(page, name) {
    await htmlValidate(await (await page.request.get(page.url())).text(), name);
    await checkView(page);
    await shoot(page, name);
  }

  /** To the page of the first message, on which a browser with scripts opens a window. */
  async function toMessage(page) {
    const more = page.getByRole("link", { name: /^Meer/ }).first();
    await page.goto(await more.getAttribute("href"));
  }

  async function enter(role, options) {
    const page = await newPage({ url: app.url, ...options });
    await login(page, role);
    return page;
  }

  test("a question to colleagues, without a script", async () => {
    const page = await enter("Zorgcoördinator", NO_SCRIPT);
    await page.goto("/inbreng");
    await follow(page, "Vragen");
    await page.getByLabel("Uw vraag").fill("Wie werkt met een vaste tolk? Ik hoor het graag.");
    await press(page, "Vraag stellen");
    await says(page, "Uw vraag staat bij Vragen.");
    await page.getByRole("textbox", { name: "Uw reactie" }).fill("Bel mij op 06 12345678.");
    await press(page, "Plaatsen");
    await says(page, "Op regel 1 staat iets dat lijkt op een telefoonnummer");
    await page.getByRole("textbox", { name: "Uw reactie" }).fill("Het gaat mij vooral om *avonden*.");
    await press(page, "Plaatsen");
    await says(page, "Uw reactie is geplaatst.");
    assert.equal(await page.locator("ol.rs-talk em").count(), 1);
    const question = path(page);
    await follow(page, "Pagina verversen");
    assert.equal(path(page), question);
    await shoot(page, "vraag zonder script");
    await page.done();
  });

  test("pages of questions and messages", async () => {
    const page = await enter("Voorzitter");
    await page.goto("/inbreng/vragen");
    await whole(page, "vragen");
    await follow(page, "Wie werkt met een vaste tolk?");
    await page.getByRole("textbox", { name: "Uw reactie" }).fill("Kijkt u ook bij de kennisbank.");
    await page.getByText("Collega's noemen").click();
    await page.getByRole("checkbox").first().check();
    await press(page, "Plaatsen");
    await says(page, "Voor ");
    await page.locator('button[name="eens"]').first().click();
    await whole(page, "vraag");
    await toMessage(page);
    await whole(page, "reactie voorzitter");
    await press(page, "Ja, verberg de tekst");
    await says(page, "Verborgen");
    await whole(page, "vraag verborgen voorzitter");
    await toMessage(page);
    await press(page, "Voorgoed verwijderen");
    await says(page, "Hier stond iets waaraan iemand te herkennen was.");
    await hides(page, "vaste tolk");
    await page.goto("/inbreng/verwijderd");
    await says(page, "Reactie");
    await whole(page, "verwijderde teksten");
    await page.done();
  });

  test("an agenda item with a member of the SOM", async () => {
    const chair = await enter("Voorzitter");
    await toPlanned(chair);
    const meeting = path(chair);
    await chair
      .getByRole("link", { name: /^Reacties/ })
      .first()
      .click();
    await follow(chair, "SOM-leden of de Task Force uitnodigen");
    await whole(chair, "uitnodigen");
    for (const box of await chair.getByRole("checkbox").all()) await box.check();
    await press(chair, "Bewaren");
    await chair.getByRole("textbox", { name: "Uw reactie" }).fill("Welkom bij dit punt.");
    await says(chair, "SOM-leden lezen mee.");
    await press(chair, "Plaatsen");
    await whole(chair, "reacties bij een punt voorzitter");
    const item = path(chair);

    const som = await enter("SOM-lid", NO_SCRIPT);
    await comesTo(som, "/berichten", "U bent uitgenodigd bij een agendapunt.");
    await som.goto(item);
    await som.getByRole("textbox", { name: "Uw reactie" }).fill("Dank u wel.");
    await press(som, "Plaatsen");
    await says(som, "Dank u wel.");
    await shoot(som, "reacties bij een punt SOM");
    await som.goto(`${item}/1`);
    await shoot(som, "reactie SOM");
    assert.equal((await som.goto(meeting)).status(), 404);
    await som.done();
    await chair.done();
  });
});
