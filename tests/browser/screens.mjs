// Takes the pictures that README shows: `cargo xtask screens`.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { context, DESK, launch, PHONE } from "./browser.mjs";
import { account, api, signIn, visit } from "./world.mjs";

const folder = process.env.POLKU_SCREENS;
if (!folder) {
  throw new Error("POLKU_SCREENS is not set: run this through `cargo xtask screens`");
}
await mkdir(folder, { recursive: true });
const browser = await launch();
try {
  const desk = await context(browser, { lang: "fi", viewport: DESK, reducedMotion: "reduce" });
  const page = await signIn(desk, "facilitator");
  const editions = await api(page, "/editions?limit=200", await account("administrator"));
  const { edition } = editions.items.find((row) => row.edition.assessment === "open");
  await visit(page, `/editions/${edition.id}`);
  await page.screenshot({ path: join(folder, "edition.png") });
  await visit(page, `/programmes/${edition.programme_id}/results`);
  await page.screenshot({ path: join(folder, "results.png") });
  const phone = await context(browser, { lang: "fi", viewport: PHONE, reducedMotion: "reduce" });
  const answering = await signIn(phone, "participant");
  await visit(answering, `/editions/${edition.id}/self-assessment`);
  await answering.screenshot({ path: join(folder, "self-assessment.png") });
  console.log(`edition.png, results.png, self-assessment.png in ${folder}`);
} finally {
  await browser.close();
}
