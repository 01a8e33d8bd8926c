// Every page that a role can reach by following links in the demo: valid,
// accessible, no wider than the window, in both schemes, without a console
// error or a blocked resource. One page of each shape is looked at.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { checkPage, closeBrowser, login, missing, newPage, shoot, startApp } from "./rig.mjs";

const ROLES = [
  "Zorgcoördinator",
  "Voorzitter",
  "Tweede lezer",
  "SOM-lid",
  "Secretariaat Task Force",
  "Beheerder",
];
// Pages that no link of a signed-in reader leads to.
const ALSO = ["/hulp-nu", "/toegankelijkheid", "/privacy", "/weergave", "/bestaat-niet"];

suite("pages", { skip: missing, timeout: 900_000 }, () => {
  let app;
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

  async function walk(role, enter, start) {
    const page = await newPage({ url: app.url });
    await enter(page);
    const told = [];
    const seen = new Set();
    const todo = [...start];
    while (todo.length > 0) {
      const path = todo.shift();
      if (seen.has(shape(path))) continue;
      seen.add(shape(path));
      told.push(...(await look(page, path)));
      await shoot(page, `${role} ${shape(path).replaceAll("/", "_")}`);
      todo.push(...(await links(page)));
    }
    assert.deepEqual(told, [], `${role}: ${seen.size} pages looked at`);
    await page.done();
  }

  async function look(page, path) {
    try {
      const response = await checkPage(page, path);
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
        .filter((url) => url.origin === location.origin && !/\.(ics|odt|pdf|txt|xml)$/.test(url.pathname))
        .map((url) => url.pathname + url.search),
    );
  }
});

/** The address with its ids, numbers and query values left out. */
function shape(path) {
  const url = new URL(path, "http://x");
  const place = url.pathname
    .split("/")
    .map((part) =>
      /^([a-z0-9]{20,}|demo-.*)$/.test(part)
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
