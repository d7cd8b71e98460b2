// A small program as an integrator would write it, on the client generated from openapi/polku.json.
// It is type-checked, not run: it shows that the document gives a usable, strictly typed client.
import createClient from "openapi-fetch";
import type { paths } from "./generated/polku";

const api = createClient<paths>({ baseUrl: "http://127.0.0.1:8080" });

export default api;
