//! The audit trail on screen: newest first, filtered by what the address says.

use super::audit_filter::{Asked, Filters};
use super::kit;
use crate::session::{session, t};
use crate::ui::load::empty;
use crate::ui::{Page, load};
use crate::{paths, tr};
use leptos::prelude::*;
use shared::audit::AuditEvent;
use shared::format;
use shared::policy::{Permission, Target};
use uuid::Uuid;

/// `/admin/audit`
#[component]
pub fn Audit() -> impl IntoView {
    let session = session();
    let asked = Asked::read();
    let count = RwSignal::new(1);
    let list = LocalResource::new(move || {
        let (count, asked) = (count.get(), asked.get());
        async move {
            kit::pages(session, count, move |client, cursor| {
                let filter = asked.filter(cursor);
                async move { client.list_audit_events(&filter).await }
            })
            .await
        }
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
                    return empty("audit-empty", "audit-empty-help", Some(clear)).into_any();
                }
                let rest = kit::more(page.next_cursor.as_ref(), count);
                let rows = page.items.into_iter().map(|event| row(event, asked)).collect_view();
                view! {
                    <div class="table-wrap" tabindex="0" role="region" aria-label=tr!("audit-title")>
                        <table class="ds-table">
                            <thead><tr>
                                <th scope="col">{tr!("audit-at")}</th><th scope="col">{tr!("audit-actor")}</th><th scope="col">{tr!("audit-action")}</th>
                                <th scope="col">{tr!("audit-object")}</th><th scope="col">{tr!("audit-fields")}</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    {rest}
                }
                .into_any()
            })}
        </Page>
    }
}

/// The words of a code, or the code itself where it has none: the server may know newer ones than the page.
fn words_or_code(prefix: &str, code: &str) -> String {
    let (key, text) = (format!("{prefix}-{}", code.replace('_', "-")), kit::words(prefix, code));
    if text == key { code.to_owned() } else { text }
}

fn row(event: AuditEvent, asked: Memo<Asked>) -> impl IntoView {
    let session = session();
    let AuditEvent { at, actor_id, actor_name, action, object_kind, object_id, fields, request_id, .. } = event;
    let actor = match actor_id {
        Some(id) => {
            let name = actor_name.unwrap_or_else(|| id.to_string());
            let href = move || Asked { actor: id.to_string(), ..asked.get() }.address();
            view! { <a class="ds-link" href=href>{name}</a> }.into_any()
        }
        None => view! { <span>{tr!("audit-no-actor")}</span> }.into_any(),
    };
    let object = object_id.map(|id| {
        let page = page_of(&object_kind, id).filter(|_| session.may(Permission::ViewAccounts, &Target::Tenant) || object_kind != "account");
        let short: String = id.to_string().chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
        view! {
            <br />
            <a class="ds-link small" href=paths::audit_of(id)>{tr!("audit-same-object")} " …" {short}</a>
            {page.map(|href| view! { " " <a class="ds-link small" href=href>{tr!("audit-open-object")}</a> })}
        }
    });
    view! {
        <tr>
            <td class="num">
                <time datetime=at.to_string()>{move || format::date_time(at, session.lang.get())}</time>
                <br /> <span class="small">{tr!("audit-request")} " " <code>{request_id}</code></span>
            </td>
            <td>{actor}</td>
            <td>{move || words_or_code("audit-action", action.as_str())}</td>
            <td>{move || words_or_code("audit-kind", &object_kind)} {object}</td>
            <td>{move || fields.iter().map(|field| words_or_code("audit-field", field)).collect::<Vec<_>>().join(", ")}</td>
        </tr>
    }
}

/// The page of a thing, where it has one.
fn page_of(kind: &str, id: Uuid) -> Option<String> {
    match kind {
        "account" => Some(paths::account_admin(shared::AccountId(id))),
        "programme" => Some(paths::programme(shared::ProgrammeId(id))),
        "edition" => Some(paths::edition(shared::EditionId(id))),
        _ => None,
    }
}
