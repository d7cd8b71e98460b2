// A session that has ended elsewhere costs a person a password, not what they were about to save.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE_URL, context, launch } from "./browser.mjs";
import { account, settled, signIn, words } from "./world.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Ends every session of an account, as its owner can from another device, and waits until the server knows it everywhere. */
async function endSessions(own, { email, password }) {
  const data = { email, password, kind: "device" };
  const signedIn = await own.request.post(`${BASE_URL}/api/v1/sessions`, { data });
  const headers = { Authorization: `Bearer ${(await signedIn.json()).access_token}`, "Idempotency-Key": crypto.randomUUID() };
  const ended = await own.request.post(`${BASE_URL}/api/v1/sessions/sign-out-everywhere`, { headers });
  assert.ok(ended.ok(), await ended.text());
  // This token was looked up after the page's, so what is remembered of the page's has run out when it has.
  while ((await own.request.get(`${BASE_URL}/api/v1/me`, { headers })).status() !== 401);
}

test("an ended session asks for the password, and what was being saved is saved", async () => {
  const own = await context(browser);
  const page = await signIn(own, "participant", "/account");
  const mine = await account("participant");
  await endSessions(await browser.newContext(), mine);
  await page.getByRole("button", { name: words("common-save") }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(words("common-password"), { exact: true }).fill(mine.password);
  await dialog.getByRole("button", { name: words("common-sign-in") }).click();
  await page.getByText(words("identity-own-saved")).waitFor();
  await settled(page);
  await own.close();
});
