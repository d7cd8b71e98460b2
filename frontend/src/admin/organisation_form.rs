//! Naming an organisation, new or old.

use crate::session::{session, word};
use crate::ui::field::{choices, chosen};
use crate::ui::{Draft, Editing, Field, Form, FormState, Select, TextField, edit};
use leptos::prelude::*;
use shared::identity::{NewOrganisation, Organisation, OrganisationChanges, OrganisationKind};
use shared::problem::Fault;

const KIND: &str = "identity-organisation-kind";

#[derive(Clone, Copy)]
struct Named {
    name: RwSignal<String>,
    kind: RwSignal<String>,
}

impl Draft for Named {
    type Thing = Organisation;
    type New = NewOrganisation;

    fn written(self) -> Result<NewOrganisation, Vec<Fault>> {
        let name = self.name.get_untracked().trim().to_owned();
        Ok(NewOrganisation { name, kind: chosen(self.kind, OrganisationKind::Other) })
    }

    fn fields(self, organisation: &Organisation) -> Vec<Field> {
        vec![
            Field::text("identity-name", self.name, &organisation.name),
            Field::code("identity-kind", self.kind, organisation.kind.as_str(), |code| word(KIND, code)),
        ]
    }
}

/// The form in the dialog; `old` is the organisation that is changed, if any.
#[component]
pub fn OrganisationForm(old: Option<Organisation>, saved: Callback<()>) -> impl IntoView {
    let (session, form) = (session(), FormState::default());
    let draft = Named { name: RwSignal::default(), kind: RwSignal::new(OrganisationKind::Municipality.to_string()) };
    let write = move |new: NewOrganisation, old: Option<&Organisation>| match old {
        None => session.send(new, |client, new| async move { client.create_organisation(&new).await }),
        Some(&Organisation { id, version, .. }) => {
            let changes = OrganisationChanges { name: Some(new.name), kind: Some(new.kind) };
            session.send(changes, move |client, changes| async move { client.update_organisation(id, version, &changes).await })
        }
    };
    let read = move |&Organisation { id, .. }: &Organisation| session.call(move |client| async move { client.get_organisation(id).await });
    let Editing { save, conflict } = edit(form, draft, old, write, read, move |_| saved.run(()));
    view! {
        <Form form submit="common-save" on_submit=save>
            <TextField form pointer="/name" label="identity-name" value=draft.name autocomplete="organization" />
            <Select form pointer="/kind" label="identity-kind" value=draft.kind options=choices(KIND, OrganisationKind::ALL.iter().map(|kind| kind.as_str())) />
        </Form>
        {conflict}
    }
}
