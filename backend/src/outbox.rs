//! The outbox: letters are written in the transaction that gives rise to them and sent afterwards, at least once. Mail
//! goes to a server by configuration, else to files under `data/mail`. A sent letter's text, with its secret, is erased.
//!
//! Wishes for a password reset lie here too and are worked out afterwards, so that nobody learns from the time of the
//! answer whether an address is known.

use crate::clock::Clock;
use crate::db::schema::outbox;
use crate::db::types::{At, Json, RawId};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::identity::service::links;
use anyhow::Context;
use diesel::prelude::*;
use jiff::{SignedDuration, Timestamp};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{Message, SmtpTransport, Transport};
use serde::{Deserialize, Serialize};
use shared::{Lang, TenantId};
use std::fmt::Debug;
use std::path::PathBuf;
use std::time::Duration;

/// A letter to write, in the receiver's language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Letter {
    /// Names the texts in the catalogue: `mail-<template>-subject`, `mail-<template>-body`.
    pub template: String,
    pub to: String,
    pub name: String,
    pub lang: Lang,
    pub tenant_name: String,
    /// Where the letter's link leads, under the service's own address.
    pub path: String,
    /// When the link stops working; of a notice, when what it tells of happened.
    pub expires_at: Timestamp,
}

/// A wish for a link to reset a forgotten password, from somebody who may have no account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResetWish {
    pub email: String,
    pub lang: Lang,
}

const MAIL: &str = "mail";
const RESET_WISH: &str = "password_reset";

/// Puts a letter in the outbox.
pub fn post(conn: &mut Conn, tenant: TenantId, letter: &Letter, now: Timestamp) -> Result<()> {
    insert(conn, tenant, MAIL, letter, now)
}

/// Puts a wish for a reset in the outbox.
pub fn wish(conn: &mut Conn, tenant: TenantId, wish: &ResetWish, now: Timestamp) -> Result<()> {
    insert(conn, tenant, RESET_WISH, wish, now)
}

fn insert<T: Clone + Debug + Serialize + Send + Sync + 'static>(
    conn: &mut Conn,
    tenant: TenantId,
    kind: &str,
    payload: &T,
    now: Timestamp,
) -> Result<()> {
    diesel::insert_into(outbox::table)
        .values((
            outbox::tenant_id.eq(tenant),
            outbox::id.eq(RawId(uuid::Uuid::now_v7())),
            outbox::kind.eq(kind),
            outbox::payload.eq(Json(Some(payload.clone()))),
            outbox::created_at.eq(At(now)),
            outbox::next_try_at.eq(At(now)),
            outbox::attempt_count.eq(0),
        ))
        .execute(conn)?;
    Ok(())
}

/// Where letters go.
pub enum Sink {
    /// A file each.
    Folder(PathBuf),
    /// A mail server.
    Server(Box<SmtpTransport>),
}

/// Sends what is in the outbox.
pub struct Postman {
    pub db: Db,
    pub clock: Clock,
    pub sink: Sink,
    pub from: Mailbox,
    pub public_url: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
struct Row {
    tenant_id: TenantId,
    id: RawId,
    payload: Json<Option<Letter>>,
    attempt_count: i64,
}

/// Seconds until the next try, by tries so far: quickly at first, then for about three days.
const WAITS: &[i64] = &[5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const MOST_TRIES: i64 = WAITS.len() as i64;
const BATCH: i64 = 20;

impl Postman {
    /// A sink from the settings.
    pub fn sink(smtp_url: Option<&str>, data: &std::path::Path) -> anyhow::Result<Sink> {
        match smtp_url {
            Some(url) => Ok(Sink::Server(Box::new(
                SmtpTransport::from_url(url).context("POLKU_SMTP_URL")?.timeout(Some(Duration::from_secs(15))).build(),
            ))),
            None => Ok(Sink::Folder(data.join("mail"))),
        }
    }

    /// Sends all that is due, and says how many letters went.
    pub fn round(&self) -> Result<usize> {
        let now = self.clock.now();
        answer_resets(&self.db, now)?;
        let mut sent = 0;
        for row in self.db.write(|conn| claim(conn, now))? {
            let Some(letter) = &row.payload.0 else { continue };
            match self.send(&row, letter) {
                Ok(()) => {
                    self.db.write(|conn| settle(conn, row.tenant_id, row.id, self.clock.now()))?;
                    sent += 1;
                }
                Err(error) => {
                    tracing::warn!(letter = %row.id.0, attempt = row.attempt_count, error = %error, "mail not sent, will be tried again")
                }
            }
        }
        Ok(sent)
    }

    fn send(&self, row: &Row, letter: &Letter) -> anyhow::Result<()> {
        let expires = shared::format::date_time(letter.expires_at, letter.lang);
        let link = format!("{}{}", self.public_url.trim_end_matches('/'), letter.path);
        let args: &[(&str, &str)] =
            &[("name", &letter.name), ("tenant", &letter.tenant_name), ("link", &link), ("expires", &expires), ("at", &expires)];
        let text = |part: &str| letter.lang.text_with(&format!("mail-{}-{part}", letter.template), args);
        // Names have no such characters; with one, the mail library would bring this thread down.
        let name = letter.name.chars().filter(|c| !c.is_control()).collect();
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(name), letter.to.parse()?))
            .subject(text("subject"))
            // The same id at every try lets the receiver's server drop a second copy.
            .message_id(Some(format!("<{}@polku>", row.id.0)))
            .header(ContentType::TEXT_PLAIN)
            .body(text("body"))?;
        match &self.sink {
            Sink::Server(server) => server.send(&message).map(drop).context("the mail server"),
            Sink::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                crate::keys::write_secret(&folder.join(format!("{}.eml", row.id.0)), &message.formatted())
            }
        }
    }
}

/// What is in the outbox.
#[derive(Clone, Copy, Debug)]
pub struct Backlog {
    /// Letters to be sent, now or at their next try.
    pub waiting: i64,
    /// Letters that were tried for days and will not be tried again.
    pub given_up: i64,
    /// When the oldest of those that wait was written.
    pub oldest: Option<Timestamp>,
}

/// Counts what is in the outbox, of all tenants.
pub fn backlog(conn: &mut Conn) -> Result<Backlog> {
    let unsent = || outbox::table.filter(outbox::sent_at.is_null());
    let waiting = || unsent().filter(outbox::attempt_count.lt(MOST_TRIES));
    let oldest: Option<At> = waiting().select(outbox::created_at).order(outbox::created_at).first(conn).optional()?;
    Ok(Backlog {
        waiting: waiting().count().get_result(conn)?,
        given_up: unsent().filter(outbox::attempt_count.ge(MOST_TRIES)).count().get_result(conn)?,
        oldest: oldest.map(|at| at.0),
    })
}

/// Takes what is due, setting its next try first: a crash in between sends again, never forgets.
fn claim(conn: &mut Conn, now: Timestamp) -> Result<Vec<Row>> {
    let due: Vec<Row> = outbox::table
        .filter(outbox::kind.eq(MAIL))
        .filter(outbox::next_try_at.le(At(now)))
        .filter(outbox::sent_at.is_null())
        .filter(outbox::attempt_count.lt(MOST_TRIES))
        .order((outbox::next_try_at, outbox::id))
        .limit(BATCH)
        .select(Row::as_select())
        .load(conn)?;
    for row in &due {
        put_off(conn, row.tenant_id, row.id, row.attempt_count, now)?;
    }
    Ok(due)
}

/// Sets when it is tried the next time, after so many tries.
fn put_off(conn: &mut Conn, tenant: TenantId, id: RawId, tried: i64, now: Timestamp) -> Result<()> {
    let wait = usize::try_from(tried).ok().and_then(|tries| WAITS.get(tries)).copied().unwrap_or(86_400);
    let own = outbox::table.filter(outbox::tenant_id.eq(tenant)).filter(outbox::id.eq(id));
    diesel::update(own)
        .set((outbox::next_try_at.eq(At(now + SignedDuration::from_secs(wait))), outbox::attempt_count.eq(outbox::attempt_count + 1)))
        .execute(conn)?;
    Ok(())
}

/// What has been done is kept as a row without what it held.
fn settle(conn: &mut Conn, tenant: TenantId, id: RawId, now: Timestamp) -> Result<()> {
    let own = outbox::table.filter(outbox::tenant_id.eq(tenant)).filter(outbox::id.eq(id));
    diesel::update(own).set((outbox::sent_at.eq(Some(At(now))), outbox::payload.eq(Json(None::<Letter>)))).execute(conn)?;
    Ok(())
}

/// Works out the wishes for a reset that are due, each in its own transaction; several nodes may do so at once. One that
/// fails is put off and stands in nobody's way.
pub fn answer_resets(db: &Db, now: Timestamp) -> Result<()> {
    while let Some(wish) = db.read(|conn| due_wish(conn, now))? {
        if let Err(error) = db.write(|conn| answer(conn, &wish, now)) {
            tracing::warn!(wish = %wish.id.0, %error, "a wish for a reset was not answered, will be tried again");
            db.write(|conn| put_off(conn, wish.tenant_id, wish.id, wish.attempt_count, now))?;
        }
    }
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
struct WishRow {
    tenant_id: TenantId,
    id: RawId,
    payload: Json<Option<ResetWish>>,
    created_at: At,
    attempt_count: i64,
}

fn due_wish(conn: &mut Conn, now: Timestamp) -> Result<Option<WishRow>> {
    let due = outbox::table
        .filter(outbox::kind.eq(RESET_WISH))
        .filter(outbox::next_try_at.le(At(now)))
        .filter(outbox::sent_at.is_null())
        .filter(outbox::attempt_count.lt(MOST_TRIES));
    Ok(due.order((outbox::next_try_at, outbox::id)).select(WishRow::as_select()).first(conn).optional()?)
}

/// Another node may have been first: then there is nothing left to do.
fn answer(conn: &mut Conn, wish: &WishRow, now: Timestamp) -> Result<()> {
    let own = outbox::table.filter(outbox::tenant_id.eq(wish.tenant_id)).filter(outbox::id.eq(wish.id));
    let open = own.filter(outbox::sent_at.is_null()).select(outbox::attempt_count).first::<i64>(conn).optional()?;
    if let (Some(_), Some(ResetWish { email, lang })) = (open, &wish.payload.0) {
        links::answer_reset(conn, wish.tenant_id, email, *lang, wish.created_at.0)?;
    }
    settle(conn, wish.tenant_id, wish.id, now)
}

/// Forgets letters a week after they were sent, and after 90 days those that nobody would take.
pub fn sweep(conn: &mut Conn, now: Timestamp) -> Result<usize> {
    let days = |days: i64| At(now - SignedDuration::from_hours(24 * days));
    let sent = outbox::table.filter(outbox::sent_at.assume_not_null().lt(days(7)));
    let dead = outbox::table.filter(outbox::created_at.lt(days(90)));
    Ok(diesel::delete(sent).execute(conn)? + diesel::delete(dead).execute(conn)?)
}

/// Works through the outbox until the server stops.
pub fn work(postman: &Postman, stop: &std::sync::atomic::AtomicBool) {
    while !stop.load(std::sync::atomic::Ordering::SeqCst) {
        if let Err(error) = postman.round() {
            tracing::warn!(%error, "outbox round failed");
        }
        std::thread::park_timeout(Duration::from_secs(2));
    }
}
