//! Which lines of the trail are shown: chosen in a form, kept in the address.

use crate::session::{t, tv};
use crate::ui::field::choices;
use crate::ui::{FormState, Select, TextField, icon, query};
use crate::{paths, tr};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::audit::{AuditAction, AuditFilter};
use shared::format;

/// The kinds of things that the trail speaks of.
pub const KINDS: &[&str] = &[
    "account",
    "api_client",
    "api_client_secret",
    "session",
    "grant",
    "organisation",
    "unit",
    "programme",
    "edition",
    "comment",
    "contact_day",
    "enrolment",
    "group",
    "link",
    "project",
    "board",
    "job",
    "trial",
    "measurement",
    "adoption",
    "accessibility_feedback",
];

/// The filters as the address has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    pub action: String,
    pub kind: String,
    pub object: String,
    pub actor: String,
    pub client: String,
    pub from: String,
    pub to: String,
}

impl Asked {
    /// Reads the address. Reactive.
    pub fn read() -> Memo<Self> {
        let query = use_query_map();
        Memo::new(move |_| {
            query.with(|query| {
                let get = |name: &str| query.get(name).unwrap_or_default();
                Self {
                    action: get("action"),
                    kind: get("kind"),
                    object: get("object"),
                    actor: get("actor"),
                    client: get("client"),
                    from: get("from"),
                    to: get("to"),
                }
            })
        })
    }

    /// As the server wants them; the last day is counted in.
    pub fn filter(&self, cursor: Option<String>) -> AuditFilter {
        let start = |day: Date| format::instant(day, 0, 0);
        AuditFilter {
            actor_id: self.actor.parse().ok(),
            client_id: self.client.parse().ok(),
            action: self.action.parse().ok(),
            object_kind: Some(self.kind.clone()).filter(|kind| !kind.is_empty()),
            object_id: self.object.parse().ok(),
            from: self.from.parse().ok().and_then(start),
            before: self.to.parse::<Date>().ok().and_then(|day| day.tomorrow().ok()).and_then(start),
            cursor,
            limit: None,
        }
    }

    fn pairs(&self) -> [(&'static str, String); 7] {
        let Self { action, kind, object, actor, client, from, to } = self.clone();
        [("action", action), ("kind", kind), ("object", object), ("actor", actor), ("client", client), ("from", from), ("to", to)]
    }

    /// The address with these filters.
    pub fn address(&self) -> String {
        query::with_query(paths::AUDIT, &self.pairs())
    }
}

/// The form over the table. `actor` is the name of the one whose doings are shown, where it is known.
#[component]
pub fn Filters(asked: Memo<Asked>, count: RwSignal<usize>, actor: Signal<Option<String>>) -> impl IntoView {
    let navigate = use_navigate();
    let form = FormState::default();
    let fields = || RwSignal::new(String::new());
    let (action, kind, object, from, to) = (fields(), fields(), fields(), fields(), fields());
    Effect::new(move |_| {
        let asked = asked.get();
        action.set(asked.action);
        kind.set(asked.kind);
        object.set(asked.object);
        from.set(asked.from);
        to.set(asked.to);
        if count.get_untracked() != 1 {
            count.set(1);
        }
    });
    let any = |known: Signal<Vec<(String, String)>>| {
        Signal::derive(move || std::iter::once((String::new(), t("audit-any"))).chain(known.get()).collect::<Vec<_>>())
    };
    let actions = any(choices("audit-action", AuditAction::ALL.iter().map(|action| action.as_str())));
    let kinds = any(choices("audit-kind", KINDS.iter().copied()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wanted = Asked {
            action: action.get_untracked(),
            kind: kind.get_untracked(),
            object: object.get_untracked(),
            actor: asked.get_untracked().actor,
            client: asked.get_untracked().client,
            from: from.get_untracked(),
            to: to.get_untracked(),
        };
        query::put_query(&navigate, paths::AUDIT, &wanted.pairs());
    };
    let of_actor = move || {
        let asked = asked.get();
        let id = if asked.actor.is_empty() { asked.client.clone() } else { asked.actor.clone() };
        (!id.is_empty()).then(|| {
            let name = actor.get().unwrap_or(id);
            let without = Asked { actor: String::new(), client: String::new(), ..asked }.address();
            view! { <p class="ds-paragraph">{tv("audit-of-actor", &[("name", &name)])} " " <a class="ds-link" href=without>{tr!("audit-all-actors")}</a></p> }
        })
    };
    view! {
        <form class="filters" role="search" on:submit=submit>
            <Select form pointer="/action" label="audit-action" value=action options=actions />
            <Select form pointer="/kind" label="audit-kind" value=kind options=kinds />
            <TextField form pointer="/from" label="audit-from" value=from kind="date" />
            <TextField form pointer="/to" label="audit-to" value=to kind="date" />
            <TextField form pointer="/object" label="audit-object-id" value=object />
            <button class="ds-button" data-variant="secondary" type="submit">{icon("filter")}{tr!("audit-filter")}</button>
            {move || (asked.get() != Asked::default()).then(|| view! { <a class="ds-link" href=paths::AUDIT>{tr!("audit-clear")}</a> })}
        </form>
        {of_actor}
    }
}
