// Takes a picture of every screen, for people to look at: `cargo xtask screens --all FOLDER`.
//
// Each screen on a desk and on a phone, light and dark, Finnish and Swedish, in the demo world as each role and in an
// empty installation; and the pages that are printed, as they print. POLKU_ONLY (a regular expression over the pictures'
// names) takes some of them.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { context, DESK, launch, open, PHONE, ready } from "./browser.mjs";
import { account, api, quiet, redeemFirst, settled, signIn, visit, words } from "./world.mjs";

const folder = process.env.POLKU_SCREENS;
if (!folder) {
  throw new Error("POLKU_SCREENS is not set: run this through `cargo xtask screens --all FOLDER`");
}
const only = new RegExp(process.env.POLKU_ONLY ?? "");
const empty = { address: process.env.POLKU_EMPTY_URL, link: process.env.POLKU_EMPTY_LINK };

const VIEWS = [
  { scheme: "light", lang: "fi", viewport: DESK },
  { scheme: "light", lang: "fi", viewport: PHONE },
  { scheme: "dark", lang: "sv", viewport: DESK },
  { scheme: "dark", lang: "sv", viewport: PHONE },
];

const ROLES = ["participant", "facilitator", "coordinator", "unit_manager", "auditor", "administrator"];

/** The addresses that a role is shown at, by the picture's name. */
function addresses(role, { open, closed, account, client, project }) {
  const both = { start: "/", edition: `/editions/${open.id}` };
  const projects = { board: "/projects", list: "/projects/list", "new-idea": "/projects/new", project: `/projects/${project.id}` };
  const training = {
    programmes: "/programmes",
    programme: `/programmes/${open.programme_id}`,
    results: `/programmes/${open.programme_id}/results`,
    "closed-edition": `/editions/${closed.id}`,
  };
  const admin = {
    organisations: "/admin/organisations",
    units: "/admin/units",
    accounts: "/admin/accounts",
    account: `/admin/accounts/${account.id}`,
    clients: "/admin/clients",
    client: `/admin/clients/${client.id}`,
    "sign-in-rules": "/admin/sign-in",
    audit: "/admin/audit",
    feedback: "/admin/accessibility",
  };
  const own = { "own-account": "/account", forbidden: "/admin/audit", nowhere: "/nowhere" };
  switch (role) {
    case "participant":
      return { ...both, ...own, "new-idea": projects["new-idea"], "self-assessment": `/editions/${open.id}/self-assessment` };
    case "facilitator":
      return { ...both, people: `/editions/${open.id}?view=people`, groups: `/editions/${open.id}?view=groups` };
    case "unit_manager":
      return { ...both, people: "/unit-people" };
    case "auditor":
      return { start: "/", audit: "/admin/audit" };
    case "administrator":
      return { ...both, ...training, ...projects, ...admin };
    default:
      return { start: "/" };
  }
}

/** Buttons that open a form in a dialog: picture, address, the button's words. */
function dialogs({ open, account, client }) {
  return [
    ["invite", "/admin/accounts", "identity-invite"],
    ["grant", `/admin/accounts/${account.id}`, "identity-grant-new"],
    ["client-form", "/admin/clients", "clients-new"],
    ["client-secret", `/admin/clients/${client.id}`, "clients-secret-new"],
    ["unit-form", "/admin/units", "identity-unit-new"],
    ["programme-form", `/programmes/${open.programme_id}`, "training-edit-programme"],
    ["edition-form", `/editions/${open.id}`, "training-edit-edition"],
    ["day-form", `/editions/${open.id}`, "training-add-day"],
    ["enrol", `/editions/${open.id}?view=people`, "training-enrol"],
  ];
}

const VISITED = { "sign-in": "/", forgot: "/forgot", link: "/link/invitation", privacy: "/privacy", accessibility: "/accessibility" };

function name(view, picture) {
  return `${picture}.${view.viewport.width}-${view.scheme}-${view.lang}.png`;
}

const browser = await launch();
let taken = 0;

async function shoot(page, view, picture, fullPage = true) {
  // Fonts and icons come late; a picture of their absence shows nothing.
  await page.evaluate(() => document.fonts.ready);
  await quiet(page);
  await page.screenshot({ path: join(folder, name(view, picture)), fullPage });
  taken += 1;
}

function wanted(view, pictures) {
  return pictures.filter((picture) => only.test(name(view, picture)));
}

async function facts(page) {
  const own = await account("administrator");
  const editions = (await api(page, "/editions?limit=200", own)).items.map((row) => row.edition);
  const accounts = await api(page, "/accounts?limit=200", own);
  const clients = await api(page, "/api-clients", own);
  const projects = await api(page, "/projects?limit=200", own);
  return {
    open: editions.find((edition) => edition.assessment === "open"),
    closed: editions.find((edition) => edition.assessment === "published"),
    client: clients.items[0],
    project: projects.items.find((project) => project.stage === "spread") ?? projects.items[0],
    account: accounts.items.find((known) => known.email.startsWith("kouluttaja")),
  };
}

async function visitors(view) {
  const chosen = wanted(view, Object.keys(VISITED));
  if (chosen.length === 0) {
    return;
  }
  const own = await context(browser, { ...view, reducedMotion: "reduce" });
  const page = await own.newPage();
  for (const picture of chosen) {
    await visit(page, VISITED[picture]);
    await shoot(page, view, picture);
  }
  await own.close();
}

async function role(view, who, known) {
  const pages = addresses(who, known);
  const chosen = wanted(view, Object.keys(pages).map((page) => `${who}-${page}`));
  const forms = who === "administrator" ? dialogs(known).filter(([picture]) => only.test(name(view, picture))) : [];
  if (chosen.length + forms.length === 0) {
    return;
  }
  const own = await context(browser, { ...view, reducedMotion: "reduce" });
  const page = await signIn(own, who, "/", view.lang);
  for (const picture of chosen) {
    await visit(page, pages[picture.slice(who.length + 1)]);
    await shoot(page, view, picture);
  }
  for (const [picture, path, button] of forms) {
    await visit(page, path);
    await page.getByRole("button", { name: words(button, view.lang), exact: true }).click();
    await page.locator("dialog[open]").waitFor();
    await shoot(page, view, picture, false);
  }
  await own.close();
}

/** What happens when the network goes while a page is open. */
async function offline(view) {
  if (wanted(view, ["offline"]).length === 0) {
    return;
  }
  const own = await context(browser, { ...view, reducedMotion: "reduce" });
  const page = await signIn(own, "facilitator", "/", view.lang);
  await own.setOffline(true);
  await page.locator("a[href='/programmes']").first().evaluate((link) => link.click());
  await page.getByRole("alert").first().waitFor();
  await shoot(page, view, "offline");
  await own.close();
}

async function printed(known) {
  const view = VIEWS[0];
  const pages = { board: "/projects", project: `/projects/${known.project.id}`, edition: `/editions/${known.open.id}`, results: `/programmes/${known.open.programme_id}/results`, start: "/" };
  for (const [picture, path] of Object.entries(pages)) {
    const file = `print-${picture}.png`;
    if (!only.test(file)) {
      continue;
    }
    // An A4 sheet at 96 dots an inch, within its margins.
    const own = await context(browser, { ...view, viewport: { width: 718, height: 1047 } });
    const page = await signIn(own, "facilitator", path, view.lang);
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: join(folder, file), fullPage: true });
    taken += 1;
    await own.close();
  }
}

/** An installation with nothing in it but its first administrator. */
async function emptyWorld() {
  const pages = {
    start: "/",
    programmes: "/programmes",
    organisations: "/admin/organisations",
    units: "/admin/units",
    accounts: "/admin/accounts",
    clients: "/admin/clients",
    audit: "/admin/audit",
    feedback: "/admin/accessibility",
    board: "/projects",
  };
  if (!empty.address || wanted(VIEWS[0], Object.keys(pages).map((page) => `empty-${page}`)).length === 0) {
    return;
  }
  const first = await context(browser, { ...VIEWS[0], baseURL: empty.address });
  const page = await open(first, empty.link);
  await settled(page);
  await shoot(page, VIEWS[0], "empty-first-administrator");
  const own = await redeemFirst(page);
  await first.close();
  for (const view of VIEWS) {
    const again = await context(browser, { ...view, reducedMotion: "reduce", baseURL: empty.address });
    const page = await signIn(again, own, "/", view.lang);
    for (const picture of wanted(view, Object.keys(pages).map((page) => `empty-${page}`))) {
      await visit(page, pages[picture.slice("empty-".length)]);
      await shoot(page, view, picture);
    }
    await again.close();
  }
}

await mkdir(folder, { recursive: true });
try {
  const start = await context(browser);
  const page = await open(start);
  await ready(page);
  const known = await facts(page);
  await start.close();
  for (const view of VIEWS) {
    await visitors(view);
    for (const who of ROLES) {
      await role(view, who, known);
    }
    await offline(view);
  }
  await printed(known);
  await emptyWorld();
  console.log(`${taken} pictures in ${folder}`);
} finally {
  await browser.close();
}
