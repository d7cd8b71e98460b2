//! Addresses that programs and finders of weaknesses look for by themselves: `security.txt` (RFC 9116) and the catalogue
//! of APIs (RFC 9727).

use crate::error::Error;
use crate::state::State;
use actix_web::http::header;
use actix_web::{HttpResponse, guard, web};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

const CATALOG: &str = "/.well-known/api-catalog";
/// How long a reader may keep believing the contact; a year is the most that the standard allows.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24 * 180);

/// The addresses of this file.
pub fn mount(config: &mut web::ServiceConfig) {
    let read = || web::route().guard(guard::Any(guard::Get()).or(guard::Head()));
    config.route("/.well-known/security.txt", read().to(security_txt)).route(CATALOG, read().to(api_catalog));
}

/// Where to tell of a weakness; not there unless the installation names a contact.
async fn security_txt(state: web::Data<State>) -> Result<HttpResponse, Error> {
    let contact = state.settings.security_contact.as_deref().ok_or_else(Error::not_found)?;
    let text = security_text(contact, &state.settings.public_url, state.clock.now());
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text))
}

fn security_text(contact: &str, public_url: &str, now: Timestamp) -> String {
    let expires = (now + GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z");
    format!("Contact: {contact}\nExpires: {expires}\nPreferred-Languages: fi, sv, en\nCanonical: {public_url}/.well-known/security.txt\n")
}

/// Where the API, its document and its state are.
async fn api_catalog(state: web::Data<State>) -> HttpResponse {
    let at = |path: &str| format!("{}{path}", state.settings.public_url);
    let links = json!({
        "linkset": [{
            "anchor": at("/api/v1"),
            "service-desc": [{ "href": at("/openapi.json"), "type": "application/json" }],
            "service-doc": [{ "href": at("/docs/"), "type": "text/html" }],
            "status": [{ "href": at("/readyz"), "type": "text/plain" }],
        }]
    });
    HttpResponse::Ok()
        .content_type("application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"")
        .insert_header((header::LINK, format!("<{}>; rel=\"api-catalog\"", at(CATALOG))))
        .body(links.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contact_expires_within_a_year_and_at_midnight() {
        let now: Timestamp = "2027-03-02T13:14:15Z".parse().expect("an instant");
        let text = security_text("mailto:turva@example.fi", "https://polku.example", now);
        assert_eq!(
            text,
            "Contact: mailto:turva@example.fi\nExpires: 2027-08-29T00:00:00Z\nPreferred-Languages: fi, sv, en\nCanonical: https://polku.example/.well-known/security.txt\n"
        );
    }
}
