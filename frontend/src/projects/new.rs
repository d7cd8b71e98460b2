//! A new idea: what is needed and what could help, in a minute. The rest is done on its own page.

use super::draft::{Part, ProjectDraft};
use super::need::group_choices;
use super::places::{OwnGroup, Places, own_groups, own_unit};
use crate::paths;
use crate::session::{Session, session, t};
use crate::tr;
use crate::ui::{Crumb, Editing, Form, FormState, Page, Select, TextField, edit, load};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::client::Called;
use shared::projects::{NewProject, Project};

#[derive(Clone)]
struct Around {
    places: Places,
    groups: Vec<OwnGroup>,
}

async fn read(session: Session) -> Called<Around> {
    let places = Places::read(session).await?;
    let groups = own_groups(session, &places).await?;
    Ok(Around { places, groups })
}

/// `/projects/new`
#[component]
pub fn NewIdea() -> impl IntoView {
    let session = session();
    let around = LocalResource::new(move || read(session));
    let crumbs = vec![Crumb::key("common-projects", paths::PROJECTS)];
    view! {
        <Page title=Signal::derive(|| t("projects-new")) crumbs>
            <p class="ds-paragraph">{tr!("projects-new-help")}</p>
            {load(around, |around| view! { <IdeaForm around /> }.into_any())}
        </Page>
    }
}

#[component]
fn IdeaForm(around: Around) -> impl IntoView {
    let (session, form) = (session(), FormState::default());
    let query = use_query_map();
    let asked = |name: &str| query.with_untracked(|query| query.get(name));
    let continues = asked("continues").and_then(|id| id.parse().ok());
    let draft = ProjectDraft::new(Part::New, session.lang.get_untracked(), continues);
    let Around { places, groups } = around;
    let own = groups.iter().find(|own| own.member).map(|own| own.group.id.to_string());
    let wanted = asked("group").filter(|id| groups.iter().any(|own| own.group.id.to_string() == *id));
    draft.group.set(wanted.or(own).unwrap_or_default());
    draft.unit.set(own_unit(session).map(|id| id.to_string()).unwrap_or_default());
    let go = use_navigate();
    let write =
        move |new: NewProject, _: Option<&Project>| session.send(new, |client, new| async move { client.create_project(&new).await });
    let read = move |&Project { id, .. }: &Project| session.call(move |client| async move { client.get_project(id).await });
    let Editing { save, conflict } = edit(form, draft, None, write, read, move |made: &Project| {
        session.say("projects-made");
        go(&paths::project(made.id), Default::default());
    });
    let group_options =
        Signal::derive(move || std::iter::once((String::new(), t("projects-no-group"))).chain(group_choices(&groups)).collect::<Vec<_>>());
    let units = StoredValue::new(places.unit_choices());
    let unit_options =
        Signal::derive(move || std::iter::once((String::new(), t("projects-no-unit"))).chain(units.get_value()).collect::<Vec<_>>());
    view! {
        <Form form submit="projects-make" on_submit=save>
            <TextField form pointer="/title" label="projects-field-title" value=draft.title />
            <TextField form pointer="/need" label="projects-need" hint="projects-need-hint" value=draft.need tall=true optional=true />
            <TextField form pointer="/idea" label="projects-idea" hint="projects-idea-hint" value=draft.idea tall=true optional=true />
            <Select form pointer="/group_id" label="projects-field-group" value=draft.group options=group_options />
            <Select form pointer="/unit_id" label="projects-unit" value=draft.unit options=unit_options />
        </Form>
        {conflict}
    }
}
