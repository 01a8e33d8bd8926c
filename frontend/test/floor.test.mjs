// A meeting that goes on, in two browsers: what one does, the other sees without
// asking for it, and nobody loses the focus or a text.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import {
  axe,
  checkPage,
  closeBrowser,
  missing,
  newPage,
  noHorizontalScroll,
  shoot,
  signedIn,
  startApp,
} from "./rig.mjs";
import { comesTo, enterAs } from "./walk.mjs";

suite("live", { skip: missing }, () => {
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

    const third = await signedIn("Tweede lezer", { url: app.url });
    const other = await newMember();
    await third.goto(live);
    await other.goto(live);
    await other.getByRole("button", { name: "Punt van orde", exact: true }).click();
    await other.getByRole("button", { name: "Mijn punt van orde intrekken" }).waitFor();
    await chair.getByText("Punt van orde van Karim de Groot.").waitFor({ state: "attached" });
    await chair.getByText("3 collega's zijn er", { exact: true }).waitFor();
    await axe(chair);
    await shoot(chair, "live punt van orde");
    await third.getByRole("button", { name: /^Geef het woord.*Karim de Groot$/ }).click();
    await member.getByText("punt van orde ·").waitFor();
    await chair.getByRole("button", { name: /^Geef het woord.*Marit Veldkamp$/ }).click(); // goes on
    await member.getByText("U hebt het woord ·").waitFor();
    await third.done();
    await other.done();

    const bell = member.locator('header a[href="/berichten"]');
    const unread = Number(/\d+/.exec(await bell.textContent())?.[0] ?? 0);
    await chair.getByLabel("Uw reactie").fill("Kijkt u mee?");
    await chair.getByText("Collega's noemen").click();
    await chair.getByRole("checkbox", { name: "Marit Veldkamp" }).check();
    await chair.getByRole("button", { name: "Plaatsen" }).click();
    await member.getByText("Kijkt u mee?").waitFor();
    const words = chair.locator("[data-berichten] li", { hasText: "Kijkt u mee?" });
    await words.getByRole("link", { name: /^Meer/ }).click();
    await chair.getByRole("button", { name: "Maak er een actie van" }).click();
    await chair.getByText("De uitkomst staat in het verslag.").waitFor();
    assert.equal(new URL(chair.url()).pathname, live);
    const minutes = (await words.getByRole("link", { name: /^Meer/ }).getAttribute("href")).replace(
      /reacties.*/,
      "verslag",
    );

    await member.getByLabel("Uw reactie").fill("Een zin die ik nog niet");
    await chair.getByRole("button", { name: /^Volgend punt.*Rondvraag$/ }).click();
    await heading(member, "Rondvraag");
    assert.equal(await member.getByLabel("Uw reactie").inputValue(), "Een zin die ik nog niet");
    await member.getByText("U schrijft nog bij «Opvang in het weekend».").waitFor();
    await member.getByRole("button", { name: "Plaatsen" }).click();
    await member.getByText("De voorzitter is bij een ander punt.").waitFor({ state: "detached" });
    assert.equal(
      await member.getByText("Een zin die ik nog niet").count(),
      0,
      "the discussion of the item before stays",
    );

    await chair.getByLabel("Uw reactie").fill("Hierin is iemand te herkennen.");
    await chair.getByRole("button", { name: "Plaatsen" }).click();
    const known = member.locator("[data-berichten] li", { hasText: "Hierin is iemand" });
    await known.getByRole("link", { name: /^Iemand herkenbaar/ }).click();
    await member.getByRole("button", { name: "Ja, verberg de tekst" }).click();
    await known.waitFor({ state: "detached" });
    const waits = chair.getByRole("link", { name: "Een reactie wacht op uw oordeel" });
    await waits.waitFor();
    await chair
      .locator("[data-zegt]", { hasText: "Een reactie wacht op uw oordeel" })
      .waitFor({ state: "attached" });
    assert.equal(await member.getByText("uw oordeel").count(), 0);
    await look(chair, live, "oordeel");
    await waits.click();
    await shoot(chair, "live oordeel venster");
    await chair.getByRole("button", { name: "Tekst weer tonen" }).click();
    await waits.waitFor({ state: "detached" });
    await chair.getByText("De tekst is weer te lezen.").waitFor();
    assert.equal(new URL(chair.url()).pathname, live);
    await known.waitFor();

    await checkPage(chair, minutes);
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

    await bell.getByText(String(unread + 1), { exact: true }).waitFor();
    await close(chair);
    await member.getByText("Dit overleg is gesloten.").waitFor();
    await chair.done();
    await member.done();
  });

  test("an answer that a later one overtook is let go", async () => {
    const chair = await signedIn("Voorzitter", { url: app.url });
    const member = await signedIn("Zorgcoördinator", { url: app.url });
    const live = await begin(chair);
    await member.goto(live);
    let hold;
    const held = new Promise((resolve) => {
      hold = resolve;
    });
    let first;
    await member.route(`**${live}`, async (route) => {
      if (first || !route.request().headers()["x-by-itself"]) return route.continue();
      first = route.request();
      const response = await route.fetch();
      hold(() => route.fulfill({ response }));
    });
    await chair.getByRole("button", { name: /^Naar dit punt.*Opvang in het weekend$/ }).click();
    const release = await held;
    await chair.getByRole("button", { name: /^Volgend punt.*Rondvraag$/ }).click();
    await heading(member, "Rondvraag");
    const ended = member.waitForEvent("requestfinished", (request) => request === first);
    await release();
    await ended;
    await member.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300))); // to take it over
    assert.equal(await member.getByRole("heading", { level: 1 }).textContent(), "Rondvraag");
    await close(chair);
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
    await som.getByLabel("Uw reactie").fill("Een halve zin");
    await chair.getByRole("button", { name: "Punt sluiten" }).click();
    await som.getByText("Er is hier voor u niets meer te zien.").waitFor();
    await som.getByText("Een halve zin", { exact: true }).waitFor();
    await som.getByRole("link", { name: "Naar de startpagina" }).waitFor();
    assert.ok(received.length > 5, "nothing was received");
    for (const name of ["Marit Veldkamp", "Ilse Brandsma"])
      assert.ok(!received.join("\n").includes(name), `a SOM member received ${name}`);
    await Promise.all([chair.done(), member.done(), som.done()]);
  });

  test("another chair takes over when the instance of the first one dies", async () => {
    const store = ["--store", `sqlite:${join(app.data, "two.db")}`];
    const dying = await startApp({ args: store });
    const living = await startApp({ args: store });
    const way = await forward(dying.url);
    try {
      const first = await signedIn("Voorzitter", { url: dying.url });
      const second = await signedIn("Tweede lezer", { url: living.url });
      const member = await signedIn("Zorgcoördinator", { url: way.url });
      await first.getByRole("link", { name: "Naar het overleg" }).click();
      await heading(first, "Vervoer en een bed na vijf uur");
      const live = new URL(first.url()).pathname;
      await member.goto(live);
      await second.goto(live);
      await first.getByText("2 collega's zijn er", { exact: true }).waitFor();
      await first.getByRole("button", { name: /^Geef het woord.*Marco Terwindt$/ }).click();
      for (const page of [member, second])
        await page.locator(".rs-live__speaks", { hasText: "Marco Terwindt" }).waitFor();
      for (const page of [first, member]) await page.getByLabel("Uw reactie").fill("Een halve zin");
      await first.getByRole("button", { name: "Ik heb alles gelezen" }).click();
      await first.getByText("Nieuw sinds uw laatste bezoek", { exact: true }).waitFor({ state: "detached" });

      dying.child.kill("SIGKILL");
      await once(dying.child, "exit");
      way.to(living.url);
      await second.getByRole("button", { name: /^Volgend punt/ }).click();
      await heading(member, "Voorbeelden die werken");
      assert.equal(await member.getByLabel("Uw reactie").inputValue(), "Een halve zin");
      // The demo goes by its own clock, and so does what is said of it.
      await first
        .getByText(/^Geen verbinding\. Uw tekst is bewaard\. Stand van 0[89]\.\d\d uur\.$/)
        .waitFor();
      assert.equal(await first.getByLabel("Uw reactie").inputValue(), "Een halve zin");
      await member.getByRole("button", { name: "Plaatsen" }).click();
      await member.locator('[data-deel="gesprek"]').getByText("Nog niemand heeft gereageerd.").waitFor();
      const item = second.getByRole("link", { name: "Vervoer en een bed na vijf uur" });
      await comesTo(second, await item.getAttribute("href"), "Een halve zin");
      await second.goto(live);
      await member.getByText("Nu aan de orde: Voorbeelden die werken").waitFor({ state: "detached" });
      await close(second);
      await member.getByText("Dit overleg is gesloten.").waitFor();
      for (const page of [first, member])
        page.trouble = page.trouble.filter((line) => !line.includes("WebSocket connection"));
      await Promise.all([first.done(), second.done(), member.done()]);
    } finally {
      way.stop();
      await living.stop();
      await dying.stop();
    }
  });

  /** An address of our own for another one, which can be changed: what a proxy is. */
  async function forward(url) {
    let port = new URL(url).port;
    const pairs = new Set();
    const server = createServer((near) => {
      const far = connect(port, "127.0.0.1");
      for (const [one, other] of [
        [near, far],
        [far, near],
      ]) {
        pairs.add(one);
        one.pipe(other);
        one.on("error", () => other.destroy()).on("close", () => other.destroy());
      }
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return {
      url: `http://127.0.0.1:${server.address().port}`,
      to: (other) => {
        port = new URL(other).port;
      },
      stop: () => {
        server.close();
        for (const socket of pairs) socket.destroy();
      },
    };
  }

  async function newMember() {
    const page = await newPage({ url: app.url });
    await enterAs(page, "Karim de Groot");
    return page;
  }

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

  async function close(chair) {
    await chair.getByText("Overleg sluiten", { exact: true }).click();
    await chair.getByRole("button", { name: "Ja, overleg sluiten" }).click();
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
