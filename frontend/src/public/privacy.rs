//! Who keeps what of people, why and for how long.

use crate::session::{session, t};
use crate::ui::Page;
use crate::{paths, tr};
use leptos::prelude::*;

/// What is kept: name of the row; the texts are `identity-privacy-<row>` with `-what`, `-why` and `-long`.
const ROWS: &[(&str, &str, &str, &str)] = &[
    ("identity-privacy-account", "identity-privacy-account-what", "identity-privacy-account-why", "identity-privacy-account-long"),
    ("identity-privacy-factor", "identity-privacy-factor-what", "identity-privacy-factor-why", "identity-privacy-factor-long"),
    ("identity-privacy-place", "identity-privacy-place-what", "identity-privacy-place-why", "identity-privacy-place-long"),
    ("identity-privacy-answers", "identity-privacy-answers-what", "identity-privacy-answers-why", "identity-privacy-answers-long"),
    ("identity-privacy-results", "identity-privacy-results-what", "identity-privacy-results-why", "identity-privacy-results-long"),
    ("identity-privacy-session", "identity-privacy-session-what", "identity-privacy-session-why", "identity-privacy-session-long"),
    ("identity-privacy-failure", "identity-privacy-failure-what", "identity-privacy-failure-why", "identity-privacy-failure-long"),
    ("identity-privacy-audit", "identity-privacy-audit-what", "identity-privacy-audit-why", "identity-privacy-audit-long"),
    ("identity-privacy-mail", "identity-privacy-mail-what", "identity-privacy-mail-why", "identity-privacy-mail-long"),
    ("identity-privacy-repeat", "identity-privacy-repeat-what", "identity-privacy-repeat-why", "identity-privacy-repeat-long"),
    ("identity-privacy-client", "identity-privacy-client-what", "identity-privacy-client-why", "identity-privacy-client-long"),
    ("identity-privacy-feedback", "identity-privacy-feedback-what", "identity-privacy-feedback-why", "identity-privacy-feedback-long"),
];

const RIGHTS: &[&str] = &[
    "identity-privacy-right-see",
    "identity-privacy-right-correct",
    "identity-privacy-right-erase",
    "identity-privacy-right-object",
    "identity-privacy-right-complain",
];

/// `/privacy`
#[component]
pub fn Privacy() -> impl IntoView {
    let session = session();
    let rows = ROWS
        .iter()
        .map(|(name, what, why, long)| view! { <tr><th scope="row">{tr!(name)}</th><td>{tr!(what)}</td><td>{tr!(why)}</td><td>{tr!(long)}</td></tr> })
        .collect_view();
    let rights = RIGHTS.iter().map(|right| view! { <li>{tr!(right)}</li> }).collect_view();
    let export = move || {
        session
            .me
            .with(Option::is_some)
            .then(|| view! { <p class="ds-paragraph"><a class="ds-link" href=paths::ACCOUNT>{tr!("identity-export")}</a></p> })
    };
    view! {
        <Page title=Signal::derive(move || t("identity-privacy"))>
            <p class="ds-paragraph">{tr!("identity-privacy-intro")}</p>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("identity-privacy-who")}</h2>
                <p class="ds-paragraph">{tr!("identity-privacy-who-text")}</p>
                <p class="ds-paragraph">{tr!("identity-privacy-sees")}</p>
            </section>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("identity-privacy-kept")}</h2>
                <div class="table-wrap" tabindex="0" role="region" aria-label=tr!("identity-privacy-kept")>
                    <table class="ds-table">
                        <thead><tr>
                            <th scope="col">{tr!("identity-privacy-data")}</th><th scope="col">{tr!("identity-privacy-what")}</th>
                            <th scope="col">{tr!("identity-privacy-why")}</th><th scope="col">{tr!("identity-privacy-long")}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <p class="ds-paragraph">{tr!("identity-privacy-cookie")}</p>
            </section>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("identity-privacy-rights")}</h2>
                <ul>{rights}</ul>
                {export}
            </section>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("identity-privacy-contact")}</h2>
                <p class="ds-paragraph">{tr!("identity-privacy-contact-text")}</p>
            </section>
        </Page>
    }
}
