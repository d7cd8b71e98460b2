// Development projects: the board by mouse, keyboard and menu in two browsers at once, filters in the address, a new idea
// and what it lacks, and a move that somebody else has made first.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, context, DESK, launch, PHONE } from "./browser.mjs";
import { account, api, settled, signIn, visit, words } from "./world.mjs";

/** How soon the other browser has to show a move. */
const SOON = 5_000;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const column = (page, stage) => page.locator(`.column[data-stage=${stage}]`);
const card = (page, title) => page.locator(".board-card", { has: page.getByRole("link", { name: title, exact: true }) });
const inColumn = (page, stage, title) => column(page, stage).getByRole("link", { name: title, exact: true });

async function board(role, others = {}) {
  const own = await context(browser, { forAxe: true, viewport: { width: 1600, height: 900 }, ...others });
  const page = await signIn(own, role, "/projects");
  await page.locator(".board-card").first().waitFor();
  return page;
}

/** The titles of a column, as the server has them. */
async function titles(page, stage) {
  const { columns } = await api(page, "/board", await account("administrator"));
  return columns.find((one) => one.stage === stage).items.map((item) => item.title);
}

/** Writes down projects that wait, as the administrator: nothing is lacking for their way back to the idea. */
async function waiting(page, titles) {
  const { email, password } = await account("administrator");
  await page.evaluate(
    async ([titles, email, password]) => {
      const send = async (path, body, others = {}) => {
        const headers = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID(), ...others };
        const answer = await fetch(`/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
        if (!answer.ok) {
          throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        }
        return answer.json();
      };
      const { access_token } = await send("/sessions", { email, password, kind: "device" });
      const Authorization = `Bearer ${access_token}`;
      for (const title of titles) {
        const project = await send("/projects", { title, lang: "fi" }, { Authorization });
        const move = { to: "waiting", waiting_reason: "decision" };
        await send(`/projects/${project.id}/move`, move, { Authorization, "If-Match": `"v${project.version}"` });
      }
    },
    [titles, email, password],
  );
  for (const title of titles) {
    await inColumn(page, "waiting", title).waitFor({ timeout: SOON });
  }
}

test("a card moves by mouse, keyboard and menu, and another browser sees it", async () => {
  const mine = await board("administrator");
  const theirs = await board("coordinator");
  const [first, second, third] = ["Hiirellä", "Näppäimillä", "Valikosta"];
  await waiting(mine, [first, second, third]);

  await card(mine, first).dragTo(column(mine, "idea"));
  await inColumn(theirs, "idea", first).waitFor({ timeout: SOON });

  await inColumn(mine, "waiting", second).focus();
  await mine.keyboard.press("Space");
  for (let step = 0; step < 4; step += 1) {
    await mine.keyboard.press("ArrowLeft");
  }
  await mine.keyboard.press("Space");
  await inColumn(theirs, "idea", second).waitFor({ timeout: SOON });
  await inColumn(mine, "idea", second).waitFor();
  // The focus goes with the card, once that is drawn where it is now.
  await mine.waitForFunction((title) => document.activeElement.textContent === title, second);

  await inColumn(mine, "waiting", third).focus();
  await mine.keyboard.press("m");
  await mine.getByRole("menu").waitFor();
  assert.deepEqual(await axe(mine), []);
  await mine.getByRole("menuitem", { name: new RegExp(`^${words("projects-stage-idea")}`) }).click();
  await inColumn(theirs, "idea", third).waitFor({ timeout: SOON });

  for (const title of [first, second, third]) {
    assert.ok((await titles(mine, "idea")).includes(title));
    assert.ok(!(await titles(mine, "waiting")).includes(title));
  }
  // What is lacking is said before a trial, and nothing moves.
  await inColumn(mine, "idea", third).focus();
  await mine.keyboard.press("m");
  await mine.getByRole("menu").waitFor();
  await mine.keyboard.press("2");
  const dialog = mine.getByRole("dialog", { name: words("projects-move") });
  await dialog.getByText(words("projects-lacks-need")).waitFor();
  assert.deepEqual(await axe(mine), []);
  await dialog.getByRole("button", { name: words("common-close") }).last().click();
  assert.ok((await titles(mine, "idea")).includes(third));
  assert.deepEqual([...mine.troubles, ...theirs.troubles], []);
  await mine.context().close();
  await theirs.context().close();
});

test("a move asks what it must, can be taken back, and does not go over another's", async () => {
  const mine = await board("administrator");
  const [title, other] = ["Peruttava", "Kahden siirtämä"];
  await waiting(mine, [title, other]);
  for (const one of [title, other]) {
    await inColumn(mine, "waiting", one).focus();
    await mine.keyboard.press("m");
    await mine.getByRole("menu").waitFor();
    await mine.keyboard.press("1");
    await inColumn(mine, "idea", one).waitFor();
    await mine.locator(".board-card[aria-busy]").waitFor({ state: "detached" });
  }
  await inColumn(mine, "idea", title).focus();
  await mine.keyboard.press("m");
  await mine.getByRole("menu").waitFor();
  await mine.keyboard.press("5");
  const dialog = mine.getByRole("dialog", { name: words("projects-move") });
  await dialog.getByLabel(words("projects-waiting-reason")).selectOption("decision");
  await dialog.getByRole("button", { name: words("projects-move-do"), exact: true }).click();
  await inColumn(mine, "waiting", title).waitFor();
  await mine.getByRole("button", { name: words("common-undo") }).click();
  await inColumn(mine, "idea", title).waitFor({ timeout: SOON });

  // What is typed stays when somebody else is first.
  const theirs = await board("coordinator");
  await inColumn(mine, "idea", other).focus();
  await mine.keyboard.press("m");
  await mine.getByRole("menu").waitFor();
  await mine.keyboard.press("7");
  await dialog.getByLabel(words("projects-learnt"), { exact: true }).fill("Torstai sopi, maanantai ei.");
  await inColumn(theirs, "idea", other).focus();
  await theirs.keyboard.press("m");
  await theirs.getByRole("menu").waitFor();
  await theirs.keyboard.press("5");
  const theirDialog = theirs.getByRole("dialog", { name: words("projects-move") });
  await theirDialog.getByLabel(words("projects-waiting-reason")).selectOption("resources");
  await theirDialog.getByRole("button", { name: words("projects-move-do"), exact: true }).click();
  await inColumn(theirs, "waiting", other).waitFor();
  await dialog.getByRole("button", { name: words("projects-move-do"), exact: true }).click();
  await dialog.getByRole("alert").waitFor();
  assert.equal(await dialog.getByLabel(words("projects-learnt"), { exact: true }).inputValue(), "Torstai sopi, maanantai ei.");
  await inColumn(mine, "waiting", other).waitFor({ timeout: SOON });
  await mine.context().close();
  await theirs.context().close();
});

test("the filter is in the address, and a reload keeps it", async () => {
  const page = await board("coordinator");
  const own = await account("coordinator");
  const editions = (await api(page, "/editions?limit=200", own)).items.filter((row) => row.edition.status === "closed");
  const { id } = editions[0].edition;
  await page.getByLabel(words("projects-edition"), { exact: true }).selectOption(id);
  await page.waitForURL((url) => url.searchParams.get("edition") === id);
  const expected = (await api(page, `/board?edition_id=${id}`, own)).columns.flatMap((one) => one.items.map((item) => item.title)).sort();
  const shown = async () => (await page.locator(".card-title").allInnerTexts()).sort();
  await page.waitForFunction((count) => document.querySelectorAll(".board-card").length === count, expected.length);
  assert.deepEqual(await shown(), expected);
  await page.reload();
  await settled(page);
  await page.locator(".board-card").first().waitFor();
  assert.deepEqual(await shown(), expected);
  assert.equal(await page.getByLabel(words("projects-edition"), { exact: true }).inputValue(), id);
  await page.getByRole("link", { name: words("projects-list"), exact: true }).click();
  await page.waitForURL((url) => url.pathname === "/projects/list" && url.searchParams.get("edition") === id);
  await settled(page);
  assert.equal(await page.getByRole("table").getByRole("rowheader").count(), expected.length);
  assert.deepEqual(await axe(page), []);
  // Nothing of a theme that nobody has.
  await visit(page, "/projects?theme=olematon");
  await page.getByText(words("projects-no-match")).waitFor();
  await page.getByRole("link", { name: words("projects-clear-filters") }).click();
  await page.locator(".board-card").first().waitFor();
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test("a new idea is written in a minute, and its page says what comes next", async () => {
  const own = await context(browser, { viewport: PHONE, forAxe: true });
  const page = await signIn(own, "participant", "/projects/new");
  await page.getByLabel(words("projects-field-title"), { exact: true }).fill("Hakeminen helpommaksi");
  await page.getByLabel(new RegExp(`^${words("projects-need")}`)).fill("Joka kolmas kertoo, että hakeminen on vaikeaa.");
  await page.getByLabel(words("projects-unit"), { exact: true }).selectOption("");
  assert.deepEqual(await axe(page), []);
  await page.getByRole("button", { name: words("projects-make") }).click();
  await page.getByRole("heading", { level: 1, name: "Hakeminen helpommaksi" }).waitFor();
  await settled(page);
  const steps = page.locator(".next-steps");
  for (const key of ["projects-lacks-idea", "projects-lacks-unit", "projects-lacks-sponsor"]) {
    await steps.getByText(words(key), { exact: true }).waitFor();
  }
  assert.equal(await steps.getByText(words("projects-lacks-need"), { exact: true }).count(), 0);

  // Written where it stands: the step goes when it is taken.
  await page.getByRole("button", { name: `${words("projects-edit")}: ${words("projects-idea")}` }).click();
  await page.locator("#idea").getByLabel(new RegExp(`^${words("projects-idea")}`)).fill("Tarvikkeet tulevat kotikäynnin mukana.");
  await page.locator("#idea").getByRole("button", { name: words("common-save"), exact: true }).click();
  await page.locator("#idea").getByText("Tarvikkeet tulevat kotikäynnin mukana.").waitFor();
  await steps.getByText(words("projects-lacks-idea"), { exact: true }).waitFor({ state: "detached" });

  // A task is written and ticked at once.
  await page.getByLabel(words("projects-line-new"), { exact: true }).fill("Sovi kuljetuspäivä");
  await page.keyboard.press("Enter");
  const line = page.getByLabel("Sovi kuljetuspäivä", { exact: true });
  await line.check();
  await page.reload();
  await settled(page);
  assert.ok(await page.getByLabel("Sovi kuljetuspäivä", { exact: true }).isChecked());
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(page.troubles, []);
  await own.close();
});

for (const { scheme, lang, viewport } of [
  { scheme: "light", lang: "fi", viewport: DESK },
  { scheme: "dark", lang: "sv", viewport: PHONE },
]) {
  test(`board and project are accessible: ${scheme}, ${lang}, ${viewport.width} px`, async () => {
    const own = await context(browser, { scheme, lang, viewport, forAxe: true });
    const page = await signIn(own, "coordinator", "/projects", lang);
    await page.locator(".board-card").first().waitFor();
    const wide = async () => (await page.evaluate(() => document.documentElement.scrollWidth)) - viewport.width;
    assert.deepEqual(await axe(page), []);
    assert.ok((await wide()) <= 0, "only the board itself is wider than the screen");
    await page.locator(".card-title").first().click();
    await page.locator(".clock-bar").waitFor();
    assert.deepEqual(await axe(page), []);
    assert.ok((await wide()) <= 0);
    assert.deepEqual(page.troubles, []);
    await own.close();
  });
}
