//! The projects of an edition as its page lists them. Their own pages are another slice's.

use super::editions::{find, find_running};
use crate::audit::{self, Entry};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::cursor::{Position, Slice};
use crate::keys::Keys;
use crate::policy::Actor;
use crate::training::store::{groups, projects as store};
use shared::audit::AuditAction;
use shared::page::{Page, Paging};
use shared::policy::{Permission, Target};
use shared::training::{NewProject, Project};
use shared::{EditionId, ProjectId};

/// Projects of an edition, oldest first.
pub fn list(conn: &mut Conn, actor: &Actor, keys: &Keys, edition: EditionId, paging: &Paging) -> Result<Page<Project>> {
    actor.require(Permission::ViewTraining, &Target::Tenant)?;
    find(conn, actor.tenant, edition)?;
    let slice = Slice::new(keys, actor.tenant, &format!("projects {edition}"), paging.cursor.as_deref(), paging.limit)?;
    let items = store::list(conn, actor.tenant, edition, slice.after.as_ref(), slice.rows())?;
    slice.page(keys, items, |item| Position { key: String::new(), id: item.id.0 })
}

/// Writes a project down. Its group is of the same edition.
pub fn create(conn: &mut Conn, actor: &Actor, edition: EditionId, new: &NewProject) -> Result<Project> {
    find_running(conn, actor, edition)?;
    if let Some(group) = new.group_id
        && groups::find(conn, actor.tenant, group)?.is_none_or(|group| group.edition_id != edition)
    {
        return Err(Error::fault("/group_id", "unknown_reference"));
    }
    let project = Project {
        id: ProjectId::new(),
        version: 1,
        edition_id: edition,
        group_id: new.group_id,
        title: new.title.clone(),
        lang: new.lang,
        stage: new.stage,
        created_at: actor.now,
        updated_at: actor.now,
    };
    store::insert(conn, actor.tenant, &project)?;
    audit::record(conn, actor, Entry::new(AuditAction::Created, "project", project.id.0))?;
    Ok(project)
}
