//! Access of programs: a secret gives a token, a token gives an actor. Each use of a token looks up client and secret
//! again, so that a revocation or a narrowed scope bites at once.

use super::discovery;
use crate::audit::{self, Entry};
use crate::clients::store::{clients, secrets};
use crate::db::Conn;
use crate::error::Result;
use crate::identity::service::guessing::{self, Try};
use crate::keys::{self, Keys};
use crate::policy::{self, Actor};
use crate::tokens::{self, Subject};
use jiff::{SignedDuration, Timestamp};
use shared::audit::AuditAction;
use shared::clients::{AccessToken, ApiClientStatus};
use shared::policy::ApiScope;
use shared::{ApiClientId, ApiClientSecretId, Lang, TenantId};
use std::sync::Arc;

/// How often at most the last use is written anew.
const USE_NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// A program whose secret has been found right.
#[derive(Clone, Debug)]
pub struct Known {
    pub client: ApiClientId,
    /// What it may do.
    pub scopes: Vec<ApiScope>,
    secret: ApiClientSecretId,
    /// Whether its last use is too old to stand for this one.
    is_news: bool,
}

/// Who asks for a token, with what, and when.
pub struct Asking {
    pub tenant: TenantId,
    /// None when what was given as the id is none.
    pub id: Option<ApiClientId>,
    pub secret: String,
    pub attempt: Try,
    pub request_id: String,
    pub now: Timestamp,
}

/// Lets a program in whose secret is right, within the limits against guessing. A wrong one is counted and told in the
/// trail, which must be kept: hence no error, but nothing.
pub fn admit(conn: &mut Conn, asking: &Asking) -> Result<Option<Known>> {
    let Asking { tenant, id, attempt, now, .. } = asking;
    let counted = guessing::begin(conn, *tenant, attempt, *now)?;
    let known = match id {
        Some(id) => authenticate(conn, *tenant, *id, &asking.secret, *now)?,
        None => None,
    };
    match &known {
        Some(known) => {
            guessing::was_right(conn, *tenant, attempt, None)?;
            if known.is_news {
                note_use(conn, *tenant, known, *now)?;
            }
        }
        None => {
            guessing::was_wrong(conn, *tenant, attempt, counted, None, *now)?;
            record_refusal(conn, asking)?;
        }
    }
    Ok(known)
}

/// The program with this id and secret, when both can be used.
pub fn authenticate(conn: &mut Conn, tenant: TenantId, id: ApiClientId, secret: &str, now: Timestamp) -> Result<Option<Known>> {
    // Found by its hash: how long that takes says nothing of 256 random bits.
    let Some(secret) = secrets::by_hash(conn, tenant, &keys::digest(secret.as_bytes()))? else { return Ok(None) };
    let Some(client) = clients::find(conn, tenant, id)? else { return Ok(None) };
    if secret.client_id != id || !secret.is_alive(now) || client.status(now) != ApiClientStatus::Active {
        return Ok(None);
    }
    let is_news = secret.last_used_at.is_none_or(|at| now.duration_since(at.0) >= USE_NOTED_EVERY);
    Ok(Some(Known { client: id, scopes: client.scopes.0, secret: secret.id, is_news }))
}

/// The scopes that are asked for, when the program has them all; all that it has when none are.
pub fn narrow(asked: Option<&str>, held: &[ApiScope]) -> Option<Vec<ApiScope>> {
    let asked = ApiScope::parse_list(asked.unwrap_or_default())?;
    if asked.is_empty() {
        return Some(held.to_vec());
    }
    let all_held = asked.iter().all(|scope| held.contains(scope));
    all_held.then(|| held.iter().copied().filter(|scope| asked.contains(scope)).collect())
}

/// A token for some of the program's scopes.
pub fn issue(keys: &Keys, tenant: TenantId, known: &Known, scopes: Vec<ApiScope>, issuer: String, now: Timestamp) -> Result<AccessToken> {
    let scope = ApiScope::join(&scopes);
    let subject = Subject::Program { client: known.client, secret: known.secret, scopes, issuer };
    let (access_token, _) = tokens::issue(keys, tenant, subject, now)?;
    Ok(AccessToken { access_token, token_type: "Bearer".to_owned(), expires_in: tokens::LIFE.as_secs(), scope })
}

/// Remembers when the program last got a token. No line of the trail: what it then does has lines of its own.
fn note_use(conn: &mut Conn, tenant: TenantId, known: &Known, now: Timestamp) -> Result<()> {
    clients::touch(conn, tenant, known.client, now)?;
    secrets::touch(conn, tenant, known.secret, now)
}

/// Tells the trail of a refused program, by its id where there is one.
fn record_refusal(conn: &mut Conn, asking: &Asking) -> Result<()> {
    let known = match asking.id {
        Some(id) => clients::find(conn, asking.tenant, id)?.map(|client| client.id.0),
        None => None,
    };
    let entry = Entry { action: AuditAction::SignInRefused, kind: "api_client", object: known, fields: Vec::new(), beside: Vec::new() };
    audit::record_for(conn, asking.tenant, None, asking.now, &asking.request_id, entry)
}

/// What a program's token names.
pub struct Token<'a> {
    pub client: ApiClientId,
    pub secret: ApiClientSecretId,
    pub scopes: &'a [ApiScope],
    pub issuer: &'a str,
}

/// Looks up the bearer: client and secret must be usable, and the token ours. It may do what both token and client say.
pub fn load(conn: &mut Conn, public_url: &str, tenant: TenantId, token: &Token<'_>, now: Timestamp) -> Result<Actor> {
    let client = clients::find(conn, tenant, token.client)?.ok_or_else(tokens::refused)?;
    let secret = secrets::find(conn, tenant, token.secret)?.ok_or_else(tokens::refused)?;
    let is_usable = client.status(now) == ApiClientStatus::Active && secret.client_id == client.id && secret.is_alive(now);
    if !is_usable || discovery::issuer(conn, tenant, public_url)? != token.issuer {
        return Err(tokens::refused());
    }
    let scopes: Vec<ApiScope> = client.scopes.0.iter().copied().filter(|scope| token.scopes.contains(scope)).collect();
    Ok(Actor {
        tenant,
        account: None,
        session: None,
        client: Some(client.id),
        abilities: Arc::new(policy::abilities_of_client(&scopes, client.organisation_id)),
        enrolments: Arc::default(),
        confirmed_at: Some(now),
        lacks_second_factor: false,
        now,
        request_id: String::new(),
        lang: Lang::Fi,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_asked_for_fewer_scopes_but_never_for_more() {
        use ApiScope::{AuditRead, RosterRead, TrainingRead};
        let held = [TrainingRead, RosterRead];
        assert_eq!(narrow(None, &held), Some(held.to_vec()));
        assert_eq!(narrow(Some(""), &held), Some(held.to_vec()));
        assert_eq!(narrow(Some("roster:read"), &held), Some(vec![RosterRead]));
        assert_eq!(narrow(Some("roster:read training:read roster:read"), &held), Some(held.to_vec()));
        assert_eq!(narrow(Some("audit:read"), &held), None);
        assert_eq!(narrow(Some(&format!("training:read {AuditRead}")), &held), None);
        assert_eq!(narrow(Some("everything"), &held), None);
    }
}
