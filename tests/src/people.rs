//! People of a test: accounts with roles, signed in.

use crate::{Tenant, TestApp};
use backend::identity::service::sessions::{self, Occasion};
use backend::identity::service::{accounts, grants, passwords};
use backend::policy::Actor;
use backend::training::service::enrolments;
use shared::client::Client;
use shared::identity::{Account, NewAccount, NewGrant, SessionKind};
use shared::policy::{Role, Scope};
use shared::training::{Enrolment, NewEnrolment};
use shared::{AccountId, EditionId, Lang, ProgrammeId, UnitId};
use std::ops::Deref;
use std::sync::OnceLock;

/// Everybody's password.
pub const PASSWORD: &str = "viisi kuivaa heinäseivästä";

/// Its hash, made once.
pub fn password_hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| passwords::hash(PASSWORD).expect("a hash")).clone()
}

/// Somebody who is signed in. Is also a [`Client`].
#[derive(Clone)]
pub struct Person {
    pub account: Account,
    pub client: Client,
}

impl Deref for Person {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Person {
    /// The account's id.
    pub fn id(&self) -> AccountId {
        self.account.id
    }

    /// The access token, for raw requests.
    pub fn token(&self) -> String {
        self.client.access_token().expect("signed in")
    }
}

impl TestApp {
    /// Somebody of the own tenant with these roles.
    pub fn person(&self, roles: &[(Role, Scope)]) -> Person {
        self.person_of(&self.own, roles, None)
    }

    /// Somebody of a tenant, with these roles, perhaps working in a unit.
    pub fn person_of(&self, tenant: &Tenant, roles: &[(Role, Scope)], unit: Option<UnitId>) -> Person {
        let account = self.account_of(tenant, roles, unit);
        self.sign_in(tenant, account)
    }

    /// As [`TestApp::person_of`], not signed in.
    pub fn account_of(&self, tenant: &Tenant, roles: &[(Role, Scope)], unit: Option<UnitId>) -> Account {
        let system = Actor::system(tenant.id, self.clock.now());
        let unique = uuid::Uuid::new_v4().simple().to_string();
        let new =
            NewAccount { name: format!("Aino {}", &unique[..8]), email: format!("{unique}@example.fi"), lang: Lang::Fi, unit_id: unit };
        let hash = password_hash();
        self.db
            .write(|conn| {
                let account = accounts::create_active(conn, &system, &new, hash.clone())?;
                for (role, scope) in roles {
                    let grant = NewGrant { account_id: account.id, role: *role, scope: *scope, valid_from: None, valid_to: None };
                    grants::create(conn, &system, &grant)?;
                }
                Ok(account)
            })
            .expect("an account")
    }

    /// Opens a session of a device for an account.
    pub fn sign_in(&self, tenant: &Tenant, account: Account) -> Person {
        let occasion = Occasion {
            tenant: tenant.id,
            now: self.clock.now(),
            request_id: "test".to_owned(),
            net: "test".to_owned(),
            device: "test".to_owned(),
        };
        let open = |conn: &mut backend::db::Conn| sessions::open(conn, &self.state.keys, &occasion, account.id, SessionKind::Device);
        let tokens = self.db.write(open).expect("a session");
        let client = self.client(tenant, false);
        client.set_access_token(Some(tokens.signed_in.access_token));
        client.set_refresh_token(tokens.signed_in.refresh_token);
        Person { account, client }
    }

    /// The same person, signed in anew: time that has passed has ended their session.
    pub fn again(&self, person: &Person) -> Person {
        self.sign_in(&self.own, person.account.clone())
    }

    /// An administrator of the own tenant.
    pub fn administrator(&self) -> Person {
        self.person(&[(Role::Administrator, Scope::Tenant)])
    }

    /// An administrator of the other tenant.
    pub fn other_administrator(&self) -> Person {
        self.person_of(&self.other, &[(Role::Administrator, Scope::Tenant)], None)
    }

    /// One who coordinates every programme.
    pub fn coordinator(&self) -> Person {
        self.person(&[(Role::Coordinator, Scope::Tenant)])
    }

    /// One who coordinates one programme.
    pub fn coordinator_of(&self, programme: ProgrammeId) -> Person {
        self.person(&[(Role::Coordinator, Scope::Programme(programme))])
    }

    /// The facilitator of an edition.
    pub fn facilitator(&self, edition: EditionId) -> Person {
        self.person(&[(Role::Facilitator, Scope::Edition(edition))])
    }

    /// The manager of a unit.
    pub fn unit_manager(&self, unit: UnitId) -> Person {
        self.person(&[(Role::UnitManager, Scope::Unit(unit))])
    }

    /// One who reads the audit trail.
    pub fn auditor(&self) -> Person {
        self.person(&[(Role::Auditor, Scope::Tenant)])
    }

    /// One with no role at all.
    pub fn nobody(&self) -> Person {
        self.person(&[])
    }

    /// Somebody with a place in an edition.
    pub fn participant(&self, edition: EditionId) -> Person {
        let account = self.account_of(&self.own, &[], None);
        self.enrol(edition, account.id);
        self.sign_in(&self.own, account)
    }

    /// Gives an account a place.
    pub fn enrol(&self, edition: EditionId, account: AccountId) -> Enrolment {
        let new = NewEnrolment { account_id: Some(account), name: None, email: None, group_id: None };
        let system = self.system();
        self.db.write(|conn| enrolments::enrol(conn, &system, edition, &new)).expect("a place").enrolment
    }
}
