//! What programs may know before they have a token: where to get one (RFC 8414), and the keys that tokens are signed with.

use crate::db::Conn;
use crate::error::Result;
use crate::identity::service::tenants;
use crate::keys::{Key, Keys};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use shared::TenantId;
use shared::clients::{AuthorizationServer, KeySet, PublicKey, TOKEN_PATH};
use shared::policy::ApiScope;
use std::sync::Arc;

/// The address of a tenant, which is how its tokens name who issued them.
pub fn issuer(conn: &mut Conn, tenant: TenantId, public_url: &str) -> Result<String> {
    tenants::origin(conn, tenant, public_url)
}

/// What is said of a tenant's token endpoint.
pub fn metadata(conn: &mut Conn, tenant: TenantId, public_url: &str) -> Result<AuthorizationServer> {
    let issuer = issuer(conn, tenant, public_url)?;
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Ok(AuthorizationServer {
        token_endpoint: format!("{issuer}{TOKEN_PATH}"),
        jwks_uri: format!("{issuer}/.well-known/jwks.json"),
        service_documentation: format!("{issuer}/docs/"),
        issuer,
        scopes_supported: ApiScope::ALL.to_vec(),
        response_types_supported: Vec::new(),
        grant_types_supported: words(&["client_credentials"]),
        token_endpoint_auth_methods_supported: words(&["client_secret_basic", "client_secret_post"]),
    })
}

/// The public halves of the keys that are believed now: two after a rotation.
pub fn key_set(keys: &Keys, now: Timestamp) -> KeySet {
    let word = str::to_owned;
    let public = |key: Arc<Key>| PublicKey {
        kty: word("OKP"),
        crv: word("Ed25519"),
        alg: word("EdDSA"),
        usage: word("sig"),
        kid: key.kid.clone(),
        x: URL_SAFE_NO_PAD.encode(&key.public),
    };
    KeySet { keys: keys.believed(now).into_iter().map(public).collect() }
}
