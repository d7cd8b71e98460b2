//! Who does the project: the group's people, those beside them, guests; and who answers for the next step.

use super::card::initials;
use super::page::Ctx;
use crate::session::{t, tv, word};
use crate::tr;
use crate::ui::field::{choices, chosen};
use crate::ui::{FormState, Select, icon};
use leptos::prelude::*;
use shared::AccountId;
use shared::projects::{MemberKind, NewProjectMember, Project, ProjectChanges, ProjectMember};

/// Those whom the project itself keeps: everybody beside the group, and who of the group answers for the next step.
fn kept(project: &Project) -> Vec<NewProjectMember> {
    let of = |member: &ProjectMember| NewProjectMember { account_id: member.account_id, kind: member.kind, assigned: member.assigned };
    project.members.iter().filter(|member| !member.of_group || member.assigned).map(of).collect()
}

fn changed(project: &Project, change: impl Fn(&mut Vec<NewProjectMember>)) -> Option<ProjectChanges> {
    let before = kept(project);
    let mut after = before.clone();
    change(&mut after);
    (after != before).then(|| ProjectChanges { members: Some(after), ..ProjectChanges::default() })
}

/// The people.
#[component]
pub fn People(ctx: Ctx) -> impl IntoView {
    let seen = ctx.project.part(|project| project.members.clone());
    let adding = RwSignal::new(false);
    let lines = move || {
        let works = ctx.works.get();
        let members = seen.get().unwrap_or_default();
        if members.is_empty() {
            return view! { <p class="ds-paragraph small">{t("projects-people-blank")}</p> }.into_any();
        }
        view! { <ul class="people-list">{members.into_iter().map(|member| line(ctx, member, works)).collect_view()}</ul> }.into_any()
    };
    let add = move || {
        ctx.works.get().then(|| match adding.get() {
            true => view! { <AddPerson ctx adding /> }.into_any(),
            false => {
                view! { <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" on:click=move |_| adding.set(true)>{icon("user-plus")} {tr!("projects-person-add")}</button> }
                    .into_any()
            }
        })
    };
    view! { <section class="side-part" id="people"><h2 class="ds-heading" data-size="2xs">{tr!("projects-people")}</h2> {lines} {add}</section> }
}

fn line(ctx: Ctx, member: ProjectMember, works: bool) -> AnyView {
    let ProjectMember { account_id, name, kind, of_group, assigned } = member;
    let role = if of_group { t("projects-of-group") } else { word("projects-kind", kind.as_str()) };
    let answers =
        assigned.then(|| view! { <span class="status small" data-color="info">{icon("flag")} " " {t("projects-answers")}</span> });
    let assign = move |_| ctx.change(move |project| changed(project, |kept| set_assigned(kept, account_id, kind, of_group, !assigned)));
    let remove = move |_| ctx.change(move |project| changed(project, |kept| kept.retain(|member| member.account_id != account_id)));
    let acts = works.then(|| {
        let (key, picture) = if assigned { ("projects-unassign-named", "circle-x") } else { ("projects-assign-named", "flag") };
        let (assign_name, remove_name) = (tv(key, &[("name", &name)]), tv("projects-person-remove-named", &[("name", &name)]));
        let removable = !of_group;
        view! {
            <span class="person-acts">
                <button class="ds-button icon-button" data-variant="tertiary" data-size="sm" type="button" title=assign_name.clone() aria-label=assign_name on:click=assign>{icon(picture)}</button>
                {removable.then(|| view! { <button class="ds-button icon-button" data-variant="tertiary" data-size="sm" type="button" title=remove_name.clone() aria-label=remove_name on:click=remove>{icon("x")}</button> })}
            </span>
        }
    });
    view! {
        <li>
            <span class="initials" aria-hidden="true">{initials(&name)}</span>
            <span class="person">{name.clone()} <span class="small">{role}</span> {answers}</span>
            {acts}
        </li>
    }
    .into_any()
}

fn set_assigned(kept: &mut Vec<NewProjectMember>, account_id: AccountId, kind: MemberKind, of_group: bool, assigned: bool) {
    let mine = kept.iter().position(|member| member.account_id == account_id);
    match mine {
        // Of the group only those are kept who answer for something.
        Some(position) if of_group && !assigned => {
            kept.remove(position);
        }
        Some(position) => kept[position].assigned = assigned,
        None => kept.push(NewProjectMember { account_id, kind, assigned }),
    }
}

/// Somebody of the edition who is not in the project yet.
#[component]
fn AddPerson(ctx: Ctx, adding: RwSignal<bool>) -> impl IntoView {
    let (session, form) = (ctx.session, FormState::default());
    let (who, kind) = (RwSignal::new(String::new()), RwSignal::new(MemberKind::Guest.to_string()));
    let edition = untrack(|| ctx.project.of(|project| project.edition_id)).flatten();
    let known = LocalResource::new(move || async move {
        match edition {
            Some(id) => session.all(move |client, paging| async move { client.list_enrolments(id, &paging).await }).await,
            None => Ok(Vec::new()),
        }
    });
    let options = Signal::derive(move || {
        let inside =
            ctx.project.of(|project| project.members.iter().map(|member| member.account_id).collect::<Vec<_>>()).unwrap_or_default();
        let places = known.get().and_then(Result::ok).unwrap_or_default();
        let others =
            places.into_iter().filter(|place| !inside.contains(&place.account_id)).map(|place| (place.account_id.to_string(), place.name));
        std::iter::once((String::new(), t("projects-choose"))).chain(others).collect::<Vec<_>>()
    });
    let kinds = choices("projects-kind", MemberKind::ALL.iter().map(|kind| kind.as_str()));
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(account_id) = who.get_untracked().parse::<AccountId>() else { return };
        let kind = chosen(kind, MemberKind::Guest);
        adding.set(false);
        ctx.change(move |project| {
            changed(project, |kept| {
                if kept.iter().all(|member| member.account_id != account_id) {
                    kept.push(NewProjectMember { account_id, kind, assigned: false });
                }
            })
        });
    };
    view! {
        <form class="form" on:submit=add>
            <Select form pointer="/account_id" label="projects-person" value=who options />
            <Select form pointer="/kind" label="projects-person-kind" value=kind options=kinds />
            <div class="actions">
                <button class="ds-button" data-size="sm" type="submit">{tr!("projects-person-add")}</button>
                <button class="ds-button" data-variant="secondary" data-size="sm" type="button" on:click=move |_| adding.set(false)>{tr!("common-cancel")}</button>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_group_only_those_are_kept_who_answer_for_something() {
        let id = AccountId(uuid::Uuid::from_u128(1));
        let mut kept = Vec::new();
        set_assigned(&mut kept, id, MemberKind::Member, true, true);
        assert_eq!(kept.len(), 1);
        set_assigned(&mut kept, id, MemberKind::Member, true, false);
        assert_eq!(kept, []);
        set_assigned(&mut kept, id, MemberKind::Guest, false, true);
        set_assigned(&mut kept, id, MemberKind::Guest, false, false);
        assert_eq!(kept, [NewProjectMember { account_id: id, kind: MemberKind::Guest, assigned: false }]);
    }
}
