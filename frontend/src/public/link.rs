//! What a single-use link opens. Its secret stands after `#`, reaches no server log, and is taken from the address at once.

use crate::session::{Session, session, t};
use crate::ui::load::{failure, skeleton};
use crate::ui::{Form, FormState, Page, TextField};
use crate::{paths, tr};
use leptos::prelude::*;
use shared::identity::{LinkInfo, LinkPurpose, LinkRedemption, LinkToken};
use shared::problem::ProblemCode;
use wasm_bindgen::JsValue;

/// The secret of the address, which is then without it.
fn take_secret() -> String {
    let location = window().location();
    let secret = location.hash().unwrap_or_default().trim_start_matches('#').to_owned();
    if let (false, Ok(path), Ok(history)) = (secret.is_empty(), location.pathname(), window().history()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    secret
}

const fn title(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::Invitation => "identity-redeem-invitation",
        LinkPurpose::PasswordReset => "identity-redeem-password-reset",
        LinkPurpose::EmailChange => "identity-redeem-email-change",
        LinkPurpose::FirstAdministrator => "identity-redeem-first-administrator",
    }
}

/// `/link/:purpose#secret`
#[component]
pub fn Link() -> impl IntoView {
    let session = session();
    let secret = StoredValue::new(take_secret());
    let done = RwSignal::new(None::<LinkPurpose>);
    let info = LocalResource::new(move || async move {
        let token = LinkToken { token: secret.get_value() };
        session.client().inspect_link(&token).await
    });
    let heading = Signal::derive(move || match info.get() {
        Some(Ok(info)) => t(title(info.purpose)),
        Some(Err(_)) => t("identity-redeem-no"),
        None => t("identity-redeem"),
    });
    view! {
        <Page title=heading>
            {move || match (done.get(), info.get()) {
                (Some(purpose), _) => redeemed(purpose).into_any(),
                (None, None) => skeleton(),
                (None, Some(Ok(info))) => view! { <Redeem info secret=secret.get_value() done /> }.into_any(),
                (None, Some(Err(error))) => match error.code() {
                    Some(ProblemCode::LinkSpent | ProblemCode::Invalid | ProblemCode::NotFound) => spent().into_any(),
                    _ => failure(&error, Some(Callback::new(move |()| info.refetch()))),
                },
            }}
        </Page>
    }
}

/// A link that works no more, and how to get another.
fn spent() -> impl IntoView {
    view! {
        <div class="ds-alert" data-color="warning" role="status">
            <p class="ds-paragraph">{tr!("identity-spent")}</p>
            <ul>
                <li>{tr!("identity-spent-invitation")}</li>
                <li>{tr!("identity-spent-reset")} " " <a class="ds-link" href=paths::FORGOT>{tr!("identity-forgot")}</a></li>
                <li>{tr!("identity-spent-email")}</li>
            </ul>
        </div>
        <p class="ds-paragraph"><a class="ds-link" href=paths::SIGN_IN>{tr!("identity-to-sign-in")}</a></p>
    }
}

fn redeemed(purpose: LinkPurpose) -> impl IntoView {
    let key = match purpose {
        LinkPurpose::EmailChange => "identity-redeemed-email",
        LinkPurpose::FirstAdministrator => "identity-redeemed-first",
        LinkPurpose::Invitation | LinkPurpose::PasswordReset => "identity-redeemed-password",
    };
    let session = session();
    let next = move || {
        if session.me.with(Option::is_some) {
            view! { <a class="ds-link" href=paths::START>{tr!("identity-to-start")}</a> }.into_any()
        } else {
            view! { <a class="ds-link" href=paths::SIGN_IN>{tr!("identity-to-sign-in")}</a> }.into_any()
        }
    };
    view! {
        <div class="ds-alert" data-color="success" role="status"><p class="ds-paragraph">{tr!(key)}</p></div>
        <p class="ds-paragraph">{next}</p>
    }
}

/// After a redemption: whoever is signed in here sees what has changed, and an ended session shows.
async fn look_again(session: Session) {
    if session.me.get_untracked().is_some() {
        match session.client().get_me().await {
            Ok(me) => session.me.set(Some(me)),
            Err(error) if error.code() == Some(ProblemCode::Unauthenticated) => session.me.set(None),
            Err(_) => {}
        }
    }
}

#[component]
fn Redeem(info: LinkInfo, secret: String, done: RwSignal<Option<LinkPurpose>>) -> impl IntoView {
    let session = session();
    let form = FormState::default();
    let purpose = info.purpose;
    let sets_password = purpose != LinkPurpose::EmailChange;
    let is_first = purpose == LinkPurpose::FirstAdministrator;
    let (name, email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let redeem = Callback::new(move |()| {
        let redemption = LinkRedemption {
            token: secret.clone(),
            password: sets_password.then(|| password.get_untracked()),
            name: is_first.then(|| name.get_untracked().trim().to_owned()),
            email: is_first.then(|| email.get_untracked().trim().to_owned()),
        };
        if !form.check(&redemption) {
            return;
        }
        let client = session.client();
        form.send(async move { client.redeem_link(&redemption).await }, move |()| {
            done.set(Some(purpose));
            leptos::task::spawn_local(look_again(session));
        });
    });
    let (intro, submit) = match purpose {
        LinkPurpose::Invitation => ("identity-redeem-invitation-help", "identity-password-set"),
        LinkPurpose::PasswordReset => ("identity-redeem-password-reset-help", "identity-password-set"),
        LinkPurpose::EmailChange => ("identity-redeem-email-change-help", "identity-email-confirm"),
        LinkPurpose::FirstAdministrator => ("identity-redeem-first-administrator-help", "identity-first-create"),
    };
    let address = info.email;
    let of_first = is_first.then(|| {
        view! {
            <TextField form pointer="/name" label="identity-name" value=name autocomplete="name" />
            <TextField form pointer="/email" label="identity-email" value=email kind="email" autocomplete="username" />
        }
    });
    // The address stands in a field for the password manager's sake.
    let known = (sets_password && !is_first).then(|| {
        view! {
            <div class="ds-field">
                <label class="ds-label" data-weight="medium" for="field-known-email">{tr!("identity-email")}</label>
                <input class="ds-input" type="email" id="field-known-email" autocomplete="username" readonly value=address.clone() />
            </div>
        }
    });
    let confirmed = (!sets_password).then(|| view! { <p class="ds-paragraph"><strong>{address}</strong></p> });
    let password_field = sets_password.then(|| {
        view! { <TextField form pointer="/password" label="identity-password-new" hint="identity-password-hint" value=password kind="password" autocomplete="new-password" /> }
    });
    view! {
        <p class="ds-paragraph">{tr!(intro)}</p>
        <Form form submit on_submit=redeem>
            {confirmed}
            {of_first}
            {known}
            {password_field}
        </Form>
    }
}
