//! The secrets of an API client: exchanged without a break, shown once, with what to type for the first call.

use super::clients::used;
use crate::session::{session, tv};
use crate::tr;
use crate::ui::field::number;
use crate::ui::form::Summary;
use crate::ui::link::copy_button;
use crate::ui::table::{Column, acts_in, words_in};
use crate::ui::{Act, Confirm, Dialog, Form, FormState, TextField, empty, icon, table};
use jiff::Timestamp;
use leptos::prelude::*;
use shared::clients::{ApiClient, ApiClientSecret, MOST_SECRETS, NewApiClientSecret, SECRET_DAYS, first_call};
use shared::policy::ApiScope;
use shared::{ApiClientId, format};

const COLUMNS: &[Column] = &[
    words_in("clients-secret-from"),
    words_in("clients-secret-ends"),
    words_in("clients-secret-used"),
    words_in("clients-status"),
    acts_in("identity-acts"),
];

/// A new secret, and the lines of the first call with it.
#[component]
pub fn Handover(id: ApiClientId, scopes: Vec<ApiScope>, secret: String) -> impl IntoView {
    let origin = window().location().origin().unwrap_or_default();
    let lines = first_call(&origin, id, &secret, &scopes);
    view! {
        <div class="ds-alert" data-color="warning" role="status">
            <h3 class="ds-heading" data-size="xs">{tr!("clients-secret-made")}</h3>
            <p class="ds-paragraph">{tr!("clients-secret-once")}</p>
            <p class="copy-line"><code>{secret.clone()}</code>{copy_button(secret, "clients-copy-secret", "clients-copied")}</p>
        </div>
        <h3 class="ds-heading" data-size="xs">{tr!("clients-first-call")}</h3>
        <p class="ds-paragraph">{tr!("clients-first-call-help")}</p>
        <pre class="code" tabindex="0" role="region" aria-label=tr!("clients-first-call")><code>{lines.clone()}</code></pre>
        <div class="actions">{copy_button(lines, "clients-copy", "clients-copied")}</div>
    }
}

/// The section under the client.
#[component]
pub fn Secrets(client: ApiClient, changed: Callback<()>) -> impl IntoView {
    let session = session();
    let act = Act::new(move || changed.run(()));
    let (new_open, revoke_open) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new(None::<ApiClientSecret>);
    let ApiClient { id, scopes, secrets, .. } = client;
    let scopes = StoredValue::new(scopes);
    let is_full = secrets.iter().filter(|secret| secret.is_alive(Timestamp::now())).count() >= MOST_SECRETS;
    let revoke = Callback::new(move |()| {
        let Some(secret) = chosen.get_untracked().map(|secret| secret.id) else { return };
        act.run(session.call(move |client| async move { client.revoke_api_client_secret(secret).await }), "clients-secret-revoked");
    });
    let question = Signal::derive(move || {
        let at = chosen.get().map(|secret| format::date_time(secret.created_at, session.lang.get()));
        tv("clients-secret-revoke-text", &[("at", &at.unwrap_or_default())])
    });
    let ask = Callback::new(move |secret| {
        chosen.set(Some(secret));
        revoke_open.set(true);
    });
    let list = match secrets.is_empty() {
        true => empty("clients-secrets-none", "clients-secrets-none-help", None),
        false => table("clients-secrets", COLUMNS, secrets.into_iter().map(|secret| row(secret, ask)).collect()),
    };
    let further = match is_full {
        true => view! { <p class="ds-paragraph small">{tr!("clients-secrets-full")}</p> }.into_any(),
        false => view! { <div class="actions"><button class="ds-button" data-variant="secondary" type="button" on:click=move |_| new_open.set(true)>{icon("key-round")}{tr!("clients-secret-new")}</button></div> }.into_any(),
    };
    // Read anew only when the dialog closes: reading draws this section anew, and would take the secret away.
    Effect::new(move |before: Option<bool>| {
        let open = new_open.get();
        if before == Some(true) && !open {
            changed.run(());
        }
        open
    });
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("clients-secrets")}</h2>
            <Summary form=act.form />
            {list}
            {further}
            <Dialog open=new_open title_key="clients-secret-new"><NewSecret id scopes /></Dialog>
            <Confirm open=revoke_open title_key="clients-secret-revoke" text=question yes="clients-secret-revoke" on_yes=revoke />
        </section>
    }
}

fn row(secret: ApiClientSecret, revoke: Callback<ApiClientSecret>) -> Vec<AnyView> {
    let lang = session().lang;
    let (made, ends) = (secret.created_at, secret.expires_at);
    let (color, picture, key) = match secret.is_alive(Timestamp::now()) {
        true => ("success", "circle-check", "clients-secret-state-alive"),
        false => ("warning", "clock-alert", "clients-secret-state-expired"),
    };
    let label = move || tv("clients-secret-revoke-named", &[("at", &format::date_time(made, lang.get()))]);
    let last = used(secret.last_used_at);
    let button = view! {
        <button class="ds-button" data-variant="tertiary" data-size="sm" data-color="danger" type="button"
            aria-label=label on:click=move |_| revoke.run(secret.clone())>{tr!("clients-secret-revoke")}</button>
    };
    vec![
        (move || format::date_time(made, lang.get())).into_any(),
        (move || format::date_time(ends, lang.get())).into_any(),
        last,
        view! { <span class="status" data-color=color>{icon(picture)} " " {tr!(key)}</span> }.into_any(),
        button.into_any(),
    ]
}

/// How long the new secret is to work; after it is made, the secret.
#[component]
fn NewSecret(id: ApiClientId, scopes: StoredValue<Vec<ApiScope>>) -> impl IntoView {
    let (session, form) = (session(), FormState::default());
    let days = RwSignal::new(SECRET_DAYS.to_string());
    let made = RwSignal::new(None::<String>);
    let make = Callback::new(move |()| {
        let new = NewApiClientSecret { valid_days: Some(number(days)) };
        if form.check(&new) {
            let call = session.send(new, move |client, new| async move { client.create_api_client_secret(id, &new).await });
            form.send(call, move |secret| made.set(secret.client_secret));
        }
    });
    let asked = move || {
        view! {
            <p class="ds-paragraph">{tr!("clients-secret-new-intro")}</p>
            <Form form submit="clients-secret-new-save" on_submit=make>
                <TextField form pointer="/valid_days" label="clients-secret-days" hint="clients-secret-days-hint" value=days kind="number" />
            </Form>
        }
        .into_any()
    };
    let handed_over = move |secret| view! { <Handover id scopes=scopes.get_value() secret /> }.into_any();
    move || made.get().map_or_else(asked, handed_over)
}
