// A world in which every text that people can write holds script: written through the API, as a hostile colleague would.
import { randomUUID } from "node:crypto";
import { BASE_URL } from "../browser.mjs";
import { account } from "../world.mjs";
import { packed, PAYLOADS } from "./payloads.mjs";

/** How many requests are under way at a time. */
const AT_ONCE = 4;

/** A client of the API for one account. */
async function client(context, role) {
  const { email, password } = await account(role);
  const signedIn = await context.request.post(`${BASE_URL}/api/v1/sessions`, { data: { email, password, kind: "device" } });
  const token = (await signedIn.json()).access_token;
  const send = async (method, path, body, more = {}) => {
    const type = method === "patch" ? "application/merge-patch+json" : "application/json";
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": type, "Idempotency-Key": randomUUID(), ...more };
    const answer = await context.request[method](`${BASE_URL}/api/v1${path}`, { headers, data: body && JSON.stringify(body) });
    if (!answer.ok()) {
      throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()} for ${JSON.stringify(body)}`);
    }
    return answer.status() === 204 ? undefined : answer.json();
  };
  const change = async (path, body, version) => send("patch", path, body, { "If-Match": `"v${version}"` });
  return { get: (path) => send("get", path), post: (path, body) => send("post", path, body), put: (path, body, version) => send("put", path, body, { "If-Match": `"v${version}"` }), change };
}

/** Runs `make` for each item, a few at a time, in order of starting. */
async function each(items, make) {
  const made = new Array(items.length);
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const at = next++;
      made[at] = await make(items[at], at);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}

const all = (text) => ({ fi: text, sv: text, en: text });
const step = ["a", "b", "c", "d"];
/** An address that a browser may follow has no spaces. */
const url = (text) => `https://x.example/${text.replaceAll(/\s/g, "/")}`;

/** Programmes whose goals, descriptions and words hold every payload, and one more for each payload in its name. */
async function programmes(own) {
  const texts = packed(4_000);
  await each(PAYLOADS, (name) => own.post("/programmes", { name: all(name), description: all(""), step_words: step.map(all), goals: [] }));
  const twenty = Array.from({ length: Math.ceil(PAYLOADS.length / 20) }, (_, at) => PAYLOADS.slice(at * 20, at * 20 + 20));
  return each(twenty, (goals, at) =>
    own.post("/programmes", {
      name: all(`Sisältö ${at}`),
      description: all(texts[at % texts.length]),
      step_words: step.map((_, word) => all(PAYLOADS[(at * 4 + word) % PAYLOADS.length])),
      goals: goals.map((text) => ({ text: all(text) })),
    }),
  );
}

/** An edition whose days, groups and people hold every payload. */
async function edition(own, programme, people) {
  const made = await own.post("/editions", { programme_id: programme.id, number: 1, season: "spring", year: 2031, places: 400, status: "running" });
  const path = `/editions/${made.id}`;
  await each(PAYLOADS, (text, at) => {
    const day = String(1 + (at % 28)).padStart(2, "0");
    const month = String(1 + Math.floor(at / 28)).padStart(2, "0");
    const agenda = [{ kind: "theory", title: all(text), minutes: 30 }];
    const when = { starts_at: `2031-${month}-${day}T07:00:00Z`, ends_at: `2031-${month}-${day}T13:00:00Z` };
    return own.post(`${path}/contact-days`, { part: "other", title: all(text), ...when, place: text, address: text, meeting_url: url(text), facilitator_ids: [], agenda });
  });
  const groups = await each(PAYLOADS, (name) => own.post(`${path}/groups`, { name, lang: "fi" }));
  await each(people, ({ id }, at) => own.post(`${path}/enrolments`, { account_id: id, group_id: groups[at].id }));
  return made;
}

/** The running edition's last participant answers with payloads, and its facilitator publishes them. */
async function greetings(context, own) {
  const { edition } = (await own.get("/editions?limit=200")).items.find((row) => row.edition.assessment === "open");
  const participant = await client(context, "participant");
  const programme = await own.get(`/programmes/${edition.programme_id}`);
  const steps = programme.goals.map(({ id }) => ({ goal_id: id, step: 3 }));
  const texts = packed(4_000);
  for (const greeting of texts) {
    const { version } = await participant.get(`/editions/${edition.id}/self-assessment`);
    await participant.put(`/editions/${edition.id}/self-assessment`, { steps, greeting, lang: "fi" }, version);
  }
  return { edition, programme };
}

/** Makes it all; gives what the pages of it need. */
export async function hostileWorld(context) {
  const own = await client(context, "administrator");
  const texts = packed(4_000);
  const [home] = await each(PAYLOADS, (name) => own.post("/organisations", { name, kind: "other" }));
  await each(PAYLOADS, (name) => own.post("/units", { organisation_id: home.id, name, sector: "social", municipality: name }));
  const people = await each(PAYLOADS, async (name, at) => (await own.post("/accounts", { name, email: `h${at}@example.fi`, lang: "fi" })).account);
  for (const message of texts) {
    await own.post("/accessibility-feedback", { message, email: "a@example.fi", lang: "fi" });
  }
  const filled = await programmes(own);
  const made = await edition(own, filled[0], people);
  const running = await greetings(context, own);
  const me = await own.get("/me");
  await own.change("/me", { name: PAYLOADS[0] }, me.account.version);
  return { own, home, person: people[1], filled, made, running };
}
