//! How people sign in to the organisation: from which day a role needs two steps.

use crate::session::{session, t, tv};
use crate::tr;
use crate::ui::{Draft, Editing, Field, Form, FormState, Page, TextField, edit, load, problem};
use jiff::civil::Date;
use leptos::prelude::*;
use shared::identity::{SignInPolicy, SignInPolicyChanges, SignInPolicyFields};
use shared::policy::Permission;
use shared::problem::Fault;

#[derive(Clone, Copy, Default)]
struct Rule {
    /// A day as the field has it; blank for none.
    from: RwSignal<String>,
}

impl Draft for Rule {
    type Thing = SignInPolicy;
    type New = SignInPolicyFields;

    fn written(self) -> Result<SignInPolicyFields, Vec<Fault>> {
        let text = self.from.get_untracked();
        let day = if text.is_empty() { Ok(None) } else { text.parse::<Date>().map(Some) };
        let second_factor_required_on = day.map_err(|_| vec![Fault::new("/second_factor_required_on", "malformed", None)])?;
        Ok(SignInPolicyFields { second_factor_required_on })
    }

    fn fields(self, policy: &SignInPolicy) -> Vec<Field> {
        let theirs = policy.second_factor_required_on.map(|day| day.to_string()).unwrap_or_default();
        vec![Field::text("identity-policy-required-on", self.from, theirs)]
    }
}

/// `/admin/sign-in`
#[component]
pub fn SignInRules() -> impl IntoView {
    problem::only(Permission::ManageSignIn, || {
        let session = session();
        let policy = LocalResource::new(move || session.call(|client| async move { client.get_sign_in_policy().await }));
        view! {
            <Page title=Signal::derive(move || t("identity-policy"))>
                <p class="ds-paragraph">{tr!("identity-policy-intro")}</p>
                {load(policy, move |policy| view! { <Rules policy /> }.into_any())}
            </Page>
        }
        .into_any()
    })
}

#[component]
fn Rules(policy: SignInPolicy) -> impl IntoView {
    let (session, form, draft) = (session(), FormState::default(), Rule::default());
    let counts = RwSignal::new((policy.without_second_factor_count, policy.staff_count));
    let write = move |rule: SignInPolicyFields, old: Option<&SignInPolicy>| {
        let version = old.map_or(0, |old| old.version);
        let changes = SignInPolicyChanges { second_factor_required_on: Some(rule.second_factor_required_on) };
        session.send(changes, move |client, changes| async move { client.update_sign_in_policy(version, &changes).await })
    };
    let read = move |_: &SignInPolicy| session.call(|client| async move { client.get_sign_in_policy().await });
    let Editing { save, conflict } = edit(form, draft, Some(policy), write, read, move |saved| {
        counts.set((saved.without_second_factor_count, saved.staff_count));
        session.say("identity-policy-saved");
        leptos::task::spawn_local(session.load_me());
    });
    let count = move || {
        let (without, staff) = counts.get();
        tv("identity-policy-count", &[("without", &without.to_string()), ("staff", &staff.to_string())])
    };
    view! {
        <section class="section">
            <h2 class="ds-heading" data-size="sm">{tr!("identity-policy-form")}</h2>
            <p class="ds-paragraph">{count}</p>
            <Form form submit="common-save" on_submit=save>
                <TextField form pointer="/second_factor_required_on" label="identity-policy-required-on" hint="identity-policy-required-on-hint" value=draft.from kind="date" optional=true />
            </Form>
            {conflict}
        </section>
    }
}
