//! The token endpoint: its words are those of RFC 6749, a secret is all that opens it, and no token of one kind passes
//! for one of another.

use crate::forge::Forge;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use shared::audit::{AuditAction, AuditFilter};
use shared::client::{CallError, NoToken};
use shared::clients::{NewApiClientSecret, TOKEN_PATH, TokenErrorCode};
use shared::identity::{Credentials, SessionKind};
use shared::policy::ApiScope;
use shared::training::EditionFilter;
use tests::programs::Program;
use tests::raw::{header, problem, send, status};
use tests::{PASSWORD, TestApp, eventually};

const BOTH: &[ApiScope] = &[ApiScope::TrainingRead, ApiScope::DirectoryRead];

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// A good form with the program's id and secret in it.
fn form(program: &Program) -> String {
    format!("grant_type=client_credentials&client_id={}&client_secret={}", program.id(), program.secret)
}

/// Sends it; the status and the code of the refusal, which must be in the words of the standard.
async fn refused(request: RequestBuilder) -> (u16, String) {
    let response = send(request).await;
    let status = response.status().as_u16();
    assert_eq!(header(&response, "content-type"), "application/json", "{status}");
    assert_eq!(header(&response, "cache-control"), "no-store", "{status}");
    assert_eq!(header(&response, "www-authenticate").starts_with("Basic"), status == 401, "{status}");
    let body: Value = response.json().await.expect("JSON");
    let members: Vec<&str> = body.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(members, ["error", "error_description"]);
    let description = body["error_description"].as_str().expect("text");
    assert!(description.bytes().all(|byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e)), "RFC 6749, 5.2: {description}");
    (status, body["error"].as_str().expect("a code").to_owned())
}

fn editions(app: &TestApp, token: &str) -> RequestBuilder {
    app.request(Method::GET, "/api/v1/editions").bearer_auth(token)
}

#[tokio::test]
async fn a_token_is_got_by_header_and_by_form() {
    let app = TestApp::start().await;
    let program = app.program(app.organisation_of(&app.own), BOTH);
    let by_header =
        app.ask_token("grant_type=client_credentials").header("authorization", basic(&program.id().to_string(), &program.secret));
    let with_id_in_both = app
        .ask_token(&format!("grant_type=client_credentials&client_id={}", program.id()))
        .header("authorization", basic(&program.id().to_string(), &program.secret));
    let unknown_members = app.ask_token(&format!("{}&resource=x&scope=", form(&program)));
    for request in [by_header, with_id_in_both, app.ask_token(&form(&program)), unknown_members] {
        let response = send(request).await;
        assert_eq!(response.status(), 200);
        assert_eq!((header(&response, "cache-control"), header(&response, "pragma")), ("no-store".to_owned(), "no-cache".to_owned()));
        let body: Value = response.json().await.expect("JSON");
        let members: Vec<&str> = body.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(members, ["access_token", "expires_in", "scope", "token_type"], "no refresh token");
        assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(600)));
        assert_eq!(body["scope"], "training:read directory:read");
        assert_eq!(status(editions(&app, body["access_token"].as_str().expect("a token"))).await, 200);
    }
}

#[tokio::test]
async fn a_token_may_be_for_less_than_the_client_has() {
    let app = TestApp::start().await;
    let program = app.program(app.organisation_of(&app.own), BOTH);
    let body: Value = send(app.ask_token(&format!("{}&scope=directory:read", form(&program)))).await.json().await.expect("JSON");
    assert_eq!(body["scope"], "directory:read");
    let token = body["access_token"].as_str().expect("a token");
    assert_eq!(status(editions(&app, token)).await, 403);
    assert_eq!(status(app.request(Method::GET, "/api/v1/units").bearer_auth(token)).await, 200);
}

#[tokio::test]
async fn refusals_are_in_the_words_of_the_standard() {
    let app = TestApp::start().await;
    let program = app.program(app.organisation_of(&app.own), BOTH);
    let (good, id) = (form(&program), program.id().to_string());
    let bad_request = |error: &str| (400, error.to_owned());
    let forms = [
        ("client_id=x&client_secret=y".to_owned(), bad_request("invalid_request")),
        (good.replace("client_credentials", "password"), bad_request("unsupported_grant_type")),
        (good.replace("client_credentials", "refresh_token"), bad_request("unsupported_grant_type")),
        (good.replace("client_credentials", "authorization_code"), bad_request("unsupported_grant_type")),
        (format!("{good}&scope=audit:read"), bad_request("invalid_scope")),
        (format!("{good}&scope=training:read+everything"), bad_request("invalid_scope")),
        (format!("{good}&client_id={id}"), bad_request("invalid_request")),
        (format!("{good}&grant_type=client_credentials"), bad_request("invalid_request")),
        ("grant_type=client_credentials".to_owned(), (401, "invalid_client".to_owned())),
        (good.replace(&id, &uuid::Uuid::now_v7().to_string()), (401, "invalid_client".to_owned())),
        (good.replace(&id, "no-id"), (401, "invalid_client".to_owned())),
        (format!("{good}x"), (401, "invalid_client".to_owned())),
        (format!("grant_type=client_credentials&client_id={id}&client_secret="), (401, "invalid_client".to_owned())),
    ];
    for (form, expected) in forms {
        assert_eq!(refused(app.ask_token(&form)).await, expected, "{form}");
    }
    let own = basic(&id, &program.secret);
    let twice = app.ask_token(&good).header("authorization", &own);
    assert_eq!(refused(twice).await, bad_request("invalid_request"), "in the header and in the form");
    let other_id = app.ask_token(&good.replace(&id, "other").replace(&program.secret, "")).header("authorization", &own);
    assert_eq!(refused(other_id).await, bad_request("invalid_request"));
    for broken in ["Basic", "Basic ???", "Bearer abc", &basic(&id, "wrong")] {
        let asked = app.ask_token("grant_type=client_credentials").header("authorization", broken);
        assert_eq!(refused(asked).await, (401, "invalid_client".to_owned()), "{broken}");
    }
    let post = |kind: &str, body: String| app.request(Method::POST, TOKEN_PATH).header("content-type", kind.to_owned()).body(body);
    let json = json!({"grant_type": "client_credentials", "client_id": id, "client_secret": program.secret}).to_string();
    assert_eq!(refused(post("application/json", json)).await, (415, "invalid_request".to_owned()));
    let large = format!("{good}&x={}", "x".repeat(257 * 1024));
    assert_eq!(refused(app.ask_token(&large)).await, (413, "invalid_request".to_owned()));
    let in_address = app.request(Method::POST, &format!("{TOKEN_PATH}?{good}")).header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(refused(in_address).await, (400, "invalid_request".to_owned()), "never in the address (section 2.3.1)");
    let get = problem(app.request(Method::GET, TOKEN_PATH).header("accept", "text/html")).await;
    assert_eq!(get.status, 405);
}

#[tokio::test]
async fn guessing_is_limited_as_for_people() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let program = app.program(app.organisation_of(&app.own), BOTH);
    let other = app.program(app.organisation_of(&app.own), BOTH);
    for guess in 0..10 {
        let wrong = form(&program).replace(&program.secret, &format!("guess-{}", guess % 5));
        assert_eq!(refused(app.ask_token(&wrong)).await.0, 401, "guess {guess}");
    }
    let response = send(app.ask_token(&form(&program))).await;
    assert_eq!(response.status(), 429, "the right one has to wait, too");
    assert!(header(&response, "retry-after").parse::<u64>().expect("seconds") > 0);
    assert_eq!(refused(app.ask_token(&form(&program))).await, (429, "temporarily_unavailable".to_owned()));
    assert_eq!(status(app.ask_token(&form(&other))).await, 200, "another client of the same network is not held up");
    app.advance(SignedDuration::from_mins(16));
    assert_eq!(status(app.ask_token(&form(&program))).await, 200);

    let filter = AuditFilter { action: Some(AuditAction::SignInRefused), ..AuditFilter::default() };
    let trail = app.auditor().list_audit_events(&filter).await.expect("trail").items;
    assert_eq!(trail.len(), 10);
    assert!(trail.iter().all(|event| event.object_kind == "api_client" && event.object_id == Some(program.id().0)));
}

#[tokio::test]
async fn two_secrets_work_side_by_side_and_each_ends_its_own_tokens() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let program = app.program(app.organisation_of(&app.own), BOTH);
    let old = program.token().await;
    let made = administrator.create_api_client_secret(program.id(), &NewApiClientSecret::default()).await.expect("a second");
    let second = Program { secret: made.client_secret.expect("shown once"), ..program.clone() };
    let new = second.token().await;
    assert!(!program.token().await.is_empty(), "the old one still works");
    for token in [&old, &new] {
        assert_eq!(status(editions(&app, token)).await, 200);
    }
    let third = administrator.create_api_client_secret(program.id(), &NewApiClientSecret::default()).await.expect_err("two at most");
    assert_eq!(third.code(), Some(shared::problem::ProblemCode::LimitReached));

    administrator.revoke_api_client_secret(program.api_client.secrets[0].id).await.expect("revoked");
    administrator.revoke_api_client_secret(program.api_client.secrets[0].id).await.expect("twice is the same as once");
    eventually("the old token is dead", || async { status(editions(&app, &old)).await == 401 }).await;
    assert_eq!(status(editions(&app, &new)).await, 200, "the new one lives on");
    assert_eq!(refused(app.ask_token(&form(&program))).await, (401, "invalid_client".to_owned()));
    assert_eq!(status(app.ask_token(&form(&second))).await, 200);
    assert!(administrator.create_api_client_secret(program.id(), &NewApiClientSecret::default()).await.is_ok(), "there is room again");
}

#[tokio::test]
async fn what_has_expired_works_no_more() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let administrator = app.administrator();
    let program = app.program(app.organisation_of(&app.own), BOTH);
    let short = NewApiClientSecret { valid_days: Some(1) };
    let short = administrator.create_api_client_secret(program.id(), &short).await.expect("a second").client_secret.expect("shown once");
    let short = Program { secret: short, ..program.clone() };
    app.advance(SignedDuration::from_mins(24 * 60 - 5));
    let token = short.token().await;
    app.advance(SignedDuration::from_mins(6));
    eventually("a token ends with its secret", || async { status(editions(&app, &token)).await == 401 }).await;
    assert_eq!(refused(app.ask_token(&form(&short))).await, (401, "invalid_client".to_owned()));
    assert_eq!(status(app.ask_token(&form(&program))).await, 200, "the other secret lives on");

    let token = program.token().await;
    app.advance(SignedDuration::from_secs(599));
    assert_eq!(status(editions(&app, &token)).await, 200);
    app.advance(SignedDuration::from_secs(1));
    assert_eq!(status(editions(&app, &token)).await, 401, "ten minutes");
    let refused = app.stranger().issue_token(&short.credentials()).await.expect_err("expired");
    assert!(matches!(&refused, NoToken::Refused(401, error) if error.error == TokenErrorCode::InvalidClient), "{refused:?}");
}

#[tokio::test]
async fn the_end_and_the_deactivation_of_a_client_bite_at_once() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let administrator = app.person(&[(shared::policy::Role::Administrator, shared::policy::Scope::Tenant)]);
    let program = app.program(app.organisation_of(&app.own), BOTH);
    let end = app.clock.now() + SignedDuration::from_mins(5);
    let ends = shared::clients::ApiClientChanges { valid_to: Some(Some(end)), ..Default::default() };
    administrator.update_api_client(program.id(), 1, &ends).await.expect("changed");
    let token = program.token().await;
    app.advance(SignedDuration::from_mins(5));
    eventually("a token ends with its client", || async { status(editions(&app, &token)).await == 401 }).await;
    assert_eq!(refused(app.ask_token(&form(&program))).await, (401, "invalid_client".to_owned()));
    let open = shared::clients::ApiClientChanges { valid_to: Some(None), ..Default::default() };
    let proof = shared::identity::Confirmation { password: Some(PASSWORD.to_owned()), ..Default::default() };
    administrator.confirm_session(&proof).await.expect("proved anew");
    administrator.update_api_client(program.id(), 2, &open).await.expect("brought back");

    let token = program.token().await;
    assert_eq!(status(editions(&app, &token)).await, 200);
    administrator.deactivate_api_client(program.id(), 3).await.expect("out of use");
    eventually("a token ends with its client", || async { status(editions(&app, &token)).await == 401 }).await;
    assert_eq!(refused(app.ask_token(&form(&program))).await, (401, "invalid_client".to_owned()));
}

#[tokio::test]
async fn a_scope_that_is_taken_away_is_gone_from_tokens_that_were_given_out() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let program = app.program(app.organisation_of(&app.own), BOTH);
    let token = program.token().await;
    assert_eq!(status(editions(&app, &token)).await, 200);
    let narrowed = shared::clients::ApiClientChanges { scopes: Some(vec![ApiScope::DirectoryRead]), ..Default::default() };
    administrator.update_api_client(program.id(), 1, &narrowed).await.expect("changed");
    eventually("the scope is gone", || async { status(editions(&app, &token)).await == 403 }).await;
    let widened = shared::clients::ApiClientChanges { scopes: Some(ApiScope::ALL.to_vec()), ..Default::default() };
    administrator.update_api_client(program.id(), 2, &widened).await.expect("changed");
    let trail = || async { status(app.request(Method::GET, "/api/v1/audit-events").bearer_auth(&token)).await };
    eventually("its own scope is back", || async { status(editions(&app, &token)).await == 200 }).await;
    assert_eq!(trail().await, 403, "but the token has no more than it was given for");
}

#[tokio::test]
async fn forged_program_tokens_are_refused() {
    let app = TestApp::start().await;
    let organisation = app.organisation_of(&app.own);
    let (program, other) = (app.program(organisation, BOTH), app.program(organisation, ApiScope::ALL));
    let foreign = app.program_of(&app.other, app.organisation_of(&app.other), BOTH);
    let token = program.token().await;
    let forge = Forge::new(&app, &token);
    assert_eq!(forge.header["typ"], "at+jwt");
    let issuer = app.origin(&app.own);
    assert_eq!((&forge.claims["iss"], &forge.claims["aud"]), (&json!(issuer), &json!(format!("{issuer}/api/v1"))));
    assert_eq!((&forge.claims["sub"], &forge.claims["client_id"]), (&json!(program.id()), &json!(program.id())));
    assert_eq!(status(editions(&app, &forge.signed(&forge.header, &forge.claims))).await, 200, "the forge makes good tokens when told");

    let person = app.administrator();
    let of_person = Forge::new(&app, &person.token());
    let mut as_person = of_person.claims.clone();
    as_person["sub"] = json!(program.id());
    let mut as_program = forge.claims.clone();
    as_program["sub"] = json!(person.id());
    as_program["client_id"] = json!(person.id());
    let with = |pairs: &[(&str, Value)]| {
        let mut claims = forge.claims.clone();
        for (name, value) in pairs {
            claims[*name] = value.clone();
        }
        forge.signed(&forge.header, &claims)
    };
    let other_secret = other.api_client.secrets[0].id;
    let forged = [
        ("a person's audience", with(&[("aud", json!("polku-api"))])),
        ("a person's audience and issuer", with(&[("aud", json!("polku-api")), ("iss", json!("polku"))])),
        ("another issuer", with(&[("iss", json!("https://evil.example")), ("aud", json!("https://evil.example/api/v1"))])),
        ("the other tenant's issuer", {
            let theirs = app.origin(&app.other);
            with(&[("iss", json!(theirs)), ("aud", json!(format!("{theirs}/api/v1")))])
        }),
        ("the other tenant", with(&[("tid", json!(app.other.id))])),
        ("another client's id", with(&[("sub", json!(other.id())), ("client_id", json!(other.id()))])),
        ("another client as sub", with(&[("sub", json!(other.id()))])),
        ("another client's secret", with(&[("secret_id", json!(other_secret))])),
        ("a client of the other tenant", with(&[("sub", json!(foreign.id())), ("client_id", json!(foreign.id()))])),
        ("no secret", forge.without_claim("secret_id")),
        ("no client", forge.without_claim("client_id")),
        ("no scope", forge.without_claim("scope")),
        ("no audience", forge.without_claim("aud")),
        ("no tenant", forge.without_claim("tid")),
        ("no end", forge.without_claim("exp")),
        ("a scope that we do not know", with(&[("scope", json!("training:read everything"))])),
        ("scopes as a list", with(&[("scope", json!(["training:read"]))])),
        ("a session", with(&[("sid", json!(uuid::Uuid::now_v7()))])),
        ("longer than we give", with(&[("exp", json!(app.clock.now().as_second() + 3_600))])),
        ("typ JWT", forge.with_header("typ", json!("JWT"))),
        ("a person as a program", forge.signed(&forge.header, &as_program)),
        ("a program as a person", of_person.signed(&of_person.header, &as_person)),
        ("both kinds in one", {
            let mut both = as_program.clone();
            both["sid"] = of_person.claims["sid"].clone();
            forge.signed(&forge.header, &both)
        }),
    ];
    for (name, token) in forged {
        assert_eq!(status(editions(&app, &token)).await, 401, "{name}");
    }
    let wider = with(&[("scope", json!(ApiScope::join(ApiScope::ALL)))]);
    let trail = app.request(Method::GET, "/api/v1/audit-events").bearer_auth(wider);
    assert_eq!(status(trail).await, 403, "scopes that the client does not have count for nothing");
}

/// B11: what was made for one purpose opens nothing else.
#[tokio::test]
async fn nothing_made_for_another_purpose_opens_the_endpoint_and_its_tokens_open_nothing_else() {
    let app = TestApp::start().await;
    let program = app.program(app.organisation_of(&app.own), ApiScope::ALL);
    let person = app.administrator();
    let link = person.make_account_link(app.account_of(&app.own, &[], None).id).await.expect("a link");
    let link = link.url.rsplit_once('#').expect("its secret").1.to_owned();
    let token = program.token().await;
    let secrets = [
        ("a password", PASSWORD.to_owned()),
        ("a person's access token", person.token()),
        ("a refresh token", person.refresh_token().expect("a token")),
        ("a link", link),
        ("an access token of its own", token.clone()),
        ("the hash of the secret", URL_SAFE_NO_PAD.encode(backend::keys::digest(program.secret.as_bytes()))),
    ];
    for (name, secret) in &secrets {
        let encoded = secret.replace('+', "%2B").replace(' ', "+").replace('ä', "%C3%A4");
        assert_eq!(refused(app.ask_token(&form(&program).replace(&program.secret, &encoded))).await.0, 401, "{name}");
    }
    let as_account = format!("grant_type=client_credentials&client_id={}&client_secret={}", person.id(), program.secret);
    assert_eq!(refused(app.ask_token(&as_account)).await.0, 401, "a person is no client");

    for (name, secret) in [("a secret", &program.secret), ("a token", &token)] {
        let refresh = json!({"refresh_token": secret});
        let post = |path: &str, body: &Value| app.request(Method::POST, path).json(body);
        assert_eq!(status(post("/api/v1/sessions/refresh", &refresh)).await, 401, "{name}");
        let redeem = json!({"token": &secret[..secret.len().min(200)], "password": "kolme märkää kumisaapasta"});
        assert_eq!(status(post("/api/v1/links/redeem", &redeem)).await, 410, "{name}");
        let sign_in =
            Credentials { email: person.account.email.clone(), password: secret.chars().take(128).collect(), kind: SessionKind::Device };
        assert!(matches!(app.stranger().sign_in(&sign_in).await, Err(CallError::Problem(_))), "{name}");
    }
    assert_eq!(status(editions(&app, &program.secret)).await, 401, "a secret is no token");
    let at_api = |sent: String| send(app.request(Method::GET, "/api/v1/editions").header("authorization", sent));
    let with_secret = at_api(basic(&program.id().to_string(), &program.secret)).await;
    assert_eq!((with_secret.status().as_u16(), header(&with_secret, "www-authenticate").as_str()), (401, "Bearer"));
    let dead = at_api(format!("Bearer {token}x")).await;
    assert_eq!(header(&dead, "www-authenticate"), "Bearer error=\"invalid_token\"", "RFC 6750, section 3.1");
    assert_eq!(status(app.request(Method::GET, "/api/v1/me").bearer_auth(&token)).await, 403, "a program has no account");
}

#[tokio::test]
async fn programs_find_their_way() {
    let app = TestApp::start().await;
    let found = app.stranger().get_authorization_server().await.expect("metadata");
    let issuer = app.origin(&app.own);
    assert_eq!(found.issuer, issuer);
    assert_eq!(found.token_endpoint, format!("{issuer}/oauth/token"));
    assert_eq!(found.scopes_supported, ApiScope::ALL);
    assert_eq!((found.grant_types_supported.len(), found.response_types_supported.len()), (1, 0));
    assert_eq!(app.client(&app.other, false).get_authorization_server().await.expect("metadata").issuer, app.origin(&app.other));
    assert_eq!(status(app.request(Method::GET, &found.jwks_uri[issuer.len()..])).await, 200);

    let program = app.program(app.organisation_of(&app.own), BOTH);
    let token = program.token().await;
    let key = app.stranger().get_key_set().await.expect("a key").keys.remove(0);
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::EdDSA);
    validation.set_issuer(&[&issuer]);
    validation.set_audience(&[format!("{issuer}/api/v1")]);
    let public = jsonwebtoken::DecodingKey::from_ed_components(&key.x).expect("a key");
    let header = jsonwebtoken::decode_header(&token).expect("a header");
    assert_eq!(header.kid.as_ref(), Some(&key.kid));
    let claims = jsonwebtoken::decode::<Value>(&token, &public, &validation).expect("others can verify our tokens").claims;
    assert_eq!(claims["scope"], "training:read directory:read");
}

#[tokio::test]
async fn a_client_renews_its_token_by_itself() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let program = app.program(app.organisation_of(&app.own), BOTH);
    program.list_editions(&EditionFilter::default()).await.expect("the first call gets a token");
    let first = program.access_token().expect("a token");
    app.advance(SignedDuration::from_mins(11));
    program.list_editions(&EditionFilter::default()).await.expect("a later call gets another");
    assert_ne!(program.access_token().expect("a token"), first);
}
