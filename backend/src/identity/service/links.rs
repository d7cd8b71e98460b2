//! Single-use links: an invitation, a reset, a change of address, the first administrator. Bound to purpose and
//! address, hashed at rest; of fifty who redeem one at once, one succeeds.

use super::notices::{self, Notice};
use super::passwords::{self, NewPassword};
use super::sessions::{self, Candidate};
use super::{accounts, grants, tenants};
use crate::audit::{self, Entry};
use crate::db::types::{AsText, At};
use crate::db::{Conn, fold};
use crate::error::{Error, OnUnique, Result};
use crate::identity::store::links::{self as store, Row};
use crate::identity::store::sessions as session_store;
use crate::keys;
use crate::outbox::{self, Letter, ResetWish};
use crate::policy::Actor;
use jiff::{SignedDuration, Timestamp};
use shared::audit::AuditAction;
use shared::identity::{AccountStatus, LinkInfo, LinkPurpose, LinkRedemption, NewAccount, NewGrant, OneTimeLink};
use shared::policy::{Role, Scope};
use shared::problem::ProblemCode;
use shared::{AccountId, Lang, LinkId, TenantId};

/// Most resets that one address is mailed in an hour.
const RESETS_AN_HOUR: i64 = 3;

const fn life(purpose: LinkPurpose) -> SignedDuration {
    match purpose {
        LinkPurpose::Invitation | LinkPurpose::FirstAdministrator => SignedDuration::from_hours(72),
        LinkPurpose::PasswordReset | LinkPurpose::EmailChange => SignedDuration::from_mins(30),
    }
}

/// Whom a link is for.
pub struct Recipient<'a> {
    pub account: AccountId,
    pub name: &'a str,
    pub email: &'a str,
    pub lang: Lang,
}

/// Makes a link, ends the earlier ones of the account, and mails it.
pub fn issue(conn: &mut Conn, tenant: TenantId, now: Timestamp, purpose: LinkPurpose, to: &Recipient<'_>) -> Result<OneTimeLink> {
    issue_shown(conn, tenant, now, purpose, to, None)
}

/// As [`issue`], for a link that is shown to somebody else as well. Whoever has seen it can become the account: it works
/// only while they hold all that the account is trusted with.
pub fn issue_shown(
    conn: &mut Conn,
    tenant: TenantId,
    now: Timestamp,
    purpose: LinkPurpose,
    to: &Recipient<'_>,
    shown_to: Option<AccountId>,
) -> Result<OneTimeLink> {
    store::spend_open(conn, tenant, to.account, now)?;
    let link = make(conn, tenant, now, purpose, Some((to.account, shown_to)), to.email)?;
    let letter = Letter {
        template: purpose.as_str().replace('_', "-"),
        to: to.email.to_owned(),
        name: to.name.to_owned(),
        lang: to.lang,
        tenant_name: tenants::name(conn, tenant)?,
        path: link.url.clone(),
        expires_at: link.expires_at,
    };
    outbox::post(conn, tenant, &letter, now)?;
    Ok(link)
}

fn make(
    conn: &mut Conn,
    tenant: TenantId,
    now: Timestamp,
    purpose: LinkPurpose,
    account: Option<(AccountId, Option<AccountId>)>,
    email: &str,
) -> Result<OneTimeLink> {
    let token = keys::random_token();
    let expires_at = now + life(purpose);
    let row = Row {
        tenant_id: tenant,
        id: LinkId::new(),
        purpose: AsText(purpose),
        token_hash: keys::digest(token.as_bytes()),
        account_id: account.map(|(id, _)| id),
        shown_to: account.and_then(|(_, shown_to)| shown_to),
        email: email.to_owned(),
        expires_at: At(expires_at),
        used_at: None,
        created_at: At(now),
    };
    store::insert(conn, &row)?;
    let url = format!("/link/{}#{token}", purpose.as_str().replace('_', "-"));
    Ok(OneTimeLink { purpose, url, expires_at })
}

/// The link that makes the first administrator of an empty installation.
pub fn issue_first_administrator(conn: &mut Conn, tenant: TenantId, now: Timestamp) -> Result<OneTimeLink> {
    make(conn, tenant, now, LinkPurpose::FirstAdministrator, None, "")
}

/// Forgets links a day after their end. The limit of letters an hour looks back no further.
pub fn sweep(conn: &mut Conn, now: Timestamp) -> Result<usize> {
    store::sweep(conn, now - SignedDuration::from_hours(24))
}

/// Ends the open links of an account.
pub fn end_open(conn: &mut Conn, tenant: TenantId, account: AccountId, now: Timestamp) -> Result<()> {
    store::spend_open(conn, tenant, account, now)
}

/// Takes in that somebody has forgotten the password of an address, known or not: one row either way, which takes
/// equally long.
pub fn request_reset(conn: &mut Conn, tenant: TenantId, email: &str, lang: Lang, now: Timestamp) -> Result<()> {
    outbox::wish(conn, tenant, &ResetWish { email: email.to_owned(), lang }, now)
}

/// Mails a reset to an address that is known.
pub fn answer_reset(conn: &mut Conn, tenant: TenantId, email: &str, lang: Lang, now: Timestamp) -> Result<()> {
    let Some(found) = session_store::candidate_by_email(conn, tenant, email)? else { return Ok(()) };
    let recent = store::made_since(conn, tenant, found.id, LinkPurpose::PasswordReset, now - SignedDuration::from_hours(1))?;
    if found.status.0 != AccountStatus::Active || recent >= RESETS_AN_HOUR {
        return Ok(());
    }
    let to = Recipient { account: found.id, name: &found.name, email: &found.email, lang };
    issue(conn, tenant, now, LinkPurpose::PasswordReset, &to).map(drop)
}

/// Mails a link to the caller's wished-for address; until it is used, nothing changes.
pub fn request_email_change(conn: &mut Conn, actor: &Actor, new_email: &str) -> Result<()> {
    let own = super::sessions::own_candidate(conn, actor)?;
    if session_store::candidate_by_email(conn, actor.tenant, new_email)?.is_none() {
        let to = Recipient { account: own.id, name: &own.name, email: new_email, lang: actor.lang };
        issue(conn, actor.tenant, actor.now, LinkPurpose::EmailChange, &to)?;
    }
    audit::record(conn, actor, Entry::new(AuditAction::LinkMade, "account", own.id.0))
}

fn open(conn: &mut Conn, tenant: TenantId, token: &str, now: Timestamp) -> Result<Row> {
    let found = store::find(conn, tenant, &keys::digest(token.as_bytes()))?;
    let spent = || Error::of(ProblemCode::LinkSpent);
    let row = found.filter(|row| row.used_at.is_none() && now < row.expires_at.0).ok_or_else(spent)?;
    match (row.account_id, row.shown_to) {
        (Some(account), Some(viewer)) if !grants::is_within(conn, tenant, account, viewer, now)? => Err(spent()),
        _ => Ok(row),
    }
}

/// What a link is for; does not use it.
pub fn inspect(conn: &mut Conn, tenant: TenantId, token: &str, now: Timestamp) -> Result<LinkInfo> {
    let row = open(conn, tenant, token, now)?;
    Ok(LinkInfo { purpose: row.purpose.0, email: row.email, expires_at: row.expires_at.0 })
}

/// What the new password of a redemption must not be made of, and whether one is needed.
pub fn check_password(conn: &mut Conn, tenant: TenantId, redemption: &LinkRedemption, now: Timestamp) -> Result<()> {
    let row = open(conn, tenant, &redemption.token, now)?;
    if row.purpose.0 == LinkPurpose::EmailChange {
        return Ok(());
    }
    let password = redemption.password.as_deref().ok_or_else(|| Error::fault("/password", "required"))?;
    let account = row.account_id.map(|id| session_store::candidate_by_id(conn, tenant, id)).transpose()?.flatten();
    passwords::refuse_length(password, account.as_ref().is_some_and(|account| account.factor_since.is_some()), "/password")?;
    let words = match account {
        Some(account) => sessions::words_about(conn, tenant, &account)?,
        None => [redemption.name.clone(), redemption.email.clone(), Some(tenants::name(conn, tenant)?)].into_iter().flatten().collect(),
    };
    passwords::refuse_weak(password, &words, "/password")
}

/// Uses a link. `password` is the new one, where the link sets one.
pub fn redeem(
    conn: &mut Conn,
    tenant: TenantId,
    redemption: &LinkRedemption,
    password: Option<&NewPassword>,
    request_id: &str,
    now: Timestamp,
) -> Result<()> {
    let row = open(conn, tenant, &redemption.token, now)?;
    store::spend(conn, tenant, row.id, now)?;
    let (account, action) = match row.purpose.0 {
        LinkPurpose::FirstAdministrator => (first_administrator(conn, tenant, redemption, password, now)?, AuditAction::LinkRedeemed),
        LinkPurpose::Invitation | LinkPurpose::PasswordReset => {
            let account = usable_account(conn, tenant, &row)?;
            if fold(&account.email) != fold(&row.email) {
                return Err(Error::of(ProblemCode::LinkSpent));
            }
            let invited = row.purpose.0 == LinkPurpose::Invitation;
            set_password(conn, tenant, &account, password, now)?;
            if !invited {
                notices::tell(conn, tenant, account.id, Notice::PasswordChanged, now)?;
            }
            (account.id, if invited { AuditAction::LinkRedeemed } else { AuditAction::PasswordReset })
        }
        LinkPurpose::EmailChange => {
            let account = usable_account(conn, tenant, &row)?;
            notices::tell(conn, tenant, account.id, Notice::EmailChanged, now)?;
            session_store::set_email(conn, tenant, account.id, &row.email, now).on_unique("accounts_email_fold", "/email")?;
            (account.id, AuditAction::EmailChanged)
        }
    };
    audit::record_for(conn, tenant, Some(account), now, request_id, Entry::new(action, "account", account.0))
}

/// Sets the password of a link's account, and ends every way in that was open under the old one.
fn set_password(conn: &mut Conn, tenant: TenantId, account: &Candidate, password: Option<&NewPassword>, now: Timestamp) -> Result<()> {
    let new = password.ok_or_else(|| Error::fault("/password", "required"))?;
    if new.is_short && account.factor_since.is_none() {
        return Err(Error::of(ProblemCode::ShortPassword));
    }
    session_store::set_password(conn, tenant, account.id, new, now)?;
    sessions::end_all(conn, tenant, account.id, None, now)
}

/// The account of a link, unless it has been deactivated meanwhile.
fn usable_account(conn: &mut Conn, tenant: TenantId, row: &Row) -> Result<Candidate> {
    let spent = || Error::of(ProblemCode::LinkSpent);
    let id = row.account_id.ok_or_else(spent)?;
    let found = session_store::candidate_by_id(conn, tenant, id)?.ok_or_else(spent)?;
    if found.status.0 == AccountStatus::Deactivated { Err(spent()) } else { Ok(found) }
}

fn first_administrator(
    conn: &mut Conn,
    tenant: TenantId,
    redemption: &LinkRedemption,
    password: Option<&NewPassword>,
    now: Timestamp,
) -> Result<AccountId> {
    let given = |value: &Option<String>, pointer| value.clone().ok_or_else(|| Error::fault(pointer, "required"));
    let new =
        NewAccount { name: given(&redemption.name, "/name")?, email: given(&redemption.email, "/email")?, lang: Lang::Fi, unit_id: None };
    let password = password.ok_or_else(|| Error::fault("/password", "required"))?;
    let system = Actor::system(tenant, now);
    let account = accounts::create_active(conn, &system, &new, password.hash.clone())?;
    let grant = NewGrant { account_id: account.id, role: Role::Administrator, scope: Scope::Tenant, valid_from: Some(now), valid_to: None };
    grants::create(conn, &system, &grant)?;
    Ok(account.id)
}
