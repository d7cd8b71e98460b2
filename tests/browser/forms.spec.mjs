// What protects a person's work: typing is not lost without a question, what was done can be taken back, and two who
// change the same thing do not overwrite each other.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, context, launch } from "./browser.mjs";
import { account, api, settled, signIn, visit, words } from "./world.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function running(page) {
  const editions = await api(page, "/editions?limit=200", await account("administrator"));
  return editions.items.find((row) => row.edition.status === "running").edition;
}

const question = (page) => page.getByRole("dialog", { name: words("common-leave") });

test("a link away from typed text asks first, and only then", async () => {
  const own = await context(browser, { forAxe: true });
  const page = await signIn(own, "participant", "/account");
  const name = page.getByLabel(words("identity-name"), { exact: true });
  const before = await name.inputValue();
  const programmes = page.getByRole("navigation", { name: words("common-areas") }).getByRole("link", { name: words("common-programmes") });

  await name.fill(`${before} Uusi`);
  await programmes.click();
  await question(page).waitFor();
  assert.deepEqual(await axe(page), []);
  await question(page).getByRole("button", { name: words("common-stay") }).click();
  assert.match(page.url(), /\/account$/);
  assert.equal(await name.inputValue(), `${before} Uusi`);

  // The browser's own back button.
  await visit(page, "/programmes");
  await page.getByRole("link", { name: words("common-privacy"), exact: true }).click();
  await page.goBack();
  await page.waitForURL(/\/programmes$/);

  await page.getByRole("banner").getByRole("link", { name: /Anni/ }).click();
  await name.waitFor();
  await name.fill(`${before} Uusi`);
  await page.evaluate(() => history.back());
  await question(page).waitFor();
  assert.match(page.url(), /\/account$/);
  await question(page).getByRole("button", { name: words("common-discard") }).click();
  await page.waitForURL(/\/programmes$/);

  // Typed and put back is not unsaved; nor is what has been saved.
  await visit(page, "/account");
  await name.fill("x");
  await name.fill(before);
  await programmes.click();
  await page.waitForURL(/\/programmes$/);
  await visit(page, "/account");
  await name.fill(`${before} Toinen`);
  await page.getByRole("button", { name: words("common-save"), exact: true }).click();
  await page.getByText(words("identity-own-saved")).waitFor();
  await programmes.click();
  await page.waitForURL(/\/programmes$/);
  await visit(page, "/account");
  await name.fill(before);
  await page.getByRole("button", { name: words("common-save"), exact: true }).click();
  await page.getByText(words("identity-own-saved")).waitFor();
  assert.deepEqual(page.troubles, []);
  await own.close();
});

test("closing the window or a dialog over typed text asks first", async () => {
  const own = await context(browser);
  const page = await signIn(own, "administrator", "/admin/organisations");
  const asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    dialog.accept();
  });
  await page.reload();
  await settled(page);
  assert.deepEqual(asked, [], "nothing typed, nothing asked");

  await page.getByRole("button", { name: words("identity-organisation-new") }).click();
  const form = page.getByRole("dialog", { name: words("identity-organisation-form") });
  await form.getByLabel(words("identity-name"), { exact: true }).fill("Keskeneräinen");
  await form.getByRole("button", { name: words("common-close") }).click();
  await question(page).getByRole("button", { name: words("common-stay") }).click();
  assert.equal(await form.getByLabel(words("identity-name"), { exact: true }).inputValue(), "Keskeneräinen");
  await page.reload();
  await settled(page);
  assert.deepEqual(asked, ["beforeunload"]);

  await page.getByRole("button", { name: words("identity-organisation-new") }).click();
  await form.getByLabel(words("identity-name"), { exact: true }).fill("Keskeneräinen");
  await page.keyboard.press("Escape");
  await question(page).getByRole("button", { name: words("common-discard") }).click();
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  await own.close();
});

/** What the list holds, without what a new row has of its own. */
async function listed(page, path, role, pick) {
  const list = await api(page, path, await account(role));
  return list.items.map(pick).sort();
}

test("what is removed from an edition can be taken back", async () => {
  const own = await context(browser, { forAxe: true });
  const page = await signIn(own, "facilitator");
  const { id } = await running(page);
  const days = () => listed(page, `/editions/${id}/contact-days?limit=200`, "facilitator", (day) => JSON.stringify([day.title, day.starts_at, day.ends_at, day.place, day.agenda, day.facilitators]));
  await visit(page, `/editions/${id}`);
  const daysBefore = await days();
  await page.getByRole("button", { name: words("training-remove-day") }).first().click();
  await page.getByText(words("training-day-removed")).waitFor();
  assert.equal((await days()).length, daysBefore.length - 1);
  assert.deepEqual(await axe(page), []);
  await page.getByRole("button", { name: words("common-undo") }).click();
  await page.getByText(words("training-day-restored")).waitFor();
  assert.deepEqual(await days(), daysBefore);

  // A group that nobody is in.
  const groups = () => listed(page, `/editions/${id}/groups?limit=200`, "facilitator", (group) => `${group.name} ${group.lang}`);
  await visit(page, `/editions/${id}?view=groups`);
  await page.getByRole("button", { name: words("training-add-group") }).click();
  const form = page.getByRole("dialog", { name: words("training-group-form") });
  await form.getByLabel(words("training-field-group-name")).fill("Väliaikaiset");
  await form.getByRole("button", { name: words("common-save"), exact: true }).click();
  await page.getByRole("heading", { name: "Väliaikaiset" }).waitFor();
  const groupsBefore = await groups();
  const remove = page.getByRole("button", { name: words("training-remove-group-named").replace("{ $name }", "Väliaikaiset") });
  await remove.click();
  await page.getByText(words("training-group-removed")).waitFor();
  assert.equal((await groups()).length, groupsBefore.length - 1);
  // By keyboard, and after leaving the page.
  await page.getByRole("navigation", { name: words("common-areas") }).getByRole("link", { name: words("common-programmes") }).click();
  await page.waitForURL(/\/programmes$/);
  await page.keyboard.press("Control+z");
  await page.getByText(words("training-group-restored")).waitFor();
  assert.deepEqual(await groups(), groupsBefore);
  assert.deepEqual(page.troubles, []);

  // What cannot be taken back says why.
  await visit(page, `/editions/${id}?view=groups`);
  await remove.click();
  await page.getByText(words("training-group-removed")).waitFor();
  await own.route("**/groups", (route) => route.abort());
  await page.getByRole("button", { name: words("common-undo") }).click();
  await page.getByRole("status").getByText(words("common-offline-help")).first().waitFor();
  await page.locator(".toast").getByText(words("common-offline-help")).waitFor();
  await own.close();
});

test("a participant's place and group can be taken back", async () => {
  const own = await context(browser);
  const page = await signIn(own, "facilitator");
  const { id } = await running(page);
  const places = () => listed(page, `/editions/${id}/enrolments?limit=200`, "facilitator", (place) => `${place.account_id} ${place.group_id}`);
  await visit(page, `/editions/${id}?view=people`);
  const before = await places();
  const anni = page.getByRole("row", { name: /Anni/ });
  const group = anni.getByRole("combobox");
  const was = await group.inputValue();
  await group.selectOption("");
  await page.getByText(words("training-group-chosen"), { exact: true }).waitFor();
  assert.notDeepEqual(await places(), before);
  await page.getByRole("button", { name: words("common-undo") }).click();
  await page.getByText(words("training-group-chosen-back")).waitFor();
  assert.deepEqual(await places(), before);
  await page.waitForFunction(([id, was]) => document.getElementById(id)?.value === was, [await group.getAttribute("id"), was]);

  // One who has not answered can be taken off.
  await anni.getByRole("button").click();
  await page.getByText(words("training-enrolment-removed")).waitFor();
  assert.equal((await places()).length, before.length - 1);
  await page.getByRole("button", { name: words("common-undo") }).click();
  await page.getByText(words("training-enrolment-restored")).waitFor();
  assert.deepEqual(await places(), before);
  assert.deepEqual(page.troubles, []);
  await own.close();
});

test("a role that was ended can be given back, except one's own", async () => {
  const own = await context(browser);
  const page = await signIn(own, "administrator");
  const admin = await account("administrator");
  const accounts = (await api(page, "/accounts?limit=200", admin)).items;
  const auditor = accounts.find((known) => known.email.startsWith("tarkastaja"));
  const valid = async (id) => (await api(page, `/grants?account_id=${id}&limit=200`, admin)).items.filter((grant) => !grant.valid_to).map((grant) => grant.role);
  await visit(page, `/admin/accounts/${auditor.id}`);
  const end = page.getByRole("button", { name: new RegExp(`^${words("identity-grant-end")}`) });
  await end.first().click();
  await page.getByText(words("identity-grant-ended")).waitFor();
  assert.deepEqual(await valid(auditor.id), []);
  await page.getByRole("button", { name: words("common-undo") }).click();
  await page.getByText(words("identity-grant-restored")).waitFor();
  assert.deepEqual(await valid(auditor.id), ["auditor"]);

  const self = accounts.find((known) => known.email === admin.email);
  await visit(page, `/admin/accounts/${self.id}`);
  await end.first().click();
  const ask = page.getByRole("dialog", { name: words("identity-grant-end") });
  await ask.getByText(self.name).waitFor();
  await ask.getByRole("button", { name: words("common-cancel") }).click();
  assert.deepEqual(await valid(self.id), ["administrator"]);
  assert.deepEqual(page.troubles, []);
  await own.close();
});

test("two who change the same thing keep what each has changed", async () => {
  const own = await context(browser, { forAxe: true });
  const page = await signIn(own, "administrator", "/admin/units");
  const admin = await account("administrator");
  const unit = (await api(page, "/units?limit=200", admin)).items[0];
  const read = async () => (await api(page, "/units?limit=200", admin)).items.find((known) => known.id === unit.id);
  const edit = page.getByRole("button", { name: words("identity-edit-named").replace("{ $name }", unit.name), exact: true });
  const form = page.getByRole("dialog", { name: words("identity-unit-form") });
  const change = (changes) =>
    page.evaluate(
      async ([id, version, changes, { email, password }]) => {
        const json = { "Content-Type": "application/json" };
        const signedIn = await fetch("/api/v1/sessions", { method: "POST", headers: json, body: JSON.stringify({ email, password, kind: "device" }) });
        const { access_token } = await signedIn.json();
        const headers = {
          Authorization: `Bearer ${access_token}`, "If-Match": `"v${version}"`, "Content-Type": "application/merge-patch+json",
          "Idempotency-Key": crypto.randomUUID(),
        };
        return (await fetch(`/api/v1/units/${id}`, { method: "PATCH", headers, body: JSON.stringify(changes) })).status;
      },
      [unit.id, changes.version, changes.fields, admin],
    );

  // Different fields: both stand, and nobody is asked.
  await edit.click();
  await form.getByLabel(words("identity-name"), { exact: true }).fill(`${unit.name} A`);
  assert.equal(await change({ version: unit.version, fields: { municipality: "Toivakka" } }), 200);
  await form.getByRole("button", { name: words("common-save"), exact: true }).click();
  await page.getByText(words("identity-unit-saved")).waitFor();
  let now = await read();
  assert.deepEqual([now.name, now.municipality], [`${unit.name} A`, "Toivakka"]);

  // The same field: the person chooses.
  const again = page.getByRole("button", { name: words("identity-edit-named").replace("{ $name }", now.name), exact: true });
  await again.click();
  await form.getByLabel(words("identity-name"), { exact: true }).fill(`${unit.name} B`);
  assert.equal(await change({ version: now.version, fields: { name: `${unit.name} C` } }), 200);
  await form.getByRole("button", { name: words("common-save"), exact: true }).click();
  const conflict = page.getByRole("dialog", { name: words("common-conflict") });
  await conflict.getByText(`${unit.name} C`).waitFor();
  assert.deepEqual(await axe(page), []);
  await conflict.getByRole("radio", { name: new RegExp(words("common-theirs")) }).check();
  await conflict.getByRole("button", { name: words("common-save-chosen") }).click();
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  now = await read();
  assert.equal(now.name, `${unit.name} C`);
  assert.equal(await change({ version: now.version, fields: { name: unit.name, municipality: unit.municipality } }), 200);
  await own.close();
});
