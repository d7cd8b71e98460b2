//! Rules of the training slice.

pub mod assessment;
pub mod copying;
pub mod days;
pub mod editions;
pub mod enrolments;
pub mod export;
pub mod groups;
pub mod programmes;
pub mod results;

use crate::error::{Code, Error, Refusal, Result};
use crate::policy::Actor;
use shared::policy::{Permission, Target};
use shared::problem::{Fault, ProblemCode};
use shared::training::Edition;

/// An edition as what an action is about.
pub fn target(edition: &Edition) -> Target {
    Target::Edition { programme: edition.programme_id, edition: edition.id }
}

/// Whether the actor runs the edition: as its facilitator, or as one who manages editions.
fn runs(actor: &Actor, edition: &Edition) -> bool {
    let target = target(edition);
    actor.may(Permission::RunEdition, &target) || actor.may(Permission::ManageEditions, &target)
}

fn require_running(actor: &Actor, edition: &Edition) -> Result<()> {
    if runs(actor, edition) { Ok(()) } else { Err(Error::forbidden()) }
}

/// Others use what the field at `pointer` would take away.
fn in_use(pointer: &str) -> Error {
    let faults = vec![Fault::new(pointer, "in_use", None)];
    Error::Refused(Box::new(Refusal { code: Code(ProblemCode::InUse), faults, ..Refusal::default() }))
}
