//! For those who administer: what waits for them.

use crate::paths;
use crate::session::{Session, session, tv};
use crate::tr;
use crate::ui::{icon, load};
use jiff::Timestamp;
use jiff::civil::Date;
use leptos::prelude::*;
use shared::client::Called;
use shared::format;
use shared::identity::{AccountFilter, AccountStatus};
use shared::policy::{Permission, Target};

#[derive(Clone)]
struct Matter {
    /// Invited people who have not come yet.
    invited: usize,
    /// The days by which feedback that nobody has answered is to be answered.
    feedback: Vec<Date>,
}

async fn read(session: Session) -> Called<Matter> {
    let filter = |cursor, limit| AccountFilter { q: None, status: Some(AccountStatus::Invited), cursor, limit };
    let invited =
        session.all(move |client, paging| async move { client.list_accounts(&filter(paging.cursor, paging.limit)).await }).await?;
    let feedback = match session.may_now(Permission::ManageAccessibilityFeedback, &Target::Tenant) {
        true => session.all(|client, paging| async move { client.list_accessibility_feedback(&paging).await }).await?,
        false => Vec::new(),
    };
    let open = feedback.into_iter().filter(|item| item.answered_at.is_none()).map(|item| item.answer_due_on).collect();
    Ok(Matter { invited: invited.len(), feedback: open })
}

/// The part of the page.
#[component]
pub fn Waiting() -> impl IntoView {
    let session = session();
    let matter = LocalResource::new(move || read(session));
    view! {
        <section class="block">
            <h2 class="ds-heading" data-size="sm">{tr!("start-what-waits")}</h2>
            {load(matter, lines)}
        </section>
    }
}

fn lines(Matter { invited, mut feedback }: Matter) -> AnyView {
    feedback.sort_unstable();
    let today = format::day_of(Timestamp::now());
    let answers = feedback.first().map(|due| {
        let (due, count) = (*due, feedback.len());
        let words = move || tv("start-feedback-open", &[("count", &count.to_string())]);
        let day = move || format::date(due, session().lang.get());
        let (color, picture, key) =
            if due < today { ("danger", "triangle-alert", "start-feedback-overdue") } else { ("warning", "clock-alert", "start-feedback-due") };
        view! {
            <li>
                <div><strong>{words}</strong> <span class="status" data-color=color>{icon(picture)} {move || tv(key, &[("day", &day())])}</span></div>
                <a class="ds-button" data-variant="secondary" data-size="sm" href=paths::ACCESSIBILITY_FEEDBACK>{tr!("start-answer-feedback")}</a>
            </li>
        }
    });
    let people = (invited > 0).then(|| {
        let words = move || tv("start-invited", &[("count", &invited.to_string())]);
        view! {
            <li>
                <div><strong>{words}</strong> <span class="small">{tr!("start-invited-help")}</span></div>
                <a class="ds-button" data-variant="secondary" data-size="sm" href=paths::INVITED>{tr!("start-see-invited")}</a>
            </li>
        }
    });
    if answers.is_none() && people.is_none() {
        return view! { <p class="ds-paragraph"><span class="status" data-color="success">{icon("circle-check")} {tr!("start-nothing-waits")}</span></p> }.into_any();
    }
    view! { <ul class="lags">{answers} {people}</ul> }.into_any()
}
