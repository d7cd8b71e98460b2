//! The tenant in which all this happens, and what is true of it by the roles alone.

use crate::training::{new_edition, new_programme};
use backend::db::{Conn, Db};
use backend::error::Result;
use backend::identity::service::sessions::{self, Occasion};
use backend::identity::service::tenants::{self, NewTenant};
use backend::identity::service::{accounts, authentication, directory, grants, units};
use backend::keys::Keys;
use backend::policy::{self, Actor};
use backend::training::service::{editions, programmes};
use jiff::Timestamp;
use shared::identity::{
    AccountFilter, AccountStatus, Grant, GrantFilter, NewAccount, NewGrant, NewOrganisation, NewUnit, OrganisationKind, Sector, SessionKind,
};
use shared::policy::{Permission, Role, Scope};
use shared::training::NewEdition;
use shared::{AccountId, EditionId, Lang, SessionId, TenantId};
use std::collections::BTreeMap;

/// What the product trusts with others' accounts, roles or places.
const TRUSTED: &[Permission] = &[Permission::ManageGrants, Permission::ManageAccounts, Permission::RunEdition];

/// A link, with the one to whom it was shown.
pub struct Link {
    pub whose: AccountId,
    pub shown_to: AccountId,
    pub token: String,
    /// Used, or made useless by a later one or by deactivation.
    pub is_spent: bool,
}

/// A tenant with two programmes, two units and people.
pub struct World {
    pub db: Db,
    pub keys: Keys,
    pub tenant: TenantId,
    pub edition: EditionId,
    /// Each scope with those that lie above it, itself first.
    pub scopes: Vec<Vec<Scope>>,
    pub links: Vec<Link>,
    pub sessions: BTreeMap<AccountId, SessionId>,
    pub people: Vec<(AccountId, AccountStatus)>,
    pub grants: Vec<Grant>,
    pub now: Timestamp,
}

impl World {
    /// Six people in use, three of them with roles.
    pub fn new(db: &Db) -> Self {
        let now = Timestamp::from_second(1_800_000_000).expect("an instant");
        let slug = format!("trust-{}", uuid::Uuid::new_v4().simple());
        let new = NewTenant { slug: &slug, name: "trust", host: None, is_default: false, is_demo: false };
        let tenant = db.write(|conn| tenants::create(conn, &new, now)).expect("a tenant");
        let system = Actor::system(tenant, now);
        let scopes = db.write(|conn| scopes(conn, &system)).expect("scopes");
        let edition = scopes.iter().find_map(|line| if let Scope::Edition(id) = line[0] { Some(id) } else { None }).expect("an edition");
        db.write(|conn| people(conn, &system, Scope::Edition(edition))).expect("people");
        let mut world = Self {
            db: db.clone(),
            keys: Keys::temporary().expect("keys"),
            tenant,
            edition,
            scopes,
            links: Vec::new(),
            sessions: BTreeMap::new(),
            people: Vec::new(),
            grants: Vec::new(),
            now,
        };
        world.look();
        world
    }

    /// Reads what there is now.
    pub fn look(&mut self) {
        let (system, keys) = (Actor::system(self.tenant, self.now), &self.keys);
        let of_grants = GrantFilter { limit: Some(200), ..GrantFilter::default() };
        let of_people = AccountFilter { limit: Some(200), ..AccountFilter::default() };
        let read = |conn: &mut Conn| Ok((grants::list(conn, &system, keys, &of_grants)?, accounts::list(conn, &system, keys, &of_people)?));
        let (grants, people) = self.db.read(read).expect("grants and people");
        assert!(grants.next_cursor.is_none() && people.next_cursor.is_none(), "all on one page");
        self.grants = grants.items;
        self.people = people.items.iter().map(|account| (account.id, account.status)).collect();
        self.people.sort_unstable_by_key(|(id, _)| *id);
        let in_use = self.people.iter().filter(|(_, status)| *status == AccountStatus::Active).map(|(id, _)| *id);
        let new: Vec<AccountId> = in_use.filter(|id| !self.sessions.contains_key(id)).collect();
        for id in new {
            self.sessions.insert(id, self.open_session(id));
        }
    }

    /// Where and when a session is asked for.
    pub fn occasion(&self) -> Occasion {
        Occasion { tenant: self.tenant, now: self.now, request_id: String::new(), net: String::new(), device: String::new() }
    }

    fn open_session(&self, account: AccountId) -> SessionId {
        let open = |conn: &mut Conn| {
            sessions::open(conn, &self.keys, &self.occasion(), account, SessionKind::Device)?;
            Ok(sessions::all(conn, &Actor { account: Some(account), ..Actor::system(self.tenant, self.now) })?[0].id)
        };
        self.db.write(open).expect("a session of one in use")
    }

    /// Whether an account is in use.
    pub fn status(&self, account: AccountId) -> AccountStatus {
        self.people.iter().find(|(id, _)| *id == account).map(|(_, status)| *status).expect("one of the people")
    }

    /// Whether a grant has not ended, whether or not it has begun.
    pub fn is_open(&self, grant: &Grant) -> bool {
        grant.valid_to.is_none_or(|end| self.now < end)
    }

    /// Every grant that counts now: those of accounts in use, within their time.
    pub fn in_force(&self) -> impl Iterator<Item = &Grant> {
        self.grants
            .iter()
            .filter(|grant| self.status(grant.account_id) == AccountStatus::Active && grant.valid_from <= self.now && self.is_open(grant))
    }

    /// Whether the account holds, by its roles in force, this permission over the scope.
    pub fn has(&self, account: AccountId, permission: Permission, scope: Scope) -> bool {
        let above = self.scopes.iter().find(|line| line[0] == scope).expect("a known scope");
        let mut own = self.in_force().filter(|grant| grant.account_id == account && above.contains(&grant.scope));
        own.any(|grant| policy::permissions(grant.role).contains(&permission))
    }

    /// Whether the account holds all that the role over the scope would give.
    pub fn holds(&self, account: AccountId, role: Role, scope: Scope) -> bool {
        policy::permissions(role).iter().all(|permission| self.has(account, *permission, scope))
    }

    /// Whether the one holds all that the other was trusted with.
    pub fn holds_all_of(&self, account: AccountId, other: AccountId) -> bool {
        let mut theirs = self.grants.iter().filter(|grant| grant.account_id == other && self.is_open(grant));
        theirs.all(|grant| self.holds(account, grant.role, grant.scope))
    }

    /// Whether the account holds all that there is to hold.
    pub fn is_administrator(&self, account: AccountId) -> bool {
        self.holds(account, Role::Administrator, Scope::Tenant)
    }

    /// Somebody as the product knows them by their token; none when it does not let them in.
    pub fn known(&self, account: AccountId) -> Option<Actor> {
        let session = self.sessions.get(&account)?;
        let load = |conn: &mut Conn| authentication::load(conn, self.tenant, account, *session, self.now);
        self.db.read(load).ok().map(|(actor, _)| actor)
    }

    /// One of those in use; three of four are chosen among those who give roles, whose deeds come further.
    pub fn one(&self, number: usize) -> AccountId {
        let active: Vec<AccountId> = self.people.iter().filter(|(_, status)| *status == AccountStatus::Active).map(|(id, _)| *id).collect();
        let gives = |grant: &&Grant| policy::permissions(grant.role).iter().any(|permission| TRUSTED.contains(permission));
        let givers: Vec<AccountId> = self.in_force().filter(gives).map(|grant| grant.account_id).collect();
        let among = if number.is_multiple_of(4) { &active } else { &givers };
        among[number / 4 % among.len()]
    }

    /// One of all there are; every other time one of the three who came last.
    pub fn anyone(&self, number: usize) -> AccountId {
        let newest = self.people.len() - 3;
        let place = if number.is_multiple_of(2) { newest + number / 2 % 3 } else { number / 2 % self.people.len() };
        self.people[place].0
    }
}

fn scopes(conn: &mut Conn, system: &Actor) -> Result<Vec<Vec<Scope>>> {
    let organisation = NewOrganisation { name: "Kunta".to_owned(), kind: OrganisationKind::Municipality };
    let organisation = directory::create(conn, system, &organisation)?.id;
    let new_unit = |name: &str, parent_id| NewUnit {
        organisation_id: organisation,
        parent_id,
        name: name.to_owned(),
        sector: Sector::Health,
        municipality: "Jyväskylä".to_owned(),
    };
    let upper = units::create(conn, system, &new_unit("Ylempi", None))?.id;
    let lower = units::create(conn, system, &new_unit("Alempi", Some(upper)))?.id;
    let programme = programmes::create(conn, system, &new_programme(1))?.id;
    let edition = editions::create(conn, system, &NewEdition { places: 1_000, ..new_edition(programme, 1) })?.id;
    let (organisation, upper, lower) = (Scope::Organisation(organisation), Scope::Unit(upper), Scope::Unit(lower));
    let (programme, edition) = (Scope::Programme(programme), Scope::Edition(edition));
    Ok(vec![
        vec![Scope::Tenant],
        vec![organisation, Scope::Tenant],
        vec![upper, organisation, Scope::Tenant],
        vec![lower, upper, organisation, Scope::Tenant],
        vec![programme, Scope::Tenant],
        vec![edition, programme, Scope::Tenant],
    ])
}

/// Six people in use: an administrator, a coordinator, a facilitator of the edition, and three without a role.
fn people(conn: &mut Conn, system: &Actor, edition: Scope) -> Result<()> {
    let roles = [(Role::Administrator, Scope::Tenant), (Role::Coordinator, Scope::Tenant), (Role::Facilitator, edition)];
    for number in 0..6 {
        let new = NewAccount { name: format!("Henkilö {number}"), email: format!("h{number}@example.fi"), lang: Lang::Fi, unit_id: None };
        let account_id = accounts::create_active(conn, system, &new, "no password".to_owned())?.id;
        if let Some((role, scope)) = roles.get(number).copied() {
            grants::create(conn, system, &NewGrant { account_id, role, scope, valid_from: None, valid_to: None })?;
        }
    }
    Ok(())
}
