// A small program as an integrator would write it, on the client generated from openapi/polku.json. It is type-checked
// strictly, and its first call is made against a running server (first-call.mjs).
import createClient from "openapi-fetch";
import type { paths } from "./generated/polku";

const api = createClient<paths>({ baseUrl: "http://127.0.0.1:8080" });

/** Gets an access token for a program with its own id and secret. */
export async function token(baseUrl: string, id: string, secret: string): Promise<string> {
  const root = createClient<paths>({ baseUrl });
  const given = await root.POST("/oauth/token", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: { grant_type: "client_credentials", client_id: id, client_secret: secret },
  });
  if (!given.data) {
    throw new Error(`${given.error.error}: ${given.error.error_description}`);
  }
  return given.data.access_token;
}

/** The first call of a program: the editions, as `number year`. */
export async function firstCall(baseUrl: string, id: string, secret: string): Promise<string[]> {
  const root = createClient<paths>({ baseUrl });
  const headers = { Authorization: `Bearer ${await token(baseUrl, id, secret)}` };
  const editions = await root.GET("/api/v1/editions", { headers });
  if (!editions.data) {
    throw new Error(editions.error.title);
  }
  return editions.data.items.map((row) => `${row.edition.number} ${row.edition.year}`);
}

/** Tries what the program has no scope for; the status that it gets. */
export async function forbidden(baseUrl: string, id: string, secret: string): Promise<number> {
  const root = createClient<paths>({ baseUrl });
  const headers = { Authorization: `Bearer ${await token(baseUrl, id, secret)}` };
  const refused = await root.GET("/api/v1/audit-events", { headers });
  return refused.response.status;
}

/** Signs in as a person's program and reads the means of every published edition of a programme. */
export async function means(email: string, password: string, programme: string): Promise<number[]> {
  const signedIn = await api.POST("/api/v1/sessions", { body: { email, password, kind: "device" } });
  if (!signedIn.data) {
    throw new Error(signedIn.error.title);
  }
  if (!("access_token" in signedIn.data)) {
    throw new Error("this account gives a code, too: go on with POST /api/v1/sessions/second-step");
  }
  const headers = { Authorization: `Bearer ${signedIn.data.access_token}` };
  const results = await api.GET("/api/v1/programmes/{id}/results", { params: { path: { id: programme } }, headers });
  if (!results.data) {
    throw new Error(results.error.title);
  }
  return results.data.editions.flatMap((edition) => (edition.overall.mean == null ? [] : [edition.overall.mean]));
}

/** Renames a group: the version read is the version changed. */
export async function rename(id: string, name: string, token: string): Promise<string> {
  const headers = { Authorization: `Bearer ${token}` };
  const read = await api.GET("/api/v1/groups/{id}", { params: { path: { id } }, headers });
  if (!read.data) {
    throw new Error(read.error.title);
  }
  const changed = await api.PATCH("/api/v1/groups/{id}", {
    params: { path: { id }, header: { "If-Match": `"v${read.data.version}"` } },
    headers: { ...headers, "Content-Type": "application/merge-patch+json" },
    body: { name },
  });
  if (!changed.data) {
    throw new Error(`${changed.error.code}: ${changed.error.title}`);
  }
  return changed.data.name;
}
