// A meeting that goes on, in two browsers: what one does, the other sees without
// asking for it, and nobody loses the focus or a text.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { checkPage, closeBrowser, missing, noHorizontalScroll, shoot, signedIn, startApp } from "./rig.mjs";

suite("live", { skip: missing, timeout: 300_000 }, () => {
  let app;
  before(async () => {
    app = await startApp();
  });
  after(async () => {
    await closeBrowser();
    await app?.stop();
  });

  test("a meeting is led and followed", async () => {
    const chair = await signedIn("Voorzitter", { url: app.url });
    const member = await signedIn("Zorgcoördinator", { url: app.url });
    const live = await begin(chair);

    await member.goto(live);
    await heading(member, "Klein overleg");
    await chair.getByRole("button", { name: /^Naar dit punt.*Opvang in het weekend$/ }).click();
    await heading(member, "Opvang in het weekend");
    await member.getByText("Nu aan de orde: Opvang in het weekend").waitFor({ state: "attached" });

    await member.getByRole("button", { name: "Ik wil iets zeggen" }).press("Enter");
    const lower = member.getByRole("button", { name: "Mijn beurt intrekken" });
    await lower.waitFor();
    await chair.getByText("1 wachtende", { exact: true }).waitFor();
    await chair.getByRole("button", { name: /^Geef het woord/ }).click();
    await member.getByText("U hebt het woord.", { exact: true }).waitFor({ state: "attached" });

    await member.getByLabel("Uw reactie").fill("Een zin die ik nog niet");
    await chair.getByRole("button", { name: /^Volgend punt.*Rondvraag$/ }).click();
    await heading(member, "Rondvraag");
    assert.equal(await member.getByLabel("Uw reactie").inputValue(), "Een zin die ik nog niet");
    await member.getByText("De voorzitter is bij een ander punt.").waitFor();
    await member.getByLabel("Uw reactie").fill("");

    await checkPage(chair, `${live}/peiling`);
    await shoot(chair, "live peiling openen");
    await chair.getByLabel("Wat vraagt u?").fill("Gaat dit mee naar het SOM?");
    await chair.getByLabel("Welke antwoorden zijn er?").fill("Ja\nNee");
    await chair.getByRole("button", { name: "Peiling openen" }).last().click();
    await member.getByText("Gaat dit mee naar het SOM?").first().waitFor();
    await member.getByRole("button", { name: "Stem versturen" }).click();
    await member.getByText("Kies eerst een antwoord.").last().waitFor();
    await member.getByLabel("Ja", { exact: true }).check();
    await chair.getByRole("button", { name: "Klok stilzetten" }).click();
    await chair.getByRole("button", { name: "Klok laten lopen" }).waitFor();
    assert.ok(await member.getByLabel("Ja", { exact: true }).isChecked(), "a choice was lost");
    await look(chair, live, "voorzitter");
    await look(member, live, "zorgcoordinator");
    await member.getByLabel("Ja", { exact: true }).check();
    await member.getByRole("button", { name: "Stem versturen" }).click();
    await member.getByText("U hebt gestemd.").waitFor();
    await chair.getByText("1 stem", { exact: true }).waitFor();
    await chair.getByRole("button", { name: "Peiling sluiten" }).click();
    await member.getByText("Te weinig stemmen om de uitslag te tonen.").waitFor();

    await chair.getByRole("button", { name: "Overleg sluiten" }).click();
    await member.getByText("Dit overleg is gesloten.").waitFor();
    await chair.done();
    await member.done();
  });

  test("a SOM member takes part in one item, and reads no name", async () => {
    const chair = await signedIn("Voorzitter", { url: app.url });
    const member = await signedIn("Zorgcoördinator", { url: app.url });
    const som = await signedIn("SOM-lid", { url: app.url });
    const live = await begin(chair);
    const item = chair.getByRole("link", { name: "Opvang in het weekend" });
    const talk = await item.getAttribute("href");
    await chair.goto(talk.replace("/reacties", "/uitnodigen"));
    for (const box of await chair.getByRole("checkbox").all()) await box.check();
    await chair.getByRole("button", { name: "Bewaren" }).click();
    await chair.goto(live);
    await chair.getByRole("button", { name: /^Naar dit punt.*Opvang in het weekend$/ }).click();

    const received = [];
    som.on("response", async (response) => received.push(await response.text().catch(() => "")));
    som.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => received.push(String(payload))),
    );
    await som.goto("/");
    await som.getByRole("link", { name: "Opvang in het weekend" }).click();
    await heading(som, "Opvang in het weekend");
    await som.getByRole("button", { name: "Ik wil iets zeggen" }).click();
    await som.getByText("1 wachtende", { exact: true }).waitFor();
    await member.goto(live);
    await member.getByText("SOM-leden lezen mee").first().waitFor();
    await member.getByRole("button", { name: "Ik wil iets zeggen" }).click();
    await som.getByText("2 wachtenden", { exact: true }).waitFor();
    await som.getByText("Zorgcoördinator", { exact: true }).waitFor();
    await look(som, live, "som");
    await chair.getByRole("button", { name: "Punt sluiten" }).click();
    await som.getByText("Er is hier voor u niets meer te zien.").waitFor();
    assert.ok(received.length > 5, "nothing was received");
    for (const name of ["Marit Veldkamp", "Ilse Brandsma"])
      assert.ok(!received.join("\n").includes(name), `a SOM member received ${name}`);
    await Promise.all([chair.done(), member.done(), som.done()]);
  });

  /** Makes a meeting of today and begins it. */
  async function begin(chair) {
    await chair.goto("/overleggen/nieuw");
    await chair.getByLabel("Titel").fill("Klein overleg");
    await chair.getByLabel("Datum").fill("17-10-2019");
    await chair.getByLabel("Begint om").fill("10.00");
    await chair.getByLabel("Eindigt om").fill("12.00");
    await chair.getByLabel("Link naar Teams").fill("https://teams.example/overleg");
    await chair.getByRole("button", { name: "Bewaren" }).last().click();
    for (const title of ["Opvang in het weekend", "Rondvraag"]) {
      await chair.getByRole("link", { name: "Punt toevoegen" }).click();
      await chair.getByLabel("Titel van het punt").fill(title);
      await chair.getByLabel("Hoeveel minuten?").fill("20");
      await chair.getByRole("button", { name: "Op de agenda zetten" }).click();
    }
    await chair.getByRole("button", { name: "Bijeenroepen" }).click();
    await chair.getByRole("button", { name: "Overleg beginnen" }).click();
    await chair.waitForURL("**/live");
    return new URL(chair.url()).pathname;
  }

  async function heading(page, title) {
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
  }

  /** The page as it is now: valid, accessible, and no wider than beside Teams. */
  async function look(page, live, who) {
    await checkPage(page, live);
    for (const width of [390, 480, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await noHorizontalScroll(page);
      await shoot(page, `live ${who} ${width}`);
    }
  }
});
