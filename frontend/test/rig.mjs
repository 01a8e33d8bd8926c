// What every browser test needs: the built program in a folder of its own, a
// real Chromium, and the checks that hold on every page. A page made here
// remembers every console error, blocked resource and failed answer, and
// `done` fails on any of them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import { htmlRules } from "./html_rules.mjs";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The sizes every page is looked at: a phone and a desk. */
export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
export const schemes = ["light", "dark"];

// In milliseconds. A busy machine takes its time: who is right waits for nothing
// so long.
const READY_WITHIN = 180_000; // the demo loads its season first
const DONE_WITHIN = 60_000; // one step of a test
const LOADED_WITHIN = 15_000; // a page that is left: one that never is, is closed all the same
const CLOSED_WITHIN = 5_000;
const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Why browser tests cannot run here, or false. Hand it to node:test's `skip`. */
export const missing = existsSync(chromiumPath) ? false : `no Chromium at ${chromiumPath} (set CHROMIUM)`;

// --- the program ---------------------------------------------------------------

/**
 * Starts `ruggespraak demo` (or other arguments) on a free port and an empty
 * data folder. Resolves when the program has printed its address.
 */
export async function startApp({
  command = "demo",
  args = [],
  env = {},
  binary = join(root, "bin/ruggespraak"),
} = {}) {
  const data = await mkdtemp(join(tmpdir(), "ruggespraak-"));
  const child = spawn(binary, [command, "--listen", "127.0.0.1:0", "--data", data, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A run that is cut short leaves no program behind.
  const last = () => child.kill("SIGKILL");
  process.once("exit", last);
  process.once("SIGTERM", () => process.exit(1));
  const printed = [];
  const stop = async () => {
    process.off("exit", last);
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    }
    await rm(data, { recursive: true, force: true });
  };
  try {
    const url = await printedAddress(child, printed);
    return { url, data, child, printed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function printedAddress(child, printed) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${why}; it printed:\n${printed.join("\n")}`));
    const timer = setTimeout(() => fail("the program named no address"), READY_WITHIN);
    child.once("error", (error) => fail(String(error)));
    child.once("exit", (code) => fail(`the program ended with ${code}`));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        printed.push(line);
        const url = /https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):[1-9]\d*/.exec(line)?.[0];
        if (!url) return;
        clearTimeout(timer);
        resolve(url);
      });
    }
  });
}

// --- the browser ---------------------------------------------------------------

let launched;

/** The one browser of this test file; end it with closeBrowser. */
export function browser() {
  launched ??= chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", "--disable-gpu"] });
  return launched;
}

export async function closeBrowser() {
  const running = await launched;
  launched = undefined;
  await running?.close();
}

/**
 * A page in a context of its own, so with its own cookies. `page.trouble`
 * fills with what went wrong; `page.done()` asserts that nothing did and
 * closes the context.
 */
export async function newPage({ url, size = "desk", scheme = "light", javaScript = true } = {}) {
  const context = await (await browser()).newContext({
    baseURL: url,
    viewport: sizes[size],
    colorScheme: scheme,
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    javaScriptEnabled: javaScript,
  });
  context.setDefaultTimeout(DONE_WITHIN);
  const page = await context.newPage();
  page.trouble = [];
  watch(page);
  page.done = async () => {
    // Chromium sometimes never answers when its page is closed half loaded.
    await page.waitForLoadState("load", { timeout: LOADED_WITHIN }).catch(() => undefined);
    const trouble = [...page.trouble];
    await Promise.race([context.close(), after(CLOSED_WITHIN)]);
    assert.deepEqual(trouble, [], "console errors, blocked resources or failed answers");
  };
  return page;
}

/** Resolves after a while, and holds no program open. */
function after(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function watch(page) {
  page.on("pageerror", (error) => page.trouble.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A failed answer is judged below, with its kind and status.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      page.trouble.push(`console on ${page.url()}: ${message.text()}`);
  });
  page.on("response", (response) => {
    const kind = response.request().resourceType();
    const limit = kind === "document" || kind === "fetch" ? 500 : 400;
    if (response.status() >= limit) page.trouble.push(`${response.status()} for ${kind} ${response.url()}`);
  });
}

/** Signs in with one of the demo's buttons on /inloggen, such as «Voorzitter». */
export async function login(page, label) {
  await page.goto("/inloggen");
  await page.getByRole("button", { name: label, exact: true }).click();
  await page.getByRole("button", { name: "Afmelden" }).waitFor();
}

/** A new page that is signed in already. */
export async function signedIn(label, options) {
  const page = await newPage(options);
  await login(page, label);
  return page;
}

// --- checks that hold on every page ----------------------------------------------

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * Asserts that axe finds nothing in the page as it is now; rules may name some
 * only. The legacy mode opens no second page for what frames hold: none may be
 * in a page of ours.
 */
export async function axe(page, rules) {
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await (rules ? builder.withRules(rules) : builder.withTags(TAGS)).analyze();
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) => `${id}: ${help}\n    ${node.html}\n    ${node.failureSummary?.replaceAll("\n", " ")}`,
    ),
  );
  assert.deepEqual(told, [], `axe on ${page.url()}`);
}

const validator = new HtmlValidate(htmlRules);

/** Asserts that html, as the server sent it, is valid. */
export async function htmlValidate(html, name = "page") {
  const report = await validator.validateString(html, `${name}.html`);
  const told = report.results.flatMap(({ messages }) =>
    messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`),
  );
  assert.deepEqual(told, [], `html-validate on ${name}`);
}

/** Asserts that the page is no wider than its window. */
export async function noHorizontalScroll(page) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > room + 0.5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
  assert.deepEqual(wide, [], `wider than the window: ${page.url()}`);
}

/**
 * The whole of what must hold on a page: valid HTML as sent, on a phone and a
 * desk no axe finding and no horizontal scroll, and enough contrast in the
 * dark. Goes to path first.
 */
export async function checkPage(page, path) {
  const response = await page.goto(path);
  await htmlValidate(await response.text(), path);
  await checkView(page);
  return response;
}

/** The part of checkPage that is quick: valid HTML and no horizontal scroll on a phone. */
export async function glance(page, path) {
  const response = await page.goto(path);
  await htmlValidate(await response.text(), path);
  const before = page.viewportSize();
  await page.setViewportSize(sizes.phone);
  await noHorizontalScroll(page);
  await page.setViewportSize(before);
  return response;
}

/** As checkPage, for a page one arrived at by posting or clicking. */
export async function checkView(page) {
  const before = page.viewportSize();
  for (const size of Object.values(sizes)) {
    await page.setViewportSize(size);
    await noHorizontalScroll(page);
    await page.emulateMedia({ colorScheme: "light" });
    await axe(page);
  }
  // A scheme changes colours and nothing else.
  await page.emulateMedia({ colorScheme: "dark" });
  await axe(page, ["color-contrast"]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(before);
}

/** Keeps a picture of the page when SHOTS names a folder. */
export async function shoot(page, name) {
  if (!process.env.SHOTS) return;
  await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
}
