//! A8: whoever does whatever in whatever order, nobody gives more than they hold, and an administrator stays.
//!
//! Random people invite, grant, revoke, deactivate and reactivate each other through the services. What may come of
//! it is worked out here anew, from the roles alone, without the product's own rule.

use backend::db::{Conn, Db};
use backend::error::Result;
use backend::identity::service::tenants::{self, NewTenant};
use backend::identity::service::{accounts, directory, grants, units};
use backend::keys::Keys;
use backend::policy::{self, Actor};
use backend::training::service::{editions, programmes};
use jiff::Timestamp;
use proptest::prelude::*;
use shared::identity::{
    AccountFilter, AccountStatus, Grant, GrantFilter, NewAccount, NewGrant, NewOrganisation, NewUnit, OrganisationKind, Sector,
};
use shared::policy::{Ability, Permission, Role, Scope};
use shared::problem::ProblemCode;
use shared::{AccountId, Lang, TenantId};
use std::cell::Cell;
use tests::database::Database;
use tests::precondition::if_match;
use tests::training::{new_edition, new_programme};

/// One thing that somebody tries. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Deed {
    Invite { by: usize },
    Grant { by: usize, to: usize, role: usize, scope: usize },
    Revoke { by: usize, grant: usize },
    Deactivate { by: usize, whom: usize },
    Reactivate { by: usize, whom: usize },
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let number = || 0usize..256;
    let deed = prop_oneof![
        1 => number().prop_map(|by| Deed::Invite { by }),
        8 => (number(), number(), 0usize..6, 0usize..6).prop_map(|(by, to, role, scope)| Deed::Grant { by, to, role, scope }),
        4 => (number(), number()).prop_map(|(by, grant)| Deed::Revoke { by, grant }),
        2 => (number(), number()).prop_map(|(by, whom)| Deed::Deactivate { by, whom }),
        1 => (number(), number()).prop_map(|(by, whom)| Deed::Reactivate { by, whom }),
    ];
    prop::collection::vec(deed, 60..80)
}

/// A tenant with two programmes, two units, and people of whom the first is its administrator.
struct World {
    db: Db,
    keys: Keys,
    tenant: TenantId,
    people: Vec<AccountId>,
    /// Each scope with those that lie above it, itself first.
    scopes: Vec<Vec<Scope>>,
    now: Cell<Timestamp>,
}

impl World {
    fn new(db: &Db) -> Self {
        let now = Timestamp::from_second(1_800_000_000).expect("an instant");
        let slug = format!("grants-{}", uuid::Uuid::new_v4().simple());
        let new = NewTenant { slug: &slug, name: "grants", host: None, is_default: false, is_demo: false };
        let tenant = db.write(|conn| tenants::create(conn, &new, now)).expect("a tenant");
        let system = Actor::system(tenant, now);
        let (scopes, people) = db.write(|conn| Ok((scopes(conn, &system)?, people(conn, &system)?))).expect("a world");
        Self { db: db.clone(), keys: Keys::temporary().expect("keys"), tenant, people, scopes, now: Cell::new(now) }
    }

    /// Every grant that counts now: those of accounts in use, within their time.
    fn in_force(&self) -> Vec<Grant> {
        let active = self.active();
        let mut all = self.grants();
        all.retain(|grant| {
            active.contains(&grant.account_id)
                && grant.valid_from <= self.now.get()
                && grant.valid_to.is_none_or(|end| self.now.get() < end)
        });
        all
    }

    fn grants(&self) -> Vec<Grant> {
        let system = Actor::system(self.tenant, self.now.get());
        let filter = GrantFilter { limit: Some(200), ..GrantFilter::default() };
        self.db.read(|conn| grants::list(conn, &system, &self.keys, &filter)).expect("grants").items
    }

    fn active(&self) -> Vec<AccountId> {
        let system = Actor::system(self.tenant, self.now.get());
        let filter = AccountFilter { status: Some(AccountStatus::Active), limit: Some(200), ..AccountFilter::default() };
        self.db
            .read(|conn| accounts::list(conn, &system, &self.keys, &filter))
            .expect("accounts")
            .items
            .iter()
            .map(|account| account.id)
            .collect()
    }

    /// One of the active accounts, as it may act now.
    fn actor(&self, number: usize) -> Actor {
        let active = self.active();
        let gives = |grant: &Grant| policy::permissions(grant.role).contains(&Permission::ManageGrants);
        let givers: Vec<AccountId> = self.in_force().iter().filter(|grant| gives(grant)).map(|grant| grant.account_id).collect();
        // Most deeds of most people are refused at once; three of four are tried by those who give roles.
        let among = if number.is_multiple_of(4) { &active } else { &givers };
        let account = among[number / 4 % among.len()];
        let own: Vec<Grant> = self.in_force().into_iter().filter(|grant| grant.account_id == account).collect();
        let abilities: Vec<Ability> = policy::abilities(own.iter().map(|grant| (grant.role, grant.scope)), []);
        Actor { account: Some(account), abilities: abilities.into(), ..Actor::system(self.tenant, self.now.get()) }
    }

    /// Whether the account holds, by its roles in force, all that the role over the scope would give.
    fn holds(&self, account: AccountId, role: Role, scope: Scope) -> bool {
        let above = self.scopes.iter().find(|line| line[0] == scope).expect("a known scope");
        let own: Vec<Grant> =
            self.in_force().into_iter().filter(|grant| grant.account_id == account && above.contains(&grant.scope)).collect();
        let has = |permission: &Permission| own.iter().any(|grant| policy::permissions(grant.role).contains(permission));
        policy::permissions(role).iter().all(has)
    }

    fn tick(&self) {
        self.now.set(self.now.get() + jiff::SignedDuration::from_secs(1));
    }
}

fn scopes(conn: &mut Conn, system: &Actor) -> Result<Vec<Vec<Scope>>> {
    let mut scopes = vec![vec![Scope::Tenant]];
    let organisation =
        directory::create(conn, system, &NewOrganisation { name: "Kunta".to_owned(), kind: OrganisationKind::Municipality })?.id;
    scopes.push(vec![Scope::Organisation(organisation), Scope::Tenant]);
    let new_unit = |name: &str, parent_id| NewUnit {
        organisation_id: organisation,
        parent_id,
        name: name.to_owned(),
        sector: Sector::Health,
        municipality: "Jyväskylä".to_owned(),
    };
    let upper = units::create(conn, system, &new_unit("Ylempi", None))?.id;
    let lower = units::create(conn, system, &new_unit("Alempi", Some(upper)))?.id;
    scopes.push(vec![Scope::Unit(upper), Scope::Organisation(organisation), Scope::Tenant]);
    scopes.push(vec![Scope::Unit(lower), Scope::Unit(upper), Scope::Organisation(organisation), Scope::Tenant]);
    let programme = programmes::create(conn, system, &new_programme(1))?.id;
    let edition = editions::create(conn, system, &new_edition(programme, 1))?.id;
    scopes.push(vec![Scope::Programme(programme), Scope::Tenant]);
    scopes.push(vec![Scope::Edition(edition), Scope::Programme(programme), Scope::Tenant]);
    Ok(scopes)
}

fn people(conn: &mut Conn, system: &Actor) -> Result<Vec<AccountId>> {
    let mut people = Vec::new();
    for number in 0..6 {
        let new = NewAccount { name: format!("Henkilö {number}"), email: format!("h{number}@example.fi"), lang: Lang::Fi, unit_id: None };
        people.push(accounts::create_active(conn, system, &new, "no password".to_owned())?.id);
    }
    let grant = NewGrant { account_id: people[0], role: Role::Administrator, scope: Scope::Tenant, valid_from: None, valid_to: None };
    grants::create(conn, system, &grant)?;
    Ok(people)
}

/// Does one thing, if it is allowed, and says what would be wrong with that.
fn act(world: &mut World, deed: &Deed) -> std::result::Result<(), String> {
    world.tick();
    match deed {
        Deed::Invite { by } => invite(world, *by),
        Deed::Grant { by, to, role, scope } => give(world, *by, *to, Role::ALL[role % Role::ALL.len()], scope % world.scopes.len()),
        Deed::Revoke { by, grant } => take(world, *by, *grant),
        Deed::Deactivate { by, whom } | Deed::Reactivate { by, whom } => {
            let (actor, whom) = (world.actor(*by), world.people[whom % world.people.len()]);
            let out = matches!(deed, Deed::Deactivate { .. });
            let run = |conn: &mut Conn| {
                let version = if_match(accounts::find(conn, world.tenant, whom)?.version);
                if out { accounts::deactivate(conn, &actor, whom, version) } else { accounts::reactivate(conn, &actor, whom, version) }
            };
            let trusted = world.holds(actor.account.expect("a person"), Role::Administrator, Scope::Tenant);
            match world.db.write(run) {
                Ok(_) if !trusted => Err("took an account out of use, or back, without being trusted with accounts".to_owned()),
                _ => Ok(()),
            }
        }
    }
}

fn invite(world: &mut World, by: usize) -> std::result::Result<(), String> {
    let actor = world.actor(by);
    let trusted = world.holds(actor.account.expect("a person"), Role::Administrator, Scope::Tenant);
    let new = NewAccount {
        name: "Kutsuttu".to_owned(),
        email: format!("{}@example.fi", uuid::Uuid::new_v4().simple()),
        lang: Lang::Fi,
        unit_id: None,
    };
    match world.db.write(|conn| accounts::invite(conn, &actor, &new)) {
        Ok(_) if !trusted => Err("invited without being trusted with accounts".to_owned()),
        Ok(invited) => {
            world.people.push(invited.account.id);
            Ok(())
        }
        Err(_) if trusted => Err("an administrator could not invite".to_owned()),
        Err(_) => Ok(()),
    }
}

fn give(world: &World, by: usize, to: usize, role: Role, scope: usize) -> std::result::Result<(), String> {
    let actor = world.actor(by);
    let giver = actor.account.expect("a person");
    let fitting = world.scopes.iter().map(|line| line[0]).filter(|scope| shared::policy::scopes(role).contains(&scope.kind()));
    let fitting: Vec<Scope> = fitting.collect();
    let scope = if fitting.is_empty() { world.scopes[scope][0] } else { fitting[scope % fitting.len()] };
    let to = world.people[to % world.people.len()];
    let may = world.holds(giver, role, scope);
    let new = NewGrant { account_id: to, role, scope, valid_from: None, valid_to: None };
    match world.db.write(|conn| grants::create(conn, &actor, &new)) {
        Ok(_) if role == Role::Participant => Err("participant was granted".to_owned()),
        Ok(_) if !may => Err(format!("{giver} gave {role} over {} without holding it", scope.kind())),
        _ => Ok(()),
    }
}

fn take(world: &World, by: usize, number: usize) -> std::result::Result<(), String> {
    let all = world.grants();
    let grant = &all[number % all.len()];
    let actor = world.actor(by);
    let may = world.holds(actor.account.expect("a person"), grant.role, grant.scope);
    match world.db.write(|conn| grants::revoke(conn, &actor, grant.id, if_match(grant.version))) {
        Ok(()) if !may => Err(format!("took {} away without holding it", grant.role)),
        _ => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_gives_more_than_they_hold_and_an_administrator_stays(deeds in deeds()) {
        let database = Database::fresh();
        let mut world = World::new(&database.db);
        for deed in &deeds {
            let outcome = act(&mut world, deed);
            prop_assert!(outcome.is_ok(), "{outcome:?} by {deed:?}");
            let administrators = world.in_force().iter().filter(|grant| grant.role == Role::Administrator && grant.scope == Scope::Tenant).count();
            prop_assert!(administrators > 0, "no administrator in force after {deed:?}");
        }
    }
}

#[test]
fn the_last_administrator_can_neither_leave_nor_be_left() {
    let database = Database::fresh();
    let world = World::new(&database.db);
    let actor = world.actor_of(world.people[0]);
    let grant = world.grants().remove(0);
    let refused = world.db.write(|conn| grants::revoke(conn, &actor, grant.id, if_match(1))).expect_err("the last one");
    assert_eq!(refused.refusal().code.0, ProblemCode::LastAdministrator);
    let refused = world.db.write(|conn| accounts::deactivate(conn, &actor, world.people[0], if_match(1))).expect_err("the last one");
    assert_eq!(refused.refusal().code.0, ProblemCode::LastAdministrator);
    let other = NewGrant { account_id: world.people[1], role: Role::Administrator, scope: Scope::Tenant, valid_from: None, valid_to: None };
    world.db.write(|conn| grants::create(conn, &actor, &other)).expect("a second one");
    world.db.write(|conn| accounts::deactivate(conn, &actor, world.people[0], if_match(1))).expect("now the first may go");
}

impl World {
    fn actor_of(&self, account: AccountId) -> Actor {
        let position = self.active().iter().position(|own| *own == account).expect("active");
        self.actor(position * 4)
    }
}
