//! Forms: they keep what was typed whatever the server says, put its faults at the fields, and know whether something in
//! them is unsaved.

use crate::session::{session, t};
use crate::tr;
use crate::ui::field::field_id;
use crate::ui::leave;
use crate::ui::load::failure;
use leptos::html::{Div, Form as FormElement};
use leptos::prelude::*;
use shared::client::{CallError, Called};
use shared::problem::{Fault, ProblemCode};
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

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
    element: NodeRef<FormElement>,
    /// What the fields held before they were touched; none while they have not been.
    untouched: StoredValue<Option<String>>,
}

impl Default for FormState {
    fn default() -> Self {
        Self {
            faults: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            stale: RwSignal::new(false),
            element: NodeRef::new(),
            untouched: StoredValue::new(None),
        }
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
        self.refuse(found);
        fine
    }

    /// Shows these faults.
    pub fn refuse(self, faults: Vec<Fault>) {
        self.failure.set(None);
        self.faults.set(faults);
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
        self.refuse(Vec::new());
        leptos::task::spawn_local(async move {
            let outcome = call.await;
            self.busy.set(false);
            match outcome {
                Ok(done) => {
                    self.untouched.try_set_value(None);
                    done();
                }
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

    /// Reads what somebody else has made of the thing, and is then no longer stale.
    pub fn catch_up<T: 'static>(self, read: impl Future<Output = Called<T>> + 'static, then: impl FnOnce(T) + 'static) {
        leptos::task::spawn_local(async move {
            let outcome = read.await;
            self.stale.set(false);
            match outcome {
                Ok(thing) => then(thing),
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    /// Keeps what the fields hold before the first touch changes them.
    fn touch(self) {
        if self.untouched.with_value(Option::is_none)
            && let Some(element) = self.element.get_untracked()
        {
            self.untouched.set_value(Some(held(&element)));
        }
    }

    /// The form's element, while its fields hold something else than before they were touched.
    fn unsaved(self) -> Option<Element> {
        let before = self.untouched.try_get_value().flatten()?;
        let element = self.element.get_untracked()?;
        (held(&element) != before).then(|| element.into())
    }
}

/// What the fields of a form hold. A box that is not ticked holds nothing, so that new ones change nothing.
fn held(form: &HtmlFormElement) -> String {
    let fields = form.elements();
    let all = (0..fields.length()).filter_map(|index| fields.item(index));
    let value = |field: Element| {
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            let boxed = matches!(input.type_().as_str(), "checkbox" | "radio");
            return (!boxed || input.checked()).then(|| format!("{} {}", field.id(), input.value()));
        }
        let area = field.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
        area.or_else(|| field.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value))
    };
    all.filter_map(value).collect::<Vec<_>>().join("\n")
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
    /// What is typed is worth nothing by itself: it is not asked about before it is lost.
    #[prop(optional)]
    fleeting: bool,
    children: Children,
) -> impl IntoView {
    if !fleeting {
        leave::watch(move || form.unsaved());
    }
    view! {
        <form class="form" novalidate node_ref=form.element
            on:focusin=move |_| form.touch() on:pointerdown=move |_| form.touch() on:keydown=move |_| form.touch()
            on:submit=move |event| { event.prevent_default(); on_submit.run(()); }>
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
