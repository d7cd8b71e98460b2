//! The bare server that Polku is measured against: actix and diesel alone. The same statements over the same tables and
//! the same shape of answer, but nobody is asked who they are and nothing is checked. Each read stands twice: from a
//! pool and off the worker, and on a connection that the worker has for itself.
//!
//! `bare DATABASE PORT WORKERS`

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use backend::db::schema::{audit_events, contact_days, editions, enrolments, programmes, self_assessments};
use backend::db::types::{At, RawId};
use diesel::dsl::{max, min};
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use diesel::{PgConnection, SqliteConnection};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use uuid::Uuid;

#[derive(Serialize)]
struct Edition {
    id: Uuid,
    version: i64,
    programme_id: Uuid,
    number: i64,
    season: String,
    year: i64,
    places: i64,
    status: String,
    assessment: String,
    created_at: jiff::Timestamp,
    updated_at: jiff::Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: Option<jiff::Timestamp>,
}

#[derive(Serialize)]
struct Summary {
    edition: Edition,
    programme_name: serde_json::Value,
    enrolled_count: i64,
    first_day_on: Option<jiff::civil::Date>,
    last_day_on: Option<jiff::civil::Date>,
}

#[derive(Serialize)]
struct List {
    items: Vec<Summary>,
}

type Row = (RawId, i64, RawId, i64, String, i64, i64, String, String, Option<At>, At, At);

impl From<Row> for Edition {
    fn from(row: Row) -> Self {
        Self {
            id: row.0.0,
            version: row.1,
            programme_id: row.2.0,
            number: row.3,
            season: row.4,
            year: row.5,
            places: row.6,
            status: row.7,
            assessment: row.8,
            published_at: row.9.map(|at| at.0),
            created_at: row.10.0,
            updated_at: row.11.0,
        }
    }
}

macro_rules! columns {
    () => {
        (
            editions::id,
            editions::version,
            editions::programme_id,
            editions::number,
            editions::season,
            editions::year,
            editions::places,
            editions::status,
            editions::assessment,
            editions::published_at,
            editions::created_at,
            editions::updated_at,
        )
    };
}

/// What every handler needs to know of the data.
#[derive(Clone)]
struct Place {
    tenant: RawId,
    /// Places of an open edition, to write answers for in turn.
    answerers: Vec<RawId>,
}

/// A database: its pools and its statements. Two modules of the same text, because that is what diesel without an
/// abstraction over both asks for.
trait Statements: Connection + diesel::r2d2::R2D2Connection + 'static {
    const READERS: u32;
    const WRITERS: u32;
    const SETUP: &'static str;
    fn place(&mut self) -> QueryResult<Place>;
    fn list(&mut self, tenant: RawId) -> QueryResult<List>;
    fn one(&mut self, tenant: RawId, id: RawId) -> QueryResult<Edition>;
    fn save(&mut self, place: &Place, who: usize) -> QueryResult<()>;
}

macro_rules! statements {
    ($conn:ty, $readers:expr, $writers:expr, $setup:expr, $transaction:ident) => {
        impl Statements for $conn {
            const READERS: u32 = $readers;
            const WRITERS: u32 = $writers;
            const SETUP: &'static str = $setup;

            fn place(&mut self) -> QueryResult<Place> {
                let open = editions::table.filter(editions::assessment.eq("open")).select((editions::tenant_id, editions::id));
                let (tenant, edition) = open.first::<(RawId, RawId)>(self)?;
                let own = enrolments::table.filter(enrolments::edition_id.eq(edition)).select(enrolments::id).order(enrolments::id);
                Ok(Place { tenant, answerers: own.load(self)? })
            }

            fn list(&mut self, tenant: RawId) -> QueryResult<List> {
                let own = editions::table.filter(editions::tenant_id.eq(tenant)).select(columns!());
                let rows: Vec<Row> = own.order(editions::id.desc()).limit(51).load(self)?;
                let editions: Vec<Edition> = rows.into_iter().take(50).map(Into::into).collect();
                let mut owners: Vec<RawId> = editions.iter().map(|edition| RawId(edition.programme_id)).collect();
                owners.dedup();
                let ids: Vec<RawId> = editions.iter().map(|edition| RawId(edition.id)).collect();
                let named = programmes::table.filter(programmes::tenant_id.eq(tenant)).filter(programmes::id.eq_any(owners));
                let names: Vec<(RawId, String)> = named.select((programmes::id, programmes::name)).load(self)?;
                let enrolled =
                    enrolments::table.filter(enrolments::tenant_id.eq(tenant)).filter(enrolments::edition_id.eq_any(ids.clone()));
                let counts: Vec<(RawId, i64)> =
                    enrolled.group_by(enrolments::edition_id).select((enrolments::edition_id, diesel::dsl::count_star())).load(self)?;
                let met = contact_days::table.filter(contact_days::tenant_id.eq(tenant)).filter(contact_days::edition_id.eq_any(ids));
                let ends = (contact_days::edition_id, min(contact_days::starts_at), max(contact_days::starts_at));
                let days: Vec<(RawId, Option<At>, Option<At>)> = met.group_by(contact_days::edition_id).select(ends).load(self)?;
                Ok(summaries(editions, names, counts, days))
            }

            fn one(&mut self, tenant: RawId, id: RawId) -> QueryResult<Edition> {
                editions::table.find((tenant, id)).select(columns!()).first::<Row>(self).map(Into::into)
            }

            fn save(&mut self, place: &Place, who: usize) -> QueryResult<()> {
                let (tenant, enrolment) = (place.tenant, place.answerers[who % place.answerers.len()]);
                let now = At(jiff::Timestamp::now());
                self.$transaction(|conn| {
                    diesel::update(self_assessments::table.find((tenant, enrolment)))
                        .set((
                            self_assessments::version.eq(self_assessments::version + 1),
                            self_assessments::steps.eq(STEPS),
                            self_assessments::greeting.eq(""),
                            self_assessments::lang.eq("fi"),
                            self_assessments::saved_at.eq(now),
                        ))
                        .execute(conn)?;
                    diesel::update(enrolments::table.find((tenant, enrolment))).set(enrolments::answered.eq(true)).execute(conn)?;
                    diesel::insert_into(audit_events::table)
                        .values((
                            audit_events::tenant_id.eq(tenant),
                            audit_events::id.eq(RawId(Uuid::now_v7())),
                            audit_events::at.eq(now),
                            audit_events::action.eq("answer_given"),
                            audit_events::object_kind.eq("enrolment"),
                            audit_events::object_id.eq(Some(enrolment)),
                            audit_events::fields.eq("[]"),
                            audit_events::request_id.eq("bare"),
                        ))
                        .execute(conn)?;
                    Ok(())
                })
            }
        }
    };
}

statements!(
    SqliteConnection,
    8,
    1,
    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
    immediate_transaction
);
statements!(PgConnection, 16, 16, "SET synchronous_commit = on;", transaction);

/// An answer to five goals, about as long as a real one.
const STEPS: &str = "[{\"goal_id\":\"019aaaaa-0000-7000-8000-000000000001\",\"step\":3},{\"goal_id\":\"019aaaaa-0000-7000-8000-000000000002\",\"step\":4},\
     {\"goal_id\":\"019aaaaa-0000-7000-8000-000000000003\",\"step\":2},{\"goal_id\":\"019aaaaa-0000-7000-8000-000000000004\",\"step\":3},\
     {\"goal_id\":\"019aaaaa-0000-7000-8000-000000000005\",\"step\":4}]";

fn summaries(
    editions: Vec<Edition>,
    names: Vec<(RawId, String)>,
    counts: Vec<(RawId, i64)>,
    days: Vec<(RawId, Option<At>, Option<At>)>,
) -> List {
    let names: HashMap<Uuid, serde_json::Value> =
        names.into_iter().map(|(id, name)| (id.0, serde_json::from_str(&name).unwrap_or_default())).collect();
    let counts: HashMap<Uuid, i64> = counts.into_iter().map(|(id, count)| (id.0, count)).collect();
    let ranges: HashMap<Uuid, (jiff::Timestamp, jiff::Timestamp)> =
        days.into_iter().filter_map(|(id, first, last)| Some((id.0, (first?.0, last?.0)))).collect();
    let summary = |edition: Edition| Summary {
        programme_name: names.get(&edition.programme_id).cloned().unwrap_or_default(),
        enrolled_count: counts.get(&edition.id).copied().unwrap_or(0),
        first_day_on: ranges.get(&edition.id).map(|range| shared::format::day_of(range.0)),
        last_day_on: ranges.get(&edition.id).map(|range| shared::format::day_of(range.1)),
        edition,
    };
    List { items: editions.into_iter().map(summary).collect() }
}

#[derive(Debug)]
struct Setup(&'static str);

impl<C: Statements> CustomizeConnection<C, diesel::r2d2::Error> for Setup {
    fn on_acquire(&self, conn: &mut C) -> Result<(), diesel::r2d2::Error> {
        conn.batch_execute(self.0).map_err(diesel::r2d2::Error::QueryError)
    }
}

type Pooled<C> = Pool<ConnectionManager<C>>;

struct Shared<C: Statements> {
    read: Pooled<C>,
    write: Pooled<C>,
    place: Place,
    next: AtomicUsize,
    hash: String,
}

type State<C> = web::Data<Shared<C>>;

fn json(body: QueryResult<impl Serialize>) -> HttpResponse {
    match body {
        Ok(body) => HttpResponse::Ok().json(body),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

async fn off_worker<C: Statements, T: Send + Serialize + 'static>(
    pool: Pooled<C>,
    run: impl FnOnce(&mut C) -> QueryResult<T> + Send + 'static,
) -> HttpResponse {
    let done =
        web::block(move || pool.get().map_err(|_| diesel::result::Error::NotInTransaction).and_then(|mut conn| run(&mut conn))).await;
    json(done.unwrap_or(Err(diesel::result::Error::NotInTransaction)))
}

async fn list_pool<C: Statements + Send>(state: State<C>) -> HttpResponse {
    let tenant = state.place.tenant;
    off_worker(state.read.clone(), move |conn: &mut C| conn.list(tenant)).await
}

async fn one_pool<C: Statements + Send>(state: State<C>, id: web::Path<Uuid>) -> HttpResponse {
    let tenant = state.place.tenant;
    off_worker(state.read.clone(), move |conn: &mut C| conn.one(tenant, RawId(*id))).await
}

async fn write_pool<C: Statements + Send>(state: State<C>) -> HttpResponse {
    let (place, who) = (state.place.clone(), state.next.fetch_add(1, Ordering::Relaxed));
    off_worker(state.write.clone(), move |conn: &mut C| conn.save(&place, who)).await
}

fn direct<C: Statements, T: Serialize>(request: &HttpRequest, run: impl FnOnce(&mut C) -> QueryResult<T>) -> HttpResponse {
    match request.app_data::<RefCell<C>>() {
        Some(conn) => json(run(&mut conn.borrow_mut())),
        None => HttpResponse::InternalServerError().finish(),
    }
}

async fn list_direct<C: Statements>(request: HttpRequest, state: State<C>) -> HttpResponse {
    direct(&request, |conn: &mut C| conn.list(state.place.tenant))
}

async fn one_direct<C: Statements>(request: HttpRequest, state: State<C>, id: web::Path<Uuid>) -> HttpResponse {
    direct(&request, |conn: &mut C| conn.one(state.place.tenant, RawId(*id)))
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(46 * 1024, 1, 1, None).unwrap_or_default())
}

async fn verify<C: Statements>(state: State<C>) -> HttpResponse {
    let known = state.hash.clone();
    let right =
        web::block(move || PasswordVerifier::<str>::verify_password(&argon2(), tests::PASSWORD.as_bytes(), known.as_str()).is_ok()).await;
    if right.unwrap_or(false) { HttpResponse::NoContent().finish() } else { HttpResponse::InternalServerError().finish() }
}

async fn serve<C: Statements + Send>(url: String, port: u16, workers: usize) -> anyhow::Result<()> {
    let pool = |size| {
        let setup = Box::new(Setup(C::SETUP));
        Pool::builder().max_size(size).test_on_check_out(false).connection_customizer(setup).build(ConnectionManager::<C>::new(&url))
    };
    let (read, write) = (pool(C::READERS)?, pool(C::WRITERS)?);
    let place = read.get()?.place()?;
    let hash =
        PasswordHasher::hash_password(&argon2(), tests::PASSWORD.as_bytes()).map_err(|error| anyhow::anyhow!("{error}"))?.to_string();
    let state: State<C> = web::Data::new(Shared { read, write, place, next: AtomicUsize::new(0), hash });
    HttpServer::new(move || {
        #[allow(clippy::expect_used)]
        let mut own = C::establish(&url).expect("a connection for the worker");
        #[allow(clippy::expect_used)]
        own.batch_execute(C::SETUP).expect("its settings");
        App::new()
            .app_data(state.clone())
            .app_data(RefCell::new(own))
            .route("/pool/editions", web::get().to(list_pool::<C>))
            .route("/direct/editions", web::get().to(list_direct::<C>))
            .route("/pool/editions/{id}", web::get().to(one_pool::<C>))
            .route("/direct/editions/{id}", web::get().to(one_direct::<C>))
            .route("/pool/answers", web::post().to(write_pool::<C>))
            .route("/hash", web::get().to(verify::<C>))
    })
    .workers(workers)
    .bind(("127.0.0.1", port))?
    .run()
    .await?;
    Ok(())
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, port, workers] = arguments.as_slice() else { anyhow::bail!("bare DATABASE PORT WORKERS") };
    let (port, workers) = (port.parse()?, workers.parse()?);
    actix_web::rt::System::new().block_on(async {
        match url.strip_prefix("sqlite:") {
            Some(path) => serve::<SqliteConnection>(path.to_owned(), port, workers).await,
            None => serve::<PgConnection>(url.clone(), port, workers).await,
        }
    })
}
