//! Access tokens that somebody made up: every one is refused, and all in the same words.

use crate::forge::{Forge, encode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, EncodingKey};
use reqwest::Method;
use serde_json::{Value, json};
use shared::Problem;
use tests::raw::{problem, status};
use tests::{Person, TestApp};

fn of_algorithms(forge: &Forge<'_>) -> Vec<(&'static str, String)> {
    let key = forge.key();
    let public = &key.public;
    let good = forge.signed(&forge.header, &forge.claims);
    let signature = good.rsplit('.').next().expect("a signature").to_owned();
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(public));
    vec![
        ("alg none", forge.unsigned("none", "")),
        ("alg None", forge.unsigned("None", "")),
        ("alg nOnE", forge.unsigned("nOnE", &signature)),
        ("alg NONE", forge.unsigned("NONE", "")),
        ("alg empty", forge.unsigned("", &signature)),
        ("EdDSA without a signature", forge.unsigned("EdDSA", "")),
        ("EdDSA with zeros", forge.unsigned("EdDSA", &encode(&[0; 64]))),
        ("HS256 by the public key", forge.by("HS256", Algorithm::HS256, &EncodingKey::from_secret(public))),
        ("HS256 by the public key as PEM", forge.by("HS256", Algorithm::HS256, &EncodingKey::from_secret(pem.as_bytes()))),
        ("HS512 by the key's id", forge.by("HS512", Algorithm::HS512, &EncodingKey::from_secret(key.kid.as_bytes()))),
        ("says EdDSA, is HS256", forge.by("EdDSA", Algorithm::HS256, &EncodingKey::from_secret(public))),
        ("RS256", forge.unsigned("RS256", &encode(&[1; 256]))),
        ("ES256", forge.unsigned("ES256", &signature)),
        ("PS256", forge.unsigned("PS256", &encode(&[1; 256]))),
        ("another Ed25519 key", {
            let other = backend::keys::Keys::temporary().expect("keys");
            forge.by("EdDSA", Algorithm::EdDSA, &other.signer(forge.app.clock.now()).signing)
        }),
        ("changed after signing", {
            let mut claims = forge.claims.clone();
            claims["sub"] = json!(uuid::Uuid::now_v7());
            format!("{}.{}.{signature}", encode(forge.header.to_string().as_bytes()), encode(claims.to_string().as_bytes()))
        }),
    ]
}

fn of_headers(forge: &Forge<'_>) -> Vec<(&'static str, String)> {
    let public = encode(&forge.key().public);
    vec![
        ("another kid", forge.with_header("kid", json!("other"))),
        ("kid as a path", forge.with_header("kid", json!("../../../../dev/null"))),
        ("kid as SQL", forge.with_header("kid", json!("' OR 1=1 --"))),
        ("no kid", forge.without_header("kid")),
        ("jku", forge.with_header("jku", json!("https://evil.example/keys.json"))),
        ("jwk", forge.with_header("jwk", json!({"kty": "OKP", "crv": "Ed25519", "x": public}))),
        ("x5u", forge.with_header("x5u", json!("https://evil.example/cert.pem"))),
        ("x5c", forge.with_header("x5c", json!(["MIIB"]))),
        ("typ JWT", forge.with_header("typ", json!("JWT"))),
        ("typ of a refresh token", forge.with_header("typ", json!("rt+jwt"))),
        ("no typ", forge.without_header("typ")),
    ]
}

fn of_claims(forge: &Forge<'_>) -> Vec<(&'static str, String)> {
    let now = forge.app.clock.now().as_second();
    let text = forge.claims.to_string();
    let twice = |claim: &str| forge.sign(&forge.header.to_string(), &format!("{},{claim}}}", text.trim_end_matches('}')));
    vec![
        ("another audience", forge.with_claim("aud", json!("polku-mail"))),
        ("audience as a list", forge.with_claim("aud", json!(["polku-api", "x"]))),
        ("another issuer", forge.with_claim("iss", json!("polku2"))),
        ("no issuer", forge.without_claim("iss")),
        ("no audience", forge.without_claim("aud")),
        ("no subject", forge.without_claim("sub")),
        ("no session", forge.without_claim("sid")),
        ("no tenant", forge.without_claim("tid")),
        ("no exp", forge.without_claim("exp")),
        ("no nbf", forge.without_claim("nbf")),
        ("no iat", forge.without_claim("iat")),
        ("exp as text", forge.with_claim("exp", json!((now + 600).to_string()))),
        ("exp as a fraction", forge.with_claim("exp", json!(now as f64 + 600.5))),
        ("exp as a list", forge.with_claim("exp", json!([now + 600]))),
        ("exp null", forge.with_claim("exp", Value::Null)),
        ("exp 1e18", forge.with_claim("exp", json!(1_000_000_000_000_000_000i64))),
        ("exp past", forge.with_claim("exp", json!(now - 1))),
        ("exp longer than we give", forge.with_claim("exp", json!(now + 3_600))),
        ("nbf as text", forge.with_claim("nbf", json!(now.to_string()))),
        ("nbf as a list", forge.with_claim("nbf", json!([now]))),
        ("nbf ahead", forge.with_claim("nbf", json!(now + 60))),
        ("iat ahead", forge.with_claim("iat", json!(now + 60))),
        ("another session", forge.with_claim("sid", json!(uuid::Uuid::now_v7()))),
        ("another account", forge.with_claim("sub", json!(uuid::Uuid::now_v7()))),
        ("another tenant", forge.with_claim("tid", json!(forge.app.other.id))),
        ("a claim that we do not know", forge.with_claim("role", json!("administrator"))),
        ("a claim twice", twice(&format!("\"sub\":\"{}\"", uuid::Uuid::now_v7()))),
        ("exp twice", twice(&format!("\"exp\":{}", now + 300))),
        ("claims as a list", forge.signed(&forge.header, &json!([forge.claims]))),
    ]
}

fn of_shapes(forge: &Forge<'_>, person: &Person) -> Vec<(&'static str, String)> {
    let good = forge.signed(&forge.header, &forge.claims);
    vec![
        ("nothing", String::new()),
        ("one part", "abc".to_owned()),
        ("two parts", good.rsplit_once('.').expect("parts").0.to_owned()),
        ("four parts", format!("{good}.{}", encode(b"more"))),
        ("something after it", format!("{good}AAAA")),
        ("something before it", format!("AAAA{good}")),
        ("the refresh token", person.refresh_token().expect("a token")),
        ("16 KiB", format!("{good}{}", "A".repeat(16 * 1024))),
        ("16 KiB of claims", forge.with_claim("jti", json!("x".repeat(16 * 1024)))),
    ]
}

/// What the refusal says, without what is different each time.
fn said(problem: Problem) -> Problem {
    Problem { trace_id: String::new(), instance: None, ..problem }
}

#[tokio::test]
async fn b1_jwt_vectors() {
    let app = TestApp::start().await;
    let person = app.administrator();
    let forge = Forge::new(&app, &person.token());
    let ask = |token: &str| app.request(Method::GET, "/api/v1/me").header("authorization", format!("Bearer {token}"));

    let good = forge.signed(&forge.header, &forge.claims);
    assert_eq!(status(ask(&good)).await, 200, "the forge makes good tokens when it is told to");

    let plain = said(problem(app.request(Method::GET, "/api/v1/me")).await);
    assert_eq!(plain.status, 401);
    let all = [of_algorithms(&forge), of_headers(&forge), of_claims(&forge), of_shapes(&forge, &person)].concat();
    assert!(all.len() >= 60, "{} vectors", all.len());
    for (name, token) in all {
        assert_eq!(said(problem(ask(&token)).await), plain, "{name}");
    }
    for scheme in ["Basic", "bearer", "Token"] {
        let other = app.request(Method::GET, "/api/v1/me").header("authorization", format!("{scheme} {good}"));
        assert_eq!(status(other).await, 401, "{scheme}");
    }
    let in_query = app.request(Method::GET, &format!("/api/v1/me?access_token={good}"));
    assert_eq!(status(in_query).await, 401, "a token in the address counts for nothing");
}

#[tokio::test]
async fn a_token_stops_at_its_end_even_when_it_was_seen_just_before() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let person = app.nobody();
    let ask = || app.request(Method::GET, "/api/v1/me").bearer_auth(person.token());
    app.advance(jiff::SignedDuration::from_secs(598));
    assert_eq!(status(ask()).await, 200);
    app.advance(jiff::SignedDuration::from_secs(2));
    assert_eq!(status(ask()).await, 401);
}
