//! A2: what a request refers to is of the same tenant and the same parent, or the request is refused and changes nothing.

use super::{BOUND, DECIDING, Found, Ground, STALE, Whose, narrows};
use shared::policy::{Role, Scope};
use std::collections::BTreeSet;
use tests::actors::Actor;
use tests::database::everything_of;
use tests::figure;
use tests::matrix::Place;
use tests::operations::operations;

#[tokio::test]
async fn references_to_what_is_another_tenants_or_another_parents_change_nothing() {
    let ground = Ground::make().await;
    let app = &ground.app;
    let account = app.account_of(&app.own, &[(Role::Administrator, Scope::Tenant)], None);
    app.enrol(ground.own.edition, account.id);
    let mighty = Actor::person("administrator who takes part", app.sign_in(&app.own, account), Vec::new());
    let both = || [app.own.id, app.other.id].map(|tenant| everything_of(&app.db, tenant));
    let (before, mut found, mut places) = (both(), Found::default(), BTreeSet::new());
    for operation in operations() {
        for request in ground.requests(&operation) {
            for spot in ground.spots(&request) {
                if narrows(&spot) {
                    continue;
                }
                places.insert(spot.name());
                let if_match = match spot.place {
                    Place::Body(_) => ground.version(&request, mighty.token.as_deref()).await,
                    _ => STALE.to_owned(),
                };
                let beside = Some(Whose::OtherUnit).filter(|_| BOUND.contains(&spot.name().as_str()));
                for whose in beside.into_iter().chain([Whose::OtherTenant, Whose::Deleted, Whose::Random]) {
                    let Some(id) = ground.others[&whose].get(spot.kind) else { continue };
                    let answer = ground.ask(&spot.with(*id), &mighty, &if_match).await;
                    let what = format!("{}, {whose:?}", spot.name());
                    found.take(&ground, &mighty, &what, &answer, &id.to_string());
                    found.expect([404, 422].contains(&answer.status), &mighty, &what, "404 or 422", &answer);
                }
            }
        }
    }
    let unknown: Vec<&&str> = BOUND.iter().chain(DECIDING).filter(|name| !places.contains(**name)).collect();
    assert!(unknown.is_empty(), "no longer in the document: {unknown:?}");
    assert!(found.deviations.is_empty(), "{}", found.deviations.join("\n"));
    assert!(before == both(), "a refused reference changed something");
    figure!("A2", "{} places for an id, {} foreign ids: all refused with 404 or 422, 0 rows changed", places.len(), found.answers);
}
