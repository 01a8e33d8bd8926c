// Discussions that go on by themselves, with two and three browsers at once: on
// a socket, with sockets blocked, through a lost connection, and with somebody
// from the SOM who must not learn who said what.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { axe, closeBrowser, login, missing, newPage, noHorizontalScroll, shoot, startApp } from "./rig.mjs";
import { comesTo, enterAs, path, says, toPlanned, words } from "./walk.mjs";

const SHARED = "Bewindvoerders die weten wat uitbuiting doet";
const MESSAGES = "[data-berichten] li[data-nr]";

suite("live discussion", { skip: missing }, () => {
  let app;
  let address; // of the discussion under a contribution

  before(async () => {
    app = await startApp();
    const page = await open("Zorgcoördinator");
    await page.goto("/inbreng");
    const contribution = await page.getByRole("link", { name: SHARED }).first().getAttribute("href");
    address = `${contribution}/reacties`;
    await page.done();
  });

  after(async () => {
    await closeBrowser();
    await app?.stop();
  });

  const open = async (who, options) => {
    const page = await newPage({ url: app.url, ...options });
    await (["Zorgcoördinator", "Voorzitter", "Tweede lezer", "SOM-lid"].includes(who)
      ? login(page, who)
      : enterAs(page, who));
    return page;
  };

  const say = async (page, text, shown = text) => {
    await page.locator("[data-schrijf] textarea").fill(text);
    await page.getByRole("button", { name: "Plaatsen" }).click();
    await message(page, shown).waitFor();
  };

  const message = (page, text) => page.locator(MESSAGES).filter({ hasText: text });

  /** The numbers of the messages shown, which must follow on each other. */
  const numbers = (page) => page.locator(MESSAGES).evaluateAll((rows) => rows.map((row) => row.dataset.nr));

  const focused = (element) => element === document.activeElement;
  const holdsFocus = (element) => element.contains(document.activeElement);

  test("what one writes appears with the others, and stays when the page is opened again", async () => {
    const writer = await open("Zorgcoördinator", { size: "phone" });
    const reader = await open("Voorzitter");
    await writer.goto(address);
    await reader.goto(address);
    await says(reader, "1 collega is er: Marit Veldkamp");
    await say(writer, "Dit zien wij hier **ook**.", "Dit zien wij hier ook.");
    await message(reader, "Dit zien wij hier ook.").waitFor();
    assert.equal(await writer.locator("[data-schrijf] textarea").inputValue(), "");
    await says(reader, "1 nieuwe reactie");
    const own = message(writer, "Dit zien wij hier ook.");
    await own.getByRole("link", { name: /^Meer/ }).waitFor();
    assert.equal(await own.getByRole("link", { name: /^Iemand herkenbaar/ }).count(), 0);
    await reader.getByRole("button", { name: /^Eens/ }).first().click();
    await message(writer, "Eens 1").waitFor();
    await message(reader, "Dit zien wij hier ook.").locator('button[aria-pressed="true"]').waitFor();
    await own.getByRole("link", { name: /^Meer/ }).waitFor();
    const live = await words(message(reader, "Dit zien wij hier ook."));
    await reader.reload();
    assert.equal(await words(message(reader, "Dit zien wij hier ook.")), live);
    await say(writer, "Een regel.\nNog een regel.", "Nog een regel.");
    const text = message(writer, "Nog een regel.").locator(".rs-talk__text");
    // biome-ignore lint/performance/useDomNodeTextContent: how its lines are shown is what is asked
    assert.equal(await text.innerText(), "Een regel.\nNog een regel.");
    await writer.done();
    await reader.done();
  });

  test("a message is answered where one reads it", async () => {
    const writer = await open("Zorgcoördinator");
    await writer.goto(address);
    await say(writer, "Wie herkent dit?");
    const asked = message(writer, "Wie herkent dit?");
    const number = await asked.getAttribute("data-nr");
    await asked.getByRole("link", { name: /^Beantwoorden/ }).click();
    await says(writer, "Antwoord op Marit Veldkamp.");
    await writer.keyboard.type("Bel mij op 06 12345678.");
    await writer.getByRole("button", { name: "Plaatsen" }).click();
    await says(writer, "telefoonnummer");
    await writer.locator("[data-schrijf] textarea").fill("Ikzelf, elke week.");
    await axe(writer);
    await writer.getByRole("button", { name: "Plaatsen" }).click();
    const answer = message(writer, "Ikzelf, elke week.");
    await answer.locator(`a[href="#r${number.padStart(8, "0")}"]`).waitFor();
    await asked.getByRole("link", { name: /^Beantwoorden/ }).click();
    await writer.getByRole("button", { name: "Toch geen antwoord" }).click();
    await say(writer, "Los hiervan.");
    assert.equal(await message(writer, "Los hiervan.").getByText("Antwoord op").count(), 0);
    await writer.done();
  });

  test("reactions that come too fast are refused, and it says so", async () => {
    const reader = await open("Tweede lezer");
    await reader.goto(address);
    const button = reader.getByRole("button", { name: /^Vraag/ }).first();
    await button.evaluate((element) => {
      for (let n = 0; n < 12; n++) element.click();
    });
    await says(reader, "Niet gelukt. Dit gaat te snel. Wacht even en probeer het dan opnieuw.");
    await reader.done();
  });

  test("a message is changed where one reads it", async () => {
    const writer = await open("Zorgcoördinator", { size: "phone" });
    await writer.goto(address);
    await say(writer, "Een zin met een foutje.");
    await writer.locator("[data-schrijf] textarea").fill("Een halve zin");
    await message(writer, "Een zin met een foutje.").getByRole("link", { name: /^Meer/ }).click();
    const window = writer.getByRole("dialog", { name: "Een reactie" });
    await window.getByText("Een zin met een foutje.").waitFor();
    assert.ok(await window.getByRole("heading", { name: "Een reactie" }).evaluate(focused));
    await axe(writer);
    await noHorizontalScroll(writer);
    await shoot(writer, "venster reactie");
    await window.getByRole("link", { name: "Aanpassen" }).click();
    const change = writer.getByRole("dialog", { name: "Reactie aanpassen" });
    await change.getByRole("textbox", { name: "Uw reactie" }).fill("Bel haar op 06 12345678.");
    await change.getByRole("button", { name: "Bewaren" }).click();
    await change.locator(".rs-errors").getByText("telefoonnummer").waitFor();
    await change.getByRole("heading", { name: "Uw reactie is nog niet aangepast" }).waitFor();
    assert.ok(await change.locator(".rs-errors").evaluate(focused));
    await axe(writer);
    await shoot(writer, "venster geweigerd");
    await change.getByRole("textbox", { name: "Uw reactie" }).fill("Een zin zonder fout.");
    await change.getByRole("button", { name: "Bewaren" }).click();
    await message(writer, "Een zin zonder fout.").getByText("aangepast").waitFor();
    await says(writer, "Uw reactie is aangepast.");
    assert.ok(await message(writer, "Een zin zonder fout.").evaluate(holdsFocus), "the focus was lost");

    await message(writer, "Een zin zonder fout.").getByRole("link", { name: /^Meer/ }).click();
    await window.waitFor();
    await writer.keyboard.press("Escape");
    await window.waitFor({ state: "detached" });
    assert.ok(await message(writer, "Een zin zonder fout.").evaluate(holdsFocus), "the focus was lost");
    await message(writer, "Een zin zonder fout.").getByRole("link", { name: /^Meer/ }).click();
    await window.getByRole("button", { name: "Verwijderen" }).click();
    await message(writer, "Verwijderd door de schrijver.").waitFor();
    assert.equal(path(writer), address);
    assert.equal(await writer.locator("[data-schrijf] textarea").inputValue(), "Een halve zin");

    await say(writer, "Meer staat [hier](/hulp-nu).", "Meer staat hier.");
    await message(writer, "Meer staat hier.").getByRole("link", { name: /^Meer/ }).click();
    await window.getByRole("link", { name: "hier" }).click();
    await writer.waitForURL("**/hulp-nu");
    await writer.done();
  });

  test("what is refused stays in the form, with the reason, until it is placed", async () => {
    const writer = await open("Zorgcoördinator");
    await writer.goto(address);
    const form = writer.locator("[data-schrijf]");
    await form.locator("textarea").fill("Bel haar op 06 12345678.\nEen 17-jarige jongen uit Ommen.");
    await writer.getByRole("button", { name: "Plaatsen" }).click();
    const summary = form.locator(".rs-errors");
    await summary.getByText("telefoonnummer").waitFor();
    await summary.getByText("Kan iemand hierdoor herkend worden?").waitFor();
    assert.ok(await summary.evaluate(focused), "not focused");
    assert.match(await form.locator("textarea").inputValue(), /^Bel haar op 06 12345678\./);
    assert.equal(await message(writer, "Bel haar").count(), 0);

    await form.locator("textarea").fill("Een 17-jarige jongen uit Ommen.");
    await writer.getByRole("button", { name: "Plaatsen" }).click();
    await form.getByRole("button", { name: "Voorstel overnemen" }).click();
    await form.getByText("Kan iemand hierdoor herkend worden?").first().waitFor({ state: "detached" });
    assert.equal(await form.locator("textarea").inputValue(), "Een minderjarige uit een kleine gemeente.");
    await form.locator("textarea").fill("Een 17-jarige jongen uit Ommen.");
    await form.getByText("Collega's noemen").click();
    await writer.getByRole("button", { name: "Plaatsen" }).click();
    await form.getByLabel("Het gaat niet over bepaalde personen").check();
    await writer.getByRole("button", { name: "Plaatsen" }).click();
    await message(writer, "Een 17-jarige jongen uit Ommen.").waitFor();
    await form.locator(".rs-guard, .rs-errors, details[open]").first().waitFor({ state: "detached" });
    assert.equal(await form.locator("textarea").inputValue(), "");
    assert.ok(await form.locator("textarea").evaluate(focused));
    await writer.done();
  });

  test("what cannot be placed any more stays in the form, with the reason", async () => {
    const asker = await open("Zorgcoördinator");
    await asker.goto("/inbreng/vragen");
    await asker.getByLabel("Uw vraag").fill("Wie werkt met een vaste tolk?");
    await asker.getByRole("button", { name: "Vraag stellen" }).last().click();
    await says(asker, "Uw vraag staat bij Vragen.");
    const writer = await open("Voorzitter");
    await writer.goto(new URL(asker.url()).pathname);
    await writer.locator("[data-schrijf] textarea").fill("Wij, al drie jaar.");
    await asker.getByRole("button", { name: "Mijn vraag is beantwoord" }).click();
    await says(asker, "De vraag is gesloten.");
    await writer.getByRole("button", { name: "Plaatsen" }).click();
    await says(writer, "Niet geplaatst. Hier kan niets meer bij. U kunt nog wel lezen.");
    assert.equal(await writer.locator("[data-schrijf] textarea").inputValue(), "Wij, al drie jaar.");
    await asker.done();
    await writer.done();
  });

  test("signing in carries a text along of which the session is gone", async () => {
    const writer = await open("Zorgcoördinator");
    await writer.goto(address);
    await writer.locator("[data-schrijf] textarea").fill("Een tekst die blijft.");
    await writer.context().clearCookies();
    await writer.getByRole("button", { name: "Plaatsen" }).click();
    await says(writer, "Uw formulier is er nog");
    await writer.getByRole("button", { name: "Zorgcoördinator", exact: true }).click();
    await writer.getByRole("button", { name: "Verder met uw formulier" }).click();
    await message(writer, "Een tekst die blijft.").waitFor();
    assert.equal(path(writer), address);
    await writer.done();
  });

  test("where sockets are blocked it goes on by asking", async () => {
    const writer = await open("Zorgcoördinator");
    const reader = await newPage({ url: app.url });
    await reader.routeWebSocket("**/lijn", (socket) => socket.close());
    await login(reader, "Voorzitter");
    await writer.goto(address);
    await reader.goto(address);
    await say(writer, "Leest u dit zonder socket?");
    await message(reader, "Leest u dit zonder socket?").waitFor();
    await says(writer, "1 collega is er: Ilse Brandsma");
    await say(reader, "Ja, en ik schrijf terug.");
    await message(writer, "Ja, en ik schrijf terug.").waitFor();
    const shown = await numbers(reader);
    assert.deepEqual(shown, await numbers(writer));
    await writer.done();
    await reader.done();
  });

  test("an answer that is late does not say who is there", async () => {
    const writer = await open("Zorgcoördinator");
    await writer.route(/[?&]na=/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), hier: {} } }); // as before the reader came
    });
    await writer.goto(address);
    const reader = await open("Voorzitter");
    await reader.goto(address);
    await says(writer, "1 collega is er: Ilse Brandsma");
    const answered = writer.waitForResponse(/[?&]na=/);
    await say(writer, "Wie is er nog?");
    await answered;
    await say(reader, "Ik ben er nog.");
    await message(writer, "Ik ben er nog.").waitFor();
    await says(writer, "1 collega is er: Ilse Brandsma");
    await writer.done();
    await reader.done();
  });

  test("a socket that falls silent is given up within five seconds, and nobody need be there", async () => {
    const writer = await open("Zorgcoördinator");
    const reader = await newPage({ url: app.url });
    let cut = false;
    await reader.routeWebSocket("**/lijn", (socket) => {
      const server = socket.connectToServer();
      server.onMessage((frame) => {
        if (!cut) socket.send(frame);
      });
    });
    await reader.clock.install();
    await login(reader, "Voorzitter");
    await writer.goto(address);
    await reader.goto(address);
    await says(reader, "1 collega is er: Marit Veldkamp");
    const asked = [];
    reader.on("request", (request) => {
      if (/[?&]na=|\/gelezen$/.test(request.url())) asked.push(request.headers()["x-by-itself"]);
    });
    cut = true;
    await say(writer, "De lijn is nu stil.");
    asked.length = 0; // an answer that was under way
    await reader.clock.runFor(5000);
    assert.ok(asked.length > 0, "five seconds of silence, and no question");
    await message(reader, "De lijn is nu stil.").waitFor();
    assert.deepEqual(new Set(asked), new Set(["1"]), "a question passes for something that somebody did");
    await reader.context().clearCookies();
    await says(reader, "U bent niet meer ingelogd. Uw tekst staat nog in het formulier.");
    await writer.done();
    await reader.done();
  });

  test("a lost connection in mid-sentence loses nothing", async () => {
    const writer = await open("Zorgcoördinator");
    const reader = await open("Voorzitter");
    await writer.goto(address);
    await reader.goto(address);
    await says(reader, "1 collega is er: Marit Veldkamp");
    await say(writer, "Dit ziet u nog.");
    await message(reader, "Dit ziet u nog.").waitFor();
    await reader.locator("[data-schrijf] textarea").fill("Een halve zin");
    await reader.context().setOffline(true);
    await says(reader, "Geen verbinding. Uw tekst is bewaard. Stand van");
    await reader.getByRole("button", { name: "Plaatsen" }).click();
    await says(reader, "Niet geplaatst: er is geen verbinding. Uw tekst staat nog in het formulier.");
    await say(writer, "Het eerste dat u miste.");
    await say(writer, "Het tweede dat u miste.");
    await message(reader, "Dit ziet u nog.").getByRole("link", { name: /^Meer/ }).click();
    await says(reader, "Niet gelukt: er is geen verbinding.");
    await reader.context().setOffline(false);
    await message(reader, "Het tweede dat u miste.").waitFor();
    await says(reader, "Weer verbonden");
    await reader.getByText("Niet gelukt").waitFor({ state: "detached" });
    assert.deepEqual(await numbers(reader), await numbers(writer));
    assert.equal(await reader.locator("[data-schrijf] textarea").inputValue(), "Een halve zin");
    await reader.getByRole("button", { name: "Plaatsen" }).click();
    await message(writer, "Een halve zin").waitFor();
    assert.equal(await message(writer, "Een halve zin").count(), 1);
    reader.trouble = reader.trouble.filter((line) => !line.includes("WebSocket connection"));
    await writer.done();
    await reader.done();
  });

  test("a text that is removed goes from every screen", async () => {
    const writer = await open("Zorgcoördinator");
    const colleague = await open("Annelies Broekman");
    const polling = await newPage({ url: app.url });
    await polling.routeWebSocket("**/lijn", (socket) => socket.close());
    await login(polling, "Tweede lezer");
    const chair = await open("Voorzitter");
    for (const page of [writer, colleague, polling, chair]) await page.goto(address);
    await say(writer, "Hierin is iemand te herkennen.");
    for (const page of [colleague, polling]) await message(page, "Hierin is iemand").waitFor();
    await message(polling, "Hierin is iemand").getByRole("link", { name: /^Meer/ }).click();
    await polling.getByRole("dialog").getByText("Hierin is iemand").waitFor();
    await message(colleague, "Hierin is iemand")
      .getByRole("link", { name: /^Iemand herkenbaar/ })
      .click();
    await colleague.getByRole("button", { name: "Ja, verberg de tekst" }).click();
    await message(writer, "De tekst is verborgen.").waitFor();
    assert.equal(await message(writer, "Hierin is iemand").count(), 0);
    await says(colleague, "De tekst is verborgen. CoMensha bekijkt de tekst.");
    assert.equal(path(colleague), address);
    await message(chair, "Hierin is iemand").getByRole("link", { name: /^Meer/ }).click();
    await chair.getByRole("button", { name: "Voorgoed verwijderen" }).click();
    await polling.getByRole("dialog").waitFor({ state: "detached" });
    for (const page of [writer, polling]) {
      await message(page, "Hier stond iets waaraan iemand te herkennen was.").waitFor();
      assert.ok(!(await words(page.locator("body"))).includes("Hierin is iemand"));
    }
    for (const page of [writer, colleague, polling, chair]) await page.done();
  });

  test("a SOM member in one item never gets a member's name", async () => {
    const chair = await open("Voorzitter");
    await toPlanned(chair);
    const meeting = new URL(chair.url()).pathname;
    const points = await chair
      .locator('main a[href*="/punten/"][href$="/reacties"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.ok(points.length > 0, `no discussion is led to from ${meeting}`);
    const item = points[0];
    await chair.goto(item.replace(/\/reacties$/, "/uitnodigen"));
    for (const box of await chair.getByRole("checkbox").all()) await box.check();
    await chair.getByRole("button", { name: "Bewaren" }).click();
    const member = await open("Zorgcoördinator");
    await member.goto(item);
    await says(member, "SOM-leden lezen mee");

    const som = await newPage({ url: app.url });
    const received = [];
    som.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => received.push(String(payload))),
    );
    som.on("response", async (response) => {
      if (/html|json/.test(response.headers()["content-type"] ?? ""))
        received.push(await response.text().catch(() => ""));
    });
    await login(som, "SOM-lid");
    await comesTo(som, "/", "Opening, vaststellen agenda, wie is nieuw");
    received.length = 0; // the page to sign in, of the demo alone, names everybody
    await som.goto(item);
    await say(member, "Wij zien dit in onze regio ook.");
    await message(som, "Wij zien dit in onze regio ook.").waitFor();
    await say(som, "Dank, dat nemen wij mee.");
    await message(member, "Dank, dat nemen wij mee.").waitFor();
    await says(som, "Nu hier:");
    const all = received.join("\n");
    for (const name of ["Marit", "Veldkamp", "Ilse", "Brandsma"])
      assert.ok(!all.includes(name), `the SOM member received «${name}»`);
    assert.ok(all.includes("Wij zien dit in onze regio ook."), "nothing was recorded");
    for (const page of [chair, member, som]) await page.done();
  });
});
