//! A8: random people invite, enrol, confirm, grant, revoke, deactivate and reactivate each other, through the services,
//! each as the product itself knows them by their token. What may come of it is worked out here anew, from the roles
//! alone, without the product's own rules.
//!
//! Never: that somebody gives, takes or becomes more than they hold; that an account comes into use but by the link that
//! was made for it last; that one who is not in use acts; that no administrator is left.

mod world;

use crate::database::Database;
use crate::precondition::if_match;
use backend::db::Conn;
use backend::error::Result;
use backend::identity::service::passwords::NewPassword;
use backend::identity::service::sessions;
use backend::identity::service::{accounts, grants, links};
use backend::policy::Actor;
use backend::training::service::enrolments;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use shared::identity::{AccountStatus, LinkRedemption, NewAccount, NewGrant, OneTimeLink, SessionKind};
use shared::policy::{Permission, Role, Scope};
use shared::training::NewEnrolment;
use shared::{AccountId, Lang, TenantId};
use world::{Link, World};

/// What would be wrong with something that the product allowed or refused.
type Verdict = std::result::Result<(), String>;

/// One thing that somebody tries. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Deed {
    Invite { by: usize },
    Enrol { by: usize },
    MakeLink { by: usize, whom: usize },
    Confirm { link: usize, other: bool },
    Act { who: usize },
    Grant { by: usize, to: usize, role: usize, scope: usize },
    Revoke { by: usize, grant: usize },
    Deactivate { by: usize, whom: usize },
    Reactivate { by: usize, whom: usize },
}

/// So many deeds after each other.
fn deeds(many: usize) -> impl Strategy<Value = Vec<Deed>> {
    let number = || 0usize..256;
    let deed = prop_oneof![
        1 => number().prop_map(|by| Deed::Invite { by }),
        2 => number().prop_map(|by| Deed::Enrol { by }),
        1 => (number(), number()).prop_map(|(by, whom)| Deed::MakeLink { by, whom }),
        3 => (number(), prop::bool::weighted(0.1)).prop_map(|(link, other)| Deed::Confirm { link, other }),
        2 => number().prop_map(|who| Deed::Act { who }),
        8 => (number(), number(), 0usize..6, 0usize..6).prop_map(|(by, to, role, scope)| Deed::Grant { by, to, role, scope }),
        4 => (number(), number()).prop_map(|(by, grant)| Deed::Revoke { by, grant }),
        2 => (number(), number()).prop_map(|(by, whom)| Deed::Deactivate { by, whom }),
        1 => (number(), number()).prop_map(|(by, whom)| Deed::Reactivate { by, whom }),
    ];
    prop::collection::vec(deed, many)
}

/// Deeds in one tenant.
const DEEDS: usize = 80;

/// So many tenants full of deeds; how many deeds that were. Panics with the shortest series that does what must not be.
pub fn prove(tenants: u32) -> usize {
    let config = Config { cases: tenants, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&deeds(DEEDS), |deeds| run(&deeds).map_err(TestCaseError::fail));
    if let Err(TestError::Fail(reason, deeds)) = &outcome {
        panic!("{reason}\nafter {deeds:#?}");
    }
    outcome.expect("all were run");
    DEEDS * tenants as usize
}

/// Does all of them in a tenant of its own.
fn run(deeds: &[Deed]) -> Verdict {
    let database = Database::fresh();
    let mut world = World::new(&database.db);
    for (number, deed) in deeds.iter().enumerate() {
        world.act(deed).map_err(|wrong| format!("{wrong}: deed {number}, {deed:?}"))?;
        let administrators = world.in_force().filter(|grant| grant.role == Role::Administrator && grant.scope == Scope::Tenant).count();
        if administrators == 0 {
            return Err(format!("no administrator in force after deed {number}, {deed:?}"));
        }
    }
    Ok(())
}

impl World {
    /// Does one thing, and says what would be wrong with what came of it.
    fn act(&mut self, deed: &Deed) -> Verdict {
        self.now += SignedDuration::from_secs(1);
        let verdict = match *deed {
            Deed::Invite { by } => self.invite(by),
            Deed::Enrol { by } => self.enrol(by),
            Deed::MakeLink { by, whom } => self.make_link(by, whom),
            Deed::Confirm { link, other } => self.confirm(link, other),
            Deed::Act { who } => self.be(self.anyone(who)),
            Deed::Grant { by, to, role, scope } => self.give(by, to, Role::ALL[role % Role::ALL.len()], scope),
            Deed::Revoke { by, grant } => self.take(by, grant),
            Deed::Deactivate { by, whom } => self.set_use(by, whom, true),
            Deed::Reactivate { by, whom } => self.set_use(by, whom, false),
        };
        self.look();
        verdict
    }

    /// The actor of a deed: the product must know everyone who is in use.
    fn actor(&self, number: usize) -> std::result::Result<(AccountId, Actor), String> {
        let account = self.one(number);
        Ok((account, self.known(account).ok_or("one who is in use was not let in")?))
    }

    fn invite(&mut self, by: usize) -> Verdict {
        let (account, actor) = self.actor(by)?;
        let new = NewAccount { name: "Kutsuttu".to_owned(), email: address(), lang: Lang::Fi, unit_id: None };
        match self.db.write(|conn| accounts::invite(conn, &actor, &new)) {
            Ok(_) if !self.is_administrator(account) => Err("invited without being trusted with accounts".to_owned()),
            Ok(invited) => self.keep(invited.account.id, account, invited.link),
            Err(error) if self.is_administrator(account) => Err(format!("an administrator could not invite: {error}")),
            Err(_) => Ok(()),
        }
    }

    fn enrol(&mut self, by: usize) -> Verdict {
        let (account, actor) = self.actor(by)?;
        let runs =
            [Permission::RunEdition, Permission::ManageEditions].iter().any(|one| self.has(account, *one, Scope::Edition(self.edition)));
        let new = NewEnrolment { account_id: None, name: Some("Osallistuja".to_owned()), email: Some(address()), group_id: None };
        match self.db.write(|conn| enrolments::enrol(conn, &actor, self.edition, &new)) {
            Ok(_) if !runs => Err("brought somebody in without running the edition".to_owned()),
            Ok(enrolled) => self.keep(enrolled.enrolment.account_id, account, enrolled.link),
            Err(error) if runs => Err(format!("one who runs the edition could not enrol: {error}")),
            Err(_) => Ok(()),
        }
    }

    fn make_link(&mut self, by: usize, whom: usize) -> Verdict {
        let ((account, actor), whom) = (self.actor(by)?, self.anyone(whom));
        let may = self.is_administrator(account) && self.holds_all_of(account, whom) && self.status(whom) != AccountStatus::Deactivated;
        match self.db.write(|conn| accounts::make_link(conn, &actor, whom)) {
            Ok(_) if !may => Err("was shown how to become somebody who is trusted with more".to_owned()),
            Ok(link) => self.keep(whom, account, Some(link)),
            Err(error) if may => Err(format!("an administrator could not make a link: {error}")),
            Err(_) => Ok(()),
        }
    }

    /// Remembers a link; the earlier ones of its account are of no more use.
    fn keep(&mut self, whose: AccountId, shown_to: AccountId, link: Option<OneTimeLink>) -> Verdict {
        let link = link.ok_or("no link was shown")?;
        let token = link.url.split_once('#').ok_or("a link without a secret")?.1.to_owned();
        self.spend(whose);
        self.links.push(Link { whose, shown_to, token, is_spent: false });
        Ok(())
    }

    fn spend(&mut self, whose: AccountId) {
        self.links.iter_mut().filter(|link| link.whose == whose).for_each(|link| link.is_spent = true);
    }

    /// Uses one of the links that were ever made, or a made-up one.
    fn confirm(&mut self, link: usize, other: bool) -> Verdict {
        let Some(link) = self.links.len().checked_sub(1).map(|last| &self.links[last - link % self.links.len().min(6)]) else {
            return Ok(());
        };
        let (whose, shown_to) = (link.whose, link.shown_to);
        let token = if other { "A".repeat(link.token.len()) } else { link.token.clone() };
        let may = !other && !link.is_spent && self.holds_all_of(shown_to, whose);
        match self.db.write(|conn| redeem(conn, self.tenant, &token, self.now)) {
            Ok(()) if !self.holds_all_of(shown_to, whose) => {
                Err("one who was shown a link became somebody who is trusted with more".to_owned())
            }
            Ok(()) if !may => Err("came into use by a link that is spent or none".to_owned()),
            Ok(()) => {
                self.spend(whose);
                self.sessions.remove(&whose);
                Ok(())
            }
            Err(error) if may => Err(format!("a good link was refused: {error}")),
            Err(_) => Ok(()),
        }
    }

    /// Tries to be somebody: with the session they have or had, and by a new one.
    fn be(&self, who: AccountId) -> Verdict {
        let in_use = self.status(who) == AccountStatus::Active;
        let open = |conn: &mut Conn| sessions::open(conn, &self.keys, &self.occasion(), who, SessionKind::Device).map(drop);
        match (in_use, self.known(who).is_some(), in_use || self.db.write(open).is_ok()) {
            (false, true, _) | (false, _, true) => Err("acted without being in use".to_owned()),
            (true, false, _) => Err("one who is in use was not let in".to_owned()),
            _ => Ok(()),
        }
    }

    fn give(&self, by: usize, to: usize, role: Role, scope: usize) -> Verdict {
        let ((giver, actor), to) = (self.actor(by)?, self.anyone(to));
        let fitting: Vec<Scope> =
            self.scopes.iter().map(|line| line[0]).filter(|scope| shared::policy::scopes(role).contains(&scope.kind())).collect();
        let scope = if fitting.is_empty() { self.scopes[scope % self.scopes.len()][0] } else { fitting[scope % fitting.len()] };
        let may = self.has(giver, Permission::ManageGrants, scope) && self.holds(giver, role, scope);
        let good = may && role != Role::Participant && self.status(to) != AccountStatus::Deactivated;
        let new = NewGrant { account_id: to, role, scope, valid_from: None, valid_to: None };
        match self.db.write(|conn| grants::create(conn, &actor, &new)) {
            Ok(_) if !good => Err(format!("gave {role} over {} without holding it, or to one who is out of use", scope.kind())),
            Err(error) if good => Err(format!("could not give {role}: {error}")),
            _ => Ok(()),
        }
    }

    fn take(&self, by: usize, number: usize) -> Verdict {
        let grant = &self.grants[number % self.grants.len()];
        let (taker, actor) = self.actor(by)?;
        let may = self.has(taker, Permission::ManageGrants, grant.scope) && self.holds(taker, grant.role, grant.scope);
        match self.db.write(|conn| grants::revoke(conn, &actor, grant.id, if_match(grant.version))) {
            Ok(()) if !may => Err(format!("took {} away without holding it", grant.role)),
            Err(error) if may && self.is_open(grant) && !error.to_string().contains("last_administrator") => {
                Err(format!("could not take {}: {error}", grant.role))
            }
            _ => Ok(()),
        }
    }

    fn set_use(&mut self, by: usize, whom: usize, out: bool) -> Verdict {
        let ((account, actor), whom) = (self.actor(by)?, self.anyone(whom));
        let may = self.is_administrator(account) && (out || self.holds_all_of(account, whom));
        let run = |conn: &mut Conn| {
            let version = if_match(accounts::find(conn, self.tenant, whom)?.version);
            if out { accounts::deactivate(conn, &actor, whom, version) } else { accounts::reactivate(conn, &actor, whom, version) }
        };
        match self.db.write(run) {
            Ok(_) if !may => Err("took an account out of use, or back, without being trusted with it".to_owned()),
            Ok(_) => {
                self.spend(whom);
                if !out {
                    self.sessions.remove(&whom);
                }
                Ok(())
            }
            Err(_) => Ok(()),
        }
    }
}

fn address() -> String {
    format!("{}@example.fi", uuid::Uuid::new_v4().simple())
}

/// As one does who opens a link and chooses a password.
fn redeem(conn: &mut Conn, tenant: TenantId, token: &str, now: Timestamp) -> Result<()> {
    let redemption = LinkRedemption { token: token.to_owned(), password: Some("no password".to_owned()), name: None, email: None };
    let password = NewPassword { hash: "no hash".to_owned(), is_short: false };
    links::redeem(conn, tenant, &redemption, Some(&password), "", now)
}
