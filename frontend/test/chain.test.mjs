// The chain: one contribution goes all the way through the product, and comes
// back. Eight people, each in a browser of their own, do what they would do;
// every address comes from a page they read.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkView, closeBrowser, login, missing, newPage, startApp } from "./rig.mjs";
import { comesTo, enterAs, follow, listen, look, path, press, says, words } from "./walk.mjs";

const TITLE = "De tolk zegt steeds op het laatste moment af";
const TEXT = `${TITLE}. Dan gaat het gesprek niet door. Er is een lijst nodig van tolken die dit werk kennen.`;
const OTHER = "Intake loopt vertraging op doordat tolken ontbreken";
const HEADING = "Gesprekken lopen vast omdat er geen tolk is";
const POINT = {
  "Wat zien zorgcoördinatoren?":
    "Tolken zijn moeilijk te vinden en haken vaak laat af. Een gesprek begint dan weken later.",
  "Wat is het gevolg voor slachtoffers?":
    "Slachtoffers kunnen hun verhaal niet vertellen. Hulp komt later op gang.",
  "Wat vraagt u?": "Wil het SOM pleiten voor een gedeelde lijst van ervaren tolken?",
  "Aan wie?": "Het SOM",
};
const BROAD = "Breed herkend (ten minste 5 organisaties)";
const SUPPORTERS = ["Karim de Groot", "Femke Aalders", "Joost Hartsuiker"];
const TO_TASK_FORCE = "Wij nemen dit mee naar de Task Force";
// Who brought this in and who recognised it: nobody outside the field may know.
const SECRETS = [
  ...["Marit", "Veldkamp", "De Vuurtoren", "Politieregio Amsterdam", "demo-marit"],
  ...[
    "Karim de Groot",
    "Stichting Havenlicht",
    "Femke Aalders",
    "De Wende",
    "Joost Hartsuiker",
    "Zorggroep Kompas",
  ],
  ...["Lotte Kranenborg", "De Linde", "Provincie Drenthe"],
];

let app;

before(async () => {
  if (!missing) app = await startApp();
});

after(async () => {
  await closeBrowser();
  await app?.stop();
});

test("a contribution goes to the Task Force, comes back, and is asked after", {
  skip: missing,
}, async (t) => {
  const open = (options) => newPage({ url: app.url, ...options });
  const author = await open({ size: "phone" });
  const chair = await open();
  const reader = await open();
  const som = await open();
  const office = await open();
  const colleagues = [await open(), await open({ javaScript: false }), await open({ size: "phone" })];
  const everyone = [author, chair, reader, som, office, ...colleagues];
  let inbreng; // the page of the contribution
  let bundle; // the pages of the two bundles
  let onward;
  const edition = {}; // the page of the feedback, by bundle

  /** A step of the walk; one that fails ends it. */
  const step = async (name, page, walk) => {
    let failed;
    await t.test(name, async () => {
      try {
        await walk();
      } catch (error) {
        failed = error;
        await look(page, `mislukt ${name}`).catch(() => undefined);
        error.message += `\nat ${page.url()}:\n${await page.locator("main").ariaSnapshot()}`;
        throw error;
      }
    });
    if (failed) throw new Error(`the walk ended at «${name}»`);
  };

  await step("everybody signs in", author, async () => {
    await login(author, "Zorgcoördinator");
    await login(chair, "Voorzitter");
    await login(reader, "Tweede lezer");
    await login(som, "SOM-lid");
    await login(office, "Secretariaat Task Force");
    for (const [i, page] of colleagues.entries()) await enterAs(page, SUPPORTERS[i]);
  });
  // The page of signing in to the demo lists its people; from here on nothing may.
  const outside = [await listen(som), await listen(office)];

  await step("a coordinator shares what she sees, on a telephone", author, async () => {
    await author.goto("/");
    await author.getByRole("link", { name: /Knelpunt/ }).click();
    await author.getByLabel("Wat ziet u?").pressSequentially(TEXT);
    await author.locator("[data-lijst] li[data-inbreng]", { hasText: OTHER }).waitFor();
    await look(author, "keten-01-inbreng-delen");
    assert.equal(await author.getByLabel("Titel").inputValue(), TITLE);
    await author.getByLabel("Waar gaat het vooral over?").selectOption("zorg");
    await press(author, "Controleren en indienen");
    await says(
      author,
      "Bedankt. Uw inbreng is ontvangen en staat bij Inbreng.",
      "Wilt u nog iets aanvullen?",
    );
    await look(author, "keten-02-aanvullen");
    await author.getByLabel("Waar speelt dit?").selectOption({ label: "Mijn regio" });
    await press(author, "Bewaren");
    await says(author, TEXT, "Zichtbaar voor collega's");
    inbreng = path(author);
    await look(author, "keten-03-eigen-inbreng");
  });

  await step("three colleagues recognise it", colleagues[0], async () => {
    for (const page of colleagues) {
      await page.goto("/inbreng");
      await follow(page, TITLE);
      await says(page, TEXT, "De Vuurtoren");
      await press(page, "Herken ik ook");
      await says(page, "U herkent dit.");
    }
    await look(colleagues[2], "keten-04-herken-ik-ook");
    await says(colleagues[2], "4 organisaties in 4 regio's herkennen dit.");
    await colleagues[2].goto("/");
  });

  await step("the chair puts it on the agenda of 25 November", chair, async () => {
    await chair.goto("/inbreng");
    await follow(chair, TITLE);
    await says(chair, "Marit Veldkamp", "4 organisaties in 4 regio's herkennen dit.");
    await look(chair, "keten-05-voorzitter-leest");
    await follow(chair, "Op een agenda zetten");
    await chair
      .getByRole("group", { name: /25 november 2019/ })
      .getByLabel("Knelpunten en trends uit de regio's")
      .check();
    await look(chair, "keten-06-agenda-kiezen");
    await press(chair, "Op deze agenda zetten");
    await says(chair, "Het staat op deze agenda.", TITLE);
    await look(chair, "keten-07-agenda");
    await comesTo(author, inbreng, "Op de agenda van 25 november 2019");
  });

  await step("the chair puts it in a cluster", chair, async () => {
    await follow(chair, TITLE);
    await follow(chair, "Nieuw cluster maken");
    assert.ok(await chair.getByLabel(TITLE).isChecked());
    await chair.getByLabel("Kop").fill(HEADING);
    await chair.getByLabel(OTHER).check();
    await press(chair, "Cluster maken");
    await says(chair, "Het cluster is gemaakt.", TITLE, OTHER);
    await look(chair, "keten-08-cluster");
    await comesTo(author, "/berichten", "CoMensha heeft uw inbreng samengevoegd met die van anderen.");
  });

  await step("the chair begins a bundle for the SOM with a point from the cluster", chair, async () => {
    await chair.goto("/bundels");
    await follow(chair, "Nieuwe bundel");
    await chair.getByLabel("Het SOM").check();
    await chair.getByLabel("Inbreng van").fill("1-9-2019");
    await chair.getByLabel("Tot en met").fill("17-9-2019");
    await look(chair, "keten-09-nieuwe-bundel");
    await chair.getByRole("main").getByRole("button").last().click();
    await says(chair, "Er staan nog geen punten in deze bundel.");
    bundle = path(chair);
    await follow(chair, "Punt toevoegen");
    await press(chair, "Punt maken", HEADING);
    await says(chair, "Het punt staat in de bundel. Schrijf nu de tekst.");
    assert.equal(await chair.getByLabel("Kop in één zin").inputValue(), HEADING);
    assert.equal(await chair.getByLabel("Wat zien zorgcoördinatoren?").inputValue(), "");
    await writePoint(chair, POINT);
    await look(chair, "keten-10-bundel-in-de-maak");
    await says(chair, `Het SOM leest: «${BROAD}».`, "8");
  });

  await step("four eyes: offered, approved, settled, sent", reader, async () => {
    await approve(bundle);
    await press(chair, "Versturen");
    await says(chair, "De bundel is verstuurd.");
    await look(chair, "keten-12-bundel-verstuurd");
  });

  await step("a member of the SOM finds it and reacts", som, async () => {
    await comesTo(som, "/", "Punten die op uw reactie wachten");
    await look(som, "keten-13-start-som");
    await follow(som, `Bundel ${number(bundle)} voor het SOM`);
    await says(som, BROAD);
    await look(som, "keten-14-bundel-som");
    await follow(som, HEADING);
    await says(som, BROAD, POINT["Wat vraagt u?"], "Wacht op uw reactie");
    await som.getByLabel("Mijn organisatie kan iets doen").check();
    await som.getByLabel("Toelichting, als u wilt").fill("Wij kunnen helpen met het maken van een lijst.");
    await look(som, "keten-15-punt-som");
    await press(som, "Reactie versturen");
    await says(som, "Uw reactie is verstuurd.", "Wij kunnen helpen met het maken van een lijst.");
    await som.goto(inbreng);
    await says(som, "niet gevonden");
  });

  await step("the author sees where it lies", author, async () => {
    await comesTo(author, inbreng, "Ligt bij het SOM");
    await author.getByRole("link", { name: "punt 1" }).click();
    await says(author, HEADING);
    assert.equal(await author.getByText("Wij kunnen helpen met het maken van een lijst.").count(), 0);
  });

  await step("the chair records what the SOM answers", chair, async () => {
    await chair.goto(bundle);
    await follow(chair, HEADING);
    await says(chair, "Mijn organisatie kan iets doen", "8 organisaties");
    await look(chair, "keten-16-punt-voorzitter");
    await follow(chair, "Antwoord vastleggen");
    await chair.getByLabel(TO_TASK_FORCE).check();
    await chair.getByLabel("Vastgesteld op").fill("17-9-2019");
    await chair
      .getByLabel("Reden (zorgcoördinatoren lezen dit)")
      .fill("De leden herkennen dit. Het gaat over meer dan één ministerie.");
    await look(chair, "keten-17-antwoord-som");
    await press(chair, "Antwoord vastleggen");
    await says(chair, "Het antwoord is vastgelegd.", TO_TASK_FORCE);
    await comesTo(som, path(chair), TO_TASK_FORCE);
  });

  await step("the chair feeds back what the SOM answered", chair, async () => {
    edition.som = await feedBack(bundle, "CoMensha schrijft het punt voor de Task Force.");
    await comesTo(author, inbreng, "Wij nemen dit mee naar de Task Force.");
  });

  await step("the point stands in a draft for the Task Force", chair, async () => {
    await comesTo(chair, "/bundels", "voor de Task Force");
    await chair
      .locator("#maken")
      .locator("xpath=ancestor-or-self::section")
      .getByRole("link", { name: /voor de Task Force/ })
      .click();
    onward = path(chair);
    await follow(chair, HEADING);
    await says(chair, `Komt uit bundel ${number(bundle)}`);
    await writePoint(chair, {
      "Wat vraagt u?": "Wil de Task Force één beheerder aanwijzen voor een lijst van ervaren tolken?",
      "Aan wie?": "De Task Force",
    });
    await approve(onward);
    await press(chair, "Versturen");
    await says(chair, "De bundel is verstuurd.");
  });

  await step("the secretariat of the Task Force answers", office, async () => {
    await comesTo(office, "/", "Punten die op antwoord wachten");
    await look(office, "keten-18-start-task-force");
    await office.goto("/punten");
    await look(office, "keten-19-punten");
    await follow(office, HEADING);
    await says(office, BROAD, "één beheerder aanwijzen");
    await follow(office, "Antwoord vastleggen");
    await office.getByLabel(/^Wij pakken dit zelf op/).check();
    await office.getByLabel("Vóór welke datum?").fill("1-3-2020");
    await office.getByLabel("Vastgesteld op").fill("17-9-2019");
    await office
      .getByLabel("Reden (zorgcoördinatoren lezen dit)")
      .fill("Eén ministerie beheert de lijst en houdt haar bij.");
    await look(office, "keten-20-antwoord-task-force");
    await press(office, "Antwoord vastleggen");
    await says(office, "Het antwoord is vastgelegd.", "Wij pakken dit zelf op, vóór 1 maart 2020");
  });

  await step("the chair makes, looks at and publishes the feedback", chair, async () => {
    edition.tf = await feedBack(onward, "Een ministerie maakt de lijst samen met CoMensha.", true);
  });

  await step("who shared or recognised it hears of it, with a bell and a mail", author, async () => {
    for (const page of [author, ...colleagues]) {
      await comesTo(page, "/berichten", "Er is een antwoord op inbreng van u");
      await page.goto("/");
      await page.getByRole("link", { name: /^Berichten, nieuw: *[1-9]/ }).waitFor();
      await says(page, "Antwoorden voor u");
    }
    await look(author, "keten-23-start-met-antwoord");
    await author.getByRole("link", { name: /^Berichten/ }).click();
    await look(author, "keten-24-berichten");
    await author.goto(edition.tf);
    await says(
      author,
      "Wat is er met uw inbreng gedaan?",
      "Wij pakken dit zelf op, vóór 1 maart 2020",
      "Dit gebeurt er nu",
    );
    await look(author, "keten-25-terugkoppeling");
    await comesTo(author, "/demo/post", "Ruggespraak: antwoord op uw inbreng");
    await look(author, "keten-26-post");
  });

  await step("three months later the effect is asked", author, async () => {
    await author.goto("/demo");
    await press(author, "Drie maanden later");
    await says(author, "17 december 2019");
    await author.goto("/");
    await says(author, "Merkt u in uw werk dat dit beter gaat?");
    await look(author, "keten-27-start-effect");
    const question = author.locator("form", { hasText: HEADING });
    await question.getByText("Alleen CoMensha ziet uw antwoord.").waitFor();
    await question.getByLabel("Een beetje", { exact: true }).check();
    await press(author, "Antwoord versturen", HEADING);
    await says(
      author,
      "Bedankt. Uw antwoord is bewaard.",
      "U antwoordde: Een beetje.",
      "Wij pakken dit zelf op",
    );
    await look(author, "keten-28-effectvraag");
  });

  await step("the page of the contribution shows its whole way", author, async () => {
    await author.goto(inbreng);
    const way = await words(author.getByRole("region", { name: "Wat is er met uw inbreng gedaan?" }));
    const stops = [
      "Ingediend",
      "Op de agenda van",
      `In bundel ${number(bundle)}, punt 1`,
      "Ligt bij het SOM",
      TO_TASK_FORCE,
      `In bundel ${number(onward)}, punt 1`,
      "Ligt bij de Task Force",
      "Wij pakken dit zelf op, vóór 1 maart 2020",
      "Teruggekoppeld in",
    ];
    for (const stop of stops) assert.ok(way.includes(stop), `«${stop}» is not on the way:\n${way}`);
    await look(author, "keten-29-hele-weg");
    await checkView(author);
  });

  await step("nobody outside the field learned who it came from", som, async () => {
    await som.goto(edition.tf);
    await says(som, HEADING);
    await office.goto("/terugkoppeling");
    for (const heard of outside) {
      assert.notEqual(heard.with(HEADING).length, 0, "nothing was heard");
      assert.deepEqual(heard.with(...SECRETS), []);
    }
  });

  for (const page of everyone) await page.done();

  /** The number of the bundle with this address. */
  function number(where) {
    return where.split("/").at(-1);
  }

  // --- what is done more than once ---------------------------------------------

  /** Writes the texts of the point whose form is open. */
  async function writePoint(page, texts) {
    for (const [label, text] of Object.entries(texts)) await page.getByLabel(label).fill(text);
    await look(page, `keten-punt-schrijven-${path(page).split("/").at(-2)}`);
    await press(page, "Punt bewaren");
    await says(page, "Het punt is bewaard.", "Klaar");
  }

  /** The chair offers, the second reader approves what they read, the chair settles. */
  async function approve(where) {
    await chair.goto(where);
    await press(chair, "Aanbieden aan een collega");
    await says(chair, "De bundel is aangeboden.", "Wacht op een collega.");
    await comesTo(reader, "/", "Goed te keuren");
    await follow(reader, await words(chair.getByRole("heading", { level: 1 })));
    assert.equal(path(reader), where);
    await look(reader, `keten-11-goedkeuren-${number(where)}`);
    await press(reader, "Goedkeuren");
    await says(reader, "U hebt de bundel goedgekeurd.");
    await chair.goto(where);
    await press(chair, "Vaststellen");
    await says(chair, "De bundel is vastgesteld.");
  }

  /** The chair writes the feedback on a bundle of one point, reads it as others will, and publishes it. */
  async function feedBack(where, now, thorough = false) {
    await chair.goto(where);
    await follow(chair, "Terugkoppeling maken");
    await chair.getByLabel("Dit gebeurt er nu").fill(now);
    await chair.getByLabel("Dan hoort u meer").fill("1-3-2020");
    await look(chair, `keten-21-terugkoppeling-maken-${number(where)}`);
    await press(chair, "Bewaren en bekijken");
    await says(chair, "Lezen als zorgcoördinator", "8 mensen krijgen één bericht en één mail.");
    if (thorough) {
      await look(chair, "keten-22-voorbeeld");
      await follow(chair, "Lezen als SOM-lid");
      await says(chair, now);
    }
    await press(chair, "Publiceren");
    await says(chair, "De terugkoppeling is gepubliceerd. 8 mensen krijgen bericht.");
    return path(chair);
  }
});
