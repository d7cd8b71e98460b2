//! Walking the thread, and linking.

use super::store::{self, Stored};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::preconditions::IfMatch;
use crate::policy::Actor;
use crate::subjects::{self, Subject};
use shared::ThreadLinkId;
use shared::audit::AuditAction;
use shared::policy::{Permission, Target};
use shared::problem::ProblemCode;
use shared::subjects::SubjectRef;
use shared::thread::{NewThreadLink, Thread, ThreadFilter, ThreadLink, ThreadNode};
use std::collections::{BTreeMap, VecDeque};

/// Of every link: it never changes.
const VERSION: i64 = 1;

/// An object with what it came from and what came of it, as far as the actor may see.
pub fn list(conn: &mut Conn, actor: &Actor, filter: &ThreadFilter) -> Result<Thread> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    let start = subjects::find(conn, actor, SubjectRef::new(filter.subject, filter.subject_id))?.at;
    let links = store::around(conn, actor.tenant, start)?;
    let ends: Vec<SubjectRef> = links.iter().flat_map(|link| [link.earlier, link.later]).chain([start]).collect();
    let mut seen = subjects::seen(conn, actor, &ends)?;
    let mut steps = BTreeMap::from([(start, 0)]);
    for back in [true, false] {
        walk(start, &links, back, &seen, &mut steps);
    }
    seen.retain(|at, _| steps.contains_key(at));
    let links = links.iter().filter(|link| seen.contains_key(&link.earlier) && seen.contains_key(&link.later));
    let links = links.map(|link| told(link, works_on(&seen, link))).collect();
    let mut nodes: Vec<ThreadNode> = seen.into_iter().map(|(at, subject)| node(steps.get(&at).copied().unwrap_or(0), subject)).collect();
    nodes.sort_by(|one, other| (one.steps, &one.title, one.subject_id).cmp(&(other.steps, &other.title, other.subject_id)));
    Ok(Thread { nodes, links })
}

/// Goes one way from the start, step by step, through what may be seen: what may not ends the way.
fn walk(start: SubjectRef, links: &[Stored], back: bool, seen: &BTreeMap<SubjectRef, Subject>, steps: &mut BTreeMap<SubjectRef, i64>) {
    let mut ways: BTreeMap<SubjectRef, Vec<SubjectRef>> = BTreeMap::new();
    for link in links {
        let (here, there) = if back { (link.later, link.earlier) } else { (link.earlier, link.later) };
        ways.entry(here).or_default().push(there);
    }
    let mut next = VecDeque::from([(start, 0)]);
    while let Some((here, taken)) = next.pop_front() {
        let taken = if back { taken - 1 } else { taken + 1 };
        for there in ways.remove(&here).unwrap_or_default() {
            if seen.contains_key(&there) && !steps.contains_key(&there) {
                steps.insert(there, taken);
                next.push_back((there, taken));
            }
        }
    }
}

fn works_on(seen: &BTreeMap<SubjectRef, Subject>, link: &Stored) -> bool {
    [link.earlier, link.later].iter().any(|at| seen.get(at).is_some_and(|subject| subject.may_link))
}

fn node(steps: i64, subject: Subject) -> ThreadNode {
    ThreadNode { subject: subject.at.kind, subject_id: subject.at.id, title: subject.title, path: subject.path, steps }
}

fn told(link: &Stored, may_delete: bool) -> ThreadLink {
    let (from, to) = if link.kind.begins_with_the_earlier() { (link.earlier, link.later) } else { (link.later, link.earlier) };
    ThreadLink { id: link.id, version: VERSION, kind: link.kind, from, to, created_at: link.created_at, may_delete }
}

/// Makes a link from an object that the actor works on.
pub fn create(conn: &mut Conn, actor: &Actor, new: &NewThreadLink) -> Result<ThreadLink> {
    subjects::require_to_work_on_any(actor)?;
    let from = subjects::referred(conn, actor, SubjectRef::new(new.subject, new.subject_id), "/subject_id")?;
    if !from.may_link {
        return Err(Error::forbidden());
    }
    let to = subjects::referred(conn, actor, SubjectRef::new(new.other, new.other_id), "/other_id")?;
    if from.at == to.at {
        return Err(Error::fault("/other_id", "linked_to_itself"));
    }
    let (earlier, later) = if new.kind.begins_with_the_earlier() { (from.at, to.at) } else { (to.at, from.at) };
    // What is already later may not become earlier.
    if store::is_before(conn, actor.tenant, later, earlier)? {
        return Err(Error::at(ProblemCode::Conflict, "/other_id", "linked_in_a_circle"));
    }
    let link = Stored { id: ThreadLinkId::new(), kind: new.kind, earlier, later, created_at: actor.now };
    store::insert(conn, actor.tenant, &link, actor.account)?;
    record(conn, actor, AuditAction::Created, &link)?;
    Ok(told(&link, true))
}

/// One link, for those who see both of its objects: nobody else knows of it.
pub fn get(conn: &mut Conn, actor: &Actor, id: ThreadLinkId) -> Result<ThreadLink> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    let (link, may_delete) = find(conn, actor, id)?;
    Ok(told(&link, may_delete))
}

/// Takes a link away.
pub fn delete(conn: &mut Conn, actor: &Actor, id: ThreadLinkId, expected: IfMatch) -> Result<()> {
    subjects::require_to_work_on_any(actor)?;
    let (link, may_delete) = find(conn, actor, id)?;
    if !may_delete {
        return Err(Error::forbidden());
    }
    expected.check(VERSION)?;
    store::delete(conn, actor.tenant, id)?;
    record(conn, actor, AuditAction::Deleted, &link)
}

/// A link between objects that the actor sees, and whether they work on either.
fn find(conn: &mut Conn, actor: &Actor, id: ThreadLinkId) -> Result<(Stored, bool)> {
    let link = store::find(conn, actor.tenant, id)?.ok_or_else(Error::not_found)?;
    let ends = subjects::seen(conn, actor, &[link.earlier, link.later])?;
    if ends.len() < 2 {
        return Err(Error::not_found());
    }
    let may_delete = works_on(&ends, &link);
    Ok((link, may_delete))
}

/// Takes away every link of an object that goes.
pub fn forget(conn: &mut Conn, actor: &Actor, at: SubjectRef) -> Result<()> {
    store::forget(conn, actor.tenant, at)
}

fn record(conn: &mut Conn, actor: &Actor, action: AuditAction, link: &Stored) -> Result<()> {
    audit::record(conn, actor, Entry::new(action, "link", link.id.0).beside(link.earlier).beside(link.later))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use shared::subjects::SubjectKind;
    use shared::thread::LinkKind;
    use uuid::Uuid;

    #[test]
    fn what_may_not_be_seen_ends_the_way_and_a_circle_ends_by_itself() {
        let at: Vec<SubjectRef> = (0..5).map(|_| SubjectRef::new(SubjectKind::Group, Uuid::now_v7())).collect();
        let link = |earlier: usize, later: usize| Stored {
            id: ThreadLinkId::new(),
            kind: LinkKind::CausedBy,
            earlier: at[earlier],
            later: at[later],
            created_at: Timestamp::UNIX_EPOCH,
        };
        // A way of four, and a circle, which cannot be made but must not hang either.
        let links = [link(0, 1), link(1, 2), link(2, 3), link(3, 4), link(4, 2)];
        let subject = |at: &SubjectRef| Subject {
            at: *at,
            version: 1,
            title: String::new(),
            path: String::new(),
            may_comment: true,
            may_link: false,
            may_manage: false,
        };
        let seen_without = |hidden: Option<usize>| -> BTreeMap<SubjectRef, Subject> {
            at.iter().enumerate().filter(|(place, _)| Some(*place) != hidden).map(|(_, at)| (*at, subject(at))).collect()
        };
        let steps = |hidden, back| {
            let mut steps = BTreeMap::from([(at[2], 0)]);
            walk(at[2], &links, back, &seen_without(hidden), &mut steps);
            at.iter().map(|at| steps.get(at).copied()).collect::<Vec<_>>()
        };
        assert_eq!(steps(None, false), [None, None, Some(0), Some(1), Some(2)]);
        assert_eq!(steps(None, true)[..3], [Some(-2), Some(-1), Some(0)]);
        assert_eq!(steps(Some(1), true)[..3], [None, None, Some(0)], "nor is what lies behind it");
    }
}
