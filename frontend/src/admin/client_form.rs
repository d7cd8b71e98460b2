//! What is said of an API client: a new one, or one that is changed.

use crate::session::{session, t};
use crate::tr;
use crate::ui::field::{end_of_day, last_day};
use crate::ui::{Draft, Editing, Field, Form, FormState, Select, TextField, Ticks, edit};
use leptos::prelude::*;
use shared::clients::{ApiClient, ApiClientChanges, ApiClientFields, CreatedApiClient, NewApiClient};
use shared::identity::Organisation;
use shared::policy::ApiScope;
use shared::problem::Fault;

#[derive(Clone, Copy)]
struct Said {
    name: RwSignal<String>,
    purpose: RwSignal<String>,
    contact: RwSignal<String>,
    /// Codes, in the order in which they were ticked.
    scopes: RwSignal<Vec<String>>,
    until: RwSignal<String>,
}

impl Said {
    fn new() -> Self {
        let text = RwSignal::<String>::default;
        Self { name: text(), purpose: text(), contact: text(), scopes: RwSignal::default(), until: text() }
    }

    fn view(self, form: FormState) -> AnyView {
        let rights = Signal::derive(|| ApiScope::ALL.iter().map(|scope| (scope.to_string(), t(&scope.key()))).collect::<Vec<_>>());
        view! {
            <TextField form pointer="/purpose" label="clients-purpose" hint="clients-purpose-hint" value=self.purpose tall=true />
            <TextField form pointer="/contact_email" label="clients-contact" hint="clients-contact-hint" value=self.contact kind="email" />
            <Ticks form pointer="/scopes" label="clients-scopes" chosen=self.scopes options=rights />
            <TextField form pointer="/valid_to" label="clients-until" hint="clients-until-hint" value=self.until kind="date" optional=true />
        }
        .into_any()
    }
}

/// Those of the scopes that are among the codes, in the order in which they are shown.
fn known(codes: &[String]) -> Vec<ApiScope> {
    ApiScope::ALL.iter().copied().filter(|scope| codes.iter().any(|code| code == scope.as_str())).collect()
}

fn words(scopes: &[ApiScope]) -> String {
    scopes.iter().map(|scope| t(&scope.key())).collect::<Vec<_>>().join("; ")
}

impl Draft for Said {
    type Thing = ApiClient;
    type New = ApiClientFields;

    fn written(self) -> Result<ApiClientFields, Vec<Fault>> {
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        Ok(ApiClientFields {
            name: text(self.name),
            purpose: text(self.purpose),
            contact_email: text(self.contact),
            scopes: known(&self.scopes.get_untracked()),
            valid_to: end_of_day(self.until, "/valid_to")?,
        })
    }

    fn fields(self, client: &ApiClient) -> Vec<Field> {
        let codes: Vec<String> = client.scopes.iter().map(ToString::to_string).collect();
        let until = client.valid_to.map(|end| last_day(end).to_string()).unwrap_or_default();
        vec![
            Field::text("clients-name", self.name, &client.name),
            Field::text("clients-purpose", self.purpose, &client.purpose),
            Field::text("clients-contact", self.contact, &client.contact_email),
            Field::new("clients-scopes", words(&known(&self.scopes.get())), words(&known(&codes)), move || self.scopes.set(codes.clone())),
            Field::text("clients-until", self.until, until),
        ]
    }
}

/// The form of a client that is changed.
#[component]
pub fn ClientForm(old: ApiClient, saved: Callback<()>) -> impl IntoView {
    let (session, form, id, draft) = (session(), FormState::default(), old.id, Said::new());
    let write = move |own: ApiClientFields, old: Option<&ApiClient>| {
        let version = old.map_or(0, |old| old.version);
        let changes = ApiClientChanges {
            name: Some(own.name),
            purpose: Some(own.purpose),
            contact_email: Some(own.contact_email),
            scopes: Some(own.scopes),
            valid_to: Some(own.valid_to),
        };
        session.send(changes, move |client, changes| async move { client.update_api_client(id, version, &changes).await })
    };
    let read = move |_: &ApiClient| session.call(move |client| async move { client.get_api_client(id).await });
    let Editing { save, conflict } = edit(form, draft, Some(old), write, read, move |_| saved.run(()));
    view! {
        <Form form submit="common-save" on_submit=save>
            <TextField form pointer="/name" label="clients-name" value=draft.name />
            {draft.view(form)}
        </Form>
        {conflict}
    }
}

/// The form of a new client.
#[component]
pub fn NewClient(organisations: Vec<Organisation>, created: Callback<CreatedApiClient>) -> impl IntoView {
    let (session, form, draft) = (session(), FormState::default(), Said::new());
    let organisation = RwSignal::new(organisations.first().map(|one| one.id.to_string()).unwrap_or_default());
    let choices: Vec<_> = organisations.into_iter().map(|one| (one.id.to_string(), one.name)).collect();
    let send = Callback::new(move |()| {
        let ApiClientFields { name, purpose, contact_email, scopes, valid_to } = match draft.written() {
            Ok(fields) => fields,
            Err(faults) => return form.refuse(faults),
        };
        let Ok(organisation_id) = organisation.get_untracked().parse() else {
            return form.refuse(vec![Fault::new("/organisation_id", "required", None)]);
        };
        let new = NewApiClient { organisation_id, name, purpose, contact_email, scopes, valid_to };
        if form.check(&new) {
            let call = session.send(new, |client, new| async move { client.create_api_client(&new).await });
            form.send(call, move |made| created.run(made));
        }
    });
    view! {
        <p class="ds-paragraph">{tr!("clients-new-intro")}</p>
        <Form form submit="clients-new-save" on_submit=send>
            <TextField form pointer="/name" label="clients-name" value=draft.name />
            <Select form pointer="/organisation_id" label="clients-organisation" value=organisation options=Signal::stored(choices) />
            <p class="ds-paragraph small">{tr!("clients-organisation-hint")}</p>
            {draft.view(form)}
        </Form>
    }
}
