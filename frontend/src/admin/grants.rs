//! The roles of one account: what, over what, from when to when.

use super::grant_form::GrantForm;
use super::places::Places;
use crate::session::{Session, Undo, session, tv, word};
use crate::tr;
use crate::ui::field::last_day;
use crate::ui::form::Summary;
use crate::ui::table::{Column, acts_in, words_in};
use crate::ui::{Act, Confirm, Dialog, empty, icon, load, table};
use jiff::Timestamp;
use leptos::prelude::*;
use shared::identity::{Grant, GrantFilter, NewGrant};
use shared::policy::Permission;
use shared::{AccountId, Lang, format};

const COLUMNS: &[Column] = &[words_in("identity-role"), words_in("identity-scope"), words_in("identity-valid"), acts_in("identity-acts")];

/// The days on which a grant is in force. Its end is exclusive, people say the last day.
fn validity(grant: &Grant, lang: Lang) -> String {
    let day = |at: Timestamp| format::date(format::day_of(at), lang);
    let from = day(grant.valid_from);
    match grant.valid_to {
        None => lang.text_with("identity-valid-open", &[("from", &from)]),
        Some(to) => lang.text_with("identity-valid-range", &[("from", &from), ("to", &format::date(last_day(to), lang))]),
    }
}

/// Gives back what was ended.
fn give_back(session: Session, grant: &Grant) -> Undo {
    let valid_from = Some(grant.valid_from).filter(|from| *from > Timestamp::now());
    let again = NewGrant { account_id: grant.account_id, role: grant.role, scope: grant.scope, valid_from, valid_to: grant.valid_to };
    Undo::new("identity-grant-restored", move || {
        session.send(again.clone(), |client, again| async move { client.create_grant(&again).await })
    })
}

/// The section under the account.
#[component]
pub fn Grants(account: AccountId, #[prop(into)] name: Signal<String>, places: Places) -> impl IntoView {
    let session = session();
    let (form_open, end_open) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new(None::<Grant>);
    let places = StoredValue::new(places);
    let list = LocalResource::new(move || {
        session.all(move |client, paging| async move {
            client.list_grants(&GrantFilter { account_id: Some(account), cursor: paging.cursor, limit: paging.limit }).await
        })
    });
    let act = Act::new(move || list.refetch());
    let may = Memo::new(move |_| session.may_somewhere(Permission::ManageGrants));
    let given = Callback::new(move |()| {
        form_open.set(false);
        session.say("identity-granted");
        list.refetch();
    });
    let is_own = move || session.me.with_untracked(|me| me.as_ref().is_some_and(|me| me.account.id == account));
    let end = Callback::new(move |grant: Grant| {
        let (id, version) = (grant.id, grant.version);
        let call = session.call(move |client| async move { client.revoke_grant(id, version).await });
        // Who gives up an own role may no longer be one who can give it.
        if is_own() {
            act.run(call, "identity-grant-ended");
        } else {
            act.run_undoable(call, "identity-grant-ended", move |()| give_back(session, &grant));
        }
    });
    let ask = Callback::new(move |grant: Grant| {
        if is_own() {
            chosen.set(Some(grant));
            end_open.set(true);
        } else {
            end.run(grant);
        }
    });
    let end_own = Callback::new(move |()| {
        if let Some(grant) = chosen.get_untracked() {
            end.run(grant);
        }
    });
    let question = Signal::derive(move || {
        let Some(grant) = chosen.get() else { return String::new() };
        let scope = places.with_value(|places| places.name(&grant.scope));
        tv("identity-grant-end-text", &[("role", &word("identity-role", grant.role.as_str())), ("scope", &scope), ("name", &name.get())])
    });
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("identity-grants")}</h2>
            <Summary form=act.form />
            {load(list, move |grants: Vec<Grant>| {
                if grants.is_empty() {
                    return empty("identity-grants-empty", "identity-grants-empty-help", None);
                }
                let rows = grants.into_iter().map(|grant| row(grant, places, may.get().then_some(ask))).collect();
                table("identity-grants", COLUMNS, rows)
            })}
            {move || may.get().then(|| view! {
                <div class="actions"><button class="ds-button" data-variant="secondary" type="button" on:click=move |_| form_open.set(true)>{icon("plus")}{tr!("identity-grant-new")}</button></div>
            })}
            <Dialog open=form_open title_key="identity-grant-new"><GrantForm account places given /></Dialog>
            <Confirm open=end_open title_key="identity-grant-end" text=question yes="identity-grant-end" on_yes=end_own />
        </section>
    }
}

fn row(grant: Grant, places: StoredValue<Places>, end: Option<Callback<Grant>>) -> Vec<AnyView> {
    let (role, scope) = (grant.role.as_str(), grant.scope);
    let over = move || places.with_value(|places| places.name(&scope));
    let ended = grant.valid_to.is_some_and(|to| to <= Timestamp::now());
    let coming = grant.valid_from > Timestamp::now();
    let (color, picture, key) = match (ended, coming) {
        (true, _) => ("neutral", "circle-slash", "identity-grant-state-ended"),
        (_, true) => ("neutral", "circle-dashed", "identity-grant-state-coming"),
        _ => ("success", "circle-check", "identity-grant-state-valid"),
    };
    let copy = grant.clone();
    let button = end.filter(|_| !ended).map(|end| {
        let label = move || tv("identity-grant-end-named", &[("role", &word("identity-role", role)), ("scope", &over())]);
        view! {
            <button class="ds-button" data-variant="tertiary" data-size="sm" data-color="danger" type="button"
                aria-label=label on:click=move |_| end.run(copy.clone())>{tr!("identity-grant-end")}</button>
        }
    });
    let valid = view! {
        <span class="status" data-color=color>{icon(picture)} " " {tr!(key)}</span> <br />
        <span class="small">{move || validity(&grant, session().lang.get())}</span>
    };
    vec![(move || word("identity-role", role)).into_any(), over.into_any(), valid.into_any(), button.into_any()]
}
