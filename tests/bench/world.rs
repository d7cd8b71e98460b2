//! The data under measure: a database of its own with sixty editions, one of which five hundred people answer.

use anyhow::Result;
use backend::db::{Address, Conn, Db, migrate};
use backend::identity::service::sessions::{self, Occasion};
use backend::identity::service::{accounts, grants, tenants};
use backend::keys::Keys;
use backend::policy::Actor;
use backend::tokens::{self, Subject};
use backend::training::service::{assessment, days, editions, enrolments, programmes, results};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use jiff::Timestamp;
use shared::identity::{NewAccount, NewGrant, SessionKind};
use shared::policy::{Role, Scope};
use shared::training::{Edition, NewEnrolment, Programme};
use shared::{AccountId, EditionId, EnrolmentId, Lang, SessionId, TenantId};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tests::training::{answers, new_edition, new_programme};

const EDITIONS: i64 = 60;
const DAYS: usize = 6;
/// People in each edition but the open one.
const PLACES: usize = 12;
/// People who answer the open one: twice as many as there are ever connections.
const ANSWERERS: usize = 512;

/// Somebody with a session.
struct Person {
    account: AccountId,
    session: SessionId,
    email: String,
}

pub struct World {
    folder: TempDir,
    url: String,
    /// The server and the name of the database that goes when this goes.
    dropped: Option<(String, String)>,
    keys: Keys,
    db: Db,
    tenant: TenantId,
    administrator: Person,
    answerers: Vec<(Person, EnrolmentId)>,
    /// An edition to read, and its version.
    pub edition: String,
    pub edition_version: i64,
    /// An edition whose result is published.
    pub published: String,
    /// The edition that is being answered.
    pub open: EditionId,
    answer: String,
}

impl World {
    /// Makes a database and fills it. `database` is `sqlite` or the address of a PostgreSQL server.
    pub fn build(database: &str) -> Result<Self> {
        let folder = TempDir::new()?;
        let (url, dropped) = if database == "sqlite" {
            (format!("sqlite:{}", folder.path().join("polku.db").display()), None)
        } else {
            let name = format!("bench_{}", uuid::Uuid::new_v4().simple());
            PgConnection::establish(database)?.batch_execute(&format!("CREATE DATABASE {name}"))?;
            (tests::scratch::with_database(database, &name), Some((database.to_owned(), name)))
        };
        let db = Db::open(url.parse::<Address>().map_err(anyhow::Error::msg)?)?;
        migrate::up(&db)?;
        let keys = Keys::load(folder.path())?;
        let now = Timestamp::now();
        let hash = tests::people::password_hash();
        let fill = |conn: &mut Conn| fill(conn, &keys, now, &hash);
        let filled = db.write(fill).map_err(|error| anyhow::anyhow!("the world: {error}"))?;
        if let Address::Postgres(_) = db.address() {
            // Otherwise the first minutes of load meet plans made for empty tables.
            db.write(|conn| Ok(conn.batch_execute("ANALYZE")?)).map_err(|error| anyhow::anyhow!("{error}"))?;
        }
        let Filled { tenant, administrator, answerers, read, published, open, programme } = filled;
        let answer = serde_json::to_string(&answers(&programme, &[3, 4, 2]))?;
        let (edition, published) = (read.id.to_string(), published.to_string());
        let edition_version = read.version;
        Ok(Self { folder, url, dropped, keys, db, tenant, administrator, answerers, edition, edition_version, published, open, answer })
    }

    pub fn name(&self) -> &'static str {
        if self.dropped.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    pub fn describe(&self) -> String {
        format!("{EDITIONS} editions of {PLACES} people and {DAYS} days, {ANSWERERS} who answer one")
    }

    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the server is told: nothing that a real one would not be.
    pub fn settings(&self) -> Vec<String> {
        Vec::new()
    }

    pub fn administrator_token(&self) -> Result<String> {
        self.token(&self.administrator)
    }

    pub fn participant_tokens(&self) -> Result<Vec<String>> {
        self.answerers.iter().map(|(person, _)| self.token(person)).collect()
    }

    /// Tokens live ten minutes and a whole measurement longer.
    fn token(&self, person: &Person) -> Result<String> {
        let subject = Subject::Person { account: person.account, session: person.session };
        let issued = tokens::issue(&self.keys, self.tenant, subject, Timestamp::now());
        issued.map(|(token, _)| token).map_err(|error| anyhow::anyhow!("{error}"))
    }

    pub fn emails(&self) -> impl Iterator<Item = &str> {
        self.answerers.iter().map(|(person, _)| person.email.as_str())
    }

    /// The version of each answerer's answers.
    pub fn versions(&self) -> Result<Vec<i64>> {
        use backend::db::schema::self_assessments as answers;
        let all = |conn: &mut Conn| {
            let own = answers::table.filter(answers::tenant_id.eq(self.tenant)).filter(answers::edition_id.eq(self.open));
            Ok(own.select((answers::enrolment_id, answers::version)).load::<(EnrolmentId, i64)>(conn)?)
        };
        let all = self.db.read(all).map_err(|error| anyhow::anyhow!("{error}"))?;
        let by_place: HashMap<EnrolmentId, i64> = all.into_iter().collect();
        Ok(self.answerers.iter().map(|(_, place)| by_place.get(place).copied().unwrap_or(0)).collect())
    }

    /// As [`World::versions`], once the last load's saves, whose answers nobody waited for, have ended.
    pub fn settled_versions(&self) -> Result<Vec<i64>> {
        let mut before = self.versions()?;
        loop {
            std::thread::sleep(std::time::Duration::from_millis(200));
            let now = self.versions()?;
            if now == before {
                return Ok(now);
            }
            before = now;
        }
    }

    /// An answer, as it is sent.
    pub fn answer(&self) -> &str {
        &self.answer
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.dropped
            && let Ok(mut conn) = PgConnection::establish(server)
        {
            let _ = conn.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

struct Filled {
    tenant: TenantId,
    administrator: Person,
    answerers: Vec<(Person, EnrolmentId)>,
    read: Edition,
    published: EditionId,
    open: EditionId,
    programme: Programme,
}

type Outcome<T> = backend::error::Result<T>;

fn fill(conn: &mut Conn, keys: &Keys, now: Timestamp, hash: &str) -> Outcome<Filled> {
    let tenant = tenants::default_or_create(conn, now)?;
    let system = Actor::system(tenant, now);
    let administrator = person(conn, keys, &system, 0, hash)?;
    let grant =
        NewGrant { account_id: administrator.account, role: Role::Administrator, scope: Scope::Tenant, valid_from: None, valid_to: None };
    grants::create(conn, &system, &grant)?;
    let people: Outcome<Vec<Person>> = (1..=ANSWERERS).map(|number| person(conn, keys, &system, number, hash)).collect();
    let people = people?;
    let programme = programmes::create(conn, &system, &new_programme(5))?;
    let mut made = Vec::new();
    for number in 1..=EDITIONS {
        let mut new = new_edition(programme.id, number);
        new.places = 1_000;
        let edition = editions::create(conn, &system, &new)?;
        for day in 0..DAYS {
            days::create(conn, &system, edition.id, &on(day))?;
        }
        made.push(edition);
    }
    let mut places = Vec::new();
    for (position, edition) in made[1..].iter().enumerate() {
        for place in 0..PLACES {
            let account = people[(position * PLACES + place) % people.len()].account;
            places.push((edition.id, account, enrol(conn, &system, edition.id, account)?));
        }
    }
    let published = made[1].id;
    places.retain(|(edition, ..)| *edition == published);
    let opened = assessment::start(conn, &system, made[1].clone())?;
    for (position, (_, account, place)) in places.into_iter().enumerate() {
        let steps = [u8::try_from(position % 4).unwrap_or_default() + 1, 3, 4];
        answer(conn, &system, &programme, &opened, (account, place), &steps)?;
    }
    let current = editions::find(conn, tenant, published)?;
    results::finish(conn, &system, current)?;
    let open = assessment::start(conn, &system, made[0].clone())?;
    let mut answerers = Vec::new();
    for person in people {
        let place = enrol(conn, &system, open.id, person.account)?;
        answer(conn, &system, &programme, &open, (person.account, place), &[3, 4, 2])?;
        answerers.push((person, place));
    }
    let read = editions::find(conn, tenant, made[2].id)?;
    Ok(Filled { tenant, administrator, answerers, read, published, open: open.id, programme })
}

/// A contact day in spring 2027.
fn on(day: usize) -> shared::training::NewContactDay {
    let mut new = tests::operations::new_day();
    let later = jiff::SignedDuration::from_hours(24 * 14 * i64::try_from(day).unwrap_or_default());
    new.starts_at += later;
    new.ends_at += later;
    new
}

fn person(conn: &mut Conn, keys: &Keys, system: &Actor, number: usize, hash: &str) -> Outcome<Person> {
    let email = format!("bench{number}@example.fi");
    let new = NewAccount { name: format!("Mittaaja {number}"), email: email.clone(), lang: Lang::Fi, unit_id: None };
    let account = accounts::create_active(conn, system, &new, hash.to_owned())?.id;
    let occasion = Occasion {
        tenant: system.tenant,
        now: system.now,
        request_id: "bench".to_owned(),
        net: "bench".to_owned(),
        device: "bench".to_owned(),
    };
    let tokens = sessions::open(conn, keys, &occasion, account, SessionKind::Device)?;
    let session = session_of(&tokens.signed_in.access_token).unwrap_or_default();
    Ok(Person { account, session: SessionId(session), email })
}

/// The session that an access token names.
fn session_of(token: &str) -> Option<uuid::Uuid> {
    use base64::Engine;
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&claims).ok()?;
    claims["sid"].as_str()?.parse().ok()
}

fn enrol(conn: &mut Conn, system: &Actor, edition: EditionId, account: AccountId) -> Outcome<EnrolmentId> {
    let new = NewEnrolment { account_id: Some(account), name: None, email: None, group_id: None };
    Ok(enrolments::enrol(conn, system, edition, &new)?.enrolment.id)
}

/// One person's first answers.
fn answer(
    conn: &mut Conn,
    system: &Actor,
    programme: &Programme,
    edition: &Edition,
    who: (AccountId, EnrolmentId),
    steps: &[u8],
) -> Outcome<()> {
    let own = Arc::new(vec![(who.1, edition.id)]);
    let actor = Actor { account: Some(who.0), enrolments: own, ..system.clone() };
    assessment::keep(conn, &actor, edition.id, &answers(programme, steps))?;
    Ok(())
}
