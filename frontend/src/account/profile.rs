//! One's own name, and the language in which one is written to.

use crate::session::{Calling, session, word};
use crate::ui::field::{chosen, languages};
use crate::ui::{Draft, Editing, Field, Form, FormState, Select, TextField, edit};
use leptos::prelude::*;
use shared::Lang;
use shared::identity::{Account, OwnAccountChanges, OwnAccountFields};
use shared::problem::Fault;

#[derive(Clone, Copy, Default)]
struct Own {
    name: RwSignal<String>,
    lang: RwSignal<String>,
}

impl Draft for Own {
    type Thing = Account;
    type New = OwnAccountFields;

    fn written(self) -> Result<OwnAccountFields, Vec<Fault>> {
        let name = self.name.get_untracked().trim().to_owned();
        Ok(OwnAccountFields { name, lang: chosen(self.lang, Lang::Fi) })
    }

    fn fields(self, account: &Account) -> Vec<Field> {
        vec![
            Field::text("identity-name", self.name, &account.name),
            Field::code("identity-mail-lang", self.lang, account.lang.as_str(), |code| word("common-lang", code)),
        ]
    }
}

/// The form on the page.
#[component]
pub fn Profile(account: Account) -> impl IntoView {
    let session = session();
    let (form, draft) = (FormState::default(), Own::default());
    let write = move |own: OwnAccountFields, old: Option<&Account>| {
        let version = old.map_or(0, |old| old.version);
        let changes = OwnAccountChanges { name: Some(own.name), lang: Some(own.lang) };
        session.send(changes, move |client, changes| async move { client.update_me(version, &changes).await })
    };
    let read = move |_: &Account| -> Calling<'static, Account> {
        Box::pin(async move { Ok(session.call(|client| async move { client.get_me().await }).await?.account) })
    };
    let Editing { save, conflict } = edit(form, draft, Some(account), write, read, move |_| {
        session.say("identity-own-saved");
        leptos::task::spawn_local(session.load_me());
    });
    view! {
        <Form form submit="common-save" on_submit=save>
            <TextField form pointer="/name" label="identity-name" value=draft.name autocomplete="name" />
            <Select form pointer="/lang" label="identity-mail-lang" value=draft.lang options=languages() />
        </Form>
        {conflict}
    }
}
