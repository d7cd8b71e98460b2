//! What an administrator may change of an account: the name, the language, the unit.

use super::{kit, places};
use crate::session::{session, t};
use crate::ui::form::Difference;
use crate::ui::{Conflict, Form, FormState, Select, TextField};
use leptos::prelude::*;
use shared::UnitId;
use shared::identity::{Account, AccountChanges, AccountFields, Unit};

fn id_text(id: Option<UnitId>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// The form in the dialog.
#[component]
pub fn AccountForm(old: Account, units: Vec<Unit>, saved: Callback<()>) -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let id = old.id;
    let name = RwSignal::new(old.name.clone());
    let lang = RwSignal::new(old.lang.to_string());
    let unit = RwSignal::new(id_text(old.unit_id));
    let base = RwSignal::new(old);
    let units = StoredValue::new(units);

    Effect::new(move |_| {
        if form.stale.get() {
            leptos::task::spawn_local(async move {
                if let Ok(theirs) = session.call(move |client| async move { client.get_account(id).await }).await {
                    base.set(theirs);
                }
            });
        }
    });
    let save = Callback::new(move |()| {
        let Ok(lang) = lang.get_untracked().parse() else { return };
        let fields = AccountFields { name: name.get_untracked().trim().to_owned(), lang, unit_id: unit.get_untracked().parse().ok() };
        if !form.check(&fields) {
            return;
        }
        let version = base.get_untracked().version;
        let changes = AccountChanges { name: Some(fields.name), lang: Some(fields.lang), unit_id: Some(fields.unit_id) };
        let call = async move {
            session
                .call(|client| {
                    let changes = changes.clone();
                    async move { client.update_account(id, version, &changes).await }
                })
                .await
        };
        form.send(call, move |_| saved.run(()));
    });
    let take = Callback::new(move |()| {
        let theirs = base.get_untracked();
        name.set(theirs.name);
        lang.set(theirs.lang.to_string());
        unit.set(id_text(theirs.unit_id));
    });
    let differences = Signal::derive(move || {
        let theirs = base.get();
        let of_unit = |id: &str| units.with_value(|units| places::unit_name(units, id));
        let all = [
            Difference { name: t("identity-name"), mine: name.get(), theirs: theirs.name },
            Difference {
                name: t("identity-lang"),
                mine: kit::words("identity-lang", &lang.get()),
                theirs: kit::words("identity-lang", theirs.lang.as_str()),
            },
            Difference { name: t("identity-unit"), mine: of_unit(&unit.get()), theirs: of_unit(&id_text(theirs.unit_id)) },
        ];
        all.into_iter().filter(|row| row.mine != row.theirs).collect()
    });
    let choices = Signal::derive(move || units.with_value(|units| places::unit_choices(units)));
    view! {
        <Form form submit="identity-save" on_submit=save>
            <TextField form pointer="/name" label="identity-name" value=name />
            <Select form pointer="/lang" label="identity-lang" value=lang options=Signal::derive(kit::languages) />
            <Select form pointer="/unit_id" label="identity-unit" value=unit options=choices />
        </Form>
        <Conflict form differences keep_mine=save take_theirs=take />
    }
}
