// The path that Polku exists for: the last participant answers on a phone, the facilitator closes the answering, and
// the edition's mean stands as a new point beside the four earlier ones.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { context, DESK, launch, PHONE } from "./browser.mjs";
import { account, api, settled, signIn, visit, words } from "./world.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function running(page) {
  const editions = await api(page, "/editions?limit=200", await account("administrator"));
  return editions.items.find((row) => row.edition.assessment === "open").edition;
}

test("from a phone's answers to a published point", async () => {
  const phone = await context(browser, { viewport: PHONE });
  const answering = await signIn(phone, "participant");
  const edition = await running(answering);
  const before = await api(answering, `/programmes/${edition.programme_id}/results`, await account("participant"));
  assert.equal(before.editions.length, 4);
  assert.equal(before.overall.mean.toFixed(1), "3.7", "the mean over all answers of the four earlier editions");

  await answering.getByRole("link", { name: words("start-answer") }).click();
  await answering.getByRole("heading", { level: 1, name: words("assessment-question") }).waitFor();
  const { goals } = await api(answering, `/programmes/${edition.programme_id}`, await account("participant"));
  for (const goal of goals) {
    const group = answering.getByRole("group", { name: goal.text.fi });
    await group.waitFor();
    assert.equal(await group.getByRole("radio", { checked: true }).count(), 0, "nothing is chosen beforehand");
    await group.getByRole("radio").nth(3).check({ force: true });
    await answering.getByRole("button", { name: words("assessment-next") }).click();
  }
  await answering.getByLabel(words("assessment-greeting")).fill("Suosittelen kaikille.");
  await answering.getByRole("button", { name: words("assessment-next") }).click();
  await answering.getByText(words("assessment-all-saved")).waitFor();
  assert.ok(await answering.getByText(words("assessment-note")).first().isVisible(), "it says that the answer is by name");
  assert.deepEqual(answering.troubles, [], "no errors and no breach of the content security policy");

  // An answer can be looked at again until the answering closes.
  await visit(answering, `/editions/${edition.id}/self-assessment`);
  const own = await api(answering, `/editions/${edition.id}/self-assessment`, await account("participant"));
  assert.equal(own.complete, true);
  await phone.close();

  const desk = await context(browser, { viewport: DESK });
  const closing = await signIn(desk, "facilitator", `/editions/${edition.id}`);
  const progress = await api(closing, `/editions/${edition.id}/assessment-progress`, await account("facilitator"));
  assert.equal(progress.answered_count, progress.enrolled_count);
  await closing.getByRole("button", { name: words("training-close-assessment") }).click();
  await closing.getByRole("dialog").getByRole("button", { name: words("training-close-and-publish") }).click();
  await closing.waitForFunction(() => !document.querySelector("dialog[open]"));
  await closing.getByRole("link", { name: words("training-to-results") }).first().click();
  await settled(closing);
  await closing.waitForURL(`**/programmes/${edition.programme_id}/results*`);
  const chart = closing.locator("svg[role=img]").first();
  await chart.waitFor();
  const after = await api(closing, `/programmes/${edition.programme_id}/results`, await account("facilitator"));
  assert.equal(after.editions.length, 5);
  const mean = after.editions.at(-1).overall.mean.toFixed(1).replace(".", ",");
  assert.match(await chart.textContent(), new RegExp(mean), "the new point carries its mean");
  assert.deepEqual(closing.troubles, []);
  await desk.close();
});
