// Signing in and what can go wrong with it, through the demo in a real browser.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import {
  checkPage,
  checkView,
  closeBrowser,
  login,
  missing,
  newPage,
  shoot,
  signedIn,
  startApp,
} from "./rig.mjs";

let app;

before(async () => {
  if (!missing) app = await startApp();
});

after(async () => {
  await closeBrowser();
  await app?.stop();
});

/** The code that an authenticator shows for a secret now (RFC 6238). */
function code(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")]
    .map((l) => letters.indexOf(l).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const sum = createHmac("sha1", key).update(step).digest();
  const at = sum[19] & 15;
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("an invitation leads to an account that signs in with password and code", {
  skip: missing,
}, async () => {
  const password = "fietsen langs de waterkant";
  const admin = await signedIn("Beheerder", { url: app.url });
  await admin.goto("/accounts/nieuw");
  await admin.getByLabel("Naam").fill("Nieuw Lid");
  await admin.getByLabel("E-mailadres").fill("nieuw.lid@voorbeeld.nl");
  await admin.getByRole("checkbox", { name: "SOM-lid" }).check();
  await admin.getByRole("button", { name: "Uitnodigen" }).click();
  const link = await admin.getByLabel("Link", { exact: true }).inputValue();
  await checkView(admin);
  await admin.done();

  const page = await newPage({ url: app.url, size: "phone" });
  await page.goto(link);
  await checkView(page);
  await page.getByLabel("Nieuw wachtwoord", { exact: true }).fill(password);
  await page.getByLabel("Nieuw wachtwoord, nog een keer").fill(password);
  await page.getByRole("button", { name: "Verder" }).click();
  const secret = await page.locator("#sleutel").textContent();
  await checkView(page);
  await shoot(page, "uitnodiging-code");
  await page.getByRole("textbox", { name: "Code" }).fill("000000");
  await page.getByRole("button", { name: "Klaar" }).click();
  await page.getByRole("alert").getByText("Deze code klopt niet").waitFor();
  await page.getByRole("textbox", { name: "Code" }).fill(code(secret));
  await page.getByRole("button", { name: "Klaar" }).click();
  await page.getByText("Uw account is klaar.").waitFor();

  await page.getByRole("button", { name: "Afmelden" }).click();
  await page.goto("/inloggen");
  await page.getByLabel("E-mailadres").fill("nieuw.lid@voorbeeld.nl");
  await page.getByLabel("Wachtwoord").fill("een heel ander woord");
  await page.getByRole("button", { name: "Verder" }).click();
  await page.getByRole("alert").getByText("Het e-mailadres of het wachtwoord klopt niet.").waitFor();
  assert.equal(await page.getByLabel("E-mailadres").inputValue(), "nieuw.lid@voorbeeld.nl");
  assert.equal(await page.getByLabel("Wachtwoord").inputValue(), "");
  await page.getByLabel("Wachtwoord").fill(password);
  await page.getByRole("button", { name: "Verder" }).click();
  await page.getByRole("heading", { name: "Code invullen" }).waitFor();
  await checkView(page);
  await page.done();
});

test("a form sent after the session has gone is there again after signing in", {
  skip: missing,
}, async () => {
  const typed = "De tolk zegt vaak op het laatste moment af.\nDan gaat de intake niet door.";
  const page = await signedIn("Zorgcoördinator", { url: app.url });
  await page.goto("/inbreng/nieuw");
  await page.getByLabel("Wat ziet u?").fill(typed);
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Controleren en indienen" }).last().click();
  await page.getByText("Uw formulier is er nog").waitFor();
  await checkView(page);
  await page.getByRole("button", { name: "Zorgcoördinator", exact: true }).click();
  await page.getByRole("heading", { name: "Verder met uw formulier" }).waitFor();
  await checkView(page);
  await page.getByRole("button", { name: "Verder met uw formulier" }).click();
  assert.equal(await page.getByLabel("Wat ziet u?").inputValue(), typed);
  await page.done();
});

test("after signing in comes the page that was asked for", { skip: missing }, async () => {
  const page = await newPage({ url: app.url, javaScript: false });
  await page.goto("/mijn-gegevens");
  await page.getByRole("button", { name: "SOM-lid", exact: true }).click();
  await page.getByRole("heading", { name: "Mijn gegevens" }).waitFor();
  await page.done();
});

test("going back after signing out shows nothing", { skip: missing }, async () => {
  const page = await signedIn("Beheerder", { url: app.url });
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Afmelden" }).click();
  await page.waitForURL(`${app.url}/`);
  await page.goBack();
  await page.getByRole("heading", { name: "Inloggen", exact: true }).waitFor();
  assert.equal(await page.getByRole("table").count(), 0);
  await page.done();
});

test("light or dark is kept on the account", { skip: missing }, async () => {
  const page = await signedIn("Tweede lezer", { url: app.url });
  await page.goto("/weergave");
  await page.getByRole("radio", { name: "Donker" }).check();
  await page.getByRole("button", { name: "Bewaren" }).click();
  await page.getByText("Uw keuze is bewaard.").waitFor();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  await page.context().clearCookies();
  await login(page, "Tweede lezer");
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  await page.done();
});

test("the pages about people hold on every size and scheme", { skip: missing }, async () => {
  for (const [label, paths] of [
    ["Beheerder", ["/accounts", "/accounts/nieuw", "/accounts/logboek", "/beheer", "/berichten"]],
    ["Zorgcoördinator", ["/mijn-gegevens", "/mijn-gegevens/sessies", "/weergave", "/berichten", "/beheer"]],
  ]) {
    const page = await signedIn(label, { url: app.url });
    for (const path of paths) await checkPage(page, path);
    await page.done();
  }
});
