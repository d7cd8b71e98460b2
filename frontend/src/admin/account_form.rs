//! What an administrator may change of an account: the name, the language, the unit.

use super::places::{id_text, unit_choices, unit_name};
use crate::session::{session, word};
use crate::ui::field::{chosen, languages};
use crate::ui::{Draft, Editing, Field, Form, FormState, Select, TextField, edit};
use leptos::prelude::*;
use shared::Lang;
use shared::identity::{Account, AccountChanges, AccountFields, Unit};
use shared::problem::Fault;

#[derive(Clone, Copy)]
struct Kept {
    name: RwSignal<String>,
    lang: RwSignal<String>,
    unit: RwSignal<String>,
    units: StoredValue<Vec<Unit>>,
}

impl Draft for Kept {
    type Thing = Account;
    type New = AccountFields;

    fn written(self) -> Result<AccountFields, Vec<Fault>> {
        let name = self.name.get_untracked().trim().to_owned();
        Ok(AccountFields { name, lang: chosen(self.lang, Lang::Fi), unit_id: self.unit.get_untracked().parse().ok() })
    }

    fn fields(self, account: &Account) -> Vec<Field> {
        vec![
            Field::text("identity-name", self.name, &account.name),
            Field::code("identity-lang", self.lang, account.lang.as_str(), |code| word("common-lang", code)),
            Field::code("identity-unit", self.unit, id_text(account.unit_id), |id| self.units.with_value(|units| unit_name(units, id))),
        ]
    }
}

/// The form in the dialog.
#[component]
pub fn AccountForm(old: Account, units: Vec<Unit>, saved: Callback<()>) -> impl IntoView {
    let (session, form, id) = (session(), FormState::default(), old.id);
    let (name, lang, unit) = (RwSignal::default(), RwSignal::default(), RwSignal::default());
    let draft = Kept { name, lang, unit, units: StoredValue::new(units) };
    let write = move |own: AccountFields, old: Option<&Account>| {
        let version = old.map_or(0, |old| old.version);
        let changes = AccountChanges { name: Some(own.name), lang: Some(own.lang), unit_id: Some(own.unit_id) };
        session.send(changes, move |client, changes| async move { client.update_account(id, version, &changes).await })
    };
    let read = move |_: &Account| session.call(move |client| async move { client.get_account(id).await });
    let Editing { save, conflict } = edit(form, draft, Some(old), write, read, move |_| saved.run(()));
    view! {
        <Form form submit="common-save" on_submit=save>
            <TextField form pointer="/name" label="identity-name" value=name />
            <Select form pointer="/lang" label="identity-lang" value=lang options=languages() />
            <Select form pointer="/unit_id" label="identity-unit" value=unit options=unit_choices(draft.units) />
        </Form>
        {conflict}
    }
}
