// The unhappy ways through the demo: what is refused, what is taken back, and
// what happens when somebody is silent, gone or wrong. The walks share one
// demo and stand in the order of its clock.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { closeBrowser, login, missing, newPage, signedIn, startApp } from "./rig.mjs";
import {
  comesTo,
  enterAs,
  follow,
  hides,
  look,
  path,
  postByHand,
  press,
  says,
  tabTo,
  words,
} from "./walk.mjs";

const NO_SCRIPT = { javaScript: false, size: "phone" };
const REFUSED = "Uw inbreng is nog niet ingediend";
const SILENT = "Slachtoffers weten maandenlang niet of er vervolging komt"; // a point that waits at the SOM
const TEXTS = {
  "Wat zien zorgcoördinatoren?": "Er zijn te weinig uren voor het werk.",
  "Wat is het gevolg voor slachtoffers?": "Wie ziek is, wordt niet vervangen. Slachtoffers wachten langer.",
  "Wat vraagt u?": "Wil het SOM afspraken maken over vervanging bij ziekte?",
  "Aan wie?": "Het SOM",
};

suite("unhappy ways", { skip: missing }, () => {
  let app;
  const browsers = new Map();
  let chair;
  let making; // the bundle for the SOM that the season leaves in the making
  let waiting; // the bundle that waits at the SOM

  before(async () => {
    app = await startApp();
    chair = await signedIn("Voorzitter", { url: app.url });
  });

  after(async () => {
    await closeBrowser();
    await app?.stop();
  });

  /** A walk of one or more people; what goes wrong is told with the page it went wrong on. */
  const walk = (name, people, act) =>
    test(name, async () => {
      const pages = [];
      for (const [who, options] of people) pages.push(await pageOf(who, options));
      try {
        await act(...pages);
      } catch (error) {
        for (const page of [...pages, chair]) {
          error.message += `\nat ${page.url()}:\n${await page.locator("main").ariaSnapshot()}`;
          await look(page, `mislukt ${name} ${pages.indexOf(page)}`).catch(() => undefined);
        }
        throw error;
      }
    });

  /** The page of somebody, in a browser of their own that later walks use again. */
  const pageOf = async (who, options) => {
    const key = JSON.stringify([who, options]);
    if (!browsers.has(key)) {
      const page = await newPage({ url: app.url, ...options });
      await enter(page, who);
      browsers.set(key, page);
    }
    return browsers.get(key);
  };

  const enter = (page, who) =>
    ["Zorgcoördinator", "Tweede lezer", "SOM-lid", "Secretariaat Task Force", "Beheerder"].includes(who)
      ? login(page, who)
      : enterAs(page, who);

  walk("the SOM is silent for 60 days", [["Annelies Broekman"]], async (author) => {
    await chair.goto("/");
    await says(chair, "Wacht op antwoord", "Wacht 74 dagen op antwoord");
    await look(chair, "stil-01-start-voorzitter");
    await chair.locator("section[aria-labelledby=wacht]").getByRole("link").first().click();
    waiting = path(chair);
    await says(chair, "Wacht 74 dagen op antwoord", SILENT);
    await chair.goto("/berichten");
    await says(chair, "wacht 60 dagen op antwoord");
    await author.goto("/inbreng?lijst=mij");
    await follow(author, "Niemand belt terug over de stand van de zaak");
    await says(author, "Ligt bij het SOM", "Wacht 74 dagen op antwoord");
    await look(author, "stil-02-inbreng");
  });

  walk("two «Nee» propose an agenda item", [["Zorgcoördinator"]], async (page) => {
    await page.goto("/");
    await says(page, "Merkt u in uw werk dat dit beter gaat?");
    const question = page.locator("form", { hasText: "Voor mannen is er te weinig passende opvang" });
    await question.getByLabel("Nee", { exact: true }).check();
    await press(page, "Antwoord versturen", "Voor mannen is er te weinig passende opvang");
    await says(page, "Uw antwoord is nog niet bewaard", "Schrijf op wat er nog misgaat.");
    await page.getByLabel("Wat gaat er nog mis?").fill("Er komt geen plek bij.");
    await look(page, "nee-01-effect");
    await press(page, "Antwoord versturen");
    await says(page, "U antwoordde: Nee.");
    await comesTo(chair, "/overleggen", "Voorgesteld voor een agenda");
    await says(chair, "Voor mannen is er te weinig passende opvang");
    await look(chair, "nee-02-voorstel");
    await press(
      chair,
      "Op de agenda zetten",
      "Zorgcoördinatoren merken het nog niet: Voor mannen is er te weinig passende opvang",
    );
    await says(chair, "Het voorstel staat op deze agenda.");
  });

  walk(
    "a BSN is refused, stays in the form and is kept nowhere",
    [["Zorgcoördinator", NO_SCRIPT]],
    async (page) => {
      const typed = "De gemeente vraagt steeds om een nummer.\nHet nummer is 111222333.";
      await page.goto("/inbreng/nieuw?soort=knelpunt");
      await page.getByLabel("Wat ziet u?").fill(typed);
      await page.getByLabel("Titel").fill("Steeds een nummer");
      await page.getByLabel("Waar gaat het vooral over?").selectOption("opvang");
      for (const button of ["Controleren en indienen", "Bewaren als concept"]) {
        await press(page, button);
        await says(page, "Wij kunnen dit niet bewaren.", "Op regel 2 staat iets dat lijkt op een");
        assert.equal(await page.getByLabel("Wat ziet u?").inputValue(), typed);
        assert.equal(await page.getByLabel("Waar gaat het vooral over?").inputValue(), "opvang");
      }
      await look(page, "bsn-01-geweigerd");
      for (const list of ["concepten", "mij"]) {
        await page.goto(`/inbreng?lijst=${list}`);
        await hides(page, "Steeds een nummer", "111222333");
      }
    },
  );

  walk(
    "a false alarm is let through by keyboard, and released by the chair",
    [["Zorgcoördinator"], ["Karim de Groot"]],
    async (page, colleague) => {
      const title = "Jongen van 17 wacht lang op een plek";
      await page.goto("/inbreng/nieuw?soort=knelpunt");
      const type = async (label, text) => {
        await tabTo(page, page.getByLabel(label));
        await page.keyboard.press("ControlOrMeta+A");
        await page.keyboard.insertText(text);
      };
      await type(
        "Wat ziet u?",
        "Een 17-jarige jongen uit een dorp met 900 inwoners wachtte weken op een plek.",
      );
      await type("Titel", title);
      await tabTo(page, page.getByLabel("Waar gaat het vooral over?"));
      await page.keyboard.type("Opvang");
      await tabTo(page, page.getByRole("button", { name: "Controleren en indienen" }));
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: REFUSED }).waitFor();
      await says(page, "Kan iemand hierdoor herkend worden?", "CoMensha ziet uw keuze.");
      await look(page, "alarm-01-gevraagd");
      const asked = page.getByRole("group", { name: "Kan iemand hierdoor herkend worden?" });
      for (let i = 0; i < (await asked.count()); i++) {
        await tabTo(page, asked.nth(i).getByLabel("Het is een organisatie, wet of plaats"));
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        assert.ok(await asked.nth(i).getByLabel("Het gaat niet over bepaalde personen").isChecked());
      }
      await tabTo(page, page.getByRole("button", { name: "Controleren en indienen" }));
      await page.keyboard.press("Enter");
      await says(page, "Bedankt. Uw inbreng is ontvangen");
      await tabTo(page, page.getByRole("link", { name: /^Overslaan/ }));
      await page.keyboard.press("Enter");
      await says(page, "Ingediend");
      const inbreng = path(page);

      await colleague.goto(inbreng);
      await says(colleague, "niet gevonden");
      await colleague.goto("/inbreng");
      await hides(colleague, title);

      await chair.goto("/");
      await says(chair, "Vrij te geven");
      await follow(chair, title);
      await says(
        chair,
        "Mogen collega's dit lezen?",
        "De indiener liet het staan.",
        "Het gaat niet over bepaalde personen",
      );
      await look(chair, "alarm-02-vrijgeven");
      await press(chair, "Zichtbaar maken");
      await says(chair, "Collega's kunnen deze inbreng nu lezen.");
      await colleague.goto("/inbreng");
      await follow(colleague, title);
      await says(colleague, "wachtte weken op een plek");
    },
  );

  walk("the session is gone while a reaction is typed", [["SOM-lid", NO_SCRIPT]], async (page) => {
    const typed = "Wij kunnen hierover iets zeggen in het overleg van december.";
    await page.goto(waiting);
    await follow(page, SILENT);
    const point = path(page);
    await page.getByLabel("Ik heb een vraag").check();
    await page.getByLabel("Toelichting, als u wilt").fill(typed);
    await page.context().clearCookies();
    await press(page, "Reactie versturen");
    await says(page, "Uw formulier is er nog");
    await look(page, "sessie-01-inloggen");
    await press(page, "SOM-lid");
    await page.getByRole("heading", { name: "Verder met uw formulier" }).waitFor();
    await says(page, typed);
    await press(page, "Verder met uw formulier");
    await says(page, "Uw reactie is verstuurd.", typed);
    assert.equal(path(page), point);
    assert.ok(await page.getByLabel("Ik heb een vraag").isChecked());
  });

  walk(
    "what is withdrawn is gone, what is frozen stays",
    [["Zorgcoördinator"], ["Karim de Groot"], ["SOM-lid", NO_SCRIPT]],
    async (page, colleague, som) => {
      const title = "Onzekerheid door lange duur tussen aangifte en bericht van het OM";
      await page.goto("/inbreng?lijst=mij");
      await follow(page, title);
      const inbreng = path(page);
      await colleague.goto(inbreng);
      await says(colleague, title);
      await follow(page, "Intrekken");
      await says(page, "Wat in een vastgestelde bundel staat, blijft daar.");
      await look(page, "intrekken-01-vraag");
      await press(page, "Intrekken");
      await says(page, "Uw inbreng is ingetrokken.", "U hebt deze inbreng ingetrokken", "Opnieuw indienen");
      await look(page, "intrekken-02-ingetrokken");
      for (const there of [inbreng, "/inbreng"]) {
        await colleague.goto(there);
        await hides(colleague, title);
      }
      await som.goto(waiting);
      await follow(som, SILENT);
      await says(som, "Na een aangifte is er lange tijd geen bericht.");
      await chair.goto("/inbreng/clusters");
      await follow(chair, SILENT);
      await hides(chair, title);
      await press(page, "Opnieuw indienen");
      await says(page, "Pas uw tekst aan en dien hem opnieuw in.");
      assert.equal(await page.getByLabel("Titel").inputValue(), title);
    },
  );

  walk(
    "«Mag dit verder dan u koos?»: one says yes, one says no",
    [["Hassan Ouali"], ["Wietske Sjoerdema"]],
    async (yes, no) => {
      const agreed = "Beleidsplan ligt klaar maar wordt niet vastgesteld";
      const kept = "Spanning met een partner over afspraken";
      await chair.goto("/bundels");
      await chair
        .locator("section[aria-labelledby=maken]")
        .getByRole("link", { name: /voor het SOM/ })
        .click();
      making = path(chair);
      await follow(chair, "Punt toevoegen");
      for (const title of [agreed, kept]) {
        await press(chair, "Aan de indiener vragen", title);
        await says(chair, "De vraag staat bij de indiener.");
      }
      await look(chair, "verder-01-gevraagd");
      for (const [page, answer] of [
        [yes, "Ja, dat mag"],
        [no, "Nee, liever niet"],
      ]) {
        await comesTo(page, "/berichten", "CoMensha vraagt of uw inbreng verder mag dan u koos.");
        await page
          .getByRole("listitem")
          .filter({ hasText: "verder mag dan u koos" })
          .getByRole("button", { name: /^Bekijken/ })
          .click();
        await says(page, "Mag dit verder dan u koos?", "Uw tekst en uw naam gaan niet mee.");
        await look(page, `verder-02-${answer.slice(0, 2)}`);
        await press(page, answer);
        await says(page, "Uw antwoord is bewaard.");
      }
      await chair.goto(`${making}/toevoegen`);
      const closed = chair.locator("section[aria-labelledby=gesloten]");
      await closed.getByText("De indiener zei nee").waitFor();
      assert.equal(await closed.getByText(agreed).count(), 0);
      await follow(chair, "In een punt zetten", agreed);
      await press(chair, "In dit punt zetten");
      await says(chair, "Het punt staat in de bundel.");
      await press(chair, "Punt uit de bundel halen");
      await says(chair, "Het punt is uit de bundel gehaald.");
    },
  );

  walk("what names a place does not leave", [], async () => {
    await chair.goto(making);
    await says(chair, "bevindingen");
    assert.equal(await chair.getByRole("button", { name: "Aanbieden aan een collega" }).count(), 0);
    await follow(chair, "Er zijn te weinig uren, en bij ziekte is er geen vervanger");
    for (const [label, text] of Object.entries(TEXTS)) await chair.getByLabel(label).fill(text);
    await chair
      .getByLabel("Wat zien zorgcoördinatoren?")
      .fill("Er zijn te weinig uren.\nIn Hengelo is er niemand.");
    await press(chair, "Punt bewaren");
    await says(chair, "Het punt is nog niet bewaard", "Regel 2 noemt een plaats.");
    assert.match(await chair.getByLabel("Wat zien zorgcoördinatoren?").inputValue(), /In Hengelo/);
    await look(chair, "controle-01-plaats");
    await chair.getByLabel("Wat zien zorgcoördinatoren?").fill(TEXTS["Wat zien zorgcoördinatoren?"]);
    await press(chair, "Punt bewaren");
    await says(chair, "Het punt is bewaard.");
  });

  walk("without a second reader nothing is approved", [["Tweede lezer"]], async (reader) => {
    await press(chair, "Aanbieden aan een collega");
    await says(chair, "Wacht op een collega.", "kunt haar niet goedkeuren");
    await look(chair, "vier-ogen-01-aangeboden");
    assert.equal(await chair.getByRole("button", { name: "Goedkeuren" }).count(), 0);
    await reader.goto(making);
    const kenmerk = await reader.locator("input[name=kenmerk]").inputValue();
    const answer = await postByHand(chair, `${making}/goedkeuren`, { kenmerk });
    await chair.goto(making);
    await says(chair, "Wacht op goedkeuring");
    assert.ok(
      [303, 403, 409].includes(answer.status()),
      `approving one's own text answers ${answer.status()}`,
    );
    await hides(chair, "U hebt de bundel goedgekeurd.");
    await press(reader, "Goedkeuren");
    await says(reader, "U hebt de bundel goedgekeurd.");
  });

  walk("there is nothing to send", [["SOM-lid", NO_SCRIPT]], async (som) => {
    await chair.goto("/bundels/nieuw");
    await chair.getByLabel("Het SOM").check();
    await chair.getByLabel("Inbreng van").fill("17-9-2019");
    await chair.getByLabel("Tot en met").fill("18-9-2019");
    await chair.getByRole("main").getByRole("button").last().click();
    const bundle = path(chair);
    await som.goto(bundle);
    await says(som, "niet gevonden");
    await press(chair, "Sluiten: niets te sturen");
    await says(chair, "De lezers zien dat er niets te sturen was.");
    await som.goto("/bundels");
    await som.goto(bundle);
    await says(som, "Over deze periode is er niets te sturen.");
    await look(som, "niets-01-som");
  });

  walk(
    "an unanswered point holds an edition up until it has a date; a wrong text is corrected",
    [["Annelies Broekman"]],
    async (author) => {
      const feedback = waiting.replace("/bundels/", "/terugkoppeling/");
      await chair.goto(`${waiting}/2/antwoord`);
      await chair.getByLabel("Wij nemen dit niet over").check();
      await chair.getByLabel("Vastgesteld op").fill("17-9-2019");
      await chair.getByLabel("Reden (zorgcoördinatoren lezen dit)").fill("Hiervoor bestaat al een regeling.");
      await press(chair, "Antwoord vastleggen");
      await says(chair, "Het antwoord is vastgelegd.");
      await chair.goto(`${feedback}/maken`);
      await chair
        .getByLabel("Dit gebeurt er nu")
        .fill("CoMensha vraagt het opnieuw als de regeling verandert.");
      await press(chair, "Bewaren en bekijken");
      await says(chair, "Nog niet klaar, punt 1: Dit punt is nog niet beantwoord.");
      await look(chair, "uitgave-01-nog-niet-klaar");
      assert.equal(await chair.getByRole("button", { name: "Publiceren" }).count(), 0);
      await follow(chair, "Terug naar de tekst");
      const dates = chair.getByLabel("CoMensha vraagt het opnieuw op");
      for (let i = 0; i < (await dates.count()); i++) await dates.nth(i).fill("15-10-2019");
      await press(chair, "Bewaren en bekijken");
      await press(chair, "Publiceren");
      await says(chair, "De terugkoppeling is gepubliceerd.");
      const edition = path(chair);

      await comesTo(
        author,
        edition,
        "Het SOM heeft nog niet geantwoord. CoMensha vraagt het opnieuw op 15 oktober 2019.",
      );
      await says(author, "Het SOM neemt dit niet over", "Hiervoor bestaat al een regeling.");
      await look(author, "uitgave-02-gelezen");

      await follow(chair, "Terugkoppeling corrigeren");
      await chair
        .getByLabel("Wat is er veranderd?")
        .fill("De reden klopte niet. De regeling bestaat nog niet.");
      await look(chair, "uitgave-03-corrigeren");
      await press(chair, "Correctie plaatsen");
      await says(chair, "De correctie is geplaatst.");
      await comesTo(
        author,
        edition,
        "Gecorrigeerd op 17 september 2019. Dit is veranderd: De reden klopte niet.",
      );
      await hides(author, "Hiervoor bestaat al een regeling.");
      await look(author, "uitgave-04-gecorrigeerd");
    },
  );

  walk(
    "guessed addresses are not found",
    [["Zorgcoördinator"], ["SOM-lid", NO_SCRIPT], ["Secretariaat Task Force"]],
    async (page, som, office) => {
      await chair.goto("/inbreng");
      await follow(chair, "Intake loopt vertraging op doordat tolken ontbreken");
      const inbreng = path(chair);
      await chair.goto("/bundels/nieuw");
      await chair.getByLabel("Het SOM").check();
      await chair.getByLabel("Inbreng van").fill("1-9-2019");
      await chair.getByLabel("Tot en met").fill("17-9-2019");
      await chair.getByRole("main").getByRole("button").last().click();
      const draft = path(chair);
      const random = "a".repeat(26);
      for (const [reader, real, guessed] of [
        [page, draft, "/bundels/2019-77"],
        [som, draft, "/bundels/2019-77"],
        [som, inbreng, `/inbreng/${random}`],
        [office, waiting, "/bundels/2019-77"],
        [office, `${waiting}/1`, "/bundels/2019-77/1"],
      ]) {
        const told = [];
        for (const address of [real, guessed]) {
          const response = await reader.goto(address);
          assert.equal(response.status(), 404, `${address} answers ${response.status()}`);
          told.push(await words(reader.locator("body")));
        }
        assert.equal(told[0], told[1], "something that may not be seen looks otherwise than nothing at all");
        await says(reader, "niet gevonden");
      }
      await look(som, "niet-gevonden-01");
    },
  );

  walk(
    "an account that ends is out at the next click",
    [["Simone Lejeune-Baar"], ["Beheerder"]],
    async (page, admin) => {
      await page.goto("/");
      await admin.goto("/accounts");
      await follow(admin, "Simone Lejeune-Baar");
      await press(admin, "Account beëindigen");
      await says(admin, "Dit account is beëindigd.");
      await look(admin, "einde-01-account");
      await page.getByRole("link", { name: "Overleggen", exact: true }).first().click();
      await page.getByRole("heading", { name: "Inloggen", exact: true }).waitFor();
      await look(page, "einde-02-uit");
    },
  );

  test("no page had a console error, a blocked resource or a failed answer", async () => {
    for (const page of [chair, ...browsers.values()]) await page.done();
  });
});
