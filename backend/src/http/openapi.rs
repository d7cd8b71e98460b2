//! The OpenAPI document: what the routes register, with the refusals that all share.

use crate::policy;
use actix_web::HttpRequest;
use shared::Lang;
use shared::clients::TOKEN_PATH;
use shared::identity::FRESH_SECONDS;
use shared::policy::ApiScope;
use shared::problem::Problem;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use utoipa::openapi::security::{
    ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, Modify, OpenApi};

/// What is said of the whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Polku",
        description = "Developing public social and health services together. Manners common to all operations — errors, paging, versions, idempotency — are in API.md.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    servers((url = "/")),
    tags(
        (name = "identity", description = "Organisations, units, accounts, grants, sessions and links."),
        (name = "training", description = "Programmes, editions, the people in them, self-assessment and results."),
        (name = "projects", description = "Development projects, their trials and which units take them up."),
        (name = "clients", description = "Programs that call the API in their own name, and how they get an access token."),
        (name = "comments", description = "What people say beside an object, and whom they mention."),
        (name = "live", description = "Hints that something has changed."),
        (name = "thread", description = "Where an object came from and what came of it."),
        (name = "audit", description = "Who did what to what, when."),
        (name = "accessibility", description = "Feedback about accessibility.")
    ),
    components(schemas(Problem)),
    modifiers(&Security)
)]
pub struct Document;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("The `access_token` of `POST /api/v1/sessions`, valid ten minutes."))
            .build();
        let scopes = ApiScope::ALL.iter().map(|scope| (scope.to_string(), Lang::En.text(&scope.key())));
        let flow = Flow::ClientCredentials(ClientCredentials::new(TOKEN_PATH, Scopes::from_iter(scopes)));
        let program = OAuth2::with_description([flow], "A program in its own name; an operation lists the scopes of which one lets it.");
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        components.add_security_scheme("program", SecurityScheme::OAuth2(program));
        for (_, name, description) in EDGE {
            components.responses.insert((*name).to_owned(), RefOr::T(problem(description)));
        }
    }
}

const READ: &[(u16, &str)] = &[
    (400, "The request cannot be read: an unknown parameter, a bad header."),
    (401, "No valid access token."),
    (403, "Known, but not allowed."),
    (404, "Not there, or not for the caller to know of."),
];

const CREATE: &[(u16, &str)] = &[
    (409, "The state does not allow it, or something like it exists."),
    (415, "Not a content type that this operation reads, or a body that is encoded."),
    (422, "The values break rules; `errors` says which."),
];

const CHANGE: &[(u16, &str)] =
    &[(412, "Changed by somebody else since; `current_etag` is the version now."), (428, "`If-Match` is missing.")];

const VISIT: &[(u16, &str)] = &[
    (400, "The request cannot be read: an unknown parameter, a bad header."),
    (401, "Not let in."),
    (404, "Not there."),
    (410, "The link has been used, has expired or never was."),
    (415, "Not a content type that this operation reads, or a body that is encoded."),
    (422, "The values break rules; `errors` says which."),
];

/// What is refused before any operation is looked at: the same of all, so written once.
const EDGE: &[(u16, &str, &str)] = &[
    (408, "TooSlow", "The body did not come in time: 30 s, and 1 KiB a second."),
    (413, "TooLarge", "The body is larger than 256 KiB."),
    (414, "AddressTooLong", "The address is longer than 8 KiB."),
    (429, "TooOften", "Too many requests or tries; `Retry-After` says when to come back, `RateLimit` what is left."),
    (431, "HeadersTooLarge", "More than 64 header fields, or 32 KiB of them."),
    (503, "Busy", "Busy or restarting; `Retry-After` says when to come back."),
];

fn problem(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content("application/problem+json", content).build()
}

fn refusals(parts: &[&[(u16, &str)]]) -> BTreeMap<String, RefOr<Response>> {
    let own = parts.iter().flat_map(|part| part.iter()).map(|(status, text)| (status.to_string(), RefOr::T(problem(text))));
    let edge = EDGE.iter().map(|(status, name, _)| (status.to_string(), RefOr::Ref(Ref::from_response_name(*name))));
    own.chain(edge).collect()
}

/// Refusals of an operation that reads.
pub struct ReadProblems;
/// Refusals of an operation that creates or acts.
pub struct CreateProblems;
/// Refusals of an operation that changes or removes one version.
pub struct ChangeProblems;
/// Refusals of an operation for those who are not signed in.
pub struct VisitorProblems;

impl IntoResponses for ReadProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(&[READ])
    }
}

impl IntoResponses for CreateProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(&[READ, CREATE])
    }
}

impl IntoResponses for ChangeProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(&[READ, CREATE, CHANGE])
    }
}

impl IntoResponses for VisitorProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals(&[VISIT])
    }
}

/// Adds what every operation of a kind takes: the key of a POST, the version of a change.
pub fn complete(document: &mut utoipa::openapi::OpenApi) {
    close(document, "Scope");
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten() {
            if operation.operation_id.as_deref().is_some_and(|id| policy::STEP_UP.contains(&id)) {
                ask_for_step_up(operation);
            }
        }
        for (is_post, slot) in [(true, &mut item.post), (false, &mut item.put), (false, &mut item.patch), (false, &mut item.delete)] {
            let Some(operation) = slot else { continue };
            let changes = operation.responses.responses.contains_key("428");
            let signed_in = operation.security.as_ref().is_some_and(|either| !either.contains(&SecurityRequirement::default()));
            let parameters = operation.parameters.get_or_insert_default();
            if changes {
                parameters.push(header("If-Match", true, "The version that the caller knows, as in `ETag`.", "^\"[!#-~]*\"$", "\"v1\""));
            }
            if is_post && signed_in {
                parameters.push(header("Idempotency-Key", false, "The same key has one effect; see API.md.", "^[!-~]{1,255}$", "3f0c7a52"));
            }
        }
    }
}

/// Says of an operation that it asks for a fresh proof of who one is (RFC 9470).
fn ask_for_step_up(operation: &mut utoipa::openapi::path::Operation) {
    let extension = utoipa::openapi::extensions::ExtensionsBuilder::new().add("x-step-up-seconds", FRESH_SECONDS).build();
    operation.extensions.get_or_insert_default().merge(extension);
    if let Some(RefOr::T(refused)) = operation.responses.responses.get_mut("401") {
        refused.description =
            "No valid access token; or `step_up_required`: prove anew who you are with `confirm_session`, then call again.".to_owned();
    }
}

/// Says that a choice between objects takes no others' members: the derive says it of structs alone.
fn close(document: &mut utoipa::openapi::OpenApi, name: &str) {
    use utoipa::openapi::Schema;
    use utoipa::openapi::schema::AdditionalProperties;
    let Some(components) = &mut document.components else { return };
    let Some(RefOr::T(Schema::OneOf(choice))) = components.schemas.get_mut(name) else { return };
    for item in &mut choice.items {
        if let RefOr::T(Schema::Object(object)) = item {
            object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
}

/// Takes away schemas that nothing refers to: those whose only use is inside a list are written out there.
pub fn prune(document: &mut utoipa::openapi::OpenApi) {
    let text = document.to_json().unwrap_or_default();
    if let Some(components) = &mut document.components {
        components.schemas.retain(|name, _| text.contains(&format!("\"#/components/schemas/{name}\"")));
    }
}

fn header(name: &str, required: bool, description: &str, pattern: &str, example: &str) -> RefOr<utoipa::openapi::path::Parameter> {
    use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
    use utoipa::openapi::{ObjectBuilder, Required, schema::Type};
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(if required { Required::True } else { Required::False })
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)).build()))
        .example(Some(example.into()))
        .build();
    RefOr::T(parameter)
}

/// An address with the operation of each method that it takes.
type Route = (String, Vec<(&'static str, String)>);

static ROUTES: OnceLock<Vec<Route>> = OnceLock::new();

/// Remembers which addresses take which methods, for 405, and which operation each is.
pub fn remember(document: &utoipa::openapi::OpenApi) {
    ROUTES.get_or_init(|| {
        let operations = |item: &utoipa::openapi::PathItem| {
            let named = [("GET", &item.get), ("POST", &item.post), ("PUT", &item.put), ("PATCH", &item.patch), ("DELETE", &item.delete)];
            let id = |operation: &utoipa::openapi::path::Operation| operation.operation_id.clone().unwrap_or_default();
            named.into_iter().filter_map(|(method, slot)| slot.as_ref().map(|operation| (method, id(operation)))).collect()
        };
        document.paths.paths.iter().map(|(path, item)| (path.clone(), operations(item))).collect()
    });
}

/// The operation that a request calls; none when it is none of the document's.
pub fn operation_of(request: &HttpRequest) -> Option<&'static str> {
    let pattern = request.match_pattern()?;
    let (_, operations) = ROUTES.get()?.iter().find(|(path, _)| *path == pattern)?;
    operations.iter().find(|(method, _)| *method == request.method().as_str()).map(|(_, id)| id.as_str())
}

/// The methods that the request's address takes.
pub fn methods_of(request: &HttpRequest) -> Vec<&'static str> {
    let fits = |pattern: &str| {
        let (mut pattern, mut path) = (pattern.split('/'), request.path().split('/'));
        loop {
            match (pattern.next(), path.next()) {
                (None, None) => return true,
                (Some(wanted), Some(given)) if wanted == given || wanted.starts_with('{') && !given.is_empty() => {}
                _ => return false,
            }
        }
    };
    let found = ROUTES
        .get()
        .into_iter()
        .flatten()
        .filter(|(pattern, _)| fits(pattern))
        .flat_map(|(_, operations)| operations.iter().map(|(method, _)| *method));
    found.filter(|method| *method != request.method().as_str()).collect()
}
