// Nothing that a person writes runs: random hostile texts, as articles and as
// messages, in a browser that does not stop them. The policy only reports, so
// that what the real one would block is seen, and not hidden by it.
// XSS_COUNT says how many texts, XSS_SEED the seed of the first.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { POLICY, serveFolder } from "./folder.mjs";
import { browser, closeBrowser, missing, root } from "./rig.mjs";

const count = Number(process.env.XSS_COUNT ?? 300);
const seed = process.env.XSS_SEED ?? String(Math.floor(Math.random() * 2 ** 32));
const EACH = 25; // texts on a page

const TAGS =
  "P BR HR H2 H3 H4 H5 H6 BLOCKQUOTE UL OL LI EM STRONG DEL CODE PRE TABLE THEAD TBODY TR TH TD A DIV SECTION SUP SPAN";
const ATTRIBUTES = "id href rel role class scope start aria-label";

suite("hostile texts", { skip: missing, timeout: 3_600_000 }, () => {
  let folder;
  let server;
  let reports;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hostile-"));
    execFileSync("go", ["build", "-o", join(folder, "hostile"), "./bench/hostile"], {
      cwd: root,
      stdio: "inherit",
    });
    server = await serveFolder(folder, (_request, body, path) => {
      if (path === "/reports") {
        reports.push(body);
        return { status: 204, type: "text/plain" };
      }
      return undefined;
    });
  });
  after(async () => {
    await closeBrowser();
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  test(`${count} texts run nothing, load nothing and report nothing`, async (t) => {
    t.diagnostic(`seed ${seed}`);
    write("-seed", seed, "-count", String(count));
    let texts = 0;
    for (const file of await pages()) {
      const found = await open(file);
      assert.deepEqual(
        found.trouble,
        [],
        `page ${file}, seed ${seed}; the texts: go run ./bench/hostile -seed NR -count 1`,
      );
      texts += found.texts;
    }
    assert.equal(texts, count, "texts that are whole");
  });

  test("a rendering that is not safe is seen", async () => {
    for (const [planted, ...seen] of PLANTED) {
      const { trouble } = await open("planted.html", planted);
      for (const kind of seen)
        assert.ok(
          trouble.some((line) => line.startsWith(kind)),
          `${planted}: no ${kind} in ${trouble}`,
        );
    }
  });

  test("the texts would run if they were not rendered", async () => {
    write("-seed", seed, "-count", "100", "-raw");
    const kinds = new Set();
    for (const file of await pages()) {
      for (const line of (await open(file)).trouble) kinds.add(line.split(":")[0]);
    }
    for (const kind of ["ran", "outside", "report", "tag", "attribute"]) {
      assert.ok(kinds.has(kind), `nothing of 100 raw texts was seen as «${kind}», seed ${seed}`);
    }
  });

  function write(...args) {
    execFileSync(join(folder, "hostile"), [...args, "-each", String(EACH), "-out", folder], {
      stdio: "inherit",
    });
  }

  async function pages() {
    const files = (await readdir(folder)).filter((name) => /^\d+\.html$/.test(name)).sort();
    assert.ok(files.length > 0, "no page was written");
    return files;
  }

  /** Opens a page, provokes what is on it, and tells what happened and how many texts it holds. */
  async function open(file, html) {
    reports = [];
    const body = html === undefined ? await readFile(join(folder, file), "utf8") : around(html);
    const context = await (await browser()).newContext();
    const trouble = [];
    await context.exposeFunction("told", (line) => void trouble.push(line));
    await context.addInitScript(watchPage);
    const address = `${server.url}/${file}`;
    await context.route("**", (route) => {
      const url = route.request().url();
      if (url === address)
        return route.fulfill({ body, contentType: "text/html; charset=utf-8", headers: HEADERS });
      if (url.startsWith(`${server.url}/reports`)) return route.continue();
      trouble.push(`outside: ${url}`);
      return route.abort();
    });
    const page = await context.newPage();
    page.on("dialog", (dialog) => dialog.dismiss());
    page.on("framenavigated", (frame) => {
      if (frame.url() !== address && frame.url() !== "about:blank") trouble.push(`left: ${frame.url()}`);
    });
    await page.goto(address, { waitUntil: "load" }).catch((error) => trouble.push(`left: ${error.message}`));
    const texts = await page.evaluate(provoke, { tags: TAGS, attributes: ATTRIBUTES }).catch((error) => {
      trouble.push(`left: ${error.message}`);
      return 0;
    });
    await context.close();
    return { texts, trouble: [...trouble, ...reports.map((report) => `report: ${report}`)] };
  }
});

const HEADERS = {
  "Content-Security-Policy-Report-Only": `${POLICY.replace("; frame-ancestors 'none'", "")}; report-uri /reports`,
};

function around(html) {
  return `<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>x</title></head><body><div class="tekst" data-nr="0">${html}</div></body></html>`;
}

/** What must be seen: a piece of HTML, and the kinds of trouble it is. */
const PLANTED = [
  ["<script>canary(1)</script>", "ran", "report", "tag"],
  ["<img src=x onerror=canary(1)>", "ran", "report", "outside"],
  ["<svg onload=canary(1)>", "ran", "report"],
  ['<p onmouseover="canary(1)">x</p>', "ran", "attribute"],
  ['<a href="javascript:canary(1)">x</a>', "ran", "address"],
  ['<a href="data:text/html,x">x</a>', "address"],
  ['<a href="//elders.example/">x</a>', "address"],
  ['<img src="//elders.example/p.png">', "outside", "report"],
  ['<link rel="stylesheet" href="//elders.example/a.css">', "outside", "report"],
  ['<iframe srcdoc="<script>parent.canary(1)</script>"></iframe>', "ran"],
  ['<meta http-equiv="refresh" content="0;url=//elders.example/">', "outside"],
  ['<p style="color:red">x</p>', "report", "attribute"],
  ['<p id="inhoud">x</p>', "id"],
  ["</div><p>x</p>", "tag"],
];

/** Runs before anything in the page does. */
function watchPage() {
  const ran = (what) => window.told(`ran: ${what}`);
  window.canary = () => ran("canary");
  for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => ran(name);
  window.open = (url) => ran(`open ${url}`);
  document.addEventListener("securitypolicyviolation", (event) => {
    window.told(`report: ${event.violatedDirective} ${event.blockedURI}`);
  });
  // A link may be followed only as far as its address shows.
  document.addEventListener("click", (event) => {
    const scheme = event.target.closest?.("a")?.protocol;
    if (scheme !== "javascript:") event.preventDefault();
  });
}

/** Looks at every element, does to it what a reader may do, and does it again after a second parsing. */
async function provoke({ tags, attributes }) {
  const allowedTags = new Set(tags.split(" "));
  const allowedAttributes = new Set(attributes.split(" "));
  const events =
    "mouseover mouseenter mousemove pointerenter focus blur input change keydown load error toggle animationstart begin start wheel copy paste submit";
  const look = (element) => {
    if (!allowedTags.has(element.tagName)) window.told(`tag: ${element.outerHTML.slice(0, 200)}`);
    for (const { name } of element.attributes) {
      if (!allowedAttributes.has(name))
        window.told(`attribute: ${name} in ${element.outerHTML.slice(0, 200)}`);
    }
    if (element.id && !/^(kop-[a-z0-9-]+|(bij-)?noot-[0-9-]+)$/.test(element.id))
      window.told(`id: ${element.id}`);
    const href = element.getAttribute("href");
    if (href === null) return;
    const url = new URL(href, location.href);
    const own = url.origin === location.origin && !/^([a-z]+:|[\\/]{2})/i.test(href.trim());
    const whole = /^(https?:\/\/[^/]|mailto:|tel:)/i.test(href);
    if (!own && !(whole && ["http:", "https:", "mailto:", "tel:"].includes(url.protocol)))
      window.told(`address: ${href}`);
  };
  const disturb = (element) => {
    for (const name of events.split(" ")) element.dispatchEvent(new Event(name, { bubbles: true }));
    element.click?.();
  };
  const texts = [...document.querySelectorAll("body > div.tekst")];
  for (const element of document.body.children) {
    if (!texts.includes(element)) window.told(`tag: outside its text: ${element.outerHTML.slice(0, 200)}`);
  }
  for (const _ of ["as sent", "parsed again"]) {
    for (const text of texts) {
      for (const element of text.querySelectorAll("*")) {
        look(element);
        disturb(element);
      }
      // biome-ignore lint/correctness/noSelfAssign: it is parsed again
      text.innerHTML = text.innerHTML;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return texts.length;
}
