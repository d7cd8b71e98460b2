//! Whoever calls: a visitor and one of each role, as a table. A further kind of caller is one more line in [`actors`].

use crate::operations::{Needs, Over, World};
use crate::{Person, TestApp};
use backend::policy;
use shared::policy::{Ability, ApiScope, Role, Scope, Target, allows};

/// One kind of caller.
pub struct Actor {
    pub name: &'static str,
    /// None for a visitor.
    pub token: Option<String>,
    /// Who it is, where it is a person with sessions of their own.
    pub person: Option<Person>,
    /// What the table of permissions gives it.
    pub abilities: Vec<Ability>,
}

impl Actor {
    /// Somebody who is signed in.
    pub fn person(name: &'static str, person: Person, abilities: Vec<Ability>) -> Self {
        Self { name, token: Some(person.token()), person: Some(person), abilities }
    }

    /// Whether the table lets it do what asks for this, to the things of a world; none where the table is not asked.
    pub fn may(&self, needs: &Needs, world: &World) -> Option<bool> {
        let has = |(permission, over): &(_, Over)| allows(&self.abilities, *permission, &target(world, *over));
        match needs {
            Needs::Nothing => None,
            // Programs have no account to be signed in to.
            Needs::SignedIn => self.person.is_none().then_some(false),
            Needs::All(all) => Some(all.iter().all(has)),
            Needs::May(any) => Some(any.iter().any(has)),
            // What there is was made by none of them.
            Needs::Own => Some(false),
        }
    }
}

/// A visitor, one of each role over the things of this world, and a program with every scope that there is.
pub async fn actors(app: &TestApp, world: &World) -> Vec<Actor> {
    let tenant = Scope::Tenant;
    let roles = [
        ("administrator", Role::Administrator, tenant),
        ("coordinator", Role::Coordinator, tenant),
        ("coordinator of the programme", Role::Coordinator, Scope::Programme(world.programme)),
        ("facilitator", Role::Facilitator, Scope::Edition(world.edition)),
        ("unit manager", Role::UnitManager, Scope::Unit(world.unit)),
        ("manager of the organisation", Role::UnitManager, Scope::Organisation(world.organisation)),
        ("auditor", Role::Auditor, tenant),
    ];
    let mut actors = vec![Actor { name: "visitor", token: None, person: None, abilities: Vec::new() }];
    for (name, role, scope) in roles {
        actors.push(Actor::person(name, app.person(&[(role, scope)]), policy::abilities([(role, scope)], [])));
    }
    actors.push(Actor::person("participant", app.participant(world.edition), policy::abilities([], [world.edition])));
    actors.push(Actor::person("nobody", app.nobody(), policy::abilities([], [])));
    let program = app.program(world.organisation, ApiScope::ALL).token().await;
    let abilities = policy::abilities_of_client(ApiScope::ALL, world.organisation);
    actors.push(Actor { name: "program", token: Some(program), person: None, abilities });
    actors
}

/// What of a world a permission is asked over.
pub fn target(world: &World, over: Over) -> Target {
    match over {
        Over::Tenant => Target::Tenant,
        Over::Unit => Target::Unit { organisation: world.organisation, line: vec![world.unit] },
        Over::Programme => Target::Programme(world.programme),
        Over::Edition => Target::Edition { programme: world.programme, edition: world.edition },
    }
}
