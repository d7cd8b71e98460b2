//! The small groups, which choose their own names, and the projects they work on.

use super::{Ctx, People};
use crate::paths;
use crate::session::{Undo, session, tv, word};
use crate::tr;
use crate::ui::field::{chosen as chosen_in, languages};
use crate::ui::form::Summary;
use crate::ui::table::{Column, words_in};
use crate::ui::{Act, Dialog, Draft, Editing, Field, Form, FormState, Select, TextField, edit, empty, icon, load, table};
use crate::words::stage_view;
use leptos::prelude::*;
use shared::Lang;
use shared::policy::Permission;
use shared::problem::Fault;
use shared::projects::{ProjectStage, ProjectSummary};
use shared::training::{Group, GroupChanges, NewGroup};

const PROJECTS: &[Column] = &[words_in("training-col-project"), words_in("training-col-group"), words_in("training-col-stage")];

/// What the buttons of a group do.
#[derive(Clone, Copy)]
struct Acts {
    rename: Callback<Group>,
    remove: Callback<Group>,
}

/// The groups with their members.
#[component]
pub fn Groups(ctx: Ctx) -> impl IntoView {
    let (session, edition) = (ctx.session, ctx.id);
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<Group>);
    let act = Act::new(move || ctx.people.refetch());
    let name = move |group: Option<Group>| {
        chosen.set(group);
        open.set(true);
    };
    let remove = Callback::new(move |Group { id, version, name, lang, .. }: Group| {
        let call = session.call(move |client| async move { client.delete_group(id, version).await });
        act.run_undoable(call, "training-group-removed", move |()| {
            let again = NewGroup { name, lang };
            Undo::new("training-group-restored", move || {
                session.send(again.clone(), move |client, again| async move { client.create_group(edition, &again).await })
            })
        });
    });
    let acts = Acts { rename: Callback::new(move |group| name(Some(group))), remove };
    let runs = ctx.can(Permission::RunEdition);
    let add = move || {
        runs.get().then(|| {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| name(None)>{icon("plus")} {tr!("training-add-group")}</button> }
        })
    };
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("training-groups")}</h2>
            <Summary form=act.form />
            {load(ctx.people, move |people| {
                if people.groups.is_empty() {
                    return empty("training-no-groups", "training-no-groups-help", None);
                }
                let cards = people.groups.iter().map(|group| card(ctx, group, &people, acts)).collect_view();
                view! { <ul class="card-list">{cards}</ul> }.into_any()
            })}
            <div class="actions">{add}</div>
            <Dialog open title_key="training-group-form"><GroupForm ctx open chosen /></Dialog>
        </section>
    }
}

fn card(ctx: Ctx, group: &Group, people: &People, acts: Acts) -> impl IntoView + use<> {
    let members: Vec<_> = people.roster.iter().flatten().filter(|place| place.group_id == Some(group.id)).cloned().collect();
    let (count, known) = (members.len(), people.roster.is_some());
    let accounts: Vec<_> = members.iter().map(|member| member.account_id).collect();
    let project = people.projects.iter().find(|project| project.group_id == Some(group.id)).cloned();
    // The server keeps one that somebody is in or that has a project.
    let idle = known && count == 0 && project.is_none();
    let names = members.into_iter().map(|member| view! { <li>{member.name}</li> }).collect_view();
    let stored = StoredValue::new(group.clone());
    let named = move |key: &'static str| move || tv(key, &[("name", &stored.with_value(|group| group.name.clone()))]);
    // Those who run the edition name every group; a member names the own one.
    let (runs, names_own) = (ctx.can(Permission::RunEdition), ctx.can(Permission::NameOwnGroup));
    let own = Memo::new(move |_| {
        let member = session().me.with(|me| me.as_ref().is_some_and(|me| accounts.contains(&me.account.id)));
        runs.get() || (member && names_own.get())
    });
    let (idea, has_none) = (paths::new_project_of(group.id), known && project.is_none());
    let start = move || {
        (has_none && own.get()).then(|| view! { <a class="ds-button" data-variant="tertiary" data-size="sm" href=idea.clone()>{icon("plus")} {tr!("projects-new")}</a> })
    };
    let rename = move || {
        own.get().then(|| {
            view! {
                <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" aria-label=named("training-rename-group-named")
                    on:click=move |_| acts.rename.run(stored.get_value())>{icon("pencil")} {tr!("training-rename-group")}</button>
            }
        })
    };
    let remove = move || {
        (idle && runs.get()).then(|| {
            view! {
                <button class="ds-button" data-variant="tertiary" data-size="sm" data-color="danger" type="button" aria-label=named("training-remove-group-named")
                    on:click=move |_| acts.remove.run(stored.get_value())>{icon("trash-2")} {tr!("training-remove-group")}</button>
            }
        })
    };
    view! {
        <li class="ds-card">
            <h3 class="ds-heading" data-size="xs" lang=group.lang.as_str()>{group.name.clone()}</h3>
            {project.map(|project| view! { <p class="group-project"><a class="ds-link" href=paths::project(project.id) lang=project.lang.as_str()>{project.title}</a> {stage_view(project.stage)}</p> })}
            {known.then(|| view! {
                <p class="small">{move || tv("training-member-count", &[("count", &count.to_string())])}</p>
                <ul class="members">{names}</ul>
            })}
            <div class="actions">{start}{rename}{remove}</div>
        </li>
    }
}

#[derive(Clone, Copy)]
struct GroupDraft {
    name: RwSignal<String>,
    lang: RwSignal<String>,
}

impl Draft for GroupDraft {
    type Thing = Group;
    type New = NewGroup;

    fn written(self) -> Result<NewGroup, Vec<Fault>> {
        Ok(NewGroup { name: self.name.get_untracked().trim().to_owned(), lang: chosen_in(self.lang, Lang::Fi) })
    }

    fn fields(self, group: &Group) -> Vec<Field> {
        vec![
            Field::text("training-field-group-name", self.name, &group.name),
            Field::code("training-field-lang", self.lang, group.lang.as_str(), |code| word("common-lang", code)),
        ]
    }
}

/// A group's name. `chosen` is the group to rename; none makes a new one.
#[component]
fn GroupForm(ctx: Ctx, open: RwSignal<bool>, chosen: RwSignal<Option<Group>>) -> impl IntoView {
    let (session, edition, form) = (ctx.session, ctx.id, FormState::default());
    let draft = GroupDraft { name: RwSignal::default(), lang: RwSignal::new(session.lang.get_untracked().to_string()) };
    let write = move |new: NewGroup, old: Option<&Group>| match old {
        None => session.send(new, move |client, new| async move { client.create_group(edition, &new).await }),
        Some(&Group { id, version, .. }) => {
            let changes = GroupChanges { name: Some(new.name), lang: Some(new.lang) };
            session.send(changes, move |client, changes| async move { client.update_group(id, version, &changes).await })
        }
    };
    let read = move |&Group { id, .. }: &Group| session.call(move |client| async move { client.get_group(id).await });
    let Editing { save, conflict } = edit(form, draft, chosen.get_untracked(), write, read, move |_| {
        open.set(false);
        session.say("training-group-saved");
        ctx.people.refetch();
    });
    view! {
        <Form form submit="common-save" on_submit=save>
            <TextField form pointer="/name" label="training-field-group-name" value=draft.name />
            <Select form pointer="/lang" label="training-field-lang" value=draft.lang options=languages() />
        </Form>
        {conflict}
    }
}

/// The projects, by how far they have come.
#[component]
pub fn Projects(ctx: Ctx) -> impl IntoView {
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("training-projects")}</h2>
            {load(ctx.people, projects)}
        </section>
    }
}

fn projects(people: People) -> AnyView {
    if people.projects.is_empty() {
        return empty("training-no-projects", "training-no-projects-help", None);
    }
    let place = |stage: ProjectStage| ProjectStage::ALL.iter().position(|known| *known == stage);
    let mut list = people.projects;
    list.sort_by_key(|project| (place(project.stage), project.title.to_lowercase()));
    table("training-projects", PROJECTS, list.into_iter().map(|project| project_row(project, &people.groups)).collect())
}

fn project_row(project: ProjectSummary, groups: &[Group]) -> Vec<AnyView> {
    let group = groups.iter().find(|group| Some(group.id) == project.group_id).cloned();
    vec![
        view! { <a class="ds-link" href=paths::project(project.id) lang=project.lang.as_str()>{project.title}</a> }.into_any(),
        group.map(|group| view! { <span lang=group.lang.as_str()>{group.name}</span> }).into_any(),
        stage_view(project.stage),
    ]
}
