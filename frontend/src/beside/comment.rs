//! One comment: who said it, when, what, and what may be done with it.

use super::comments::Beside;
use super::people::Writing;
use crate::session::{t, tv};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::{Confirm, FormState, icon, load};
use leptos::prelude::*;
use shared::comments::{Comment, CommentChanges, CommentFields, spelled};
use shared::format;
use shared::markdown::{self, Block, Span};

/// One comment of the list.
pub fn comment(beside: Beside, said: Comment) -> AnyView {
    let editing = RwSignal::new(false);
    let body = move |said: &Comment| match said.text.clone() {
        None => {
            let at = said.deleted_at.unwrap_or(said.created_at);
            view! { <p class="small">{move || tv("comments-gone", &[("at", &format::date_time(at, beside.session.lang.get()))])}</p> }
                .into_any()
        }
        Some(text) => view! { <div class="said" lang=said.lang.as_str()>{blocks(&markdown::read(&text))}</div> }.into_any(),
    };
    let (shown, edited) = (said.clone(), said.clone());
    let head = head(beside, &said);
    let tools = tools(beside, &said, editing);
    view! {
        <li class="comment" id=format!("comment-{}", said.id)>
            {head}
            {move || if editing.get() { edit(beside, edited.clone(), editing) } else { body(&shown) }}
            {move || (!editing.get()).then(&tools)}
        </li>
    }
    .into_any()
}

fn head(beside: Beside, said: &Comment) -> AnyView {
    let (name, at, edited) = (said.author_name.clone(), said.created_at, said.edited_at.filter(|_| said.deleted_at.is_none()));
    let marks: String = name.split_whitespace().filter_map(|part| part.chars().next()).take(2).collect();
    let time = move |at| format::date_time(at, beside.session.lang.get());
    view! {
        <p class="comment-head">
            <span class="initials" aria-hidden="true">{marks}</span>
            <span class="comment-who">{name}</span> " "
            <span class="small">{move || time(at)} {move || edited.map(|at| format!(" · {}", tv("comments-edited", &[("at", &time(at))])))}</span>
        </p>
    }
    .into_any()
}

/// What may be done with it: a function, because it is drawn anew when the editing ends.
fn tools(beside: Beside, said: &Comment, editing: RwSignal<bool>) -> impl Fn() -> AnyView + Send + use<> {
    let said = StoredValue::new(said.clone());
    move || {
        let (may_edit, may_delete, has_history) =
            said.with_value(|said| (said.may_edit, said.may_delete, said.edited_at.is_some() && said.text.is_some()));
        let (asking, former) = (RwSignal::new(false), RwSignal::new(false));
        let at = move || said.with_value(|said| format::date_time(said.created_at, beside.session.lang.get()));
        let named = move || said.with_value(|said| tv("comments-delete-named", &[("name", &said.author_name), ("at", &at())]));
        let (session, act) = (beside.session, beside.act);
        let delete = Callback::new(move |()| {
            let (id, version) = said.with_value(|said| (said.id, said.version));
            act.run(session.call(move |client| async move { client.delete_comment(id, version).await }), "comments-deleted");
        });
        view! {
            <div class="comment-tools">
                {may_edit.then(|| view! {
                    <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" aria-label=move || tv("comments-edit-named", &[("at", &at())])
                        on:click=move |_| editing.set(true)>{icon("pencil")} {tr!("comments-edit")}</button>
                })}
                {may_delete.then(|| view! {
                    <button class="ds-button" data-variant="tertiary" data-size="sm" data-color="danger" type="button" aria-label=named
                        on:click=move |_| asking.set(true)>{icon("trash-2")} {tr!("comments-delete")}</button>
                })}
                {has_history.then(|| view! {
                    <button class="ds-button" data-variant="tertiary" data-size="sm" type="button" aria-expanded=move || former.get().to_string()
                        on:click=move |_| former.update(|open| *open = !*open)>{tr!("comments-history")}</button>
                })}
                {move || former.get().then(|| history(beside, said.with_value(|said| said.id)))}
                {may_delete.then(|| view! {
                    <Confirm open=asking title_key="comments-delete-title" text=Signal::derive(move || tv("comments-delete-text", &[("at", &at())])) yes="comments-delete" on_yes=delete />
                })}
            </div>
        }
        .into_any()
    }
}

/// What it said before, newest first.
fn history(beside: Beside, id: shared::CommentId) -> AnyView {
    let session = beside.session;
    let former =
        LocalResource::new(move || session.all(move |client, paging| async move { client.get_comment_history(id, &paging).await }));
    load(former, move |versions| {
        let one = |version: shared::comments::CommentVersion| {
            let at = version.written_at;
            view! {
                <li>
                    <p class="small">{move || format::date_time(at, session.lang.get())}</p>
                    <div class="said" lang=version.lang.as_str()>{blocks(&markdown::read(&version.text))}</div>
                </li>
            }
        };
        view! { <ul class="comment-history" aria-label=tr!("comments-history")>{versions.into_iter().map(one).collect_view()}</ul> }
            .into_any()
    })
    .into_any()
}

/// The text in a field, for its author.
fn edit(beside: Beside, said: Comment, editing: RwSignal<bool>) -> AnyView {
    let (session, form, id, lang) = (beside.session, FormState::default(), said.id, said.lang);
    let version = StoredValue::new(said.version);
    let (text, people) = spelled(said.text.as_deref().unwrap_or_default());
    let writing = Writing::new(beside.subject, text, people);
    let save = Callback::new(move |()| {
        let text = writing.written();
        if form.check(&CommentFields { text: text.clone(), lang }) {
            let changes = CommentChanges { text: Some(text), lang: None };
            let call = session.send((changes, version.get_value()), move |client, (changes, version)| async move {
                client.update_comment(id, version, &changes).await
            });
            form.send(call, move |_| {
                session.say("comments-saved");
                editing.set(false);
                beside.act.reread();
            });
        }
    });
    // It was changed from another window of the same author: what is written here is kept, over the version as it is now.
    Effect::new(move |_| {
        if form.stale.get() {
            let read = session.call(move |client| async move { client.get_comment(id).await });
            form.catch_up(read, move |now| {
                version.set_value(now.version);
                session.say("common-act-stale");
            });
        }
    });
    view! {
        <form class="form" novalidate on:submit=move |event| { event.prevent_default(); save.run(()); }>
            <Summary form />
            {writing.field(form, format!("edit-{id}"), save)}
            <div class="actions">
                <button class="ds-button" data-size="sm" type="submit" aria-busy=move || form.busy.get().then_some("true")>{move || t("comments-save")}</button>
                <button class="ds-button" data-variant="secondary" data-size="sm" type="button" on:click=move |_| editing.set(false)>{tr!("comments-cancel")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn blocks(read: &[Block]) -> Vec<AnyView> {
    let one = |block: &Block| match block {
        Block::Paragraph(inside) => view! { <p class="ds-paragraph">{spans(inside)}</p> }.into_any(),
        Block::Quote(inside) => view! { <blockquote>{blocks(inside)}</blockquote> }.into_any(),
        Block::Code(text) => view! { <pre><code>{text.clone()}</code></pre> }.into_any(),
        Block::List { first, items } => {
            let lines = items.iter().map(|item| view! { <li>{blocks(item)}</li> }).collect_view();
            match first {
                Some(first) => view! { <ol start=first.to_string()>{lines}</ol> }.into_any(),
                None => view! { <ul>{lines}</ul> }.into_any(),
            }
        }
    };
    read.iter().map(one).collect()
}

fn spans(read: &[Span]) -> Vec<AnyView> {
    let one = |span: &Span| match span {
        Span::Text(text) => text.clone().into_any(),
        Span::Break => view! { <br /> }.into_any(),
        Span::Code(text) => view! { <code>{text.clone()}</code> }.into_any(),
        Span::Emphasis(inside) => view! { <em>{spans(inside)}</em> }.into_any(),
        Span::Strong(inside) => view! { <strong>{spans(inside)}</strong> }.into_any(),
        Span::Link { to, inside } => {
            view! { <a class="ds-link" href=to.clone() rel="external nofollow noopener noreferrer">{spans(inside)}</a> }.into_any()
        }
        Span::Mention { name, .. } => view! { <span class="mention">{format!("@{name}")}</span> }.into_any(),
    };
    read.iter().map(one).collect()
}
