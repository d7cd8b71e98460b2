//! The demo world: the region of Jyväskylä with invented people, a training held four times and running a fifth, and a
//! second small tenant, so that isolation can be seen.
//!
//! Invariants: built through the services, so that its data obeys the rules; everything but ids, passwords and the order
//! of greetings is the same each time; every person, address and partner is invented.

mod answers;
mod clients;
mod editions;
mod history;
mod organisations;
mod other;
mod people;
mod programme;
mod projects;
mod running;
mod tried;
mod works;

use crate::db::{Conn, Db};
use crate::error::Result;
use crate::identity::service::{passwords, tenants};
use crate::keys;
use crate::policy::{self, Actor};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use shared::policy::{Role, Scope};
use shared::{AccountId, EditionId, EnrolmentId, TenantId};
use std::path::Path;
use std::sync::Arc;

/// An account to try the demo world with.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// What it may do, in one word.
    pub role: &'static str,
    /// E-mail address of a person, id of a program.
    pub login: String,
    /// Password of a person, secret of a program.
    pub password: String,
}

/// The people, one per role; the last is of the other tenant.
const ACCOUNTS: [(&str, &str); 7] = [
    ("administrator", "paakayttaja@demo.polku.example"),
    ("coordinator", "koordinaattori@demo.polku.example"),
    ("facilitator", "kouluttaja@demo.polku.example"),
    ("unit_manager", "lahijohtaja@demo.polku.example"),
    ("auditor", "tarkastaja@demo.polku.example"),
    ("participant", "osallistuja@demo.polku.example"),
    ("other_administrator", "paakayttaja@other.polku.example"),
];

/// When the world begins.
const FOUNDED_ON: Date = date(2017, 1, 9);
/// The history ends here; the running edition lies after it.
const EARLIEST: Date = date(2019, 9, 1);

/// Fills an empty database as seen at `now`, and keeps the accounts' passwords in `demo-accounts.txt` under `data`.
pub fn fill(db: &Db, now: Timestamp, data: &Path) -> anyhow::Result<Vec<DemoAccount>> {
    anyhow::ensure!(shared::format::day_of(now) >= EARLIEST, "the demo world has its history until {EARLIEST}; choose a later day");
    let failed = |error: crate::error::Error| anyhow::anyhow!("the demo world: {error}");
    anyhow::ensure!(db.read(tenants::default).map_err(failed)?.is_none(), "the database already holds data");
    let person = |(role, email): &(&'static str, &str)| DemoAccount { role, login: (*email).to_owned(), password: password() };
    let mut accounts: Vec<DemoAccount> = ACCOUNTS.iter().map(person).collect();
    let hashed: std::result::Result<Vec<String>, _> = accounts.iter().map(|account| passwords::hash(&account.password)).collect();
    let hashes = Hashes(hashed.map_err(failed)?);
    let program = clients::Credentials::new();
    accounts.push(DemoAccount { role: clients::ROLE, login: program.id.to_string(), password: program.secret.clone() });
    // Before the data, so that no installation has accounts whose passwords nobody knows.
    let file = data.join("demo-accounts.txt");
    keys::write_secret(&file, listing(&accounts).as_bytes())?;
    if let Err(error) = db.write(|conn| build(conn, now, &hashes, &program)) {
        std::fs::remove_file(&file)?;
        return Err(failed(error));
    }
    Ok(accounts)
}

/// Hashes of the passwords, in the order of [`ACCOUNTS`].
struct Hashes(Vec<String>);

impl Hashes {
    /// The address and the hash of the account with this role.
    fn of(&self, role: &str) -> (&'static str, String) {
        let found = ACCOUNTS.iter().zip(&self.0).find(|((own, _), _)| *own == role);
        found.map_or((Default::default(), String::new()), |((_, email), hash)| (email, hash.clone()))
    }
}

fn build(conn: &mut Conn, now: Timestamp, hashes: &Hashes, program: &clients::Credentials) -> Result<()> {
    let founded = at(FOUNDED_ON, 8)?;
    let tenant = tenants::NewTenant { slug: "demo", name: "Keski-Suomen kehittämisverkosto", host: None, is_default: true, is_demo: true };
    let tenant = tenants::create(conn, &tenant, founded)?;
    let (units, partner) = organisations::build(conn, &Actor::system(tenant, founded))?;
    let staff = people::staff(conn, tenant, founded, &units, hashes)?;
    let programme = programme::build(conn, &staff.coordinator.at(founded))?;
    let mut crowd = people::Crowd::new(&units);
    let left = history::build(conn, &staff, &programme, &mut crowd)?;
    running::build(conn, &staff, &programme, &mut crowd, hashes, now, &left)?;
    clients::build(conn, &staff, partner, program, now)?;
    other::build(conn, founded, hashes)
}

/// Somebody of the demo world, who acts at different times.
#[derive(Clone, Debug)]
struct Someone {
    tenant: TenantId,
    account: AccountId,
    roles: Vec<(Role, Scope)>,
    place: Option<(EnrolmentId, EditionId)>,
}

impl Someone {
    /// The person at an instant.
    fn at(&self, now: Timestamp) -> Actor {
        Actor {
            account: Some(self.account),
            abilities: Arc::new(policy::abilities(self.roles.iter().copied(), self.place.map(|(_, edition)| edition))),
            enrolments: Arc::new(self.place.into_iter().collect()),
            request_id: "demo".to_owned(),
            ..Actor::system(self.tenant, now)
        }
    }
}

/// A whole hour of a day in Finland.
fn at(day: Date, hour: i8) -> Result<Timestamp> {
    shared::format::instant(day, hour, 0).ok_or_else(|| crate::error::Error::Internal(format!("no instant on {day}")))
}

/// 100 random bits in five groups, without letters that are mistaken for others.
fn password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letters: Vec<char> = keys::random_bytes().iter().take(20).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn listing(accounts: &[DemoAccount]) -> String {
    let mut text = String::from(
        "# Demo accounts of this installation: role, e-mail, password; of the API client its id and its secret.\n\
         # other_administrator is of another tenant, at http://other.localhost.\n",
    );
    for account in accounts {
        text.push_str(&format!("{}\t{}\t{}\n", account.role, account.login, account.password));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_differ() {
        let (one, two) = (password(), password());
        assert_eq!(one.len(), 24);
        assert_ne!(one, two);
    }

    #[test]
    fn the_listing_has_a_line_for_each_account() {
        let account = DemoAccount { role: "auditor", login: "a@demo.polku.example".to_owned(), password: "x".to_owned() };
        let text = listing(&[account]);
        assert_eq!(text.lines().nth(2), Some("auditor\ta@demo.polku.example\tx"));
    }
}
