//! Naming an organisation, new or old.

use super::kit;
use crate::session::{session, t};
use crate::ui::form::Difference;
use crate::ui::{Conflict, Form, FormState, Select, TextField};
use leptos::prelude::*;
use shared::identity::{NewOrganisation, Organisation, OrganisationChanges, OrganisationKind};

/// The kinds with their words.
pub fn kinds() -> Vec<(String, String)> {
    kit::choices("identity-organisation-kind", OrganisationKind::ALL.iter().map(|kind| kind.as_str()))
}

/// The form in the dialog; `old` is the organisation that is changed, if any.
#[component]
pub fn OrganisationForm(old: Option<Organisation>, saved: Callback<()>) -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let name = RwSignal::new(old.as_ref().map(|old| old.name.clone()).unwrap_or_default());
    let kind = RwSignal::new(old.as_ref().map_or(OrganisationKind::Municipality, |old| old.kind).to_string());
    let base = RwSignal::new(old);

    Effect::new(move |_| {
        let Some(id) = form.stale.get().then(|| base.get_untracked().map(|base| base.id)).flatten() else { return };
        leptos::task::spawn_local(async move {
            if let Ok(theirs) = session.call(move |client| async move { client.get_organisation(id).await }).await {
                base.set(Some(theirs));
            }
        });
    });
    let save = Callback::new(move |()| {
        let Ok(kind) = kind.get_untracked().parse() else { return };
        let new = NewOrganisation { name: name.get_untracked().trim().to_owned(), kind };
        if !form.check(&new) {
            return;
        }
        let old = base.get_untracked().map(|base| (base.id, base.version));
        let call = async move {
            match old {
                None => {
                    session
                        .call(|client| {
                            let new = new.clone();
                            async move { client.create_organisation(&new).await }
                        })
                        .await
                }
                Some((id, version)) => {
                    let changes = OrganisationChanges { name: Some(new.name), kind: Some(new.kind) };
                    session
                        .call(|client| {
                            let changes = changes.clone();
                            async move { client.update_organisation(id, version, &changes).await }
                        })
                        .await
                }
            }
        };
        form.send(call, move |_| saved.run(()));
    });
    let take = Callback::new(move |()| {
        if let Some(theirs) = base.get_untracked() {
            name.set(theirs.name);
            kind.set(theirs.kind.to_string());
        }
    });
    let differences = Signal::derive(move || {
        let Some(theirs) = base.get() else { return Vec::new() };
        let both = [
            Difference { name: t("identity-name"), mine: name.get(), theirs: theirs.name },
            Difference {
                name: t("identity-kind"),
                mine: kit::words("identity-organisation-kind", &kind.get()),
                theirs: kit::words("identity-organisation-kind", theirs.kind.as_str()),
            },
        ];
        both.into_iter().filter(|row| row.mine != row.theirs).collect()
    });
    view! {
        <Form form submit="identity-save" on_submit=save>
            <TextField form pointer="/name" label="identity-name" value=name autocomplete="organization" />
            <Select form pointer="/kind" label="identity-kind" value=kind options=Signal::derive(kinds) />
        </Form>
        <Conflict form differences keep_mine=save take_theirs=take />
    }
}
