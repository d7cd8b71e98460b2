//! Who takes part, and the enrolling of more.

use super::fields::say;
use super::{Ctx, People};
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::load::empty;
use crate::ui::{Confirm, Dialog, Form, FormState, TextField, copy, icon, load};
use leptos::html;
use leptos::prelude::*;
use shared::identity::OneTimeLink;
use shared::policy::Permission;
use shared::training::{Enrolment, EnrolmentChanges, Group, NewEnrolment};
use shared::{GroupId, format};

/// The roster, for those who may see it.
#[component]
pub fn Roster(ctx: Ctx) -> impl IntoView {
    let (enrolling, removing) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new(None::<Enrolment>);
    let form = FormState::default();
    let session = ctx.session;
    Effect::new(move |_| {
        if form.stale.get() {
            form.stale.set(false);
            say(session, "training-changed-meanwhile");
            ctx.people.refetch();
        }
    });
    let remove = Callback::new(move |()| {
        let Some(place) = chosen.get_untracked() else { return };
        let call = async move { session.call(move |client| async move { client.delete_enrolment(place.id, place.version).await }).await };
        form.send(call, move |()| {
            say(session, "training-enrolment-removed");
            ctx.people.refetch();
            ctx.whole.refetch();
        });
    });
    let question = Signal::derive(move || {
        chosen.with(|place| place.as_ref().map(|place| tv("training-remove-enrolment-text", &[("name", &place.name)])).unwrap_or_default())
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
                    <Summary form />
                    {load(ctx.people, move |people| table(ctx, form, &people, chosen, removing).into_any())}
                    <div class="actions">{enrol}</div>
                    <Dialog open=enrolling title_key="training-enrol"><EnrolForm ctx /></Dialog>
                    <Confirm open=removing title_key="training-remove-enrolment" text=question yes="training-remove-enrolment" on_yes=remove />
                </section>
            }
        })
    }
}

fn table(
    ctx: Ctx,
    form: FormState,
    people: &People,
    chosen: RwSignal<Option<Enrolment>>,
    removing: RwSignal<bool>,
) -> impl IntoView + use<> {
    let roster = people.roster.clone().unwrap_or_default();
    if roster.is_empty() {
        return empty("training-no-people", "training-no-people-help", None).into_any();
    }
    let groups = StoredValue::new(people.groups.clone());
    let emails = roster.iter().any(|place| place.email.is_some());
    let can = ctx.can(Permission::RunEdition);
    let runs = move || can.get();
    let rows = roster
        .into_iter()
        .map(|place| {
            let stored = StoredValue::new(place.clone());
            let (name, named) = (place.name.clone(), place.name.clone());
            let choose = move |_| {
                chosen.set(Some(stored.get_value()));
                removing.set(true);
            };
            let group = move || match runs() {
                true => view! { <GroupSelect ctx form place=stored groups /> }.into_any(),
                false => group_name(&groups.get_value(), stored.with_value(|place| place.group_id)).into_any(),
            };
            let button = move || {
                let label = format!("{}: {}", t("training-remove-enrolment"), named);
                runs().then(|| view! { <td><button class="ds-button" data-variant="tertiary" data-size="sm" type="button" aria-label=label on:click=choose>{icon("user-x")}</button></td> })
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {emails.then(|| view! { <td>{place.email}</td> })}
                    <td>{place.unit_name}</td>
                    <td>{group}</td>
                    {button}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=tr!("training-participants")>
            <table class="ds-table">
                <caption class="sr-only">{tr!("training-participants")}</caption>
                <thead><tr>
                    <th scope="col">{tr!("training-col-name")}</th>
                    {emails.then(|| view! { <th scope="col">{tr!("training-col-email")}</th> })}
                    <th scope="col">{tr!("training-col-unit")}</th>
                    <th scope="col">{tr!("training-col-group")}</th>
                    {move || runs().then(|| view! { <th scope="col"><span class="sr-only">{tr!("training-col-actions")}</span></th> })}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn group_name(groups: &[Group], id: Option<GroupId>) -> Option<impl IntoView + use<>> {
    let group = groups.iter().find(|group| Some(group.id) == id)?;
    let (lang, name) = (group.lang.as_str(), group.name.clone());
    Some(view! { <span lang=lang>{name}</span> })
}

/// The group of one person, to be chosen by those who run the edition.
#[component]
fn GroupSelect(ctx: Ctx, form: FormState, place: StoredValue<Enrolment>, groups: StoredValue<Vec<Group>>) -> impl IntoView {
    let (session, own) = (ctx.session, place.get_value());
    let id = format!("group-of-{}", own.id);
    let node = NodeRef::<html::Select>::new();
    let awaited = id.clone();
    Effect::new(move |_| {
        if let Some(node) = node.get()
            && ctx.focus.with_untracked(|focus| focus.as_deref() == Some(awaited.as_str()))
        {
            ctx.focus.set(None);
            let _ = node.focus();
        }
    });
    let focus = id.clone();
    let change = move |code: String| {
        let changes = EnrolmentChanges { group_id: Some(code.parse().ok()) };
        let (id, version) = place.with_value(|place| (place.id, place.version));
        let call = async move {
            session
                .call(|client| {
                    let changes = changes.clone();
                    async move { client.update_enrolment(id, version, &changes).await }
                })
                .await
        };
        let focus = focus.clone();
        form.send(call, move |_| {
            ctx.focus.set(Some(focus));
            say(session, "training-group-chosen");
            ctx.people.refetch();
        });
    };
    let name = own.name.clone();
    let label = move || tv("training-group-of", &[("name", &name)]);
    let options = groups
        .get_value()
        .into_iter()
        .map(|group| view! { <option value=group.id.to_string() lang=group.lang.as_str() selected=own.group_id == Some(group.id)>{group.name}</option> })
        .collect_view();
    view! {
        <select class="ds-input" node_ref=node id=id aria-label=label on:change:target=move |event| change(event.target().value())>
            <option value="" selected=own.group_id.is_none()>{tr!("training-no-group")}</option>
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
        let text = |value: RwSignal<String>| super::fields::filled(value);
        let new = NewEnrolment { account_id: None, name: text(name), email: text(email), group_id: None };
        if !form.check(&new) {
            return;
        }
        let call = async move {
            session
                .call(|client| {
                    let new = new.clone();
                    async move { client.enrol(id, &new).await }
                })
                .await
        };
        form.send(call, move |made| {
            name.set(String::new());
            email.set(String::new());
            done.set(Some((made.enrolment.name, made.link)));
            say(session, "training-enrolled");
            ctx.people.refetch();
            ctx.whole.refetch();
        });
    });
    view! {
        <p class="ds-paragraph">{tr!("training-enrol-help")}</p>
        {move || done.get().map(|(name, link)| invited(ctx, name, link))}
        <Form form submit="training-enrol" on_submit=save>
            <TextField form pointer="/name" label="training-field-name" value=name />
            <TextField form pointer="/email" label="training-field-email" kind="email" value=email />
        </Form>
    }
}

fn invited(ctx: Ctx, name: String, link: Option<OneTimeLink>) -> impl IntoView {
    let said = move || tv("training-enrolled-name", &[("name", &name)]);
    let link = link.map(|link| {
        let href = format!("{}{}", window().location().origin().unwrap_or_default(), link.url);
        let (shown, until) = (href.clone(), link.expires_at);
        let copy_it = move |_| {
            copy(&href);
            say(ctx.session, "training-link-copied");
        };
        view! {
            <p class="ds-paragraph">{move || tv("training-link-help", &[("until", &format::date_time(until, session().lang.get()))])}</p>
            <p class="ds-paragraph"><code>{shown}</code></p>
            <button class="ds-button" data-variant="secondary" type="button" on:click=copy_it>{icon("copy")} {tr!("training-copy-link")}</button>
        }
    });
    view! { <div class="ds-alert" data-color="success" role="status"><p class="ds-paragraph">{said}</p>{link}</div> }
}
