//! The units, as the tree that they form under each organisation.

use super::kit;
use super::unit_form::UnitForm;
use crate::session::{session, t, tv};
use crate::ui::form::Summary;
use crate::ui::load::empty;
use crate::ui::{Confirm, Dialog, FormState, Page, load};
use crate::{paths, tr};
use leptos::prelude::*;
use shared::UnitId;
use shared::identity::{Organisation, Unit, UnitFilter};
use shared::page::Paging;
use shared::policy::{Permission, Target};

/// What the buttons beside a unit do.
#[derive(Clone, Copy)]
struct Acts {
    may: bool,
    edit: Callback<Option<Unit>>,
    delete: Callback<Unit>,
}

/// `/admin/units`
#[component]
pub fn Units() -> impl IntoView {
    let session = session();
    let act = FormState::default();
    let (form_open, delete_open) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new(None::<Unit>);
    let lists = LocalResource::new(move || async move {
        let organisations = kit::pages(session, kit::ALL, |client, cursor| async move {
            client.list_organisations(&Paging { cursor, limit: kit::LIMIT }).await
        })
        .await?;
        let units = kit::pages(session, kit::ALL, |client, cursor| async move {
            client.list_units(&UnitFilter { organisation_id: None, cursor, limit: kit::LIMIT }).await
        })
        .await?;
        Ok((organisations.items, units.items))
    });
    kit::reread_when_stale(act, move || lists.refetch());

    let may = move || session.may(Permission::ManageDirectory, &Target::Tenant);
    let edit = Callback::new(move |old: Option<Unit>| {
        chosen.set(old);
        form_open.set(true);
    });
    let ask = Callback::new(move |unit: Unit| {
        chosen.set(Some(unit));
        delete_open.set(true);
    });
    let saved = Callback::new(move |()| {
        form_open.set(false);
        kit::say(session, "identity-unit-saved");
        lists.refetch();
    });
    let delete = Callback::new(move |()| {
        let Some(Unit { id, version, .. }) = chosen.get_untracked() else { return };
        let call = async move { session.call(move |client| async move { client.delete_unit(id, version).await }).await };
        act.send(call, move |()| {
            kit::say(session, "identity-unit-deleted");
            lists.refetch();
        });
    });
    let question = Signal::derive(move || {
        let name = chosen.get().map(|unit| unit.name).unwrap_or_default();
        tv("identity-unit-delete-text", &[("name", &name)])
    });
    let some_organisation = move || matches!(lists.get(), Some(Ok((organisations, _))) if !organisations.is_empty());
    let new = move || {
        (may() && some_organisation())
            .then(|| view! { <button class="ds-button" type="button" on:click=move |_| edit.run(None)>{tr!("identity-unit-new")}</button> })
    };
    let form = move || {
        let (organisations, units) = match lists.get_untracked() {
            Some(Ok(lists)) => lists,
            _ => Default::default(),
        };
        view! { <UnitForm old=chosen.get_untracked() organisations units saved /> }
    };
    view! {
        <Page title=Signal::derive(move || t("identity-units")) actions=new.into_any()>
            <p class="ds-paragraph">{tr!("identity-units-intro")}</p>
            <Summary form=act />
            {load(lists, move |(organisations, units): (Vec<Organisation>, Vec<Unit>)| {
                if organisations.is_empty() {
                    let link = view! { <a class="ds-link" href=paths::ORGANISATIONS>{tr!("identity-organisations")}</a> }.into_any();
                    return empty("identity-units-no-organisation", "identity-units-no-organisation-help", Some(link)).into_any();
                }
                let acts = Acts { may: may(), edit, delete: ask };
                organisations.into_iter().map(|organisation| one_organisation(organisation, &units, acts)).collect_view().into_any()
            })}
            <Dialog open=form_open title_key="identity-unit-form">{form()}</Dialog>
            <Confirm open=delete_open title_key="identity-unit-delete" text=question yes="identity-delete" on_yes=delete />
        </Page>
    }
}

fn one_organisation(organisation: Organisation, units: &[Unit], acts: Acts) -> AnyView {
    let own: Vec<Unit> = units.iter().filter(|unit| unit.organisation_id == organisation.id).cloned().collect();
    let tree = if own.is_empty() {
        view! { <p class="ds-paragraph">{tr!("identity-units-none")}</p> }.into_any()
    } else {
        branch(&own, None, acts, 0)
    };
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{organisation.name}</h2>
            {tree}
        </section>
    }
    .into_any()
}

/// The units right under `parent`, each with those under it.
fn branch(units: &[Unit], parent: Option<UnitId>, acts: Acts, depth: usize) -> AnyView {
    let here: Vec<&Unit> = units.iter().filter(|unit| unit.parent_id == parent).collect();
    if here.is_empty() || depth > 20 {
        return ().into_any();
    }
    let items = here.into_iter().map(|unit| leaf(unit, branch(units, Some(unit.id), acts, depth + 1), acts)).collect_view();
    view! { <ul class="tree">{items}</ul> }.into_any()
}

fn leaf(unit: &Unit, under: AnyView, acts: Acts) -> AnyView {
    let sector = unit.sector.as_str();
    let (first, second) = (unit.clone(), unit.clone());
    let label = StoredValue::new(unit.name.clone());
    let buttons = acts.may.then(move || {
        view! {
            <button class="ds-button" data-variant="tertiary" type="button" aria-label=move || tv("identity-edit-named", &[("name", &label.get_value())])
                on:click=move |_| acts.edit.run(Some(first.clone()))>{tr!("identity-edit")}</button>
            <button class="ds-button" data-variant="tertiary" data-color="danger" type="button" aria-label=move || tv("identity-delete-named", &[("name", &label.get_value())])
                on:click=move |_| acts.delete.run(second.clone())>{tr!("identity-delete")}</button>
        }
    });
    view! {
        <li>
            <strong>{unit.name.clone()}</strong> " "
            <span class="small">{move || kit::words("identity-sector", sector)} ", " {unit.municipality.clone()}</span> " "
            {buttons}
            {under}
        </li>
    }
    .into_any()
}
