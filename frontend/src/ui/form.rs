//! Forms: they keep what was typed whatever the server says, put its faults at the fields, and when somebody else has
//! changed the thing meanwhile show theirs and mine.

use crate::session::{session, t};
use crate::tr;
use crate::ui::dialog::Dialog;
use crate::ui::field::field_id;
use crate::ui::load::failure;
use leptos::html::Div;
use leptos::prelude::*;
use shared::client::{CallError, Called};
use shared::problem::{Fault, ProblemCode};
use std::future::Future;
use std::pin::Pin;

/// What is done after a form has been sent.
type Done = Box<dyn FnOnce()>;

/// The state of one form.
#[derive(Clone, Copy)]
pub struct FormState {
    pub faults: RwSignal<Vec<Fault>>,
    pub failure: RwSignal<Option<CallError>>,
    pub busy: RwSignal<bool>,
    /// Somebody else has changed the thing since it was read.
    pub stale: RwSignal<bool>,
}

impl Default for FormState {
    fn default() -> Self {
        Self { faults: RwSignal::new(Vec::new()), failure: RwSignal::new(None), busy: RwSignal::new(false), stale: RwSignal::new(false) }
    }
}

impl FormState {
    /// Shows the faults that the form itself finds; says whether there are none.
    pub fn check<T>(self, value: &T) -> bool
    where
        T: garde::Validate,
        T::Context: Default,
    {
        let found = shared::rules::faults(value);
        let fine = found.is_empty();
        self.failure.set(None);
        self.faults.set(found);
        fine
    }

    /// Sends; on success runs `done`.
    pub fn send<T: 'static>(self, call: impl Future<Output = Called<T>> + 'static, done: impl FnOnce(T) + 'static) {
        self.run(Box::pin(async move {
            let value = call.await?;
            Ok(Box::new(move || done(value)) as Done)
        }));
    }

    /// What is the same for every form, compiled once.
    fn run(self, call: Pin<Box<dyn Future<Output = Called<Done>>>>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        self.faults.set(Vec::new());
        leptos::task::spawn_local(async move {
            let outcome = call.await;
            self.busy.set(false);
            match outcome {
                Ok(done) => done(),
                Err(error) if error.code() == Some(ProblemCode::Stale) => self.stale.set(true),
                Err(error) => {
                    if let CallError::Problem(problem) = &error {
                        self.faults.set(problem.errors.clone());
                    }
                    self.failure.set(Some(error));
                }
            }
        });
    }
}

/// A form with its faults above and its button below.
#[component]
pub fn Form(
    form: FormState,
    /// Key of the button's words.
    submit: &'static str,
    on_submit: Callback<()>,
    /// Other buttons beside it.
    #[prop(optional)]
    others: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <form class="form" novalidate on:submit=move |event| { event.prevent_default(); on_submit.run(()); }>
            <Summary form />
            {children()}
            <div class="actions">
                <button class="ds-button" type="submit" aria-busy=move || form.busy.get().then_some("true") aria-disabled=move || form.busy.get().then_some("true")>
                    {move || if form.busy.get() { t("common-saving") } else { t(submit) }}
                </button>
                {others}
            </div>
        </form>
    }
}

/// What is wrong, with links to the fields; gets the focus when it appears.
#[component]
pub fn Summary(form: FormState) -> impl IntoView {
    let region = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if (!form.faults.get().is_empty() || form.failure.get().is_some())
            && let Some(region) = region.get()
        {
            let _ = region.focus();
        }
    });
    view! {
        <div node_ref=region tabindex="-1" class="summary">
            {move || (!form.faults.get().is_empty()).then(|| {
                let lang = session().lang.get();
                let lines = form.faults.get().into_iter().map(|fault| {
                    let href = format!("#{}", field_id(&fault.pointer));
                    view! { <li><a class="ds-link" rel="external" href=href>{fault.sentence(lang)}</a></li> }
                }).collect_view();
                view! {
                    <div class="ds-error-summary" role="alert"><h2 class="ds-heading" data-size="xs">{tr!("common-check-fields")}</h2><ul>{lines}</ul></div>
                }
            })}
            {move || (form.faults.get().is_empty()).then(|| form.failure.get().map(|error| failure(&error, None)))}
        </div>
    }
}

/// One field that differs: its name, mine, theirs.
#[derive(Clone, PartialEq)]
pub struct Difference {
    pub name: String,
    pub mine: String,
    pub theirs: String,
}

/// Theirs and mine, and the choice between them.
#[component]
pub fn Conflict(
    form: FormState,
    differences: Signal<Vec<Difference>>,
    keep_mine: Callback<()>,
    take_theirs: Callback<()>,
) -> impl IntoView {
    let close = move |chosen: Callback<()>| {
        form.stale.set(false);
        chosen.run(());
    };
    view! {
        <Dialog open=form.stale title_key="common-conflict">
            <p class="ds-paragraph">{tr!("common-conflict-help")}</p>
            <table class="ds-table">
                <thead><tr><th scope="col">{tr!("common-field")}</th><th scope="col">{tr!("common-mine")}</th><th scope="col">{tr!("common-theirs")}</th></tr></thead>
                <tbody>
                    {move || differences.get().into_iter().map(|row| view! { <tr><th scope="row">{row.name}</th><td>{row.mine}</td><td>{row.theirs}</td></tr> }).collect_view()}
                </tbody>
            </table>
            <div class="actions">
                <button class="ds-button" type="button" on:click=move |_| close(keep_mine)>{tr!("common-keep-mine")}</button>
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| close(take_theirs)>{tr!("common-take-theirs")}</button>
            </div>
        </Dialog>
    }
}
