//! B12: what a token allows lies within what its scopes allow, and that within what the one who gave them holds.
//!
//! Random people with random rights make programs, change them and make secrets for them through the services. What may
//! come of it is worked out here anew, from the table of scopes alone.

use backend::clients::service::{access, clients, secrets};
use backend::db::Db;
use backend::identity::service::directory;
use backend::identity::service::tenants::{self, NewTenant};
use backend::policy::{self, Actor, Reach};
use jiff::Timestamp;
use proptest::prelude::*;
use shared::clients::{ApiClientChanges, NewApiClientSecret};
use shared::identity::{NewOrganisation, OrganisationKind};
use shared::policy::{Ability, ApiScope, Permission, Scope};
use shared::problem::ProblemCode;
use shared::{OrganisationId, TenantId};
use tests::database::Database;
use tests::precondition::{if_match, patch};
use tests::programs::new_api_client;

/// A tenant with two organisations.
struct Ground {
    tenant: TenantId,
    organisations: [OrganisationId; 2],
}

fn ground(db: &Db, now: Timestamp) -> Ground {
    let slug = format!("programs-{}", uuid::Uuid::new_v4().simple());
    let new = NewTenant { slug: &slug, name: "programs", host: None, is_default: false, is_demo: false };
    let tenant = db.write(|conn| tenants::create(conn, &new, now)).expect("a tenant");
    let system = Actor::system(tenant, now);
    let organisation = |name: &str| {
        let new = NewOrganisation { name: name.to_owned(), kind: OrganisationKind::County };
        db.write(|conn| directory::create(conn, &system, &new)).expect("an organisation").id
    };
    Ground { tenant, organisations: [organisation("A"), organisation("B")] }
}

/// Whether one who holds `held` may do this over the tenant, or over an organisation: worked out anew.
fn holds(held: &[Ability], permission: Permission, scope: Scope) -> bool {
    held.iter().any(|one| one.permission == permission && (one.scope == Scope::Tenant || one.scope == scope))
}

fn are_within(inner: &[Ability], outer: &[Ability]) -> bool {
    inner.iter().all(|one| holds(outer, one.permission, one.scope))
}

fn some_scopes() -> impl Strategy<Value = Vec<ApiScope>> {
    prop::sample::subsequence(ApiScope::ALL.to_vec(), 0..=ApiScope::ALL.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// What a token allows ⊆ what its scopes allow ⊆ what the one who made the client holds.
    #[test]
    fn nobody_gives_a_program_more_than_they_hold(
        held in prop::collection::vec((0..Permission::ALL.len(), 0usize..4), 0..14),
        scopes in some_scopes(),
        asked in some_scopes(),
        later in some_scopes(),
    ) {
        let database = Database::fresh();
        let now = Timestamp::from_second(1_800_000_000).expect("an instant");
        let ground = ground(&database.db, now);
        let [own, other] = ground.organisations;
        let reaches = [Scope::Tenant, Scope::Tenant, Scope::Organisation(own), Scope::Organisation(other)];
        let mut abilities: Vec<Ability> =
            held.into_iter().map(|(at, reach)| Ability { permission: Permission::ALL[at], scope: reaches[reach] }).collect();
        abilities.push(Ability { permission: Permission::ManageClients, scope: Scope::Tenant });
        let giver = Actor { abilities: abilities.clone().into(), ..Actor::system(ground.tenant, now) };

        let of = |scopes: &[ApiScope]| {
            let ability = |scope: &ApiScope| {
                let (permissions, reach) = policy::of_scope(*scope);
                let over = if reach == Reach::Tenant { Scope::Tenant } else { Scope::Organisation(own) };
                permissions.iter().map(move |permission| Ability { permission: *permission, scope: over }).collect::<Vec<_>>()
            };
            scopes.iter().flat_map(ability).collect::<Vec<_>>()
        };
        let new = new_api_client(own, &scopes);
        match database.db.write(|conn| clients::create(conn, &giver, &new)) {
            Ok(_) => prop_assert!(are_within(&of(&scopes), &abilities), "{scopes:?} were given by one who holds {abilities:?}"),
            Err(error) => {
                prop_assert_eq!(error.refusal().code.0, ProblemCode::GrantExceedsOwn);
                prop_assert!(!are_within(&of(&scopes), &abilities), "{scopes:?} were refused to one who holds {abilities:?}");
            }
        }

        // Nor by changing one that others made, nor by a secret of it.
        let system = Actor::system(ground.tenant, now);
        let narrow = database.db.write(|conn| clients::create(conn, &system, &new_api_client(own, &[ApiScope::TrainingRead])));
        let narrow = narrow.expect("made").client.id;
        if !scopes.is_empty() {
            let changes = ApiClientChanges { scopes: Some(scopes.clone()), ..ApiClientChanges::default() };
            let changes = patch(&changes);
            let added: Vec<ApiScope> = scopes.iter().copied().filter(|scope| *scope != ApiScope::TrainingRead).collect();
            let changed = database.db.write(|conn| clients::update(conn, &giver, narrow, if_match(1), &changes));
            prop_assert_eq!(changed.is_ok(), are_within(&of(&added), &abilities), "{:?} were added by one who holds {:?}", &added, &abilities);
        }
        let wide = database.db.write(|conn| clients::create(conn, &system, &new_api_client(own, &scopes))).expect("made").client.id;
        let secret = database.db.write(|conn| secrets::create(conn, &giver, wide, &NewApiClientSecret::default()));
        prop_assert_eq!(secret.is_ok(), are_within(&of(&scopes), &abilities), "a secret for {:?} by one who holds {:?}", &scopes, &abilities);

        // By one who may: a token for what is asked, and then the client is left with fewer scopes.
        let made = database.db.write(|conn| clients::create(conn, &system, &new_api_client(own, &scopes))).expect("made");
        let (id, secret) = (made.client.id, made.client_secret.expect("a secret"));
        let known = database.db.read(|conn| access::authenticate(conn, ground.tenant, id, &secret, now));
        let known = known.expect("no fault").expect("known");
        let words = ApiScope::join(&asked);
        let narrowed = access::narrow(Some(&words), &known.scopes);
        let wanted = if asked.is_empty() { &scopes } else { &asked };
        prop_assert_eq!(narrowed.is_some(), wanted.iter().all(|scope| scopes.contains(scope)));
        if let Some(narrowed) = narrowed {
            prop_assert!(are_within(&of(&narrowed), &of(&scopes)));
            prop_assert!(are_within(&of(&narrowed), &of(wanted)));
            let issuer = "https://polku.example.fi".to_owned();
            let token = access::Token {
                client: id,
                secret: made.client.secrets[0].id,
                scopes: &narrowed,
                issuer: &issuer,
            };
            let actor = |public_url: &str| {
                database.db.read(|conn| access::load(conn, public_url, ground.tenant, &token, now))
            };
            let bearer = actor(&issuer).expect("looked up");
            prop_assert!(are_within(&bearer.abilities, &of(&narrowed)) && are_within(&of(&narrowed), &bearer.abilities));
            prop_assert!(bearer.account.is_none() && bearer.session.is_none() && bearer.client == Some(id));
            if !later.is_empty() {
                let words = serde_json::to_string(&later).expect("JSON");
                let own = tests::database::literal(&database.db, id.0);
                tests::database::run(&database.db, &format!("UPDATE api_clients SET scopes = '{words}' WHERE id = {own}")).expect("changed");
                let bearer = actor(&issuer).expect("looked up");
                prop_assert!(are_within(&bearer.abilities, &of(&later)), "a narrowed client narrows its tokens");
                prop_assert!(are_within(&bearer.abilities, &of(&narrowed)), "a widened client does not widen its tokens");
            }
        }
    }
}
