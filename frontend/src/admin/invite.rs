//! Inviting a person: the form, and then the link to hand over.

use super::places::unit_choices;
use crate::session::session;
use crate::tr;
use crate::ui::field::{chosen, languages};
use crate::ui::link::link_to_copy;
use crate::ui::{Form, FormState, Select, TextField};
use leptos::prelude::*;
use shared::Lang;
use shared::identity::{InvitedAccount, NewAccount, Unit};

/// The form in the dialog; after it is sent, the link.
#[component]
pub fn Invite(units: Vec<Unit>, invited: Callback<()>) -> impl IntoView {
    let (session, form) = (session(), FormState::default());
    let (name, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let lang = RwSignal::new(session.lang.get_untracked().to_string());
    let unit = RwSignal::new(String::new());
    let done = RwSignal::new(None::<InvitedAccount>);
    let units = StoredValue::new(units);
    let send = Callback::new(move |()| {
        let new = NewAccount {
            name: name.get_untracked().trim().to_owned(),
            email: email.get_untracked().trim().to_owned(),
            lang: chosen(lang, Lang::Fi),
            unit_id: unit.get_untracked().parse().ok(),
        };
        if form.check(&new) {
            form.send(session.send(new, |client, new| async move { client.invite_account(&new).await }), move |account| {
                done.set(Some(account));
                session.say("identity-invited");
                invited.run(());
            });
        }
    });
    move || match done.get() {
        Some(invitation) => view! {
            <p class="ds-paragraph"><strong>{invitation.account.name}</strong> ", " {invitation.account.email}</p>
            <p class="ds-paragraph">{tr!("identity-invited-help")}</p>
            {invitation.link.map(|link| link_to_copy(&link))}
        }
        .into_any(),
        None => view! {
            <p class="ds-paragraph">{tr!("identity-invite-intro")}</p>
            <Form form submit="identity-invite-send" on_submit=send>
                <TextField form pointer="/name" label="identity-name" value=name />
                <TextField form pointer="/email" label="identity-email" value=email kind="email" />
                <Select form pointer="/lang" label="identity-lang" value=lang options=languages() />
                <Select form pointer="/unit_id" label="identity-unit" value=unit options=unit_choices(units) />
            </Form>
        }
        .into_any(),
    }
}
