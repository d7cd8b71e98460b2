//! The accessibility statement that Act 306/2019 wants, and the form for feedback.

use crate::session::{session, t};
use crate::tr;
use crate::ui::field::filled;
use crate::ui::{Form, FormState, Page, TextField};
use leptos::prelude::*;
use shared::accessibility::{AccessibilityReceipt, NewAccessibilityFeedback};
use shared::format;

const GAPS: &[&str] = &["accessibility-gap-audit", "accessibility-gap-readers", "accessibility-gap-content", "accessibility-gap-charts"];

/// `/accessibility`
#[component]
pub fn Accessibility() -> impl IntoView {
    let gaps = GAPS.iter().map(|gap| view! { <li>{tr!(gap)}</li> }).collect_view();
    view! {
        <Page title=Signal::derive(move || t("accessibility-title"))>
            <p class="ds-paragraph">{tr!("accessibility-intro")}</p>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("accessibility-state")}</h2>
                <p class="ds-paragraph">{tr!("accessibility-state-text")}</p>
                <p class="ds-paragraph">{tr!("accessibility-checked")}</p>
            </section>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("accessibility-gaps")}</h2>
                <ul>{gaps}</ul>
            </section>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("accessibility-give")}</h2>
                <p class="ds-paragraph">{tr!("accessibility-give-text")}</p>
                <Give />
            </section>
            <section class="section">
                <h2 class="ds-heading" data-size="sm">{tr!("accessibility-enforcement")}</h2>
                <p class="ds-paragraph">{tr!("accessibility-enforcement-text")}</p>
                <p class="ds-paragraph">
                    {tr!("accessibility-traficom")} <br />
                    <a class="ds-link" rel="external" href="https://www.saavutettavuusvaatimukset.fi/">"saavutettavuusvaatimukset.fi"</a> <br />
                    <a class="ds-link" rel="external" href="mailto:saavutettavuus@traficom.fi">"saavutettavuus@traficom.fi"</a> <br />
                    {tr!("accessibility-phone")} " " <a class="ds-link" rel="external" href="tel:+358295345000">"029 534 5000"</a>
                </p>
            </section>
        </Page>
    }
}

/// The form, and then the day by which it is answered.
#[component]
fn Give() -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let (message, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let receipt = RwSignal::new(None::<AccessibilityReceipt>);
    let send = Callback::new(move |()| {
        let new = NewAccessibilityFeedback { message: message.get_untracked(), email: filled(email), lang: session.lang.get_untracked() };
        if !form.check(&new) {
            return;
        }
        let call = session.send(new, |client, new| async move { client.send_accessibility_feedback(&new).await });
        form.send(call, move |answer| {
            receipt.set(Some(answer));
            message.set(String::new());
        });
    });
    let said = move || {
        receipt.get().map(|receipt| {
            let lang = session.lang.get();
            let day = format::date(receipt.answer_due_on, lang);
            view! { <div class="ds-alert" data-color="success"><p class="ds-paragraph">{lang.text_with("accessibility-thanks", &[("day", &day)])}</p></div> }
        })
    };
    view! {
        <div role="status">{said}</div>
        <Form form submit="accessibility-send" on_submit=send>
            <TextField form pointer="/message" label="accessibility-message" hint="accessibility-message-hint" value=message tall=true />
            <TextField form pointer="/email" label="accessibility-email" hint="accessibility-email-hint" value=email kind="email" autocomplete="email" optional=true />
        </Form>
    }
}
