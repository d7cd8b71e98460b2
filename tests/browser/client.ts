// A small program as an integrator would write it, on the client generated from openapi/polku.json.
// It is type-checked, not run: it shows that the document gives a usable, strictly typed client.
import createClient from "openapi-fetch";
import type { paths } from "./generated/polku";

const api = createClient<paths>({ baseUrl: "http://127.0.0.1:8080" });

/** Signs in as a program and reads the means of every published edition of a programme. */
export async function means(email: string, password: string, programme: string): Promise<number[]> {
  const signedIn = await api.POST("/api/v1/sessions", { body: { email, password, kind: "device" } });
  if (!signedIn.data) {
    throw new Error(signedIn.error.title);
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
