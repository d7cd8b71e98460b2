//! One's own name, and the language in which one is written to.

use crate::session::{session, t};
use crate::ui::form::Difference;
use crate::ui::{Conflict, Form, FormState, Select, TextField};
use leptos::prelude::*;
use shared::Lang;
use shared::identity::{Account, OwnAccountChanges, OwnAccountFields};

fn words(lang: &str) -> String {
    t(&format!("identity-lang-{lang}"))
}

/// The form on the page.
#[component]
pub fn Profile(account: Account) -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let name = RwSignal::new(account.name.clone());
    let lang = RwSignal::new(account.lang.to_string());
    let base = RwSignal::new(account);
    Effect::new(move |_| {
        if form.stale.get() {
            leptos::task::spawn_local(async move {
                session.load_me().await;
                if let Some(me) = session.me.get_untracked() {
                    base.set(me.account);
                }
            });
        }
    });
    let save = Callback::new(move |()| {
        let Ok(lang) = lang.get_untracked().parse() else { return };
        let fields = OwnAccountFields { name: name.get_untracked().trim().to_owned(), lang };
        if !form.check(&fields) {
            return;
        }
        let version = base.get_untracked().version;
        let changes = OwnAccountChanges { name: Some(fields.name), lang: Some(fields.lang) };
        let call = async move {
            session
                .call(|client| {
                    let changes = changes.clone();
                    async move { client.update_me(version, &changes).await }
                })
                .await
        };
        form.send(call, move |account: Account| {
            base.set(account);
            session.say(session.lang.get_untracked().text("identity-own-saved"));
            leptos::task::spawn_local(session.load_me());
        });
    });
    let take = Callback::new(move |()| {
        let theirs = base.get_untracked();
        name.set(theirs.name);
        lang.set(theirs.lang.to_string());
    });
    let differences = Signal::derive(move || {
        let theirs = base.get();
        let both = [
            Difference { name: t("identity-name"), mine: name.get(), theirs: theirs.name },
            Difference { name: t("identity-lang"), mine: words(&lang.get()), theirs: words(theirs.lang.as_str()) },
        ];
        both.into_iter().filter(|row| row.mine != row.theirs).collect()
    });
    let languages = Signal::derive(|| Lang::ALL.iter().map(|lang| (lang.to_string(), words(lang.as_str()))).collect::<Vec<_>>());
    view! {
        <Form form submit="identity-save" on_submit=save>
            <TextField form pointer="/name" label="identity-name" value=name autocomplete="name" />
            <Select form pointer="/lang" label="identity-mail-lang" value=lang options=languages />
        </Form>
        <Conflict form differences keep_mine=save take_theirs=take />
    }
}
