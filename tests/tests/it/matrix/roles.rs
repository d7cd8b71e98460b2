//! A1: what each caller gets about each thing is what the table of permissions says, and what forty expectations written by
//! hand say.

use super::{Answer, BOUND, DECIDING, ENDING, Found, Ground, STALE, Whose, narrows};
use tests::actors::{Actor, actors};
use tests::database::everything_of;
use tests::figure;
use tests::matrix::{Place, Spot};
use tests::operations::{Needs, Operation, World, needs, operations};

/// What should come of a request about things of one's own tenant.
fn wanted(operation: &Operation, actor: &Actor, world: &World) -> &'static str {
    let asked = needs(&operation.id);
    match (&asked, actor.may(&asked, world)) {
        (Needs::Nothing, _) => "let through",
        _ if actor.token.is_none() => "401",
        // Somebody else's session is not there.
        (Needs::SignedIn, None) if operation.path.contains("{id}") => "404",
        (_, Some(false)) => "403",
        // Nothing has been published there yet.
        _ if operation.id == "get_edition_results" => "404",
        _ => "let through",
    }
}

fn is_as_wanted(wanted: &str, answer: &Answer) -> bool {
    match wanted {
        "let through" => ![401, 403, 404].contains(&answer.status),
        status => answer.status.to_string() == status,
    }
}

impl Ground {
    /// One operation for one caller: about the own things, then with another id in each place.
    async fn compare(&self, operation: &Operation, actor: &Actor, found: &mut Found) {
        let own = wanted(operation, actor, &self.own);
        // Who may not is refused by what they are, whatever they send, and nothing is hashed.
        let requests = if own == "403" { self.own.requests(&self.schemas, operation) } else { self.requests(operation) };
        for request in requests {
            let answer = self.ask(&request, actor, STALE).await;
            found.take(self, actor, &operation.id, &answer, "");
            // Visitors are let in and then found not to know the secret.
            let unknown_secret = operation.visitor && answer.status == 401;
            found.expect(unknown_secret || is_as_wanted(own, &answer), actor, &operation.id, own, &answer);
            for spot in self.spots(&request) {
                self.compare_beside(&spot, actor, own, found).await;
                self.compare_foreign(&spot, actor, own, found).await;
            }
        }
    }

    /// The thing of another unit of the tenant.
    async fn compare_beside(&self, spot: &Spot<'_>, actor: &Actor, own: &'static str, found: &mut Found) {
        let (operation, name) = (spot.request.operation, spot.name());
        let decides = spot.place == Place::Path || DECIDING.contains(&name.as_str());
        let bound = BOUND.contains(&name.as_str());
        let world = if decides { &self.other_unit } else { &self.own };
        let wanted = if decides { wanted(operation, actor, world) } else { own };
        let request = spot.with(self.others[&Whose::OtherUnit][spot.kind]);
        let if_match = if bound { self.version(&request, actor.token.as_deref()).await } else { STALE.to_owned() };
        let answer = self.ask(&request, actor, &if_match).await;
        let what = format!("{name} of another unit");
        found.take(self, actor, &what, &answer, "");
        let wanted = if bound && wanted == "let through" { "422" } else { wanted };
        found.expect(is_as_wanted(wanted, &answer), actor, &what, wanted, &answer);
    }

    /// Things of another tenant, of the past and of nowhere: all refused, and all alike.
    async fn compare_foreign(&self, spot: &Spot<'_>, actor: &Actor, own: &'static str, found: &mut Found) {
        let (name, in_body) = (spot.name(), matches!(spot.place, Place::Body(_)));
        let if_match = if in_body { self.version(&spot.request, actor.token.as_deref()).await } else { STALE.to_owned() };
        let mut first: Option<Answer> = None;
        for whose in [Whose::Random, Whose::Deleted, Whose::OtherTenant] {
            let Some(id) = self.others[&whose].get(spot.kind) else { continue };
            let answer = self.ask(&spot.with(*id), actor, &if_match).await;
            let what = format!("{name}, {whose:?}");
            found.take(self, actor, &what, &answer, &id.to_string());
            let normal = answer.normal(&id.to_string());
            match &first {
                Some(first) => found.expect(normal == *first, actor, &what, &format!("as for an id of nowhere: {first:?}"), &answer),
                None => first = Some(normal),
            }
            let wanted: &[u16] = match (own, &spot.place) {
                ("401", _) => &[401],
                // A filter by what is not there finds nothing.
                ("let through", _) if narrows(spot) => &[200],
                _ if DECIDING.contains(&name.as_str()) => &[403, 404, 422],
                ("403", _) => &[403, 404, 422],
                (_, Place::Body(_)) => &[422],
                _ => &[404],
            };
            found.expect(wanted.contains(&answer.status), actor, &what, &format!("{wanted:?}"), &answer);
        }
    }
}

#[tokio::test]
async fn every_operation_answers_every_role_about_every_id_as_the_table_says() {
    let ground = Ground::make().await;
    let before = everything_of(&ground.app.db, ground.app.other.id);
    // What ends sessions comes last.
    let mut operations = operations();
    operations.sort_by_key(|operation| ENDING.iter().position(|id| *id == operation.id).map_or(0, |place| place + 1));
    let actors = actors(&ground.app, &ground.own).await;
    let mut found = Found::default();
    expectations(&ground, &operations, &actors, &mut found).await;
    let spots: usize = operations.iter().flat_map(|operation| ground.requests(operation)).map(|request| ground.spots(&request).len()).sum();
    for operation in &operations {
        for actor in actors.iter().filter(|actor| !operation.visitor || actor.token.is_none()) {
            ground.compare(operation, actor, &mut found).await;
        }
    }
    let after = everything_of(&ground.app.db, ground.app.other.id);
    assert!(before == after, "something of the other tenant was changed");
    figure!(
        "A1",
        "{} operations × {} kinds of callers, {spots} places for an id × 5 kinds of ids: {} answers, {} deviations; the other tenant's {} rows unchanged",
        operations.len(),
        actors.len(),
        found.answers,
        found.deviations.len(),
        after.values().map(|rows| rows.lines().count()).sum::<usize>()
    );
    assert!(found.deviations.is_empty(), "{} deviations:\n{}", found.deviations.len(), found.deviations.join("\n"));
    assert!(found.answers > 2_500 && spots > 60, "only {} answers, {spots} places", found.answers);
}

/// Caller, operation, whose id → status, each as a person would expect it, whatever the table of permissions says.
const EXPECTED: &[(&str, &str, Whose, u16)] = &[
    ("visitor", "get_edition", Whose::Own, 401),
    ("visitor", "get_edition", Whose::Random, 401),
    ("administrator", "get_account", Whose::Own, 200),
    ("administrator", "get_account", Whose::OtherTenant, 404),
    ("administrator", "get_account", Whose::Random, 404),
    ("administrator", "get_unit", Whose::OtherUnit, 200),
    ("administrator", "get_unit", Whose::Deleted, 404),
    ("administrator", "update_unit", Whose::OtherTenant, 404),
    ("administrator", "deactivate_account", Whose::Own, 412),
    ("administrator", "deactivate_account", Whose::OtherTenant, 404),
    ("administrator", "get_self_assessment", Whose::Own, 403),
    ("administrator", "list_enrolments", Whose::OtherTenant, 404),
    ("administrator", "revoke_session", Whose::Own, 404),
    ("administrator", "make_account_link", Whose::OtherTenant, 404),
    ("coordinator", "get_account", Whose::Own, 403),
    ("coordinator", "get_account", Whose::OtherTenant, 403),
    ("coordinator", "list_enrolments", Whose::OtherUnit, 200),
    ("coordinator of the programme", "list_enrolments", Whose::Own, 200),
    ("coordinator of the programme", "list_enrolments", Whose::OtherUnit, 403),
    ("coordinator of the programme", "update_edition", Whose::OtherTenant, 404),
    ("facilitator", "list_enrolments", Whose::Own, 200),
    ("facilitator", "list_enrolments", Whose::OtherUnit, 403),
    ("facilitator", "update_contact_day", Whose::Own, 412),
    ("facilitator", "update_contact_day", Whose::OtherUnit, 403),
    ("facilitator", "delete_group", Whose::Deleted, 404),
    ("facilitator", "get_contact_day", Whose::OtherTenant, 404),
    ("unit manager", "get_enrolment", Whose::Own, 200),
    ("unit manager", "get_enrolment", Whose::OtherUnit, 403),
    ("unit manager", "update_enrolment", Whose::Own, 403),
    ("manager of the organisation", "get_enrolment", Whose::Own, 200),
    ("auditor", "get_grant", Whose::Own, 403),
    ("auditor", "get_accessibility_feedback", Whose::OtherTenant, 403),
    ("participant", "get_self_assessment", Whose::Own, 200),
    ("participant", "get_self_assessment", Whose::OtherUnit, 403),
    ("participant", "get_self_assessment", Whose::OtherTenant, 404),
    ("participant", "update_group", Whose::Own, 403),
    ("nobody", "get_edition", Whose::Own, 200),
    ("nobody", "get_edition", Whose::OtherTenant, 404),
    ("nobody", "get_enrolment", Whose::Own, 403),
    ("nobody", "revoke_session", Whose::OtherTenant, 404),
];

async fn expectations(ground: &Ground, operations: &[Operation], actors: &[Actor], found: &mut Found) {
    for (who, operation, whose, status) in EXPECTED {
        let actor = actors.iter().find(|actor| actor.name == *who).expect("one of the actors");
        let operation = operations.iter().find(|known| known.id == *operation).expect("an operation");
        let own = ground.requests(operation).remove(0);
        let spot = ground.spots(&own).into_iter().find(|spot| spot.place == Place::Path).expect("an id in the path");
        let other = ground.others.get(whose).map(|ids| ids[spot.kind]);
        let request = other.map_or(own, |id| spot.with(id));
        let answer = ground.ask(&request, actor, STALE).await;
        let what = format!("{}, {whose:?}, by hand", operation.id);
        let asked_for = other.map(|id| id.to_string()).unwrap_or_default();
        found.take(ground, actor, &what, &answer, &asked_for);
        found.expect(answer.status == *status, actor, &what, &status.to_string(), &answer);
    }
}
