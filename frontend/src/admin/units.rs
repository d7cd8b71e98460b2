//! The units, as the tree that they form under each organisation.

use super::places::{all_units, row_acts};
use super::unit_form::UnitForm;
use crate::session::{Undo, session, t, word};
use crate::ui::form::Summary;
use crate::ui::{Act, Dialog, Page, empty, icon, load, problem};
use crate::{paths, tr};
use leptos::prelude::*;
use shared::UnitId;
use shared::identity::{NewUnit, Organisation, Unit};
use shared::policy::{Permission, Target};

/// What the buttons beside a unit do; none for those who only look.
type Acts = Option<(Callback<Option<Unit>>, Callback<Unit>)>;

/// `/admin/units`
#[component]
pub fn Units() -> impl IntoView {
    problem::only(Permission::ManageDirectory, || view! { <UnitTree /> }.into_any())
}

#[component]
fn UnitTree() -> impl IntoView {
    let session = session();
    let form_open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<Unit>);
    let lists = LocalResource::new(move || async move {
        let organisations = session.all(|client, paging| async move { client.list_organisations(&paging).await }).await?;
        Ok((organisations, all_units(session).await?))
    });
    let act = Act::new(move || lists.refetch());
    let may = Memo::new(move |_| session.may(Permission::ManageDirectory, &Target::Tenant));
    let edit = Callback::new(move |old: Option<Unit>| {
        chosen.set(old);
        form_open.set(true);
    });
    let saved = Callback::new(move |()| {
        form_open.set(false);
        session.say("identity-unit-saved");
        lists.refetch();
    });
    let delete = Callback::new(move |unit: Unit| {
        let (id, version) = (unit.id, unit.version);
        let call = session.call(move |client| async move { client.delete_unit(id, version).await });
        act.run_undoable(call, "identity-unit-deleted", move |()| {
            let Unit { organisation_id, parent_id, name, sector, municipality, .. } = unit;
            let again = NewUnit { organisation_id, parent_id, name, sector, municipality };
            Undo::new("identity-unit-restored", move || {
                session.send(again.clone(), |client, again| async move { client.create_unit(&again).await })
            })
        });
    });
    let known = move || lists.get_untracked().and_then(Result::ok).unwrap_or_default();
    let new = move || {
        let some = matches!(lists.get(), Some(Ok((organisations, _))) if !organisations.is_empty());
        (may.get() && some).then(|| view! { <button class="ds-button" type="button" on:click=move |_| edit.run(None)>{icon("plus")}{tr!("identity-unit-new")}</button> })
    };
    let form = move || {
        let (organisations, units) = known();
        view! { <UnitForm old=chosen.get_untracked() organisations units saved /> }
    };
    view! {
        <Page title=Signal::derive(move || t("identity-units")) actions=new.into_any()>
            <p class="ds-paragraph">{tr!("identity-units-intro")}</p>
            <Summary form=act.form />
            {load(lists, move |(organisations, units): (Vec<Organisation>, Vec<Unit>)| {
                if organisations.is_empty() {
                    let link = view! { <a class="ds-button" href=paths::ORGANISATIONS>{icon("building-2")}{tr!("identity-organisations")}</a> }.into_any();
                    return empty("identity-units-no-organisation", "identity-units-no-organisation-help", Some(link));
                }
                let acts = may.get().then_some((edit, delete));
                organisations.into_iter().map(|organisation| one_organisation(organisation, &units, acts)).collect_view().into_any()
            })}
            <Dialog open=form_open title_key="identity-unit-form">{form()}</Dialog>
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
    let buttons =
        acts.map(|(edit, delete)| row_acts(&unit.name, move || edit.run(Some(first.clone())), move || delete.run(second.clone())));
    view! {
        <li>
            <div class="tree-row">
                <span class="tree-name">
                    <strong>{unit.name.clone()}</strong> " "
                    <span class="small">{move || word("identity-sector", sector)} ", " {unit.municipality.clone()}</span>
                </span>
                {buttons}
            </div>
            {under}
        </li>
    }
    .into_any()
}
