//! Inviting a person: the form, and then the link to hand over.

use super::{kit, places};
use crate::session::session;
use crate::tr;
use crate::ui::{Form, FormState, Select, TextField};
use leptos::prelude::*;
use shared::identity::{InvitedAccount, NewAccount, Unit};

/// The form in the dialog; after it is sent, the link.
#[component]
pub fn Invite(units: Vec<Unit>, invited: Callback<()>) -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let (name, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let lang = RwSignal::new(session.lang.get_untracked().to_string());
    let unit = RwSignal::new(String::new());
    let done = RwSignal::new(None::<InvitedAccount>);
    let units = StoredValue::new(units);
    let send = Callback::new(move |()| {
        let Ok(lang) = lang.get_untracked().parse() else { return };
        let new = NewAccount {
            name: name.get_untracked().trim().to_owned(),
            email: email.get_untracked().trim().to_owned(),
            lang,
            unit_id: unit.get_untracked().parse().ok(),
        };
        if !form.check(&new) {
            return;
        }
        let call = async move {
            session
                .call(|client| {
                    let new = new.clone();
                    async move { client.invite_account(&new).await }
                })
                .await
        };
        form.send(call, move |account| {
            done.set(Some(account));
            kit::say(session, "identity-invited");
            invited.run(());
        });
    });
    let choices = Signal::derive(move || units.with_value(|units| places::unit_choices(units)));
    move || match done.get() {
        Some(invitation) => view! {
            <p class="ds-paragraph"><strong>{invitation.account.name}</strong> ", " {invitation.account.email}</p>
            <p class="ds-paragraph">{tr!("identity-invited-help")}</p>
            {invitation.link.map(|link| kit::link_to_copy(&link))}
        }
        .into_any(),
        None => view! {
            <p class="ds-paragraph">{tr!("identity-invite-intro")}</p>
            <Form form submit="identity-invite-send" on_submit=send>
                <TextField form pointer="/name" label="identity-name" value=name />
                <TextField form pointer="/email" label="identity-email" value=email kind="email" />
                <Select form pointer="/lang" label="identity-lang" value=lang options=Signal::derive(kit::languages) />
                <Select form pointer="/unit_id" label="identity-unit" value=unit options=choices />
            </Form>
        }
        .into_any(),
    }
}
