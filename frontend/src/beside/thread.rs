//! The thread of an object: where it came from and what came of it, from the earliest to the latest.

use crate::session::live::use_live;
use crate::session::{Undo, session, t, tv, word};
use crate::tr;
use crate::ui::form::Summary;
use crate::ui::{Act, empty, icon, load};
use leptos::prelude::*;
use shared::subjects::{SubjectKind, SubjectRef};
use shared::thread::{NewThreadLink, Thread as Read, ThreadFilter, ThreadLink, ThreadNode};
use uuid::Uuid;

/// The thread as a path of its objects, kept up to date while it is shown.
#[component]
pub fn Thread(
    /// What kind of object.
    kind: SubjectKind,
    /// Which one.
    id: Uuid,
) -> impl IntoView {
    let session = session();
    let filter = ThreadFilter { subject: kind, subject_id: id };
    let thread =
        LocalResource::new(move || session.send(filter.clone(), |client, filter| async move { client.list_thread(&filter).await }));
    let act = Act::new(move || thread.refetch());
    use_live((kind, id), move || thread.refetch());
    view! {
        <section class="section thread" aria-labelledby="thread-heading">
            <h2 class="ds-heading" data-size="sm" id="thread-heading">{tr!("thread-title")}</h2>
            <Summary form=act.form />
            {load(thread, move |thread| path(act, &thread))}
        </section>
    }
}

fn path(act: Act, thread: &Read) -> AnyView {
    if thread.nodes.len() < 2 {
        return empty("thread-empty", "thread-empty-help", None);
    }
    let part = |key: &'static str, fits: fn(i64) -> bool| {
        let nodes: Vec<AnyView> = thread.nodes.iter().filter(|node| fits(node.steps)).map(|node| step(act, node, thread)).collect();
        (!nodes.is_empty()).then(|| view! { <li><p class="small">{tr!(key)}</p><ol class="thread-path">{nodes}</ol></li> })
    };
    let parts =
        [part("thread-earlier", |steps| steps < 0), part("thread-here", |steps| steps == 0), part("thread-later", |steps| steps > 0)];
    view! { <ol class="thread-parts">{parts.into_iter().collect_view()}</ol> }.into_any()
}

fn step(act: Act, node: &ThreadNode, thread: &Read) -> AnyView {
    let own = SubjectRef::new(node.subject, node.subject_id);
    let kind = node.subject;
    let title = match node.steps {
        0 => view! { <strong>{node.title.clone()}</strong> }.into_any(),
        _ => view! { <a class="ds-link" href=node.path.clone()>{node.title.clone()}</a> }.into_any(),
    };
    // Each link is said once: at the object that the sentence begins with.
    let links = thread.links.iter().filter(|link| link.from == own).map(|link| sentence(act, link, thread)).collect_view();
    view! {
        <li class="thread-step" aria-current=(node.steps == 0).then_some("true")>
            <span class="small">{move || word("thread-subject", kind.as_str())}</span> " " {title}
            <ul class="thread-links">{links}</ul>
        </li>
    }
    .into_any()
}

fn sentence(act: Act, link: &ThreadLink, thread: &Read) -> AnyView {
    let titled = |at: SubjectRef| {
        let node = thread.nodes.iter().find(|node| SubjectRef::new(node.subject, node.subject_id) == at);
        node.map(|node| node.title.clone()).unwrap_or_default()
    };
    let (kind, to) = (link.kind, titled(link.to));
    let shown = to.clone();
    let remove = link.may_delete.then(|| {
        let (link, named) = (link.clone(), to);
        view! {
            <button class="ds-button" data-variant="tertiary" data-size="sm" data-color="danger" type="button"
                aria-label=move || tv("thread-remove-named", &[("title", &named)]) title=move || t("thread-remove") on:click=move |_| take_away(act, &link)>{icon("x")}</button>
        }
    });
    view! { <li><span class="small">{move || word("thread-link", kind.as_str())} " " {shown}</span> {remove}</li> }.into_any()
}

/// Takes a link away; it can be made again just so.
fn take_away(act: Act, link: &ThreadLink) {
    let session = session();
    let &ThreadLink { id, version, kind, from, to, .. } = link;
    let call = session.call(move |client| async move { client.delete_link(id, version).await });
    act.run_undoable(call, "thread-removed", move |()| {
        let again = NewThreadLink { kind, subject: from.kind, subject_id: from.id, other: to.kind, other_id: to.id };
        Undo::new("thread-restored", move || session.send(again.clone(), |client, again| async move { client.create_link(&again).await }))
    });
}
