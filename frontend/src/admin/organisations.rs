//! The organisations of the tenant.

use super::kit;
use super::organisation_form::OrganisationForm;
use crate::session::{session, t, tv};
use crate::ui::form::Summary;
use crate::ui::load::empty;
use crate::ui::{Confirm, Dialog, FormState, Page, load};
use crate::{paths, tr};
use leptos::prelude::*;
use shared::identity::Organisation;
use shared::page::Paging;
use shared::policy::{Permission, Target};

/// `/admin/organisations`
#[component]
pub fn Organisations() -> impl IntoView {
    let session = session();
    let act = FormState::default();
    let (form_open, delete_open) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new(None::<Organisation>);
    let count = RwSignal::new(1);
    let list = LocalResource::new(move || {
        let count = count.get();
        kit::pages(session, count, |client, cursor| async move { client.list_organisations(&Paging { cursor, limit: kit::LIMIT }).await })
    });
    kit::reread_when_stale(act, move || list.refetch());

    let may = move || session.may(Permission::ManageDirectory, &Target::Tenant);
    let edit = Callback::new(move |old: Option<Organisation>| {
        chosen.set(old);
        form_open.set(true);
    });
    let saved = Callback::new(move |()| {
        form_open.set(false);
        kit::say(session, "identity-organisation-saved");
        list.refetch();
    });
    let delete = Callback::new(move |()| {
        let Some(Organisation { id, version, .. }) = chosen.get_untracked() else { return };
        let call = async move { session.call(move |client| async move { client.delete_organisation(id, version).await }).await };
        act.send(call, move |()| {
            kit::say(session, "identity-organisation-deleted");
            list.refetch();
        });
    });
    let question = Signal::derive(move || {
        let name = chosen.get().map(|organisation| organisation.name).unwrap_or_default();
        tv("identity-organisation-delete-text", &[("name", &name)])
    });
    let new = move || {
        may().then(|| view! { <button class="ds-button" type="button" on:click=move |_| edit.run(None)>{tr!("identity-organisation-new")}</button> })
    };
    let row = move |organisation: Organisation| {
        let kind = organisation.kind.as_str();
        let (name, first, second) = (organisation.name.clone(), organisation.clone(), organisation);
        let named = name.clone();
        let buttons = may().then(move || {
            let label = StoredValue::new(named);
            view! {
                <button class="ds-button" data-variant="tertiary" type="button" aria-label=move || tv("identity-edit-named", &[("name", &label.get_value())])
                    on:click=move |_| edit.run(Some(first.clone()))>{tr!("identity-edit")}</button>
                <button class="ds-button" data-variant="tertiary" data-color="danger" type="button" aria-label=move || tv("identity-delete-named", &[("name", &label.get_value())])
                    on:click=move |_| { chosen.set(Some(second.clone())); delete_open.set(true); }>{tr!("identity-delete")}</button>
            }
        });
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{move || kit::words("identity-organisation-kind", kind)}</td>
                <td><div class="actions">{buttons}</div></td>
            </tr>
        }
    };
    view! {
        <Page title=Signal::derive(move || t("identity-organisations")) actions=new.into_any()>
            <p class="ds-paragraph">{tr!("identity-organisations-intro")} " " <a class="ds-link" href=paths::UNITS>{tr!("identity-units-link")}</a></p>
            <Summary form=act />
            {load(list, move |page| {
                if page.items.is_empty() {
                    return empty("identity-organisations-empty", "identity-organisations-empty-help", None).into_any();
                }
                let rest = kit::more(page.next_cursor.as_ref(), count);
                view! {
                    <div class="table-wrap" tabindex="0" role="region" aria-label=tr!("identity-organisations")>
                        <table class="ds-table">
                            <thead><tr><th scope="col">{tr!("identity-name")}</th><th scope="col">{tr!("identity-kind")}</th><th scope="col">{tr!("identity-acts")}</th></tr></thead>
                            <tbody>{page.items.into_iter().map(row).collect_view()}</tbody>
                        </table>
                    </div>
                    {rest}
                }
                .into_any()
            })}
            <Dialog open=form_open title_key="identity-organisation-form">
                <OrganisationForm old=chosen.get_untracked() saved />
            </Dialog>
            <Confirm open=delete_open title_key="identity-organisation-delete" text=question yes="identity-delete" on_yes=delete />
        </Page>
    }
}
