// Takes the pictures that README shows: `cargo xtask screens`.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { context, demoAccounts, launch, open } from "./browser.mjs";

const folder = process.env.POLKU_SCREENS;
if (!folder) {
  throw new Error("POLKU_SCREENS is not set: run this through `cargo xtask screens`");
}
await mkdir(folder, { recursive: true });
const browser = await launch();
try {
  await demoAccounts();
  const visitor = await context(browser, { lang: "fi", reducedMotion: "reduce" });
  const page = await open(visitor, "/");
  await page.screenshot({ path: join(folder, "sign-in.png") });
  console.log(`sign-in.png in ${folder}`);
} finally {
  await browser.close();
}
