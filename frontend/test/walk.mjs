// What walks through the demo share: entering as anybody, saying what one does
// and what must then stand on the page, and waiting for what is made elsewhere.
import assert from "node:assert/strict";
import { noHorizontalScroll, shoot } from "./rig.mjs";

const MADE_WITHIN = 60_000; // milliseconds, on a busy machine: what the projector makes

/** Signs in as somebody without a button, through «Iemand anders kiezen». */
export async function enterAs(page, name) {
  await page.goto("/inloggen");
  await page.locator("summary", { hasText: "Iemand anders kiezen" }).click();
  const option = page.locator("#wie option", { hasText: name });
  await page.locator("#wie").selectOption(await option.getAttribute("value"));
  await page.getByRole("button", { name: "Inloggen als deze persoon" }).click();
  await page.getByRole("button", { name: "Afmelden" }).waitFor();
}

/** Presses a button by its whole name; about says which of several equal ones. */
export async function press(page, label, about) {
  await page.getByRole("button", { name: whole(label, about) }).click();
}

/** Follows a link by its whole name, from the main part of the page. */
export async function follow(page, label, about) {
  await page
    .getByRole("main")
    .getByRole("link", { name: whole(label, about) })
    .first()
    .click();
}

function whole(label, about) {
  const quote = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${quote(label)}${about ? `\\s*:\\s*${quote(about)}` : ""}$`);
}

/** The page of the meeting that is planned. */
export async function toPlanned(page) {
  await page.goto("/overleggen");
  const planned = page.getByRole("main").getByRole("listitem").filter({ hasText: "Gepland" });
  await planned.getByRole("link").first().click();
}

/** Waits until the page says every one of the texts. */
export async function says(page, ...texts) {
  for (const text of texts) await page.getByText(text).first().waitFor();
}

/** The words of an element, with single spaces between them. */
export async function words(element) {
  return (await element.textContent()).replace(/\s+/g, " ").trim();
}

/** Asserts that nothing on the page holds any of the texts. */
export async function hides(page, ...texts) {
  const shown = await words(page.locator("body"));
  for (const text of texts)
    assert.ok(!shown.includes(text), `«${text}» stands on ${page.url()}, and must not`);
}

/** Opens the path again until it says the text: what follows from an act is made just after it. */
export async function comesTo(page, path, text) {
  const until = Date.now() + MADE_WITHIN;
  do {
    await page.goto(path);
    if ((await page.getByText(text).count()) > 0) return;
  } while (Date.now() < until);
  assert.fail(`${path} does not say «${text}»:\n${await words(page.locator("main"))}`);
}

/** Where the page stands: its path. */
export function path(page) {
  return new URL(page.url()).pathname;
}

/** Asserts that the page fits its window, and keeps a picture of it. */
export async function look(page, name) {
  await noHorizontalScroll(page);
  await shoot(page, name);
}

/**
 * Remembers every answer that the page receives from now on, its headers too.
 * Each is held until it has been read: a page that is left at once loses
 * nothing. `with` lists the secrets that stand in an answer, and where.
 */
export async function listen(page) {
  const received = [];
  const wire = await page.context().newCDPSession(page);
  const hold = async ({ requestId, request, responseStatusCode, responseHeaders }) => {
    const redirects = responseStatusCode >= 300 && responseStatusCode < 400;
    const read = redirects ? { body: "" } : await wire.send("Fetch.getResponseBody", { requestId });
    const text = Buffer.from(read.body, read.base64Encoded ? "base64" : "utf8").toString("utf8");
    received.push({ url: request.url, text: `${JSON.stringify(responseHeaders)}\n${text}` });
    await wire.send("Fetch.continueResponse", { requestId });
  };
  wire.on("Fetch.requestPaused", (paused) =>
    hold(paused).catch((error) => {
      if (!page.isClosed()) throw error; // it was closed before it had its answer
    }),
  );
  await wire.send("Fetch.enable", { patterns: [{ requestStage: "Response" }] });
  return {
    with: (...secrets) =>
      received.flatMap(({ url, text }) =>
        secrets.filter((word) => text.includes(word)).map((word) => `${word} in ${url}`),
      ),
  };
}

/** Presses Tab until the element has the focus: what a reader without a mouse does. */
export async function tabTo(page, locator) {
  for (let presses = 0; presses < 80; presses++) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${locator} is not reached by keyboard`);
}

/** Posts a form by hand, as nobody does with a button: with the page's own token. Gives the answer. */
export async function postByHand(page, where, fields) {
  const _token = await page.locator("input[name=_token]").first().inputValue();
  return page.request.post(where, {
    form: { _token, ...fields },
    headers: { Origin: new URL(page.url()).origin },
    maxRedirects: 0,
  });
}
