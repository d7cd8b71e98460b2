//! Saying something beside an object, changing it and taking it away.

use super::store::{self, Stored};
use crate::audit::{self, Entry, changed_fields};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::identity::service::accounts;
use crate::keys::Keys;
use crate::policy::Actor;
use crate::subjects::{self, Subject};
use shared::audit::AuditAction;
use shared::comments::{
    Comment, CommentChanges, CommentFields, CommentFilter, CommentVersion, MentionSearch, NAME_MIN, NAMES_MAX, NewComment, PersonMatch,
    mentioned, named, unnamed,
};
use shared::page::{Page, Paging};
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::rules::LINE;
use shared::subjects::{SubjectKind, SubjectRef};
use shared::{AccountId, CommentId, TenantId};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// What has been said beside an object, oldest first.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, filter: &CommentFilter) -> Result<Page<Comment>> {
    let subject = found(conn, actor, SubjectRef::new(filter.subject, filter.subject_id))?;
    let slice = Slice::new(keys, actor.tenant, &format!("comments {}", subject.at), filter.cursor.as_deref(), filter.limit)?;
    let rows = store::list(conn, actor.tenant, subject.at, slice.after.as_ref(), slice.rows())?;
    let page = slice.page(keys, rows, |row| Position { key: String::new(), id: row.id.0 })?;
    Ok(Page { items: shown(conn, actor, &subject, page.items)?, next_cursor: page.next_cursor })
}

/// One comment.
pub fn get(conn: &mut Conn, actor: &Actor, id: CommentId) -> Result<Comment> {
    let (row, subject) = find(conn, actor, id)?;
    show(conn, actor, &subject, row)
}

/// Says something.
pub fn create(conn: &mut Conn, actor: &Actor, new: &NewComment) -> Result<Comment> {
    actor.require(Permission::Comment, &Target::Tenant)?;
    let subject = subjects::referred(conn, actor, SubjectRef::new(new.subject, new.subject_id), "/subject_id")?;
    let row = Stored {
        id: CommentId::new(),
        version: 1,
        at: subject.at,
        author_id: writer(actor, &subject)?,
        text: Some(kept(conn, actor.tenant, &new.text, &BTreeSet::new())?),
        lang: new.lang,
        created_at: actor.now,
        edited_at: None,
        deleted_at: None,
    };
    store::insert(conn, actor.tenant, &row)?;
    record(conn, actor, AuditAction::Created, &row, Vec::new())?;
    show(conn, actor, &subject, row)
}

/// Changes what the actor has said; what it said before stays readable.
pub fn update(conn: &mut Conn, actor: &Actor, id: CommentId, expected: IfMatch, changes: &Merge<CommentChanges>) -> Result<Comment> {
    let (row, subject) = find(conn, actor, id)?;
    if writer(actor, &subject)? != row.author_id {
        return Err(Error::forbidden());
    }
    expected.check(row.version)?;
    let Some(text) = row.text.clone() else { return Err(Error::of(ProblemCode::Conflict)) };
    let before = CommentFields { text, lang: row.lang };
    let CommentFields { text, lang } = changes.onto(&before)?;
    let after = CommentFields { text: kept(conn, actor.tenant, &text, &mentioned(&before.text))?, lang };
    let fields = changed_fields(&before, &after);
    if fields.is_empty() {
        return show(conn, actor, &subject, row);
    }
    let written_at = row.edited_at.unwrap_or(row.created_at);
    store::keep(conn, actor.tenant, id, &CommentVersion { version: row.version, text: before.text, lang: before.lang, written_at })?;
    let row = Stored { version: row.version + 1, text: Some(after.text), lang, edited_at: Some(actor.now), ..row };
    store::update(conn, actor.tenant, &row)?;
    record(conn, actor, AuditAction::Changed, &row, fields)?;
    show(conn, actor, &subject, row)
}

/// Takes a comment away with all that it said before; its row stays.
pub fn delete(conn: &mut Conn, actor: &Actor, id: CommentId, expected: IfMatch) -> Result<()> {
    let (row, subject) = find(conn, actor, id)?;
    if actor.account()? != row.author_id && !subject.may_manage {
        return Err(Error::forbidden());
    }
    expected.check(row.version)?;
    if row.text.is_none() {
        return Err(Error::of(ProblemCode::Conflict));
    }
    let row = Stored { version: row.version + 1, text: None, deleted_at: Some(actor.now), ..row };
    store::forget_versions(conn, actor.tenant, &[id])?;
    store::update(conn, actor.tenant, &row)?;
    record(conn, actor, AuditAction::Deleted, &row, Vec::new())
}

/// What a comment said before, newest first.
pub fn history(conn: &mut Conn, actor: &Actor, keys: &Keys, id: CommentId, paging: &Paging) -> Result<Page<CommentVersion>> {
    find(conn, actor, id)?;
    let slice = Slice::new(keys, actor.tenant, &format!("comment versions {id}"), paging.cursor.as_deref(), paging.limit)?;
    let before = slice.after.as_ref().and_then(|after| after.key.parse().ok());
    let rows = store::versions(conn, actor.tenant, id, before, slice.rows())?;
    let mut page = slice.page(keys, rows, |row| Position { key: row.version.to_string(), id: id.0 })?;
    let people: BTreeSet<AccountId> = page.items.iter().flat_map(|row| mentioned(&row.text)).collect();
    let names = accounts::names(conn, actor.tenant, people.into_iter().collect())?;
    for row in &mut page.items {
        row.text = named(&row.text, |id| names.get(&id).cloned());
    }
    Ok(page)
}

/// People who may see the object and a part of whose name begins so.
pub fn find_mentions(conn: &mut Conn, actor: &Actor, search: &MentionSearch) -> Result<Page<PersonMatch>> {
    let subject = found(conn, actor, SubjectRef::new(search.subject, search.subject_id))?;
    writer(actor, &subject)?;
    let q = search.q.trim();
    if !(NAME_MIN..=LINE).contains(&q.chars().count()) {
        return Err(Error::malformed("q", format!("{NAME_MIN} to {LINE} letters")));
    }
    // Whatever can be commented on so far, everybody of the tenant may see.
    let items = accounts::by_beginning(conn, actor.tenant, q, NAMES_MAX as i64)?;
    Ok(Page { items, next_cursor: None })
}

/// How many comments stand beside each of some objects, without those that were deleted; in one query. An object
/// without any is missing. The caller has made sure that the actor may see the objects.
pub fn counts(conn: &mut Conn, tenant: TenantId, kind: SubjectKind, ids: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    store::counts(conn, tenant, kind, ids)
}

/// Everything that somebody has said, oldest first, for the one who asks what is held on them.
pub fn by_author(conn: &mut Conn, actor: &Actor, author: AccountId) -> Result<Vec<Comment>> {
    let rows = store::by_author(conn, actor.tenant, author)?;
    let names = names(conn, actor.tenant, &rows)?;
    Ok(rows.into_iter().map(|row| comment(actor, false, &names, row)).collect())
}

/// Forgets what was said beside an object that goes.
pub fn forget(conn: &mut Conn, actor: &Actor, at: SubjectRef) -> Result<()> {
    store::forget(conn, actor.tenant, at)
}

/// An object for one who may read what is said beside it.
fn found(conn: &mut Conn, actor: &Actor, at: SubjectRef) -> Result<Subject> {
    actor.require(Permission::Comment, &Target::Tenant)?;
    subjects::find(conn, actor, at)
}

/// A comment with its object, for one who may see that.
fn find(conn: &mut Conn, actor: &Actor, id: CommentId) -> Result<(Stored, Subject)> {
    let row = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    let subject = found(conn, actor, row.at)?;
    Ok((row, subject))
}

/// Who writes: a person who may.
fn writer(actor: &Actor, subject: &Subject) -> Result<AccountId> {
    if subject.may_comment { actor.account() } else { Err(Error::forbidden()) }
}

/// The text as it is kept. Whoever is newly mentioned must be there; who was before may have gone since.
fn kept(conn: &mut Conn, tenant: TenantId, text: &str, before: &BTreeSet<AccountId>) -> Result<String> {
    let new: Vec<AccountId> = mentioned(text).difference(before).copied().collect();
    if accounts::in_use(conn, tenant, &new)? < new.len() {
        return Err(Error::fault("/text", "unknown_mention"));
    }
    Ok(unnamed(text))
}

fn record(conn: &mut Conn, actor: &Actor, action: AuditAction, row: &Stored, fields: Vec<String>) -> Result<()> {
    audit::record(conn, actor, Entry::new(action, "comment", row.id.0).fields(fields).beside(row.at))
}

/// The present names of those who wrote and of those whom they mention, in one query.
fn names(conn: &mut Conn, tenant: TenantId, rows: &[Stored]) -> Result<HashMap<AccountId, String>> {
    let authors = rows.iter().map(|row| row.author_id);
    let people: BTreeSet<AccountId> = authors.chain(rows.iter().flat_map(|row| row.text.iter()).flat_map(|text| mentioned(text))).collect();
    accounts::names(conn, tenant, people.into_iter().collect())
}

fn shown(conn: &mut Conn, actor: &Actor, subject: &Subject, rows: Vec<Stored>) -> Result<Vec<Comment>> {
    let names = names(conn, actor.tenant, &rows)?;
    Ok(rows.into_iter().map(|row| comment(actor, subject.may_manage, &names, row)).collect())
}

fn show(conn: &mut Conn, actor: &Actor, subject: &Subject, row: Stored) -> Result<Comment> {
    let names = names(conn, actor.tenant, std::slice::from_ref(&row))?;
    Ok(comment(actor, subject.may_manage, &names, row))
}

fn comment(actor: &Actor, manages: bool, names: &HashMap<AccountId, String>, row: Stored) -> Comment {
    let (own, there) = (actor.account == Some(row.author_id), row.text.is_some());
    Comment {
        id: row.id,
        version: row.version,
        subject: row.at.kind,
        subject_id: row.at.id,
        author_id: row.author_id,
        author_name: names.get(&row.author_id).cloned().unwrap_or_default(),
        text: row.text.map(|text| named(&text, |id| names.get(&id).cloned())),
        lang: row.lang,
        created_at: row.created_at,
        edited_at: row.edited_at,
        deleted_at: row.deleted_at,
        may_edit: own && there,
        may_delete: there && (own || manages),
    }
}
