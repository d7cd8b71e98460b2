//! Invented people: one account to sign in with per role, and a crowd who take part but have no password.

use super::{Hashes, Someone};
use crate::db::Conn;
use crate::error::Result;
use crate::identity::service::{accounts, grants};
use crate::policy::Actor;
use jiff::Timestamp;
use shared::identity::{NewAccount, NewGrant};
use shared::policy::{Role, Scope};
use shared::{AccountId, Lang, TenantId, UnitId};
use std::collections::HashMap;

const FIRST: [&str; 40] = [
    "Aada", "Aarni", "Alma", "Arvi", "Eeli", "Eerika", "Elea", "Hilja", "Hilma", "Iisa", "Ilmari", "Inkeri", "Isla", "Joel", "Kaarina",
    "Kaisla", "Lempi", "Lumi", "Martta", "Meri", "Nooa", "Oiva", "Onni", "Otso", "Peppi", "Pihla", "Rauha", "Saimi", "Sampo", "Selma",
    "Siiri", "Taimi", "Tuisku", "Tyyne", "Usva", "Valo", "Varpu", "Vieno", "Vilja", "Väinö",
];

const LAST: [&str; 40] = [
    "Aallonpää",
    "Ahomäki",
    "Hakakorpi",
    "Harmaala",
    "Havukallio",
    "Hietarinne",
    "Honkavuori",
    "Joutsenlampi",
    "Kaislaranta",
    "Kanervisto",
    "Kivipuro",
    "Koivikkoaho",
    "Kotavesi",
    "Kuusiniitty",
    "Lammenpää",
    "Lehtovirta",
    "Lumijärvi",
    "Metsäkorpi",
    "Mustikkamaa",
    "Myllyharju",
    "Niittyaho",
    "Ojanreuna",
    "Pajuoja",
    "Peltomäki",
    "Petäjäniemi",
    "Pihlajisto",
    "Poutaranta",
    "Puromäki",
    "Rantakivi",
    "Ruohola",
    "Saarelmaa",
    "Salokorpi",
    "Sinivuori",
    "Suviranta",
    "Syvälampi",
    "Tuomikoski",
    "Tyynelä",
    "Vaahteramäki",
    "Varpuniemi",
    "Väliaho",
];

impl Staff {
    /// The other units, from the one after this on, in the same order each time.
    pub fn units_after(&self, own: UnitId) -> Vec<UnitId> {
        let mut units: Vec<UnitId> = self.managers.keys().copied().collect();
        units.sort_unstable();
        let place = units.iter().position(|unit| *unit == own).unwrap_or_default();
        units.rotate_left(place);
        units.into_iter().filter(|unit| *unit != own).collect()
    }
}

/// Where the names of the managers begin, far behind those of the people who take part.
const MANAGERS_FROM: usize = 1_000;

/// Those who keep the training going.
pub struct Staff {
    pub administrator: Someone,
    pub coordinator: Someone,
    pub facilitator: Someone,
    /// Who leads each unit.
    pub managers: HashMap<UnitId, Someone>,
}

/// Makes the accounts with a role, all but the participant's.
pub fn staff(conn: &mut Conn, tenant: TenantId, now: Timestamp, units: &[UnitId], hashes: &Hashes) -> Result<Staff> {
    let system = Actor::system(tenant, now);
    let kyllo = units[0];
    let mut make = |role: &str, name: &str, unit_id: Option<UnitId>| sign_in_account(conn, &system, hashes.of(role), name, unit_id);
    let administrator = someone(tenant, make("administrator", "Irma Harjuniitty", None)?, &[(Role::Administrator, Scope::Tenant)]);
    let coordinator = someone(tenant, make("coordinator", "Touko Vesiaho", None)?, &[(Role::Coordinator, Scope::Tenant)]);
    let facilitator = someone(tenant, make("facilitator", "Henna Rautio", None)?, &[]);
    let paula = make("unit_manager", "Paula Kiviranta", Some(kyllo))?;
    let auditor = make("auditor", "Kalervo Tarkkanen", None)?;
    grant(conn, &system, administrator.account, Role::Administrator, Scope::Tenant)?;
    let granting = administrator.at(now);
    grant(conn, &granting, coordinator.account, Role::Coordinator, Scope::Tenant)?;
    grant(conn, &granting, auditor, Role::Auditor, Scope::Tenant)?;
    let managers = managers(conn, &granting, (kyllo, paula), &units[1..])?;
    Ok(Staff { administrator, coordinator, facilitator, managers })
}

/// One manager for each unit; all but the first have no password.
fn managers(conn: &mut Conn, granting: &Actor, first: (UnitId, AccountId), others: &[UnitId]) -> Result<HashMap<UnitId, Someone>> {
    let mut leading = vec![first];
    for (place, unit) in others.iter().enumerate() {
        let (first, last) = name(MANAGERS_FROM + place);
        let new = NewAccount { name: format!("{first} {last}"), email: address(first, last), lang: Lang::Fi, unit_id: Some(*unit) };
        leading.push((*unit, accounts::create_silent(conn, granting, &new)?.id));
    }
    let mut managers = HashMap::new();
    for (unit, account) in leading {
        grant(conn, granting, account, Role::UnitManager, Scope::Unit(unit))?;
        managers.insert(unit, someone(granting.tenant, account, &[(Role::UnitManager, Scope::Unit(unit))]));
    }
    Ok(managers)
}

/// One who is trusted with these roles.
pub fn someone(tenant: TenantId, account: AccountId, roles: &[(Role, Scope)]) -> Someone {
    Someone { tenant, account, roles: roles.to_vec(), place: None }
}

/// Gives a role.
pub fn grant(conn: &mut Conn, actor: &Actor, account_id: AccountId, role: Role, scope: Scope) -> Result<()> {
    grants::create(conn, actor, &NewGrant { account_id, role, scope, valid_from: None, valid_to: None })?;
    Ok(())
}

/// An account that can sign in.
pub fn sign_in_account(
    conn: &mut Conn,
    actor: &Actor,
    (email, hash): (&str, String),
    name: &str,
    unit_id: Option<UnitId>,
) -> Result<AccountId> {
    let new = NewAccount { name: name.to_owned(), email: email.to_owned(), lang: Lang::Fi, unit_id };
    Ok(accounts::create_active(conn, actor, &new, hash)?.id)
}

/// People who take part, one after another.
pub struct Crowd {
    units: Vec<UnitId>,
    made: usize,
}

impl Crowd {
    /// They work in these units, in turn.
    pub fn new(units: &[UnitId]) -> Self {
        Self { units: units.to_vec(), made: 0 }
    }

    /// The next person: an account without a password.
    pub fn next(&mut self, conn: &mut Conn, actor: &Actor) -> Result<AccountId> {
        let (first, last) = name(self.made);
        let new = NewAccount { name: format!("{first} {last}"), email: address(first, last), lang: Lang::Fi, unit_id: self.next_unit() };
        self.made += 1;
        Ok(accounts::create_silent(conn, actor, &new)?.id)
    }

    /// Where the next people work, one after another.
    pub fn next_units(&self) -> impl Iterator<Item = UnitId> + use<'_> {
        self.units.iter().copied().cycle().skip(self.made % self.units.len().max(1))
    }

    /// Where the next person works.
    pub fn next_unit(&self) -> Option<UnitId> {
        self.units.get(self.made % self.units.len().max(1)).copied()
    }
}

/// The name of the `index`th person; no two are the same among the first 1 600.
fn name(index: usize) -> (&'static str, &'static str) {
    (FIRST[index * 7 % FIRST.len()], LAST[(index * 11 + index / FIRST.len() * 3) % LAST.len()])
}

fn address(first: &str, last: &str) -> String {
    let plain = |text: &str| text.to_lowercase().replace(['ä', 'å'], "a").replace('ö', "o");
    format!("{}.{}@demo.polku.example", plain(first), plain(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn all_people_have_names_and_addresses_of_their_own() {
        let addresses: HashSet<String> =
            (0..100).chain(MANAGERS_FROM..MANAGERS_FROM + 20).map(name).map(|(first, last)| address(first, last)).collect();
        assert_eq!(addresses.len(), 120);
        assert!(addresses.iter().all(|address| address.is_ascii()));
    }
}
