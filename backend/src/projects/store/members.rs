//! Who is in a project: its group's people, and those beside it.

use crate::db::Conn;
use crate::db::schema::{accounts, enrolments, project_members, projects};
use crate::db::types::AsText;
use crate::error::Result;
use diesel::prelude::*;
use shared::identity::AccountStatus;
use shared::projects::{MemberKind, NewProjectMember, ProjectMember};
use shared::{AccountId, ProjectId, TenantId};
use std::collections::{HashMap, HashSet};

/// The people of a project, by name.
pub fn of(conn: &mut Conn, tenant: TenantId, project: ProjectId) -> Result<Vec<ProjectMember>> {
    let mut members: HashMap<AccountId, (String, ProjectMember)> = HashMap::new();
    for (account_id, name, fold) in of_group(conn, tenant, project)? {
        let member = ProjectMember { account_id, name, kind: MemberKind::Member, of_group: true, assigned: false };
        members.insert(account_id, (fold, member));
    }
    for (account_id, name, fold, kind, assigned) in beside(conn, tenant, project)? {
        let member = ProjectMember { account_id, name, kind: kind.0, of_group: false, assigned };
        members.entry(account_id).and_modify(|known| known.1.assigned = assigned).or_insert((fold, member));
    }
    let mut members: Vec<_> = members.into_values().collect();
    members.sort_by(|one, other| (&one.0, one.1.account_id.0).cmp(&(&other.0, other.1.account_id.0)));
    Ok(members.into_iter().map(|(_, member)| member).collect())
}

/// Everybody with a place in the project's group: id, name, name to sort by.
fn of_group(conn: &mut Conn, tenant: TenantId, project: ProjectId) -> Result<Vec<(AccountId, String, String)>> {
    let rows = projects::table
        .inner_join(enrolments::table.on(enrolments::tenant_id.eq(projects::tenant_id).and(enrolments::group_id.eq(projects::group_id))))
        .inner_join(accounts::table.on(accounts::tenant_id.eq(projects::tenant_id).and(accounts::id.eq(enrolments::account_id))))
        .filter(projects::tenant_id.eq(tenant))
        .filter(projects::id.eq(project))
        .select((accounts::id, accounts::name, accounts::name_fold))
        .load::<(AccountId, String, String)>(conn)?;
    Ok(rows)
}

type Beside = (AccountId, String, String, AsText<MemberKind>, bool);

fn beside(conn: &mut Conn, tenant: TenantId, project: ProjectId) -> Result<Vec<Beside>> {
    let own_account = accounts::tenant_id.eq(project_members::tenant_id).and(accounts::id.eq(project_members::account_id));
    let rows = project_members::table
        .inner_join(accounts::table.on(own_account))
        .filter(project_members::tenant_id.eq(tenant))
        .filter(project_members::project_id.eq(project))
        .select((accounts::id, accounts::name, accounts::name_fold, project_members::kind, project_members::assigned))
        .load::<Beside>(conn)?;
    Ok(rows)
}

/// On which of some projects somebody works: as one of the group, or beside it and no guest.
pub fn worked_on(conn: &mut Conn, tenant: TenantId, account: AccountId, of: &[ProjectId]) -> Result<HashSet<ProjectId>> {
    let in_group = projects::table
        .inner_join(enrolments::table.on(enrolments::tenant_id.eq(projects::tenant_id).and(enrolments::group_id.eq(projects::group_id))))
        .filter(projects::tenant_id.eq(tenant))
        .filter(projects::id.eq_any(of.to_vec()))
        .filter(enrolments::account_id.eq(account))
        .select(projects::id)
        .load::<ProjectId>(conn)?;
    let beside = project_members::table
        .filter(project_members::tenant_id.eq(tenant))
        .filter(project_members::project_id.eq_any(of.to_vec()))
        .filter(project_members::account_id.eq(account))
        .filter(project_members::kind.eq(AsText(MemberKind::Member)))
        .select(project_members::project_id)
        .load::<ProjectId>(conn)?;
    Ok(in_group.into_iter().chain(beside).collect())
}

/// Names of those who answer for the next step, by project.
pub fn assigned(conn: &mut Conn, tenant: TenantId, of: &[ProjectId]) -> Result<HashMap<ProjectId, Vec<String>>> {
    let own_account = accounts::tenant_id.eq(project_members::tenant_id).and(accounts::id.eq(project_members::account_id));
    let rows = project_members::table
        .inner_join(accounts::table.on(own_account))
        .filter(project_members::tenant_id.eq(tenant))
        .filter(project_members::project_id.eq_any(of.to_vec()))
        .filter(project_members::assigned.eq(true))
        .order((accounts::name_fold.asc(), accounts::id.asc()))
        .select((project_members::project_id, accounts::name))
        .load::<(ProjectId, String)>(conn)?;
    let mut by_project: HashMap<ProjectId, Vec<String>> = HashMap::new();
    for (project, name) in rows {
        by_project.entry(project).or_default().push(name);
    }
    Ok(by_project)
}

/// Writes down who is in a project beside its group, and nobody else.
pub fn set(conn: &mut Conn, tenant: TenantId, project: ProjectId, members: &[NewProjectMember]) -> Result<()> {
    let own = project_members::table.filter(project_members::tenant_id.eq(tenant));
    diesel::delete(own.filter(project_members::project_id.eq(project))).execute(conn)?;
    for member in members {
        diesel::insert_into(project_members::table)
            .values((
                project_members::tenant_id.eq(tenant),
                project_members::project_id.eq(project),
                project_members::account_id.eq(member.account_id),
                project_members::kind.eq(AsText(member.kind)),
                project_members::assigned.eq(member.assigned),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Which of these accounts there are, and whether each has been deactivated.
pub fn accounts(conn: &mut Conn, tenant: TenantId, ids: &[AccountId]) -> Result<HashMap<AccountId, bool>> {
    let rows = accounts::table
        .filter(accounts::tenant_id.eq(tenant))
        .filter(accounts::id.eq_any(ids.to_vec()))
        .select((accounts::id, accounts::status))
        .load::<(AccountId, AsText<AccountStatus>)>(conn)?;
    Ok(rows.into_iter().map(|(id, status)| (id, status.0 == AccountStatus::Deactivated)).collect())
}
