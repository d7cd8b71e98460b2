//! Headers that every answer carries, and those of each kind of answer.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// What a document may load: only from here, no inline script or style; WebAssembly may compile.
pub const DOCUMENT_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

/// What an API answer may load: nothing.
pub const API_CSP: &str = "default-src 'none'; frame-ancestors 'none'";

/// Swagger UI draws its icons and styles from data addresses and inline style attributes.
pub const DOCS_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
    ),
];

/// Adds what is missing for an answer to `path`.
pub fn complete(headers: &mut HeaderMap, path: &str, request_id: &str) {
    for (name, value) in ALWAYS {
        put(headers, name, value);
    }
    put(headers, "x-request-id", request_id);
    let csp = match path {
        _ if path.starts_with("/docs") => DOCS_CSP,
        _ if ["/api", "/oauth", "/.well-known"].iter().any(|start| path.starts_with(start)) || is_probe(path) => API_CSP,
        _ => DOCUMENT_CSP,
    };
    put(headers, "content-security-policy", csp);
    put(headers, "cache-control", "no-store");
}

fn is_probe(path: &str) -> bool {
    matches!(path, "/livez" | "/healthz" | "/readyz" | "/openapi.json")
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &str) {
    let name = HeaderName::from_static(name);
    if let (false, Ok(value)) = (headers.contains_key(&name), HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}
