// The page comes in parts: what is not here yet comes when it is visited, and a part that does not come is no dead end.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, BASE_URL, context, launch, ready } from "./browser.mjs";
import { settled, signIn, words } from "./world.mjs";

const PROGRAM = /\/assets\/.*\.wasm$/;
/** The part with one's own account. */
const OWN = /\/assets\/own\..*\.wasm$/;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** The names of the program's parts that a page asks for, without their hashes. */
function partsOf(page) {
  const parts = [];
  page.on("request", (request) => {
    const path = new URL(request.url()).pathname;
    if (PROGRAM.test(path)) {
      parts.push(path.split("/").pop().split(".")[0]);
    }
  });
  return parts;
}

test("a visitor loads the program's first part and the words of one language", async () => {
  const own = await context(browser, { lang: "sv" });
  const page = await own.newPage();
  const parts = partsOf(page);
  await page.goto("/");
  await ready(page);
  await settled(page);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(parts.sort(), ["polku", "words_sv"]);
  await own.close();
});

test("what an account may need comes while it is idle, so that the next page opens at once", async () => {
  const own = await context(browser);
  const page = await signIn(own, "administrator");
  await page.waitForFunction(
    () => ["answering", "edition", "training", "admin", "own"].every((part) => performance.getEntriesByType("resource").some((entry) => entry.name.includes(`/assets/${part}.`))),
  );
  await page.waitForLoadState("networkidle");
  const parts = partsOf(page);
  const took = await page.evaluate(async (name) => {
    const begun = performance.now();
    document.querySelector('a[href="/admin/units"]').click();
    while (document.querySelector("h1")?.textContent !== name) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return performance.now() - begun;
  }, words("common-units"));
  assert.deepEqual(parts, []);
  assert.ok(took < 100, `${took} ms`);
  await own.close();
});

test("a participant's browser does not load what administrators see", async () => {
  const own = await context(browser);
  const page = await signIn(own, "participant");
  await page.waitForLoadState("networkidle");
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
  assert.ok(loaded.some((name) => name.includes("/assets/edition.")));
  assert.ok(!loaded.some((name) => name.includes("/assets/admin.")));
  await own.close();
});

/** A page whose next step failed: what it says, and its button. */
async function missing(page, lang = "fi") {
  const heading = page.getByRole("heading", { level: 1, name: words("common-page-missing", lang) });
  await heading.waitFor();
  assert.equal(await heading.evaluate((heading) => heading === document.activeElement), true, "the heading has the focus");
  assert.match(await page.title(), new RegExp(words("common-page-missing", lang)));
  await page.getByText(words("common-page-missing-help", lang)).waitFor();
  return page.getByRole("button", { name: words("common-retry", lang) });
}

test("a part that does not come is said, in the reader's language, and comes when it is asked for again", async () => {
  const own = await context(browser, { lang: "sv", forAxe: true });
  await own.route(OWN, (route) => route.abort());
  const page = await signIn(own, "participant", "/", "sv");
  await page.waitForLoadState("networkidle");
  await page.locator('a[href="/account"]').click();
  const again = await missing(page, "sv");
  assert.deepEqual(await axe(page), []);
  await again.click();
  // Still no connection: it is said again.
  await (await missing(page, "sv")).waitFor();
  await own.unroute(OWN);
  await (await missing(page, "sv")).click();
  await page.getByRole("heading", { level: 1, name: words("identity-own-account", "sv") }).waitFor();
  await own.close();
});

test("when the server has another build by now, asking again loads the page anew", async () => {
  const own = await context(browser);
  await own.route(OWN, (route) => route.fulfill({ status: 404, body: "gone" }));
  const page = await signIn(own, "participant");
  await page.waitForLoadState("networkidle");
  await page.locator('a[href="/account"]').click();
  const again = await missing(page);
  await page.evaluate(() => {
    window.before = true;
  });
  await own.route(`${BASE_URL}/`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Polku</title>" }));
  await own.unroute(OWN);
  await again.click();
  await page.getByRole("heading", { level: 1, name: words("identity-own-account") }).waitFor();
  assert.equal(await page.evaluate(() => "before" in window), false, "the document is another");
  await own.close();
});

test("a language whose words do not come is said, and the page stays as it is", async () => {
  const own = await context(browser);
  await own.route(/\/assets\/words_sv\./, (route) => route.abort());
  const page = await own.newPage();
  await page.goto("/forgot");
  await ready(page);
  await settled(page);
  const choice = page.getByLabel(words("common-language"));
  await choice.selectOption("sv");
  await page.getByText(words("common-language-missing")).waitFor();
  assert.equal(await choice.inputValue(), "fi");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "fi");
  await own.close();
});

test("without the words of any language the start fails in words", async () => {
  const own = await context(browser, { lang: "en" });
  await own.route(/\/assets\/words_en\./, (route) => route.abort());
  const page = await own.newPage();
  await page.goto("/");
  await page.getByRole("alert").getByRole("button", { name: "Reload" }).waitFor();
  await own.close();
});
