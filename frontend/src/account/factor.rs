//! Two-step sign-in on one's own account: whether it is on, and everything that can be done about it.

use super::codes::RecoveryCodeList;
use super::set_up::{SetUpSteps, start};
use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::{Act, Confirm, Dialog, icon, load};
use leptos::prelude::*;
use shared::format;
use shared::identity::{SecondFactor, SecondFactorSetUp};

/// What can be done, by button.
#[derive(Clone, Copy)]
struct Ways {
    begin: Callback<()>,
    anew_open: RwSignal<bool>,
    off_open: RwSignal<bool>,
}

/// The section on the page.
#[component]
pub fn TwoSteps() -> impl IntoView {
    let session = session();
    let (made, codes) = (RwSignal::new(None::<SecondFactorSetUp>), RwSignal::new(None::<Vec<String>>));
    let (set_up_open, codes_open) = (RwSignal::new(false), RwSignal::new(false));
    let (off_open, anew_open) = (RwSignal::new(false), RwSignal::new(false));
    let state = LocalResource::new(move || session.call(|client| async move { client.get_second_factor().await }));
    let act = Act::new(move || {
        state.refetch();
        leptos::task::spawn_local(session.load_me());
    });
    // Each acts only on what it changes, or the two would wake each other for ever.
    Effect::new(move |_| {
        if made.with(Option::is_some) {
            set_up_open.set(true);
        }
    });
    Effect::new(move |_| {
        if !set_up_open.get() && made.with_untracked(Option::is_some) {
            made.set(None);
        }
    });
    let show = move |fresh: Vec<String>| {
        set_up_open.set(false);
        codes.set(Some(fresh));
        codes_open.set(true);
        act.reread();
    };
    let turned_on = Callback::new(move |fresh: Vec<String>| {
        show(fresh);
        session.say("identity-factor-done");
    });
    let make_codes = Callback::new(move |()| {
        act.form.send(session.call(|client| async move { client.make_recovery_codes().await }), move |made| show(made.codes));
    });
    let turn_off = Callback::new(move |()| {
        act.run(session.call(|client| async move { client.turn_off_second_factor().await }), "identity-factor-turned-off");
    });
    let ways = Ways { begin: Callback::new(move |()| start(act.form, made)), anew_open, off_open };
    let kept = Callback::new(move |()| codes_open.set(false));
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("identity-factor")}</h2>
            <p class="ds-paragraph">{tr!("identity-factor-help")}</p>
            <Summary form=act.form />
            {load(state, move |state| facts(state, ways))}
            <Dialog open=set_up_open title_key="identity-factor-set-up">{move || made.get().map(|set_up| view! { <SetUpSteps set_up done=turned_on /> })}</Dialog>
            <Dialog open=codes_open title_key="identity-factor-done">
                {move || codes.get().map(|codes| view! { <RecoveryCodeList codes kept="identity-codes-kept" on_kept=kept /> })}
            </Dialog>
            <Confirm open=anew_open title_key="identity-factor-new-codes" text=Signal::derive(move || t("identity-factor-new-codes-text")) yes="identity-factor-new-codes" on_yes=make_codes />
            <Confirm open=off_open title_key="identity-factor-turn-off" text=Signal::derive(move || t("identity-factor-turn-off-text")) yes="identity-factor-turn-off" on_yes=turn_off />
        </section>
    }
}

fn facts(state: SecondFactor, ways: Ways) -> AnyView {
    let session = session();
    let SecondFactor { on_since, recovery_code_count, required_on } = state;
    let Ways { begin, anew_open, off_open } = ways;
    let Some(since) = on_since else {
        let due = move || required_on.map(|day| tv("identity-factor-due", &[("day", &format::date(day, session.lang.get()))]));
        return view! {
            <p class="ds-paragraph"><span class="status" data-color="neutral">{icon("circle-slash")} " " {tr!("identity-factor-off")}</span> " " {due}</p>
            <div class="actions"><button class="ds-button" data-variant="secondary" type="button" on:click=move |_| begin.run(())>{icon("key-round")}{tr!("identity-factor-set-up")}</button></div>
        }
        .into_any();
    };
    let since = move || tv("identity-factor-on-since", &[("at", &format::date(format::day_of(since), session.lang.get()))]);
    let left = move || tv("identity-factor-codes-left", &[("count", &recovery_code_count.to_string())]);
    let color = if recovery_code_count > 2 { "neutral" } else { "warning" };
    view! {
        <p class="ds-paragraph"><span class="status" data-color="success">{icon("circle-check")} " " {since}</span></p>
        <p class="ds-paragraph"><span class="status" data-color=color>{left}</span></p>
        <div class="actions">
            <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| anew_open.set(true)>{tr!("identity-factor-new-codes")}</button>
            <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| begin.run(())>{tr!("identity-factor-set-up-anew")}</button>
            <button class="ds-button" data-variant="secondary" data-color="danger" type="button" on:click=move |_| off_open.set(true)>{tr!("identity-factor-turn-off")}</button>
        </div>
    }
    .into_any()
}
