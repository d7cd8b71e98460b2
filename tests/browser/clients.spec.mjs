// An administrator makes an API client on screen, and what stands there to be copied makes a first call.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, context, DESK, launch } from "./browser.mjs";
import { settled, signIn, words } from "./world.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Gets a token as the lines for the first call say, and calls what they call; the statuses. */
function firstCall(page, lines) {
  return page.evaluate(async (lines) => {
    const [, id] = /CLIENT_ID=(\S+)/.exec(lines);
    const [, secret] = /CLIENT_SECRET=(\S+)/.exec(lines);
    const [, door] = /TOKEN=\$\(curl -s (\S+)/.exec(lines);
    const [, address] = /\ncurl -s (\S+)/.exec(lines);
    const form = new URLSearchParams({ grant_type: "client_credentials", client_id: id, client_secret: secret });
    // As a program does: a browser of a person would ask them for a name and a password when it is refused.
    const given = await fetch(door, { method: "POST", body: form, credentials: "omit" });
    const { access_token } = await given.json();
    const called = await fetch(address, { headers: { Authorization: `Bearer ${access_token}` }, credentials: "omit" });
    return [given.status, called.status];
  }, lines);
}

test("a client is made, used, given a second secret and taken out of use", async () => {
  const desk = await context(browser, { viewport: DESK, forAxe: true });
  const page = await signIn(desk, "administrator", "/admin/clients");
  const dialog = page.getByRole("dialog");
  const press = (key) => page.getByRole("button", { name: words(key), exact: true });
  await press("clients-new").first().click();
  await dialog.getByLabel(words("clients-name"), { exact: true }).fill("Kokeilu");
  await dialog.getByLabel(words("clients-purpose")).fill("Hakee toteutukset.");
  await dialog.getByLabel(words("clients-contact")).fill("rajapinnat@example.fi");
  await press("clients-new-save").click();
  await dialog.getByText(words("fault-no-scope")).first().waitFor();
  await dialog.getByLabel(words("clients-scope-training-read")).check();
  assert.deepEqual(await axe(page), [], "the form");
  await press("clients-new-save").click();

  const code = dialog.locator("pre");
  await code.waitFor();
  assert.deepEqual(await axe(page), [], "the secret and the first call");
  const lines = await code.textContent();
  assert.deepEqual(await firstCall(page, lines), [200, 200]);
  await dialog.getByRole("link", { name: "Kokeilu" }).click();
  await settled(page);
  assert.ok(!(await page.content()).includes(/CLIENT_SECRET=(\S+)/.exec(lines)[1]), "shown once");

  await press("clients-secret-new").click();
  await press("clients-secret-new-save").click();
  await code.waitFor();
  const second = await code.textContent();
  assert.deepEqual(await firstCall(page, second), [200, 200]);
  await dialog.filter({ has: page.locator("pre") }).getByRole("button", { name: words("common-close") }).click();
  await page.getByText(words("clients-secrets-full")).waitFor();
  assert.deepEqual(await firstCall(page, lines), [200, 200], "both work");

  await press("clients-deactivate").first().click();
  await dialog.getByRole("button", { name: words("clients-deactivate"), exact: true }).click();
  await page.getByText(words("clients-status-deactivated")).first().waitFor();
  assert.deepEqual(await firstCall(page, second), [401, 401]);
  await desk.close();
});
