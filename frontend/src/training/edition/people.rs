//! Who takes part, and the enrolling of more.

use super::{Ctx, People};
use crate::session::{Undo, tv};
use crate::tr;
use crate::ui::field::filled;
use crate::ui::form::Summary;
use crate::ui::link::link_to_copy;
use crate::ui::table::{Column, acts_in, words_in};
use crate::ui::{Act, Dialog, Form, FormState, TextField, empty, icon, load, table};
use leptos::html;
use leptos::prelude::*;
use shared::GroupId;
use shared::identity::OneTimeLink;
use shared::policy::Permission;
use shared::training::{Enrolment, EnrolmentChanges, Group, NewEnrolment};

/// For those who run the edition: they see addresses, choose groups and take people off.
const RUNNING: &[Column] = &[
    words_in("training-col-name"),
    words_in("training-col-email"),
    words_in("training-col-unit"),
    words_in("training-col-group"),
    acts_in("training-col-actions"),
];
const TAKING_PART: &[Column] = &[words_in("training-col-name"), words_in("training-col-unit"), words_in("training-col-group")];

/// The roster, for those who may see it.
#[component]
pub fn Roster(ctx: Ctx) -> impl IntoView {
    let session = ctx.session;
    let enrolling = RwSignal::new(false);
    let act = Act::new(move || ctx.reread_people());
    let remove = Callback::new(move |place: Enrolment| {
        let Enrolment { id, version, edition_id, account_id, group_id, .. } = place;
        let call = session.call(move |client| async move { client.delete_enrolment(id, version).await });
        act.run_undoable(call, "training-enrolment-removed", move |()| {
            let again = NewEnrolment { account_id: Some(account_id), name: None, email: None, group_id };
            Undo::new("training-enrolment-restored", move || {
                session.send(again.clone(), move |client, again| async move { client.enrol(edition_id, &again).await })
            })
        });
    });
    let (runs, sees) = (ctx.can(Permission::RunEdition), ctx.can(Permission::ViewRoster));
    let enrol = move || {
        runs.get().then(|| {
            view! { <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| enrolling.set(true)>{icon("user-plus")} {tr!("training-enrol")}</button> }
        })
    };
    move || {
        sees.get().then(|| {
            view! {
                <section class="section">
                    <h2 class="ds-heading" data-size="sm">{tr!("training-participants")}</h2>
                    <Summary form=act.form />
                    {load(ctx.people, move |people| roster(ctx, act, people, runs.get(), remove))}
                    <div class="actions">{enrol}</div>
                    <Dialog open=enrolling title_key="training-enrol"><EnrolForm ctx /></Dialog>
                </section>
            }
        })
    }
}

fn roster(ctx: Ctx, act: Act, people: People, runs: bool, remove: Callback<Enrolment>) -> AnyView {
    let places = people.roster.unwrap_or_default();
    if places.is_empty() {
        return empty("training-no-people", "training-no-people-help", None);
    }
    let groups = StoredValue::new(people.groups);
    let row = |place: Enrolment| {
        let (name, unit) = (place.name.clone().into_any(), place.unit_name.clone().into_any());
        if !runs {
            return vec![name, unit, group_name(&groups.get_value(), place.group_id).into_any()];
        }
        let email = place.email.clone().into_any();
        let label = StoredValue::new(place.name.clone());
        let choice = view! { <GroupSelect ctx act place=place.clone() groups /> }.into_any();
        let button = view! {
            <button class="ds-button" data-variant="tertiary" data-size="sm" type="button"
                aria-label=move || tv("training-remove-enrolment-named", &[("name", &label.get_value())]) on:click=move |_| remove.run(place.clone())>
                {icon("user-x")} <span class="only-phone">{tr!("training-remove-enrolment")}</span>
            </button>
        };
        vec![name, email, unit, choice, button.into_any()]
    };
    table("training-participants", if runs { RUNNING } else { TAKING_PART }, places.into_iter().map(row).collect())
}

fn group_name(groups: &[Group], id: Option<GroupId>) -> Option<impl IntoView + use<>> {
    let group = groups.iter().find(|group| Some(group.id) == id)?;
    let (lang, name) = (group.lang.as_str(), group.name.clone());
    Some(view! { <span lang=lang>{name}</span> })
}

/// The group of one person, to be chosen by those who run the edition.
#[component]
fn GroupSelect(ctx: Ctx, act: Act, place: Enrolment, groups: StoredValue<Vec<Group>>) -> impl IntoView {
    let session = ctx.session;
    let Enrolment { id, version, group_id: before, name, .. } = place;
    let own = format!("group-of-{id}");
    let node = NodeRef::<html::Select>::new();
    let awaited = own.clone();
    Effect::new(move |_| {
        if let Some(node) = node.get()
            && ctx.focus.with_untracked(|focus| focus.as_deref() == Some(awaited.as_str()))
        {
            ctx.focus.set(None);
            let _ = node.focus();
        }
    });
    let put = move |group: Option<GroupId>, version: i64| {
        let changes = EnrolmentChanges { group_id: Some(group) };
        session.send(changes, move |client, changes| async move { client.update_enrolment(id, version, &changes).await })
    };
    let focus = own.clone();
    let change = move |code: String| {
        ctx.focus.set(Some(focus.clone()));
        act.run_undoable(put(code.parse().ok(), version), "training-group-chosen", move |changed| {
            Undo::new("training-group-chosen-back", move || put(before, changed.version))
        });
    };
    let label = move || tv("training-group-of", &[("name", &name)]);
    let options = groups
        .get_value()
        .into_iter()
        .map(|group| view! { <option value=group.id.to_string() lang=group.lang.as_str() selected=before == Some(group.id)>{group.name}</option> })
        .collect_view();
    view! {
        <select class="ds-input" node_ref=node id=own aria-label=label on:change:target=move |event| change(event.target().value())>
            <option value="" selected=before.is_none()>{tr!("training-no-group")}</option>
            {options}
        </select>
    }
}

/// Enrols by name and address; then shows the invitation's link, once.
#[component]
fn EnrolForm(ctx: Ctx) -> impl IntoView {
    let (session, id, form) = (ctx.session, ctx.id, FormState::default());
    let (name, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let done = RwSignal::new(None::<(String, Option<OneTimeLink>)>);
    let save = Callback::new(move |()| {
        let new = NewEnrolment { account_id: None, name: filled(name), email: filled(email), group_id: None };
        if form.check(&new) {
            form.send(session.send(new, move |client, new| async move { client.enrol(id, &new).await }), move |made| {
                name.set(String::new());
                email.set(String::new());
                done.set(Some((made.enrolment.name, made.link)));
                session.say("training-enrolled");
                ctx.reread_people();
            });
        }
    });
    view! {
        <p class="ds-paragraph">{tr!("training-enrol-help")}</p>
        {move || done.get().map(|(name, link)| view! {
            <p class="ds-paragraph" role="status">{move || tv("training-enrolled-name", &[("name", &name)])}</p>
            {link.map(|link| link_to_copy(&link))}
        })}
        <Form form submit="training-enrol" on_submit=save>
            <TextField form pointer="/name" label="training-field-name" value=name />
            <TextField form pointer="/email" label="training-field-email" kind="email" value=email />
        </Form>
    }
}
