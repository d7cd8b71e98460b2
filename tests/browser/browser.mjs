// What every browser test starts from: Debian's Chromium, a fresh context, and axe.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** The standards that axe checks; the best practices go beyond the law. */
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** A phone as the answering pages meet it, and a desk. */
export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 900 };
/** 1280 pixels at 400 %: what WCAG 1.4.10 asks a page to fit into. */
export const NARROW = { width: 320, height: 640 };

/** Where the program under test answers, without a closing slash. */
export const BASE_URL = required("POLKU_BASE_URL").replace(/\/$/, "");

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run this through \`cargo xtask test --only browser\``);
  }
  return value;
}

/** The text of the list of demo accounts, as the program wrote it. */
export function demoAccounts() {
  return readFile(required("POLKU_DEMO_ACCOUNTS"), "utf8");
}

/** Says what a bar of the proof found, for `cargo xtask proof` to put into its table. */
export function figure(bar, text) {
  console.log(`FIGURE ${bar} ${text}`);
}

const PROGRAM = {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** Says that a bar is not reached, with its figure. */
export function missed(bar, text) {
  console.log(`MISSED ${bar} ${text}`);
}

/** Starts the browser that the system has; none is ever downloaded. */
export function launch() {
  return chromium.launch(PROGRAM);
}

const LOCALES = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };

/**
 * A context of its own: nobody signed in, nothing remembered.
 *
 * `forAxe` switches the content security policy off, because axe is put into the page as text; never use
 * such a context to show that the policy holds.
 */
export async function context(browser, { scheme = "light", lang = "fi", viewport = DESK, forAxe = false, ...others } = {}) {
  return browser.newContext({ bypassCSP: forAxe, ...manners(scheme, lang, viewport), ...others });
}

/** A browser with a profile in a folder, as people have it: what was loaded and compiled once is kept on the disk. */
export async function profile(folder, { scheme = "light", lang = "fi", viewport = DESK } = {}) {
  return chromium.launchPersistentContext(folder, { ...PROGRAM, ...manners(scheme, lang, viewport) });
}

function manners(scheme, lang, viewport) {
  return {
    baseURL: BASE_URL,
    colorScheme: scheme,
    locale: LOCALES[lang] ?? lang,
    timezoneId: "Europe/Helsinki",
    viewport,
    isMobile: viewport.width < 600,
    hasTouch: viewport.width < 600,
  };
}

/** A page that keeps what went wrong in it: see `troubles`. */
export async function open(context, path = "/") {
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") {
      troubles.push(`console: ${message.text()}`);
    }
  });
  page.troubles = troubles;
  await page.goto(path);
  await ready(page);
  return page;
}

/** Waits until the app has drawn itself and said so by taking the loading message away. */
export async function ready(page) {
  await page.waitForFunction(() => !document.getElementById("boot"), undefined, { timeout: 30_000 });
}

/** What axe finds on the page as it stands, one line a finding; an empty list is what a test wants. */
export async function axe(page, { exclude = [] } = {}) {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.addScriptTag({ path: AXE });
  }
  // What still fades in has not its colours yet.
  await page.waitForFunction(() =>
    document.getAnimations().every((own) => own.playState !== "running" || own.effect?.getComputedTiming().endTime === Infinity),
  );
  const found = await page.evaluate(
    async ({ standards, exclude }) => {
      const where = { include: [["html"]], exclude: exclude.map((selector) => [selector]) };
      const result = await window.axe.run(where, { runOnly: { type: "tag", values: standards } });
      return result.violations;
    },
    { standards: STANDARDS, exclude },
  );
  return found.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}
