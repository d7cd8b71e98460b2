//! The small groups, which choose their own names, and the projects they work on.

use super::fields::{differs, say, theirs};
use super::{Ctx, People};
use crate::session::{session, t, tv};
use crate::tr;
use crate::training::words::{stage_look, stage_words};
use crate::ui::load::empty;
use crate::ui::{Conflict, Dialog, Form, FormState, Select, TextField, icon, load};
use leptos::prelude::*;
use shared::Lang;
use shared::policy::Permission;
use shared::training::{Group, GroupChanges, NewGroup, Project, ProjectStage};

/// The groups with their members.
#[component]
pub fn Groups(ctx: Ctx) -> impl IntoView {
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<Group>);
    let runs = ctx.can(Permission::RunEdition);
    let add = move || {
        runs.get().then(|| {
            view! {
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| { chosen.set(None); open.set(true); }>{icon("plus")} {tr!("training-add-group")}</button>
            }
        })
    };
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("training-groups")}</h2>
            {load(ctx.people, move |people| {
                if people.groups.is_empty() {
                    return empty("training-no-groups", "training-no-groups-help", None).into_any();
                }
                let cards = people.groups.iter().map(|group| card(ctx, group, &people, chosen, open)).collect_view();
                view! { <ul class="card-list">{cards}</ul> }.into_any()
            })}
            <div class="actions">{add}</div>
            <Dialog open title_key="training-group-form"><GroupForm ctx open chosen /></Dialog>
        </section>
    }
}

fn card(ctx: Ctx, group: &Group, people: &People, chosen: RwSignal<Option<Group>>, open: RwSignal<bool>) -> impl IntoView + use<> {
    let members: Vec<_> = people.roster.iter().flatten().filter(|place| place.group_id == Some(group.id)).cloned().collect();
    let (count, known) = (members.len(), people.roster.is_some());
    let accounts: Vec<_> = members.iter().map(|member| member.account_id).collect();
    let names = members.into_iter().map(|member| view! { <li>{member.name}</li> }).collect_view();
    let stored = StoredValue::new(group.clone());
    let (name, lang) = (group.name.clone(), group.lang.as_str());
    let labelled = group.name.clone();
    // Those who run the edition name every group; a member names the own one.
    let (runs, names_own) = (ctx.can(Permission::RunEdition), ctx.can(Permission::NameOwnGroup));
    let own = move || {
        let member = session().me.with(|me| me.as_ref().is_some_and(|me| accounts.contains(&me.account.id)));
        runs.get() || (member && names_own.get())
    };
    let choose = move |_| {
        chosen.set(Some(stored.get_value()));
        open.set(true);
    };
    let rename = move || {
        let label = format!("{}: {}", t("training-rename-group"), labelled);
        own().then(|| {
            view! { <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" aria-label=label on:click=choose>{icon("pencil")} {tr!("training-rename-group")}</button> }
        })
    };
    view! {
        <li class="ds-card">
            <h3 class="ds-heading" data-size="xs" lang=lang>{name}</h3>
            {known.then(|| view! {
                <p class="small">{move || tv("training-member-count", &[("count", &count.to_string())])}</p>
                <ul>{names}</ul>
            })}
            {rename}
        </li>
    }
}

/// A group's name. `chosen` is the group to rename; none makes a new one.
#[component]
fn GroupForm(ctx: Ctx, open: RwSignal<bool>, chosen: RwSignal<Option<Group>>) -> impl IntoView {
    let (session, edition, form) = (ctx.session, ctx.id, FormState::default());
    let group = chosen.get_untracked();
    let known = group.as_ref().map(|group| (group.id, RwSignal::new(group.version)));
    let name = RwSignal::new(group.as_ref().map(|group| group.name.clone()).unwrap_or_default());
    let lang = RwSignal::new(group.map_or(session.lang.get_untracked(), |group| group.lang).to_string());
    let save = Callback::new(move |()| {
        let new = NewGroup { name: name.get_untracked().trim().to_owned(), lang: lang.get_untracked().parse().unwrap_or(Lang::Fi) };
        if !form.check(&new) {
            return;
        }
        let call = async move {
            match known {
                None => {
                    session
                        .call(|client| {
                            let new = new.clone();
                            async move { client.create_group(edition, &new).await }
                        })
                        .await
                }
                Some((id, version)) => {
                    let (version, changes) = (version.get_untracked(), GroupChanges { name: Some(new.name), lang: Some(new.lang) });
                    session
                        .call(|client| {
                            let changes = changes.clone();
                            async move { client.update_group(id, version, &changes).await }
                        })
                        .await
                }
            }
        };
        form.send(call, move |_| {
            open.set(false);
            say(session, "training-group-saved");
            ctx.people.refetch();
        });
    });
    let conflict = known.map(|(id, version)| {
        let other = theirs(form, session, move |client| async move { client.get_group(id).await });
        let rows = Signal::derive(move || {
            let Some(group) = other.get() else { return Vec::new() };
            [differs("training-field-group-name", name.get(), group.name), differs("training-field-lang", lang.get(), group.lang.to_string())].into_iter().flatten().collect()
        });
        let take = move |mine: bool| {
            let Some(group) = other.get_untracked() else { return };
            version.set(group.version);
            if mine {
                save.run(());
            } else {
                name.set(group.name);
                lang.set(group.lang.to_string());
            }
        };
        view! { <Conflict form differences=rows keep_mine=Callback::new(move |()| take(true)) take_theirs=Callback::new(move |()| take(false)) /> }
    });
    let languages = Signal::derive(|| {
        [("fi", "training-in-finnish"), ("sv", "training-in-swedish"), ("en", "training-in-english")]
            .map(|(code, key)| (code.to_owned(), t(key)))
            .to_vec()
    });
    view! {
        <Form form submit="training-save" on_submit=save>
            <TextField form pointer="/name" label="training-field-group-name" value=name />
            <Select form pointer="/lang" label="training-field-lang" value=lang options=languages />
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
            {load(ctx.people, |people| projects(people).into_any())}
        </section>
    }
}

fn projects(people: People) -> impl IntoView {
    if people.projects.is_empty() {
        return empty("training-no-projects", "training-no-projects-help", None).into_any();
    }
    let place = |stage: ProjectStage| ProjectStage::ALL.iter().position(|known| *known == stage);
    let mut list = people.projects;
    list.sort_by_key(|project| (place(project.stage), project.title.to_lowercase()));
    let rows = list.into_iter().map(|project| project_row(project, &people.groups)).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=tr!("training-projects")>
            <table class="ds-table">
                <caption class="sr-only">{tr!("training-projects")}</caption>
                <thead><tr>
                    <th scope="col">{tr!("training-col-project")}</th><th scope="col">{tr!("training-col-group")}</th><th scope="col">{tr!("training-col-stage")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn project_row(project: Project, groups: &[Group]) -> impl IntoView + use<> {
    let stage = project.stage;
    let (name, color) = stage_look(stage);
    let group = groups.iter().find(|group| Some(group.id) == project.group_id).cloned();
    view! {
        <tr>
            <th scope="row" lang=project.lang.as_str()>{project.title}</th>
            <td>{group.map(|group| view! { <span lang=group.lang.as_str()>{group.name}</span> })}</td>
            <td><span class="status" data-color=color>{icon(name)} {move || stage_words(stage, session().lang.get())}</span></td>
        </tr>
    }
}
