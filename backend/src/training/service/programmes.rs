//! Programmes and their goals. A goal keeps its id through every rewording, so that results of years can be compared.

use super::in_use;
use crate::audit::{self, Entry, changed_fields};
use crate::db::{Conn, fold};
use crate::error::{Error, Result};
use crate::http::checked::Merge;
use crate::http::cursor::{Position, Slice};
use crate::http::preconditions::IfMatch;
use crate::keys::Keys;
use crate::policy::Actor;
use crate::training::store::{editions, programmes as store, results};
use shared::audit::AuditAction;
use shared::page::{Page, Paging};
use shared::policy::{Permission, Target};
use shared::training::{Goal, NewGoal, NewProgramme, Programme, ProgrammeChanges};
use shared::{GoalId, LocalText, ProgrammeId, TenantId};
use std::collections::{HashMap, HashSet};

/// Programmes by name.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, paging: &Paging) -> Result<Page<Programme>> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    let slice = Slice::new(keys, actor.tenant, "programmes", paging.cursor.as_deref(), paging.limit)?;
    let items = store::list(conn, actor.tenant, slice.after.as_ref(), slice.rows())?;
    slice.page(keys, items, |item| Position { key: fold(&item.name.fi), id: item.id.0 })
}

/// One programme.
pub fn get(conn: &mut Conn, actor: &Actor, id: ProgrammeId) -> Result<Programme> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    find(conn, actor.tenant, id)
}

/// One programme, whoever asks.
pub fn find(conn: &mut Conn, tenant: TenantId, id: ProgrammeId) -> Result<Programme> {
    store::find(conn, tenant, id)?.ok_or_else(Error::not_found)
}

/// The names of some programmes, whoever asks.
pub fn names(conn: &mut Conn, tenant: TenantId, ids: &[ProgrammeId]) -> Result<HashMap<ProgrammeId, LocalText>> {
    store::names(conn, tenant, ids)
}

/// Adds a programme.
pub fn create(conn: &mut Conn, actor: &Actor, new: &NewProgramme) -> Result<Programme> {
    actor.require(Permission::ManageProgrammes, &Target::Tenant)?;
    let programme = Programme {
        id: ProgrammeId::new(),
        version: 1,
        name: new.name.clone(),
        description: new.description.clone(),
        step_words: new.step_words.clone(),
        goals: goals(&new.goals, &[])?,
        created_at: actor.now,
        updated_at: actor.now,
    };
    store::insert(conn, actor.tenant, &programme)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "programme", programme.id.0))?;
    Ok(programme)
}

/// Changes a programme.
pub fn update(conn: &mut Conn, actor: &Actor, id: ProgrammeId, expected: IfMatch, changes: &Merge<ProgrammeChanges>) -> Result<Programme> {
    let current = find(conn, actor.tenant, id)?;
    actor.require(Permission::ManageProgrammes, &Target::Programme(id))?;
    expected.check(current.version)?;
    let before = as_new(&current);
    let after = changes.onto(&before)?;
    let goals = goals(&after.goals, &current.goals)?;
    refuse_lost_goals(conn, actor.tenant, &current, &goals)?;
    let fields = changed_fields(&before, &after);
    let changed = Programme {
        version: current.version + 1,
        name: after.name,
        description: after.description,
        step_words: after.step_words,
        goals,
        updated_at: actor.now,
        ..current
    };
    store::update(conn, actor.tenant, &changed)?;
    audit::record(conn, actor, Entry::new(AuditAction::Changed, "programme", id.0).fields(fields))?;
    Ok(changed)
}

fn as_new(programme: &Programme) -> NewProgramme {
    NewProgramme {
        name: programme.name.clone(),
        description: programme.description.clone(),
        step_words: programme.step_words.clone(),
        goals: programme.goals.iter().map(|goal| NewGoal { id: Some(goal.id), text: goal.text.clone() }).collect(),
    }
}

/// The goals as written, each with its id: a known one, at most once, or a new one.
fn goals(written: &[NewGoal], known: &[Goal]) -> Result<Vec<Goal>> {
    let mut seen = HashSet::new();
    let with_id = |(position, goal): (usize, &NewGoal)| {
        let pointer = format!("/goals/{position}/id");
        let id = match goal.id {
            Some(id) if known.iter().all(|own| own.id != id) => return Err(Error::fault(&pointer, "unknown_reference")),
            Some(id) if !seen.insert(id) => return Err(Error::fault(&pointer, "duplicate")),
            Some(id) => id,
            None => GoalId::new(),
        };
        Ok(Goal { id, text: goal.text.clone() })
    };
    written.iter().enumerate().map(with_id).collect()
}

/// Goals that are being asked stay as many as they are; one that has been asked stays for good.
fn refuse_lost_goals(conn: &mut Conn, tenant: TenantId, current: &Programme, goals: &[Goal]) -> Result<()> {
    let ids = |goals: &[Goal]| goals.iter().map(|goal| goal.id).collect::<HashSet<GoalId>>();
    let (before, after) = (ids(&current.goals), ids(goals));
    if before == after {
        return Ok(());
    }
    if editions::any_open(conn, tenant, current.id)? {
        return Err(in_use("/goals"));
    }
    let published = results::of_programme(conn, tenant, current.id)?;
    let lost = |goal: &GoalId| before.contains(goal) && !after.contains(goal);
    if published.iter().flat_map(|edition| &edition.goals).any(|goal| lost(&goal.goal_id)) {
        return Err(in_use("/goals"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::LocalText;

    fn written(id: Option<GoalId>, text: &str) -> NewGoal {
        NewGoal { id, text: LocalText::fi(text) }
    }

    #[test]
    fn a_goal_keeps_its_id_and_a_new_one_gets_one() {
        let known = [Goal { id: GoalId::new(), text: LocalText::fi("a") }];
        let after = goals(&[written(None, "b"), written(Some(known[0].id), "c")], &known).expect("goals");
        assert_eq!((after[1].id, after[1].text.fi.as_str()), (known[0].id, "c"));
        assert_ne!(after[0].id, known[0].id);
    }

    #[test]
    fn unknown_and_repeated_goals_are_refused_where_they_stand() {
        let known = [Goal { id: GoalId::new(), text: LocalText::fi("a") }];
        let pointer = |outcome: Result<Vec<Goal>>| outcome.err().map(|error| error.refusal().faults[0].pointer.clone());
        assert_eq!(pointer(goals(&[written(Some(GoalId::new()), "b")], &known)), Some("/goals/0/id".to_owned()));
        let twice = [written(Some(known[0].id), "b"), written(Some(known[0].id), "c")];
        assert_eq!(pointer(goals(&twice, &known)), Some("/goals/1/id".to_owned()));
    }
}
