// What was typed and not sent: the browser asks before it goes, and only then.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { closeBrowser, missing, shoot, signedIn, startApp } from "./rig.mjs";
import { path, says, toPlanned } from "./walk.mjs";

suite("text that was not sent", { skip: missing, timeout: 240_000 }, () => {
  let app;
  before(async () => {
    app = await startApp();
  });
  after(async () => {
    await closeBrowser();
    await app?.stop();
  });

  /** Signs in; asked fills with the questions, and answer says yes or no to them. */
  async function enter(role) {
    const page = await signedIn(role, { url: app.url });
    page.asked = [];
    page.answer = false;
    page.on("dialog", (dialog) => {
      page.asked.push(dialog.type());
      return page.answer ? dialog.accept() : dialog.dismiss();
    });
    return page;
  }

  /** Types as a person does: without that a browser asks nothing. */
  async function type(box, text) {
    await box.click();
    await box.press("Control+a");
    await box.press("Delete");
    if (text) await box.pressSequentially(text);
  }

  const menu = (page) => page.getByRole("navigation", { name: "Hoofdmenu" });
  const leave = (page) => menu(page).getByRole("link", { name: "Terugkoppeling" }).click();

  /** What is asked when one leaves by the menu and says no. */
  async function stays(page, why) {
    const here = path(page);
    await leave(page);
    assert.deepEqual(page.asked.splice(0), ["beforeunload"], why);
    assert.equal(path(page), here, why);
  }

  async function goes(page, why) {
    await leave(page);
    await page.waitForURL("**/terugkoppeling");
    assert.deepEqual(page.asked, [], why);
  }

  test("a message that is not placed", async () => {
    const page = await enter("Zorgcoördinator");
    await page.goto("/inbreng/vragen");
    const ask = page.getByLabel("Uw vraag");
    await type(ask, "Wie werkt er met een tolk?");
    await stays(page, "a question that was not asked");
    await page.getByRole("button", { name: "Vraag stellen" }).click();
    await says(page, "Uw vraag staat bij Vragen.");
    assert.deepEqual(page.asked, [], "a form that is being sent");

    const box = page.getByRole("textbox", { name: "Uw reactie" });
    await type(box, "Een halve zin");
    await stays(page, "a message in the composer");
    assert.equal(await box.inputValue(), "Een halve zin");
    await page.getByRole("button", { name: "Plaatsen" }).click();
    await says(page, "Uw reactie is geplaatst.");
    await type(box, "Bel 06 12345678.");
    await page.getByRole("button", { name: "Plaatsen" }).click();
    await says(page, "Op regel 1 staat iets");
    await stays(page, "a message that was refused");
    await type(page.getByRole("textbox", { name: "Uw reactie" }), "");
    await page.getByRole("link", { name: /^Meer/ }).last().click();
    await page.getByRole("link", { name: "Aanpassen" }).click();
    const edit = page.getByRole("dialog").getByRole("textbox", { name: "Uw reactie" });
    await edit.waitFor();
    await page.getByRole("button", { name: "Terug", exact: true }).click();
    assert.deepEqual(page.asked, [], "an edit in which nothing changed");

    await page.getByRole("link", { name: /^Meer/ }).last().click();
    await page.getByRole("link", { name: "Aanpassen" }).click();
    await type(edit, "Een andere zin");
    await shoot(page, "onverzonden venster");
    await page.getByRole("button", { name: "Terug", exact: true }).click();
    assert.deepEqual(page.asked.splice(0), ["confirm"], "an edit that was not sent");
    assert.equal(await edit.inputValue(), "Een andere zin");
    page.answer = true;
    await edit.press("Escape");
    await edit.waitFor({ state: "detached" });
    assert.deepEqual(page.asked.splice(0), ["confirm"], "an edit that was not sent, by Escape");
    page.answer = false;
    await goes(page, "an empty composer");

    await page.goBack();
    await type(page.getByRole("textbox", { name: "Uw reactie" }), "Nog een zin");
    page.answer = true;
    await leave(page);
    await page.waitForURL("**/terugkoppeling");
    assert.deepEqual(page.asked.splice(0), ["beforeunload"]);
    await page.done();
  });

  test("minutes that are not kept", async () => {
    const page = await enter("Voorzitter");
    await toPlanned(page);
    await page
      .getByRole("link", { name: /^Verslag/ })
      .first()
      .click();
    const minutes = page.getByLabel("Verslag van dit punt");
    await type(minutes, "Wij spraken over opvang.");
    await stays(page, "minutes that were not kept");
    await type(page.getByLabel("Wat is de uitkomst?"), "Wij zoeken het uit.");
    await page.getByLabel("Besluit").check();
    await page.getByRole("button", { name: "Uitkomst toevoegen" }).click();
    assert.deepEqual(page.asked.splice(0), ["beforeunload"], "another form on the page is sent");
    await type(page.getByLabel("Wat is de uitkomst?"), "");
    await page.getByRole("button", { name: "Verslag bewaren" }).click();
    await says(page, "Het verslag is bewaard.");
    await page
      .getByRole("link", { name: /^Verslag/ })
      .first()
      .click();
    await goes(page, "minutes that were kept");

    await page.goBack();
    await type(minutes, "Bel 06 12345678.");
    await page.getByRole("button", { name: "Verslag bewaren" }).click();
    await says(page, "Op regel 1 staat iets");
    await page.getByRole("heading", { level: 1 }).click(); // a browser asks for who did something on the page
    await stays(page, "minutes that were refused");
    await page.done();
  });

  test("a contribution keeps itself", async () => {
    const page = await enter("Zorgcoördinator");
    await page.goto("/inbreng/nieuw");
    await type(page.getByLabel("Wat ziet u?"), "Er is geen plek voor mannen.");
    await goes(page, "a draft that is kept while one types");
    await page.done();
  });
});
