// Script that people have written into every text of the service stays text, on every page, in every language: with the
// content security policy, which then has nothing to refuse, and without it (bar D2).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { context, figure, launch } from "../browser.mjs";
import { settled, signIn, visit, words } from "../world.mjs";
import { hostileWorld } from "./hostile.mjs";
import { PAYLOADS } from "./payloads.mjs";

let browser;
let world;
before(async () => {
  browser = await launch();
  const own = await context(browser);
  world = await hostileWorld(own);
  await own.close();
});
after(() => browser.close());

/** A context whose pages note what ran, what the policy refused and what opened a dialog of the browser. */
async function watched({ lang, policy }) {
  const own = await context(browser, { lang, forAxe: !policy });
  const found = [];
  await own.exposeFunction("tell", (line) => found.push(line));
  await own.addInitScript(() => {
    window.ran = { push: (number) => window.tell(`ran ${number} at ${location.href}`) };
    document.addEventListener("securitypolicyviolation", (event) => window.tell(`refused ${event.effectiveDirective} at ${location.href}`));
  });
  own.on("page", (page) => {
    page.on("dialog", (dialog) => {
      found.push(`dialog ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("request", (request) => {
      if (request.url().includes("evil.example") || request.url().startsWith("data:text")) {
        found.push(`request ${request.url()}`);
      }
    });
  });
  return { own, found };
}

/** Elements that could only have come from a text. */
function planted() {
  const script = (value) => /^\s*(javascript|vbscript|data:text)/i.test(value);
  const active = [...document.querySelectorAll("*")].filter((element) =>
    [...element.attributes].some(({ name, value }) => name.startsWith("on") || (["href", "src", "action", "formaction", "data", "srcdoc", "xlink:href"].includes(name) && script(value))),
  );
  return [...active, ...document.querySelectorAll("body script, iframe, object, embed, base, meta[http-equiv]")].map((element) => element.outerHTML.slice(0, 200));
}

/** The payloads that stand on the page, in its text or in its fields, to the letter. */
async function literal(page) {
  const texts = await page.evaluate(() => {
    const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
    return [document.body.textContent, ...fields].join("\n");
  });
  return PAYLOADS.flatMap((payload, number) => (texts.includes(payload) ? [number] : []));
}

/** Reads a list to its end. */
async function toTheEnd(page, lang) {
  const more = page.getByRole("button", { name: words("common-more", lang), exact: true });
  while (await more.count()) {
    const rows = await page.getByRole("row").count();
    await more.first().click();
    await page.waitForFunction((rows) => document.querySelectorAll("tr").length > rows, rows);
    await settled(page);
  }
}

/** Where the texts are shown, and whether all of them must stand there. */
function places({ person, filled, made, running }) {
  const some = (path) => ({ path, all: false });
  const all = (path) => ({ path, all: true });
  return [
    some("/"),
    all("/admin/organisations"),
    all("/admin/units"),
    all("/admin/accounts"),
    some(`/admin/accounts/${person.id}`),
    some("/admin/roles"),
    some("/admin/audit"),
    all("/admin/accessibility"),
    all("/programmes"),
    ...filled.map(({ id }) => some(`/programmes/${id}`)),
    some(`/programmes/${filled[0].id}/results`),
    all(`/editions/${made.id}`),
    all(`/editions/${made.id}?view=people`),
    all(`/editions/${made.id}?view=groups`),
    some(`/editions/${running.edition.id}`),
    some(`/programmes/${running.programme.id}/results`),
    some("/account"),
  ];
}

/** Buttons that open a form with texts of the world in it. */
const forms = ({ person, filled, made }) => [
  ["/admin/accounts", "identity-invite"],
  [`/admin/accounts/${person.id}`, "identity-grant-new"],
  ["/admin/units", "identity-unit-new"],
  [`/programmes/${filled[0].id}`, "training-edit-programme"],
  [`/editions/${made.id}`, "training-edit-edition"],
  [`/editions/${made.id}`, "training-add-day"],
  [`/editions/${made.id}?view=people`, "training-enrol"],
];

/** Addresses that say something back. */
const echoes = () => {
  const text = encodeURIComponent(`"><img src=x onerror=ran.push(1000)>`);
  const script = encodeURIComponent("javascript:ran.push(1001)");
  return ["", "programmes/", "editions/", "admin/accounts/", "link/"].map((path) => `/${path}${text}?q=${text}&status=${text}&action=${script}&object=${text}#${text}`);
};

async function walk({ lang, policy }) {
  const { own, found } = await watched({ lang, policy });
  const page = await signIn(own, "administrator", "/", lang);
  const seen = new Set();
  const wrong = [];
  let visited = 0;
  const look = async (where, wanted) => {
    visited += 1;
    wrong.push(...(await page.evaluate(planted)).map((html) => `${where}: ${html}`));
    const shown = await literal(page);
    shown.forEach((number) => seen.add(number));
    if (wanted) {
      const missing = PAYLOADS.filter((_, number) => !shown.includes(number));
      wrong.push(...missing.map((payload) => `${where}: not shown to the letter: ${payload}`));
    }
  };
  for (const { path, all } of places(world)) {
    await visit(page, path);
    await toTheEnd(page, lang);
    await look(path, all);
  }
  for (const [path, button] of forms(world)) {
    await visit(page, path);
    await page.getByRole("button", { name: words(button, lang) }).first().click();
    await page.getByRole("dialog").first().waitFor();
    await look(`${path}: ${button}`, false);
  }
  for (const path of echoes()) {
    await page.goto(path);
    await settled(page);
    await look(path, false);
  }
  assert.deepEqual(found, []);
  assert.deepEqual(wrong, []);
  assert.equal(seen.size, PAYLOADS.length, "each has been seen somewhere");
  await own.close();
  return visited;
}

test("the payloads are what they claim: put into a page as markup, many of them run", async () => {
  const { own, found } = await watched({ lang: "fi", policy: false });
  const page = await own.newPage();
  await visit(page, "/forgot");
  for (const payload of PAYLOADS.filter((text) => !/http-equiv|base /.test(text))) {
    await page.evaluate((html) => {
      const place = document.createElement("div");
      document.body.append(place);
      place.innerHTML = html;
    }, payload);
  }
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  const ran = new Set(found.filter((line) => line.startsWith("ran")));
  assert.ok(ran.size >= 40, `${ran.size} ran`);
  assert.ok((await page.evaluate(planted)).length >= 50);
  figure("D2", `${PAYLOADS.length} payloads, of which ${ran.size} run where text is taken for markup`);
  await own.close();
});

test("nothing written by people runs, though no policy forbids it", async () => {
  figure("D2", `${await walk({ lang: "fi", policy: false })} pages in Finnish without the policy: 0 ran, each payload shown to the letter`);
});

test("nothing written by people runs, and the policy has nothing to refuse", async () => {
  figure("D2", `${await walk({ lang: "sv", policy: true })} pages in Swedish with the policy: 0 ran, 0 refused`);
});
