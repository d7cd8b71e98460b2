// Makes the first call of a program with the client that is generated from openapi/polku.json, as the demo world's partner.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { firstCall, forbidden } from "./generated/js/client.js";

const base = process.env.POLKU_BASE_URL;
const listing = process.env.POLKU_DEMO_ACCOUNTS;
if (!base || !listing) {
  throw new Error("run this through `cargo xtask test --only client`");
}
const lines = (await readFile(listing, "utf8")).split("\n").map((line) => line.split("\t"));
const [, id, secret] = lines.find(([role]) => role === "api_client");

const editions = await firstCall(base, id, secret);
assert.equal(editions.length, 5, editions.join(", "));
assert.equal(await forbidden(base, id, secret), 403, "the trail is not among its scopes");
await assert.rejects(() => firstCall(base, id, "polku_wrong"), /invalid_client/);

// What API.md tells a developer to run, as it stands there.
const beside = (path) => fileURLToPath(new URL(path, import.meta.url));
const [, documented] = /```js\n(\/\/ first\.mjs\n[^]*?)```/.exec(await readFile(beside("../../API.md"), "utf8"));
await writeFile(beside("generated/first.mjs"), documented);
const env = { ...process.env, ORIGIN: base, CLIENT_ID: id, CLIENT_SECRET: secret };
const { stdout } = await promisify(execFile)(process.execPath, [beside("generated/first.mjs")], { env });
assert.deepEqual(stdout.trim().split("\n").map((line) => line.split(" ").reverse().join(" ")), editions);
console.log(`   the generated client got a token and ${editions.length} editions: ${editions.join(", ")}`);
