//! The page of one's own account.

use super::factor::TwoSteps;
use super::profile::Profile;
use super::secrets::{EmailForm, PasswordForm};
use super::sessions::Sessions;
use crate::session::{session, t};
use crate::ui::form::Summary;
use crate::ui::{Dialog, FormState, Page, icon};
use crate::{paths, tr};
use leptos::prelude::*;

/// `/account`
#[component]
pub fn Account() -> impl IntoView {
    let session = session();
    let (password_open, email_open) = (RwSignal::new(false), RwSignal::new(false));
    let export = FormState::default();
    let fetch = move |_| {
        export.send(session.call(|client| async move { client.export_me().await }), |text: String| {
            crate::ui::download("polku.json", "application/json", &text)
        });
    };
    let password_done = Callback::new(move |()| {
        password_open.set(false);
        session.say("identity-password-changed");
    });
    let id = Memo::new(move |_| session.me.with(|me| me.as_ref().map(|me| me.account.id)));
    let email = move || session.me.with(|me| me.as_ref().map(|me| me.account.email.clone()));
    view! {
        <Page title=Signal::derive(move || t("identity-own-account"))>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("identity-own-facts")}</h2>
                // Made anew only for another person, so that what is typed stays.
                {move || id.get().and_then(|_| session.me.get_untracked()).map(|me| view! { <Profile account=me.account /> })}
            </section>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("identity-signing-in")}</h2>
                <dl class="facts"><div><dt>{tr!("identity-email")}</dt><dd>{email}</dd></div></dl>
                <div class="actions">
                    <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| password_open.set(true)>{icon("key-round")}{tr!("identity-password-change")}</button>
                    <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| email_open.set(true)>{icon("mail")}{tr!("identity-email-change")}</button>
                </div>
                <Dialog open=password_open title_key="identity-password-change"><PasswordForm done=password_done /></Dialog>
                <Dialog open=email_open title_key="identity-email-change"><EmailForm /></Dialog>
            </section>
            <TwoSteps />
            <Sessions />
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("identity-own-data")}</h2>
                <p class="ds-paragraph">{tr!("identity-own-data-help")} " " <a class="ds-link" href=paths::PRIVACY>{tr!("identity-privacy-link")}</a></p>
                <Summary form=export />
                <div class="actions">
                    <button class="ds-button" data-variant="secondary" type="button" aria-busy=move || export.busy.get().then_some("true") on:click=fetch>{icon("download")}{tr!("identity-export")}</button>
                </div>
            </section>
        </Page>
    }
}
