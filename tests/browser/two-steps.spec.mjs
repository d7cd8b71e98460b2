// Two-step sign-in as a person meets it: set up on the account page, asked for at the next sign-in, replaced by a
// recovery code, proved anew before something weighty, and turned off.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { axe, context, DESK, launch, PHONE } from "./browser.mjs";
import { account, settled, signIn, visit, words } from "./world.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** The bytes of a text in base 32. */
function base32(text) {
  const bits = [...text].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** The code that an authenticator app shows now, or some half minutes from now (RFC 6238). */
function code(secret, steps = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", base32(secret)).update(counter).digest();
  const at = hash.at(-1) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const field = (scope, key) => scope.getByLabel(words(key), { exact: true });
const button = (scope, key) => scope.getByRole("button", { name: words(key), exact: true });

/** The first step, on a page that asks for it. */
async function password(page, { email, password }) {
  await field(page, "common-email").fill(email);
  await field(page, "common-password").fill(password);
  await button(page, "common-sign-in").click();
  await page.getByRole("heading", { name: words("common-second-step") }).waitFor();
}

async function signOut(page) {
  await button(page, "common-sign-out").click();
  await field(page, "common-email").waitFor();
}

/** Sets it up on the account page: the secret, and the recovery codes. */
async function setUp(page) {
  await visit(page, "/account");
  await button(page, "identity-factor-set-up").click();
  const dialog = page.getByRole("dialog", { name: words("identity-factor-set-up") });
  await dialog.getByRole("img", { name: words("identity-factor-qr") }).waitFor();
  const secret = (await dialog.locator("code").textContent()).replaceAll(" ", "");
  assert.equal(await field(dialog, "common-code").getAttribute("autocomplete"), "one-time-code");
  assert.deepEqual(await axe(page), []);
  await field(dialog, "common-code").fill("12");
  await button(dialog, "identity-factor-confirm").click();
  await dialog.getByText(words("fault-not-a-code")).first().waitFor();
  // The code of half a minute ago, so that the next sign-in need not wait for another.
  await field(dialog, "common-code").fill(code(secret, -1));
  await button(dialog, "identity-factor-confirm").click();
  const done = page.getByRole("dialog", { name: words("identity-factor-done") });
  await button(done, "identity-codes-kept").waitFor();
  const codes = await done.locator("ol code").allTextContents();
  assert.equal(codes.length, 10);
  assert.deepEqual(await axe(page), []);
  await button(done, "identity-codes-kept").click();
  await button(page, "identity-factor-turn-off").waitFor();
  return { secret, codes };
}

/** Answers the next call of an operation as the server does when the last proof is too old. */
async function makeStale(page, path) {
  const problem = { type: "/problems/step-up-required", title: "x", status: 401, code: "step_up_required", trace_id: "x" };
  const answer = { status: 401, contentType: "application/problem+json", body: JSON.stringify(problem) };
  await page.route(`**/api/v1${path}`, (route) => route.fulfill(answer), { times: 1 });
}

test("two steps, from setting them up to turning them off", async () => {
  const own = await account("auditor");
  const desk = await context(browser, { viewport: DESK, forAxe: true });
  const page = await signIn(desk, "auditor");
  const { secret, codes } = await setUp(page);
  await signOut(page);

  await password(page, own);
  assert.deepEqual(await axe(page), []);
  await field(page, "common-code").fill("000000");
  await button(page, "common-continue").click();
  await page.getByText(words("fault-wrong-code")).first().waitFor();
  await field(page, "common-code").fill(code(secret));
  await button(page, "common-continue").click();
  await button(page, "common-sign-out").waitFor();
  await signOut(page);

  await password(page, own);
  await button(page, "common-use-recovery-code").click();
  await field(page, "common-recovery-code").fill(codes[0].toUpperCase());
  await button(page, "common-continue").click();
  await button(page, "common-sign-out").waitFor();
  await visit(page, "/account");
  await page.getByText(words("identity-factor-codes-left").replace("{ $count }", "9")).waitFor();

  // A proof that is too old is asked for, and what was being done is then finished.
  await makeStale(page, "/me/second-factor/turn-off");
  await button(page, "identity-factor-turn-off").click();
  await button(page.getByRole("dialog", { name: words("identity-factor-turn-off") }), "identity-factor-turn-off").click();
  const confirm = page.getByRole("dialog", { name: words("common-confirm-self") });
  await field(confirm, "common-code").waitFor();
  assert.deepEqual(await axe(page), []);
  await field(confirm, "common-code").fill(code(secret, 1));
  await button(confirm, "common-confirm").click();
  await button(page, "identity-factor-set-up").waitFor();
  await signOut(page);
  const again = await signIn(desk, "auditor");
  assert.ok(await button(again, "common-sign-out").isVisible(), "the password alone is enough again");
  await desk.close();
});

test("an ended session asks for both steps in its dialog and loses nothing", async () => {
  const own = await account("unit_manager");
  const phone = await context(browser, { viewport: PHONE, forAxe: true });
  const page = await signIn(phone, "unit_manager");
  const { secret } = await setUp(page);
  const name = field(page, "identity-name");
  const before = await name.inputValue();
  await name.fill("Paula Kiviranta-Koe");
  // The session ends behind the page's back: its cookie and its token are no more.
  await phone.clearCookies();
  const ended = { type: "/problems/unauthenticated", title: "x", status: 401, code: "unauthenticated", trace_id: "x" };
  const answer = { status: 401, contentType: "application/problem+json", body: JSON.stringify(ended) };
  let refused = false;
  await page.route("**/api/v1/me", (route) => {
    if (refused || route.request().method() !== "PATCH") {
      return route.fallback();
    }
    refused = true;
    return route.fulfill(answer);
  });
  await button(page, "common-save").click();
  const dialog = page.getByRole("dialog", { name: words("common-session-ended") });
  await field(dialog, "common-password").fill(own.password);
  await button(dialog, "common-sign-in").click();
  await field(dialog, "common-code").fill(code(secret));
  assert.deepEqual(await axe(page), []);
  await button(dialog, "common-continue").click();
  await page.getByText(words("identity-own-saved")).waitFor();
  assert.equal(await name.inputValue(), "Paula Kiviranta-Koe");
  await name.fill(before);
  await button(page, "common-save").click();
  await settled(page);
  await phone.close();
});
