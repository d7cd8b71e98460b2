//! Who is in a project beside its group.

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::projects::store::members as store;
use shared::problem::Fault;
use shared::projects::{MemberKind, NewProjectMember, ProjectMember};
use shared::{AccountId, ProjectId, TenantId};
use std::collections::HashSet;

/// Refuses people who are named twice, are not of the tenant, or have just been brought in though deactivated.
pub fn check(conn: &mut Conn, tenant: TenantId, before: &[NewProjectMember], after: &[NewProjectMember]) -> Result<()> {
    let ids: Vec<AccountId> = after.iter().map(|member| member.account_id).collect();
    let known = store::accounts(conn, tenant, &ids)?;
    let stood: HashSet<AccountId> = before.iter().map(|member| member.account_id).collect();
    let mut seen = HashSet::new();
    let fault = |id: AccountId, repeated: bool| match known.get(&id) {
        None => Some("unknown_reference"),
        Some(true) if !stood.contains(&id) => Some("deactivated"),
        _ if repeated => Some("repeated"),
        _ => None,
    };
    let faults: Vec<Fault> = (0..)
        .zip(ids)
        .filter_map(|(place, id): (usize, AccountId)| {
            let code = fault(id, !seen.insert(id))?;
            Some(Fault::new(format!("/members/{place}/account_id"), code, None))
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::invalid(faults)) }
}

/// Keeps who is in a project beside its group. Of the group's own people only those are kept who answer for the next
/// step: that they work on it follows from the group, and ends with it.
pub fn keep(conn: &mut Conn, tenant: TenantId, project: ProjectId, members: &[NewProjectMember]) -> Result<()> {
    let of_group: HashSet<AccountId> =
        store::of(conn, tenant, project)?.into_iter().filter(|member| member.of_group).map(|member| member.account_id).collect();
    let kept: Vec<NewProjectMember> = members
        .iter()
        .filter(|member| member.assigned || !of_group.contains(&member.account_id))
        .map(|member| match of_group.contains(&member.account_id) {
            true => NewProjectMember { kind: MemberKind::Member, ..member.clone() },
            false => member.clone(),
        })
        .collect();
    store::set(conn, tenant, project, &kept)
}

/// Those who are written down, as they would be again.
pub fn as_new(members: &[ProjectMember]) -> Vec<NewProjectMember> {
    let written = members.iter().filter(|member| !member.of_group || member.assigned);
    written.map(|member| NewProjectMember { account_id: member.account_id, kind: member.kind, assigned: member.assigned }).collect()
}
