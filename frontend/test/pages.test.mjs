// Every page that a role can reach by following links in the demo: valid,
// accessible, no wider than the window, in both schemes, without a console
// error or a blocked resource. Of each shape a role sees a few pages; the first
// of all is looked at in full.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { axe, checkPage, closeBrowser, glance, login, missing, newPage, shoot, startApp } from "./rig.mjs";

const ROLES = ["Zorgcoördinator", "Voorzitter", "SOM-lid", "Secretariaat Task Force", "Beheerder"];
// Pages that no link of a signed-in reader leads to.
const ALSO = ["/hulp-nu", "/toegankelijkheid", "/privacy", "/weergave", "/bestaat-niet"];
const EXAMPLES = 2; // pages of one shape a role looks at: a page differs with the state of its object

suite("pages", { skip: missing }, () => {
  let app;
  const inFull = new Set(); // shapes that a role before this one looked at in full
  before(async () => {
    app = await startApp();
  });
  after(async () => {
    await closeBrowser();
    await app?.stop();
  });

  test("visitor", () => walk("bezoeker", async () => undefined, ["/inloggen", ...ALSO]));
  for (const role of ROLES) {
    test(role, () => walk(role, (page) => login(page, role), ["/", "/berichten", ...ALSO]));
  }

  // The second reader has the role of the chair, and other things to do.
  test("Tweede lezer", () =>
    walk("Tweede lezer", (page) => login(page, "Tweede lezer"), ["/", "/bundels"], secondReaderSees));

  async function walk(role, enter, start, sees = () => true) {
    const page = await newPage({ url: app.url });
    await enter(page);
    const told = [];
    const seen = new Map();
    const todo = new Set(start);
    for (const path of todo) {
      const examples = seen.get(shape(path)) ?? 0;
      if (examples >= EXAMPLES) continue;
      seen.set(shape(path), examples + 1);
      told.push(...(await look(page, path, examples === 0)));
      await shoot(page, `${role} ${shape(path).replaceAll("/", "_")} ${examples + 1}`);
      for (const link of await links(page)) if (sees(link)) todo.add(link);
    }
    assert.deepEqual(told, [], `${role}: ${seen.size} shapes of pages looked at`);
    await page.done();
  }

  async function look(page, path, first) {
    try {
      const full = !inFull.has(shape(path));
      const response = await (full ? checkPage : glance)(page, path);
      if (first && !full) await axe(page);
      if (!signedOut(page)) inFull.add(shape(path));
      const expected = path === "/bestaat-niet" ? 404 : 200;
      return response.status() === expected || signedOut(page) ? [] : [`${path}: ${response.status()}`];
    } catch (error) {
      return [`${path}: ${error.message}`];
    }
  }

  /** A visitor is taken to the page of signing in. */
  function signedOut(page) {
    return new URL(page.url()).pathname === "/inloggen";
  }

  async function links(page) {
    // The demo shows everybody's mail, with links for other roles.
    if (new URL(page.url()).pathname.startsWith("/demo")) return [];
    return page.evaluate(() =>
      [...document.querySelectorAll("a[href]")]
        .map((a) => new URL(a.href))
        .filter(
          (url) =>
            url.origin === location.origin &&
            !/(\.(ics|odt|pdf|txt|xml)|\/(odt|markdown))$/.test(url.pathname),
        )
        .map((url) => url.pathname + url.search),
    );
  }
});

function secondReaderSees(path) {
  return /^\/bundels(\/|$)/.test(path);
}

// What stands below /kennisbank and is no article.
const NO_ARTICLE = [
  "compensatie",
  "concept",
  "concepten",
  "kapotte-links",
  "klopt-nog",
  "nieuw",
  "terugzetten",
];

/** The address with its ids, numbers, names of articles and query values left out. */
function shape(path) {
  const url = new URL(path, "http://x");
  const place = url.pathname
    .replace(/^(.*\/kennisbank)\/([^/]+)/, (all, base, name) =>
      NO_ARTICLE.includes(name) ? all : `${base}/:artikel`,
    )
    .replace(/^\/kennisbank\/compensatie\/(?!keuzehulp)[^/]+\/[^/]+/, "/kennisbank/compensatie/:rij/:route")
    .split("/")
    .map((part) =>
      /^([a-z2-7]{26}|(?=.*[A-Z0-9])[\w-]{16,}|demo-.*)$/.test(part)
        ? ":id"
        : /^\d{4}-\d\d$/.test(part)
          ? ":nummer"
          : /^\d+$/.test(part)
            ? ":n"
            : part,
    )
    .join("/");
  const query = [...url.searchParams.keys()].sort().join("&");
  return query ? `${place}?${query}` : place;
}
