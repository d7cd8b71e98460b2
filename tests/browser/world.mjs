// What the specs know of the demo world: its accounts, its words, and how a person signs in.
import { readdirSync, readFileSync } from "node:fs";
import { demoAccounts, open, ready } from "./browser.mjs";

const LOCALES = new URL("../../shared/locales/", import.meta.url);

/** The texts of one language, by key; a text over several lines is not among them. */
function catalogue(lang) {
  const folder = new URL(`${lang}/`, LOCALES);
  const lines = readdirSync(folder).flatMap((file) => readFileSync(new URL(file, folder), "utf8").split("\n"));
  const pairs = lines.map((line) => /^([a-z][a-z0-9-]*) = (.+)$/.exec(line)).filter(Boolean);
  return new Map(pairs.map(([, key, text]) => [key, text]));
}

const catalogues = new Map(["fi", "sv", "en"].map((lang) => [lang, catalogue(lang)]));

/** The words that a person sees for a key. */
export function words(key, lang = "fi") {
  const text = catalogues.get(lang).get(key);
  if (!text) {
    throw new Error(`no text for ${key} in ${lang}`);
  }
  return text;
}

/** E-mail and password of a role's demo account. */
export async function account(role) {
  const lines = (await demoAccounts()).split("\n").filter((line) => line && !line.startsWith("#"));
  const found = lines.map((line) => line.split("\t")).find(([name]) => name === role);
  if (!found) {
    throw new Error(`no demo account for ${role}`);
  }
  return { email: found[1], password: found[2] };
}

/** Signs in by hand, at the address that was asked for. `who` is a role of the demo world or an account. */
export async function signIn(context, who, path = "/", lang = "fi") {
  const { email, password } = typeof who === "string" ? await account(who) : who;
  const page = await open(context, path);
  await page.getByLabel(words("common-email", lang), { exact: true }).fill(email);
  await page.getByLabel(words("common-password", lang), { exact: true }).fill(password);
  await page.getByRole("button", { name: words("common-sign-in", lang) }).click();
  await page.locator(".frame.signed-in").waitFor();
  await settled(page);
  return page;
}

/** Goes to an address by loading it anew, as a bookmark does. */
export async function visit(page, path) {
  await page.goto(path);
  await ready(page);
  await settled(page);
}

/** Waits until nothing is loading any more. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector("h1") && !document.querySelector(".skeleton"), undefined, { timeout: 20_000 });
}

/** Waits until nothing has come for half a second. A page that hears of changes is never without a request. */
export async function quiet(page) {
  await settled(page);
  await page.waitForFunction(() => {
    const ends = performance.getEntriesByType("resource").map((one) => one.responseEnd);
    return performance.now() - Math.max(0, ...ends) > 500;
  });
}

/** Reads the API as the page's own account. */
export async function api(page, path, { email, password }) {
  return page.evaluate(
    async ([path, email, password]) => {
      const headers = { "Content-Type": "application/json" };
      const signedIn = await fetch("/api/v1/sessions", { method: "POST", headers, body: JSON.stringify({ email, password, kind: "device" }) });
      const { access_token } = await signedIn.json();
      const answer = await fetch(`/api/v1${path}`, { headers: { Authorization: `Bearer ${access_token}` } });
      return answer.json();
    },
    [path, email, password],
  );
}

/** Every page that an account may open, as the administrator would: each role sees its own of it. */
export async function addresses(page) {
  const own = await account("administrator");
  const editions = await api(page, "/editions?limit=200", own);
  const accounts = await api(page, "/accounts?limit=1", own);
  const clients = await api(page, "/api-clients", own);
  const projects = await api(page, "/projects?limit=1", own);
  const running = editions.items.find((row) => row.edition.assessment !== "published") ?? editions.items[0];
  const closed = editions.items.find((row) => row.edition.assessment === "published");
  return [
    "/",
    "/programmes",
    `/programmes/${closed.edition.programme_id}`,
    `/programmes/${closed.edition.programme_id}/results`,
    `/editions/${running.edition.id}`,
    `/editions/${closed.edition.id}`,
    "/projects",
    "/projects/list",
    "/projects/new",
    `/projects/${projects.items[0].id}`,
    "/admin/organisations",
    "/admin/units",
    "/admin/accounts",
    `/admin/accounts/${accounts.items[0].id}`,
    "/admin/clients",
    `/admin/clients/${clients.items[0].id}`,
    "/admin/sign-in",
    "/admin/audit",
    "/admin/accessibility",
    "/account",
    "/privacy",
    "/accessibility",
    "/nowhere",
  ];
}

/** Makes the first administrator of an empty installation, on the page that its one-time address opens. */
export async function redeemFirst(page) {
  const own = { email: "ensimmainen@example.fi", password: "kolme-iloista-ahven-parvea" };
  await page.getByLabel(words("identity-name"), { exact: true }).fill("Aino Ensimmäinen");
  await page.getByLabel(words("identity-email"), { exact: true }).fill(own.email);
  await page.getByLabel(words("identity-password-new"), { exact: true }).fill(own.password);
  await page.getByRole("button", { name: words("identity-first-create") }).click();
  await page.getByText(words("identity-redeemed-first")).waitFor();
  return own;
}
