//! Comments beside an object: what has been said, and a field to say something.

use super::comment::comment;
use super::people::Writing;
use crate::session::live::use_live;
use crate::session::{Session, session};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::{Act, FormState, empty, icon, load};
use leptos::prelude::*;
use shared::client::Called;
use shared::comments::{Comment, CommentFilter, NewComment};
use shared::page::Page;
use shared::subjects::{SubjectKind, SubjectRef};
use uuid::Uuid;

/// What the comments of an object share.
#[derive(Clone, Copy)]
pub struct Beside {
    pub session: Session,
    pub subject: SubjectRef,
    pub act: Act,
}

/// What has been said beside an object, oldest first, kept up to date while it is shown.
#[component]
pub fn Comments(
    /// What kind of object.
    kind: SubjectKind,
    /// Which one.
    id: Uuid,
) -> impl IntoView {
    let (session, subject, pages) = (session(), SubjectRef::new(kind, id), RwSignal::new(1_usize));
    let said = LocalResource::new(move || read(session, subject, pages.get()));
    let beside = Beside { session, subject, act: Act::new(move || said.refetch()) };
    use_live((kind, id), move || said.refetch());
    let count = move || {
        let there = said.map(|said| {
            said.as_ref().ok().map(|page| (page.items.iter().filter(|one| one.text.is_some()).count(), page.next_cursor.is_some()))
        });
        there.flatten().map(|(count, more)| format!("{count}{}", if more { "+" } else { "" }))
    };
    view! {
        <section class="section comments" aria-labelledby="comments-heading">
            <h2 class="ds-heading" data-size="sm" id="comments-heading">{tr!("comments-title")} " " <span class="small">{count}</span></h2>
            <Summary form=beside.act.form />
            {load(said, move |page| list(beside, page, pages))}
            <NewOne beside />
        </section>
    }
}

/// As many pages as have been asked for.
async fn read(session: Session, subject: SubjectRef, count: usize) -> Called<Page<Comment>> {
    session
        .pages(count, move |client, paging| async move {
            let filter = CommentFilter { subject: subject.kind, subject_id: subject.id, cursor: paging.cursor, limit: paging.limit };
            client.list_comments(&filter).await
        })
        .await
}

fn list(beside: Beside, page: Page<Comment>, pages: RwSignal<usize>) -> AnyView {
    if page.items.is_empty() {
        return empty("comments-empty", "comments-empty-help", None);
    }
    let more = page.next_cursor.is_some().then(|| {
        view! { <button class="ds-button" data-variant="tertiary" type="button" on:click=move |_| pages.update(|count| *count += 1)>{tr!("comments-more")}</button> }
    });
    let items = page.items.into_iter().map(|said| comment(beside, said)).collect_view();
    view! { <ol class="comment-list">{items}</ol> {more} }.into_any()
}

/// Something new to say.
#[component]
fn NewOne(beside: Beside) -> impl IntoView {
    let Beside { session, subject, act } = beside;
    let form = FormState::default();
    let writing = Writing::new(subject, String::new(), Vec::new());
    let send = Callback::new(move |()| {
        let new = NewComment { subject: subject.kind, subject_id: subject.id, text: writing.written(), lang: session.lang.get_untracked() };
        if form.check(&new) {
            let call = session.send(new, |client, new| async move { client.create_comment(&new).await });
            form.send(call, move |_| {
                session.say("comments-sent");
                writing.clear();
                act.reread();
            });
        }
    });
    view! {
        <form class="form" novalidate on:submit=move |event| { event.prevent_default(); send.run(()); }>
            <Summary form />
            {writing.field(form, "new-comment".to_owned(), send)}
            <div class="actions">
                <button class="ds-button" type="submit" aria-busy=move || form.busy.get().then_some("true") aria-disabled=move || form.busy.get().then_some("true")>
                    {icon("arrow-right")} {tr!("comments-send")}
                </button>
            </div>
        </form>
    }
}
