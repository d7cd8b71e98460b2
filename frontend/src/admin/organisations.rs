//! The organisations of the tenant.

use super::organisation_form::OrganisationForm;
use super::places::row_acts;
use crate::session::{Undo, session, t, word};
use crate::ui::form::Summary;
use crate::ui::table::{Column, acts_in, more, words_in};
use crate::ui::{Act, Dialog, Page, empty, icon, load, problem, table};
use crate::{paths, tr};
use leptos::prelude::*;
use shared::identity::{NewOrganisation, Organisation};
use shared::policy::{Permission, Target};

const COLUMNS: &[Column] = &[words_in("identity-name"), words_in("identity-kind"), acts_in("identity-acts")];

/// `/admin/organisations`
#[component]
pub fn Organisations() -> impl IntoView {
    problem::only(Permission::ManageDirectory, || view! { <OrganisationList /> }.into_any())
}

#[component]
fn OrganisationList() -> impl IntoView {
    let session = session();
    let form_open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<Organisation>);
    let count = RwSignal::new(1);
    let list =
        LocalResource::new(move || session.pages(count.get(), |client, paging| async move { client.list_organisations(&paging).await }));
    let act = Act::new(move || list.refetch());
    let edit = Callback::new(move |old: Option<Organisation>| {
        chosen.set(old);
        form_open.set(true);
    });
    let saved = Callback::new(move |()| {
        form_open.set(false);
        session.say("identity-organisation-saved");
        list.refetch();
    });
    let delete = Callback::new(move |Organisation { id, version, name, kind, .. }: Organisation| {
        let call = session.call(move |client| async move { client.delete_organisation(id, version).await });
        act.run_undoable(call, "identity-organisation-deleted", move |()| {
            let again = NewOrganisation { name, kind };
            Undo::new("identity-organisation-restored", move || {
                session.send(again.clone(), |client, again| async move { client.create_organisation(&again).await })
            })
        });
    });
    let may = Memo::new(move |_| session.may(Permission::ManageDirectory, &Target::Tenant));
    let new = move || {
        may.get().then(|| view! { <button class="ds-button" type="button" on:click=move |_| edit.run(None)>{icon("plus")}{tr!("identity-organisation-new")}</button> })
    };
    let row = move |organisation: Organisation| {
        let (first, second) = (organisation.clone(), organisation.clone());
        let acts = may
            .get_untracked()
            .then(|| row_acts(&organisation.name, move || edit.run(Some(first.clone())), move || delete.run(second.clone())));
        let kind = organisation.kind.as_str();
        vec![organisation.name.into_any(), (move || word("identity-organisation-kind", kind)).into_any(), acts.into_any()]
    };
    view! {
        <Page title=Signal::derive(move || t("identity-organisations")) actions=new.into_any()>
            <p class="ds-paragraph">{tr!("identity-organisations-intro")} " " <a class="ds-link" href=paths::UNITS>{tr!("identity-units-link")}</a></p>
            <Summary form=act.form />
            {load(list, move |page| {
                if page.items.is_empty() {
                    return empty("identity-organisations-empty", "identity-organisations-empty-help", None);
                }
                let rest = more(page.next_cursor.as_ref(), count);
                view! { {table("identity-organisations", COLUMNS, page.items.into_iter().map(row).collect())} {rest} }.into_any()
            })}
            <Dialog open=form_open title_key="identity-organisation-form">
                <OrganisationForm old=chosen.get_untracked() saved />
            </Dialog>
        </Page>
    }
}
