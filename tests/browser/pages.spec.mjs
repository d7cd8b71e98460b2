// Every page, as the administrator sees it: nothing for axe to find, nothing wider than the screen, a title and a
// focused heading; in both colour schemes, Finnish and Swedish, on a desk and on the narrowest phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, context, DESK, launch, NARROW } from "./browser.mjs";
import { addresses, settled, signIn, visit, words } from "./world.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function examine(page, path) {
  const found = await axe(page);
  // A phone widens its window to what is too wide, so the width that was asked for is what counts.
  const wide = (await page.evaluate(() => document.documentElement.scrollWidth)) - page.viewportSize().width;
  const title = await page.title();
  const heading = await page.evaluate(() => document.activeElement?.tagName);
  return [
    ...found.map((line) => `${path}: ${line}`),
    ...(wide > 0 ? [`${path}: ${wide} px too wide`] : []),
    ...(title.endsWith("Polku") && title.length > 5 ? [] : [`${path}: title ${title}`]),
    ...(heading === "H1" ? [] : [`${path}: the focus is on ${heading}`]),
    ...page.troubles.map((line) => `${path}: ${line}`),
  ];
}

const combinations = [
  { scheme: "light", lang: "fi", viewport: DESK },
  { scheme: "dark", lang: "sv", viewport: DESK },
  { scheme: "dark", lang: "fi", viewport: NARROW },
  { scheme: "light", lang: "sv", viewport: NARROW },
];

for (const { scheme, lang, viewport } of combinations) {
  test(`pages are accessible: ${scheme}, ${lang}, ${viewport.width} px`, async () => {
    const own = await context(browser, { scheme, lang, viewport, forAxe: true });
    const page = await signIn(own, "administrator", "/", lang);
    const found = [];
    for (const path of await addresses(page)) {
      page.troubles.length = 0;
      await visit(page, path);
      found.push(...(await examine(page, path)));
    }
    await own.close();
    assert.deepEqual(found, []);
  });

  test(`pages for visitors are accessible: ${scheme}, ${lang}, ${viewport.width} px`, async () => {
    const own = await context(browser, { scheme, lang, viewport, forAxe: true });
    const page = await own.newPage();
    page.troubles = [];
    const found = [];
    for (const path of ["/", "/forgot", "/link/invitation", "/privacy", "/accessibility"]) {
      await visit(page, path);
      found.push(...(await examine(page, path)));
    }
    await own.close();
    assert.deepEqual(found, []);
  });
}

test("a change of language keeps the page and what was typed", async () => {
  const own = await context(browser, { lang: "fi" });
  const page = await own.newPage();
  await visit(page, "/forgot");
  await page.getByLabel(words("common-email", "fi"), { exact: true }).fill("aino@example.fi");
  await page.getByLabel(words("common-language", "fi")).selectOption("sv");
  // Its words come over the network first.
  await page.waitForFunction(() => document.documentElement.lang === "sv");
  await settled(page);
  assert.equal(await page.getByLabel(words("common-email", "sv"), { exact: true }).inputValue(), "aino@example.fi");
  await own.close();
});
