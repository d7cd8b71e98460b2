//! Giving a role: which, over what, until when.

use super::places::Places;
use crate::session::{session, word};
use crate::tr;
use crate::ui::field::{choices, end_of_day};
use crate::ui::{Form, FormState, Select, TextField};
use leptos::prelude::*;
use shared::AccountId;
use shared::identity::NewGrant;
use shared::policy::{Role, Scope};
use shared::problem::Fault;

fn code(scope: &Scope) -> String {
    scope.id().map_or_else(|| scope.kind().to_owned(), |id| format!("{}:{id}", scope.kind()))
}

fn scope_of(code: &str) -> Option<Scope> {
    match code.split_once(':') {
        None => Scope::from_parts(code, None),
        Some((kind, id)) => Scope::from_parts(kind, Some(id.parse().ok()?)),
    }
}

/// The form in the dialog.
#[component]
pub fn GrantForm(account: AccountId, places: StoredValue<Places>, given: Callback<()>) -> impl IntoView {
    let (session, form) = (session(), FormState::default());
    let role = RwSignal::new(Role::Facilitator.to_string());
    let scope = RwSignal::new(String::new());
    let until = RwSignal::new(String::new());
    let allowed = Memo::new(move |_| {
        let role = role.get().parse().unwrap_or(Role::Facilitator);
        places.with_value(|places| places.scopes(role))
    });
    // Another role reaches over other things: start from the first of them.
    Effect::new(move |_| scope.set(allowed.with(|allowed| allowed.first().map(code).unwrap_or_default())));
    let roles = choices("identity-role", Role::ALL.iter().filter(|role| **role != Role::Participant).map(|role| role.as_str()));
    let scopes = Signal::derive(move || {
        places.with_value(|places| allowed.get().iter().map(|scope| (code(scope), places.name(scope))).collect::<Vec<_>>())
    });
    let give = Callback::new(move |()| {
        let Ok(role) = role.get_untracked().parse() else { return };
        let Some(scope) = scope_of(&scope.get_untracked()) else {
            return form.refuse(vec![Fault::new("/scope", "required", None)]);
        };
        let valid_to = match end_of_day(until, "/valid_to") {
            Ok(valid_to) => valid_to,
            Err(faults) => return form.refuse(faults),
        };
        let new = NewGrant { account_id: account, role, scope, valid_from: None, valid_to };
        form.send(session.send(new, |client, new| async move { client.create_grant(&new).await }), move |_| given.run(()));
    });
    view! {
        <p class="ds-paragraph">{tr!("identity-grant-intro")}</p>
        <Form form submit="identity-grant-give" on_submit=give>
            <Select form pointer="/role" label="identity-role" value=role options=roles />
            <p class="ds-paragraph small">{move || word("identity-role-help", &role.get())}</p>
            <Select form pointer="/scope" label="identity-scope" value=scope options=scopes />
            <TextField form pointer="/valid_to" label="identity-grant-until" hint="identity-grant-until-hint" value=until kind="date" optional=true />
        </Form>
    }
}
