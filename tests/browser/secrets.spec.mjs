// What the browser keeps of a session: nothing that a thief could use or read, and after signing out nothing at all (D3).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { context, figure, launch, open } from "./browser.mjs";
import { account, addresses, api, settled, signIn, visit, words } from "./world.mjs";

/** What the page may keep: how it looks, and that somebody has signed in here. */
const KEPT = ["polku.lang", "polku.scheme", "polku.signed-in"];
/** A token signed by the server, or a random secret as long as one. */
const SECRET = /eyJ[\w-]{8,}\.[\w-]{8,}|[\w-]{40,}/;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Everything that a script can find in what the browser keeps for this origin, and in the address. */
function everything() {
  const databases = async () => {
    const found = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      found.push(name, ...database.objectStoreNames);
      database.close();
    }
    return found;
  };
  const caught = async () => {
    const found = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      found.push(name, ...(await cache.keys()).map((request) => request.url));
    }
    return found;
  };
  return Promise.all([databases(), caught()]).then(([databases, cached]) => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases,
    cached,
    cookie: document.cookie,
    address: location.href,
    state: JSON.stringify(history.state),
    name: window.name,
  }));
}

/** Keeps the tokens that the page is given, and every address that it goes to. */
function follow(own) {
  const seen = { tokens: [], addresses: [] };
  own.on("response", async (response) => {
    if (/\/api\/v1\/sessions(\/refresh)?$/.test(response.url()) && response.ok()) {
      seen.tokens.push((await response.json()).access_token);
    }
  });
  own.on("page", (page) => page.on("framenavigated", (frame) => seen.addresses.push(frame.url())));
  return seen;
}

test("storage, cookies and addresses hold no secret and nobody's data", async () => {
  const own = await context(browser);
  const seen = follow(own);
  const mine = await account("administrator");
  const page = await signIn(own, "administrator");
  const people = (await api(page, "/accounts?limit=200", mine)).items;
  const cookies = await own.cookies();
  const [renewal, ...others] = cookies;
  assert.deepEqual(others, []);
  assert.ok(renewal.httpOnly && renewal.sameSite === "Strict", JSON.stringify(renewal));
  const forbidden = [mine.email, mine.password, renewal.value, ...seen.tokens, ...people.flatMap(({ name, email }) => [name, email])];
  assert.ok(seen.tokens.length > 0 && people.length > 20);

  const visited = await addresses(page);
  for (const path of visited) {
    await visit(page, path);
    const kept = await page.evaluate(everything);
    assert.deepEqual(Object.keys(kept.local).filter((name) => !KEPT.includes(name)), [], path);
    assert.deepEqual([kept.session, kept.databases, kept.cached, kept.cookie, kept.name], [{}, [], [], "", ""], path);
    const text = JSON.stringify(kept);
    assert.doesNotMatch(text, SECRET, path);
    assert.deepEqual(forbidden.filter((secret) => text.includes(secret)), [], path);
  }
  const told = seen.addresses.map(decodeURIComponent).filter((address) => SECRET.test(address) || forbidden.some((secret) => address.includes(secret)));
  assert.deepEqual(told, []);
  assert.ok(seen.tokens.length > visited.length, "the token was given anew on every visit, because nothing keeps it");
  figure("D3", `${visited.length} pages and ${seen.addresses.length} addresses: none of ${forbidden.length} secrets and names kept`);
  await own.close();
});

test("after signing out nothing is kept, and the way back shows nothing", async () => {
  const own = await context(browser);
  const mine = await account("administrator");
  const page = await signIn(own, "administrator", "/admin/accounts");
  const names = (await api(page, "/accounts?limit=50", mine)).items.map(({ name }) => name);
  const shown = async () => {
    const text = await page.locator("body").innerText();
    return names.filter((name) => text.includes(name));
  };
  assert.ok((await shown()).length > 10, "there was something to hide");
  for (const path of ["/admin/units", "/account", "/programmes"]) {
    await page.locator(`a[href="${path}"]`).first().click();
    await settled(page);
  }

  const leaving = page.waitForResponse((response) => response.url().endsWith("/api/v1/sessions/sign-out"));
  await page.getByRole("button", { name: words("common-sign-out"), exact: true }).click();
  const answer = await leaving;
  assert.equal((await answer.allHeaders())["clear-site-data"], '"cache", "storage"');
  await page.getByLabel(words("common-password"), { exact: true }).waitFor();
  assert.deepEqual(await own.cookies(), []);
  assert.equal((await page.evaluate(everything)).local["polku.signed-in"], undefined);

  let steps = 0;
  const asks = async (place) => {
    await page.getByLabel(words("common-password"), { exact: true }).waitFor();
    assert.deepEqual(await shown(), [], place);
    steps += 1;
  };
  for (const way of ["back", "back", "back", "forward", "reload"]) {
    await { back: () => page.goBack(), forward: () => page.goForward(), reload: () => page.reload() }[way]();
    await asks(way);
  }
  // From another document, as when the browser has kept the page as it was.
  await page.goto("/healthz");
  await page.goBack();
  await asks("back from another document");
  await page.goto("/admin/accounts");
  await asks("by its address");
  figure("D3", `${steps} ways back after signing out: each asks for the password and shows none of ${names.length} names`);
  await own.close();
});

test("a page that another window has signed out shows its visitor the way in when it is asked for more", async () => {
  const own = await context(browser);
  const page = await signIn(own, "administrator", "/admin/units");
  const other = await open(own, "/account");
  await settled(other);
  await other.getByRole("button", { name: words("common-sign-out"), exact: true }).click();
  await other.getByLabel(words("common-password"), { exact: true }).waitFor();
  await page.reload();
  await page.getByLabel(words("common-password"), { exact: true }).waitFor();
  await own.close();
});
