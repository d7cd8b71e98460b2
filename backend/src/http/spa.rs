//! The page: files built by `cargo xtask web`, hashed, precompressed and embedded. Hashed files never change; the
//! document itself is asked for anew each time. A deep link gets the document; a wrong API or file address does not.

use super::caller::lang;
use super::respond;
use crate::error::Error;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../frontend/dist"]
#[allow_missing = true]
struct Files;

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Polku</title><h1>The page is not built</h1><p>Run <code>cargo xtask web</code>, or <code>cargo xtask run</code>, which does it.</p></html>";

/// A file of the page under `/assets` and `/licences`.
pub async fn asset(request: HttpRequest) -> Result<HttpResponse, Error> {
    let path = request.path().trim_start_matches('/');
    serve(&request, path, "public, max-age=31536000, immutable").ok_or_else(Error::not_found)
}

/// The document for every address that a person may open, else what `unmatched` says.
pub async fn document(request: HttpRequest) -> Result<HttpResponse, Error> {
    let path = request.path();
    let accepts_html =
        request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    let reserved = ["/api", "/oauth", "/docs", "/assets", "/.well-known", "/openapi", "/livez", "/healthz", "/readyz", "/problems"]
        .iter()
        .any(|prefix| path.starts_with(prefix));
    if *request.method() != actix_web::http::Method::GET || reserved || (!accepts_html && path != "/") {
        return Err(respond::unmatched(request.clone()).await);
    }
    Ok(serve(&request, "index.html", "no-cache")
        .unwrap_or_else(|| HttpResponse::Ok().content_type("text/html; charset=utf-8").body(NOT_BUILT)))
}

/// What a problem's `type` leads to.
pub async fn problem(request: HttpRequest, slug: web::Path<String>) -> Result<HttpResponse, Error> {
    let text = respond::describe_problem(&slug, lang(&request)).ok_or_else(Error::not_found)?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}

fn serve(request: &HttpRequest, path: &str, caching: &str) -> Option<HttpResponse> {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let encodings = [("br", ".br"), ("gzip", ".gz")].into_iter().filter(|(name, _)| accepted.contains(name));
    let compressed = encodings.map(|(name, suffix)| (Some(name), format!("{path}{suffix}")));
    let (encoding, file) = compressed
        .chain(std::iter::once((None, path.to_owned())))
        .find_map(|(encoding, name)| Files::get(&name).map(|file| (encoding, file)))?;
    let digest = file.metadata.sha256_hash();
    let etag = format!("\"{}\"", digest[..12].iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, caching)).insert_header((header::VARY, "Accept-Encoding"));
    response.insert_header((header::ETAG, etag.clone()));
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == etag)) {
        return Some(response.status(actix_web::http::StatusCode::NOT_MODIFIED).finish());
    }
    if let Some(encoding) = encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding));
    }
    Some(response.content_type(content_type(path)).body(file.data.into_owned()))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" | "webmanifest" => "application/json",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" | "LICENSE" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
