//! The audit trail on screen: newest first, filtered by what the address says.

use super::audit_filter::{Asked, Filters};
use crate::session::{session, t, tv, word};
use crate::ui::table::{Column, more, words_in};
use crate::ui::{Page, empty, load, problem, table};
use crate::{paths, tr};
use leptos::prelude::*;
use shared::audit::AuditEvent;
use shared::format;
use shared::policy::{Permission, Target};
use uuid::Uuid;

const COLUMNS: &[Column] =
    &[words_in("audit-at"), words_in("audit-actor"), words_in("audit-action"), words_in("audit-object"), words_in("audit-fields")];

/// `/admin/audit`
#[component]
pub fn Audit() -> impl IntoView {
    problem::only(Permission::ViewAudit, || view! { <Trail /> }.into_any())
}

#[component]
fn Trail() -> impl IntoView {
    let session = session();
    let asked = Asked::read();
    let count = RwSignal::new(1);
    let list = LocalResource::new(move || {
        let (count, asked) = (count.get(), asked.get());
        session.pages(count, move |client, paging| {
            let filter = asked.filter(paging.cursor);
            async move { client.list_audit_events(&filter).await }
        })
    });
    let actor = Signal::derive(move || match list.get() {
        Some(Ok(page)) => page.items.first().and_then(|event| event.actor_name.clone()),
        _ => None,
    });
    view! {
        <Page title=Signal::derive(move || t("audit-title"))>
            <p class="ds-paragraph">{tr!("audit-intro")}</p>
            <Filters asked count actor />
            {load(list, move |page| {
                if page.items.is_empty() {
                    let clear = view! { <a class="ds-link" href=paths::AUDIT>{tr!("audit-clear")}</a> }.into_any();
                    return empty("audit-empty", "audit-empty-help", Some(clear));
                }
                let rest = more(page.next_cursor.as_ref(), count);
                let rows = page.items.into_iter().map(|event| row(event, asked)).collect();
                view! { {table("audit-title", COLUMNS, rows)} {rest} }.into_any()
            })}
        </Page>
    }
}

/// The words of a code, or the code itself where it has none: the server may know newer ones than the page.
fn words_or_code(prefix: &str, code: &str) -> String {
    let (key, text) = (format!("{prefix}-{}", code.replace('_', "-")), word(prefix, code));
    if text == key { code.to_owned() } else { text }
}

fn row(event: AuditEvent, asked: Memo<Asked>) -> Vec<AnyView> {
    let session = session();
    let AuditEvent { at, actor_id, client_id, actor_name, action, object_kind, object_id, fields, request_id, .. } = event;
    let when = view! {
        <time datetime=at.to_string()>{move || format::date_time(at, session.lang.get())}</time>
        <details class="request"><summary>{tr!("audit-request")}</summary><code>{request_id}</code></details>
    };
    let actor = match (actor_id, client_id) {
        (Some(id), _) => {
            let name = actor_name.unwrap_or_else(|| id.to_string());
            let href = move || Asked { actor: id.to_string(), client: String::new(), ..asked.get() }.address();
            view! { <a class="ds-link" href=href>{name}</a> }.into_any()
        }
        (None, Some(id)) => {
            let name = actor_name.unwrap_or_else(|| id.to_string());
            let href = move || Asked { client: id.to_string(), actor: String::new(), ..asked.get() }.address();
            view! { <a class="ds-link" href=href>{move || tv("audit-program", &[("name", &name)])}</a> }.into_any()
        }
        (None, None) => view! { <span>{tr!("audit-no-actor")}</span> }.into_any(),
    };
    let links = object_id.map(|id| {
        let page = page_of(&object_kind, id).filter(|_| session.may(Permission::ViewAccounts, &Target::Tenant) || object_kind != "account");
        let short: String = id.to_string().chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
        view! {
            <span class="links">
                <a class="ds-link small" href=paths::audit_of(id)>{tr!("audit-same-object")} " …" {short}</a>
                {page.map(|href| view! { <a class="ds-link small" href=href>{tr!("audit-open-object")}</a> })}
            </span>
        }
    });
    let object = view! { {move || words_or_code("audit-kind", &object_kind)} {links} };
    let changed = move || fields.iter().map(|field| words_or_code("audit-field", field)).collect::<Vec<_>>().join(", ");
    vec![when.into_any(), actor, (move || words_or_code("audit-action", action.as_str())).into_any(), object.into_any(), changed.into_any()]
}

/// The page of a thing, where it has one.
fn page_of(kind: &str, id: Uuid) -> Option<String> {
    match kind {
        "account" => Some(paths::account_admin(shared::AccountId(id))),
        "api_client" => Some(paths::client_admin(shared::ApiClientId(id))),
        "programme" => Some(paths::programme(shared::ProgrammeId(id))),
        "edition" => Some(paths::edition(shared::EditionId(id))),
        _ => None,
    }
}
