// Every page keeps to the content security policy that it comes with: nothing is refused by it, because nothing asks for
// what it forbids (D1).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { context, DESK, figure, launch, PHONE } from "./browser.mjs";
import { addresses, quiet, signIn, visit } from "./world.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A context that keeps what the policy refused in any of its pages, and what went wrong. */
async function watched(options) {
  const own = await context(browser, options);
  const found = [];
  await own.exposeFunction("refusedByPolicy", (line) => found.push(line));
  await own.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.refusedByPolicy(`${location.pathname}: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  own.on("weberror", (error) => found.push(`error: ${error.error().message}`));
  own.on("console", (message) => {
    if (/content security policy|trusted type/i.test(message.text())) {
      found.push(`console: ${message.text()}`);
    }
  });
  return { own, found };
}

for (const [role, viewport] of [["administrator", DESK], ["participant", PHONE]]) {
  test(`the policy refuses nothing on any page: ${role}`, async () => {
    const { own, found } = await watched({ viewport });
    const page = await signIn(own, role);
    const visited = [...(await addresses(page)), "/admin/roles", "/unit-people"];
    for (const path of visited) {
      const answer = await page.goto(path);
      assert.match(answer.headers()["content-security-policy"], /script-src 'self' 'wasm-unsafe-eval';/, path);
      await visit(page, path);
      await quiet(page);
    }
    assert.deepEqual(found, []);
    figure("D1", `${visited.length} pages as ${role}: the policy refused nothing`);
    await own.close();
  });
}

test("the policy refuses nothing to visitors, nor to readers of the API's description", async () => {
  const { own, found } = await watched();
  const page = await own.newPage();
  for (const path of ["/", "/forgot", "/link/invitation", "/privacy", "/accessibility"]) {
    await visit(page, path);
    await page.waitForLoadState("networkidle");
  }
  await page.goto("/docs/");
  await page.getByText("/api/v1/programmes").first().waitFor();
  assert.deepEqual(found, []);
  await own.close();
});

test("what the policy refuses would be seen", async () => {
  const { own, found } = await watched();
  const page = await own.newPage();
  await visit(page, "/");
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<p style="color:red"></p><img src="x" onerror="window.ran = true">'));
  await page.waitForFunction(() => document.querySelector('img[src="x"]').complete);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.ok(found.some((line) => line.includes("script-src-attr")) && found.some((line) => line.includes("style-src-attr")), found.join("\n"));
  await own.close();
});
