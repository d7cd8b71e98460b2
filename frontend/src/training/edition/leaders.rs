//! Who leads a contact day.

use super::Ctx;
use crate::tr;
use crate::ui::field::tick;
use leptos::prelude::*;
use shared::identity::AccountFilter;
use shared::policy::{Permission, Target};
use shared::training::DayFacilitator;

/// Their names in a row.
pub fn names(leaders: &[DayFacilitator]) -> String {
    leaders.iter().map(|leader| leader.name.clone()).collect::<Vec<_>>().join(", ")
}

/// Everybody who can be chosen: those who lead some day already, oneself, and every account for those who may see them.
fn people(ctx: Ctx, chosen: RwSignal<Vec<DayFacilitator>>) -> Memo<Vec<DayFacilitator>> {
    let session = ctx.session;
    let accounts = LocalResource::new(move || async move {
        if !session.may_now(Permission::ViewAccounts, &Target::Tenant) {
            return Ok(Vec::new());
        }
        let filter = |cursor, limit| AccountFilter { cursor, limit, ..AccountFilter::default() };
        session.all(move |client, paging| async move { client.list_accounts(&filter(paging.cursor, paging.limit)).await }).await
    });
    Memo::new(move |_| {
        let mut people: Vec<DayFacilitator> =
            ctx.days.map(|days| days.iter().flatten().flat_map(|day| day.facilitators.clone()).collect()).unwrap_or_default();
        people.extend(chosen.get_untracked());
        people.extend(session.me.get().map(|me| DayFacilitator { account_id: me.account.id, name: me.account.name }));
        accounts.map(|accounts| {
            let all = accounts.iter().flatten();
            people.extend(all.map(|account| DayFacilitator { account_id: account.id, name: account.name.clone() }));
        });
        people.sort_by_key(|person| (person.name.to_lowercase(), person.account_id));
        people.dedup_by_key(|person| person.account_id);
        people
    })
}

/// The choice.
pub fn leaders(ctx: Ctx, chosen: RwSignal<Vec<DayFacilitator>>) -> impl IntoView {
    let people = people(ctx, chosen);
    let one = move |person: DayFacilitator| {
        let (id, name) = (person.account_id, person.name.clone());
        let checked = Signal::derive(move || chosen.with(|chosen| chosen.iter().any(|leader| leader.account_id == id)));
        let toggle = Callback::new(move |on: bool| {
            let person = person.clone();
            chosen.update(|chosen| {
                chosen.retain(|leader| leader.account_id != id);
                chosen.extend(on.then_some(person));
            });
        });
        tick(format!("leader-{id}"), Signal::derive(move || name.clone()), checked, toggle)
    };
    view! {
        <fieldset class="ds-fieldset">
            <legend class="ds-label" data-weight="medium">{tr!("training-facilitators")}</legend>
            <div class="ticks">{move || people.get().into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
}
