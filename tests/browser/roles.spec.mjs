// What each role is told on its start page, in figures that the API bears out, and what a page says to those who may
// not open it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, context, DESK, launch, PHONE } from "./browser.mjs";
import { account, api, settled, signIn, visit, words } from "./world.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A role's start page on a desk or a phone, drawn to its end. */
async function start(role, viewport = DESK) {
  const own = await context(browser, { viewport, forAxe: true });
  const page = await signIn(own, role);
  await page.waitForLoadState("networkidle");
  await settled(page);
  return page;
}

async function leave(page) {
  assert.deepEqual(page.troubles, []);
  await page.context().close();
}

test("a unit manager sees who of the unit is away and what changes in it", async () => {
  const page = await start("unit_manager");
  const own = await account("unit_manager");
  const me = await api(page, "/me", own);
  const unit = me.grants.find((grant) => grant.role === "unit_manager").scope.id;
  const places = (await api(page, `/enrolments?unit_id=${unit}&limit=200`, own)).items;
  const editions = (await api(page, "/editions?limit=200", own)).items.map((row) => row.edition);
  const closed = new Set(editions.filter((edition) => edition.status === "closed").map((edition) => edition.id));
  const now = places.filter((place) => !closed.has(place.edition_id));
  assert.ok(now.length > 0 && now.length < places.length, "the demo world has somebody now and somebody earlier");
  const groups = new Set(places.map((place) => place.group_id));
  const projects = [];
  for (const id of new Set(places.map((place) => place.edition_id))) {
    projects.push(...(await api(page, `/projects?edition_id=${id}&limit=200`, own)).items.filter((project) => groups.has(project.group_id)));
  }
  assert.ok(projects.length > 0, "the unit's people have projects");

  const figure = (key) => page.locator("dt", { hasText: new RegExp(`^${words(key)}$`) }).locator("xpath=following-sibling::dd").innerText();
  assert.equal(await figure("start-figure-now"), String(now.length));
  assert.equal(await figure("start-figure-ever"), String(new Set(places.map((place) => place.account_id)).size));
  assert.equal(await figure("start-figure-in-use"), String(projects.filter((project) => project.stage === "in_use").length));
  const people = page.getByRole("table", { name: words("start-who-takes-part") });
  assert.equal(await people.getByRole("rowheader").count(), now.length);
  assert.ok(await people.getByText(now[0].name).isVisible());
  const changes = page.getByRole("table", { name: words("start-what-changes") });
  assert.deepEqual((await changes.getByRole("rowheader").allInnerTexts()).sort(), projects.map((project) => project.title).sort());
  assert.deepEqual(await axe(page), []);
  await leave(page);
});

test("an auditor sees what is out of the ordinary", async () => {
  const stranger = await context(browser);
  const trying = await stranger.newPage();
  await visit(trying, "/");
  const { email } = await account("auditor");
  const refused = trying.waitForResponse((response) => response.url().endsWith("/api/v1/sessions") && response.status() === 401);
  await trying.getByLabel(words("common-email"), { exact: true }).fill(email);
  await trying.getByLabel(words("common-password"), { exact: true }).fill("not-the-right-password");
  await trying.getByRole("button", { name: words("common-sign-in") }).click();
  await refused;
  await stranger.close();

  const page = await start("auditor");
  const own = await account("auditor");
  const since = new Date(Date.now() - 30 * 24 * 3600 * 1000).toISOString();
  const events = (await api(page, `/audit-events?action=sign_in_refused&limit=200&from=${since}`, own)).items;
  assert.ok(events.length > 0);
  const row = page.getByRole("table", { name: words("start-events") }).getByRole("row", { name: words("audit-action-sign-in-refused") });
  assert.equal((await row.getByRole("link").innerText()).trim(), String(events.length));
  const latest = page.getByRole("table", { name: words("start-latest") });
  assert.ok((await latest.getByRole("rowheader").count()) > 0);
  assert.equal(await latest.getByText(words("audit-action-signed-in"), { exact: true }).count(), 0, "everyday events are left out");
  assert.deepEqual(await axe(page), []);
  await row.getByRole("link").click();
  await page.waitForURL(/action=sign_in_refused/);
  await settled(page);
  const shown = page.getByRole("table", { name: words("audit-title") }).getByRole("rowheader");
  await shown.first().waitFor();
  assert.equal(await shown.count(), events.length, "the figure leads to what it is made of");
  await leave(page);
});

test("a participant, a facilitator, a coordinator and an administrator are told their figures", async () => {
  const participant = await start("participant", PHONE);
  assert.ok(await participant.getByRole("heading", { name: words("start-own-group") }).isVisible());
  assert.deepEqual(await axe(participant), []);
  await leave(participant);

  const facilitator = await start("facilitator");
  const lags = facilitator.getByRole("heading", { name: words("start-who-lags") }).locator("xpath=following-sibling::*");
  assert.ok((await lags.first().innerText()).trim().length > 0);
  const programme = (await api(facilitator, "/programmes", await account("facilitator"))).items[0];
  const results = await api(facilitator, `/programmes/${programme.id}/results`, await account("facilitator"));
  assert.equal(await facilitator.locator(".means > li").count(), results.editions.length);
  assert.deepEqual(await axe(facilitator), []);
  await leave(facilitator);

  const coordinator = await start("coordinator");
  const editions = (await api(coordinator, "/editions?limit=200", await account("coordinator"))).items;
  const under = editions.filter((row) => row.edition.status !== "closed");
  assert.equal(await coordinator.getByRole("table", { name: words("start-under-way") }).getByRole("rowheader").count(), under.length);
  assert.deepEqual(await axe(coordinator), []);
  await leave(coordinator);

  const administrator = await start("administrator");
  const invited = (await api(administrator, "/accounts?status=invited&limit=200", await account("administrator"))).items.length;
  const waits = administrator.getByRole("heading", { name: words("start-what-waits") }).locator("xpath=following-sibling::*");
  assert.match(await waits.first().innerText(), new RegExp(`\\b${invited}\\b`));
  assert.deepEqual(await axe(administrator), []);
  await leave(administrator);
});

test("a page that one may not open says so and what to do", async () => {
  const own = await context(browser, { forAxe: true });
  const page = await signIn(own, "participant");
  for (const path of ["/admin", "/admin/organisations", "/admin/units", "/admin/accounts", "/admin/audit", "/admin/accessibility", "/unit-people"]) {
    await visit(page, path);
    await page.getByRole("heading", { level: 1, name: words("problem-forbidden"), exact: true }).waitFor();
    assert.ok(await page.getByText(words("problem-forbidden-help")).isVisible(), path);
    assert.equal(await page.getByRole("table").count(), 0, path);
  }
  assert.deepEqual(await axe(page), []);
  await page.getByRole("main").getByRole("link", { name: words("common-to-start") }).click();
  await page.waitForURL(/\/$/);
  assert.deepEqual(page.troubles, []);
  const unknown = "01941f29-7c00-7000-8000-00000000dead";
  for (const path of ["/nowhere", "/editions/x", `/editions/${unknown}`, `/programmes/${unknown}`, `/programmes/${unknown}/results`]) {
    await visit(page, path);
    await page.getByRole("heading", { level: 1, name: words("problem-not-found"), exact: true }).waitFor();
  }
  await own.close();
});

test("the administration's address leads to the first of its pages", async () => {
  const own = await context(browser);
  const page = await signIn(own, "auditor", "/admin");
  await page.waitForURL(/\/admin\/audit$/);
  await own.close();
});

test("a server that does not answer is said, and tried again", async () => {
  const own = await context(browser, { forAxe: true });
  const page = await signIn(own, "facilitator", "/programmes");
  await own.route("**/api/v1/sessions/refresh", (route) => route.abort());
  await page.reload();
  await page.getByRole("button", { name: words("common-retry") }).waitFor();
  assert.ok(await page.getByText(words("common-offline-help")).first().isVisible());
  assert.equal(await page.getByLabel(words("common-password"), { exact: true }).count(), 0, "to sign in again would not help");
  assert.deepEqual(await axe(page), []);
  await own.unroute("**/api/v1/sessions/refresh");
  await page.getByRole("button", { name: words("common-retry") }).click();
  await page.getByRole("heading", { level: 1, name: words("common-programmes"), exact: true }).waitFor();
  await own.close();
});
