//! Who is signed in, in which language and colours, and every call to the server: an expired session asks for a new
//! sign-in, and what needs a fresh proof of who one is asks for that; then the call is finished.

mod ask;
mod back;
mod calls;
pub mod live;
mod toast;

use crate::language;
use leptos::prelude::*;
use shared::client::{CallError, Client};
use shared::identity::Me;
use shared::policy::{Permission, Scope, Target, allows};
use shared::problem::ProblemCode;
use shared::{Lang, LocalText};

use ask::Ask;
pub use back::Back;
pub use calls::Calling;
use toast::Toast;
pub use toast::Undo;

/// What the whole page shares. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Session {
    client: StoredValue<Client, LocalStorage>,
    pub me: RwSignal<Option<Me>>,
    /// Whether it is known yet if somebody is signed in.
    pub ready: RwSignal<bool>,
    pub lang: RwSignal<Lang>,
    /// light, dark or auto.
    pub scheme: RwSignal<String>,
    /// Whether the last call reached the server.
    pub online: RwSignal<bool>,
    /// Why it is not known who is signed in, though somebody may be.
    pub unreached: RwSignal<Option<CallError>>,
    /// What was last done, for the status region.
    pub toast: RwSignal<Option<Toast>>,
    /// Somebody points at the message or has the focus in it.
    pub toast_held: RwSignal<bool>,
    toasts: StoredValue<usize>,
    /// Asks for a new sign-in.
    pub signing_in: Ask,
    /// Asks for a fresh proof of who one is.
    pub confirming: Ask,
    /// Whether a second factor must be set up before anything else.
    pub must_set_up: RwSignal<bool>,
    /// When the server was last reached, in milliseconds since 1970.
    last_used: StoredValue<f64>,
}

/// The session; provided by the app's root.
pub fn session() -> Session {
    expect_context()
}

/// The text of a key in the language chosen. Reactive.
pub fn t(key: &str) -> String {
    session().lang.get().text(key)
}

/// As [`t`], with arguments.
pub fn tv(key: &str, args: &[(&str, &str)]) -> String {
    session().lang.get().text_with(key, args)
}

/// The words of a code: `identity-role` and `unit_manager` give the text of `identity-role-unit-manager`. Reactive.
pub fn word(prefix: &str, code: &str) -> String {
    t(&format!("{prefix}-{}", code.replace('_', "-")))
}

/// The text of a key, for a view. One type for all texts: a closure each would be compiled anew each time.
pub fn words(key: &'static str) -> Signal<String> {
    let lang = session().lang;
    Signal::derive(move || lang.get().text(key))
}

/// The text of a key, for a view.
#[macro_export]
macro_rules! tr {
    ($key:expr) => {
        $crate::session::words($key)
    };
}

/// A text of the organisation in the language chosen. Reactive.
pub fn local(text: &LocalText) -> String {
    text.in_lang(session().lang.get()).to_owned()
}

/// The language that the document is in before the app changes it.
pub fn lang_at_start() -> Lang {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("lang")).and_then(|lang| lang.parse().ok()).unwrap_or(Lang::Fi)
}

fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

fn saved(name: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(name).ok().flatten()
}

/// Name under which the browser keeps that somebody has signed in here; no secret.
const SIGNED_IN: &str = "polku.signed-in";

fn forget(name: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(name);
    }
}

fn save(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}

impl Session {
    /// Makes the session and puts it where every part of the page finds it.
    pub fn provide(back: Back) -> Self {
        let session = Self {
            client: StoredValue::new_local(Client::new(origin(), true)),
            me: RwSignal::new(None),
            ready: RwSignal::new(false),
            lang: RwSignal::new(lang_at_start()),
            scheme: RwSignal::new(saved("polku.scheme").unwrap_or_else(|| "auto".to_owned())),
            online: RwSignal::new(true),
            unreached: RwSignal::new(None),
            toast: RwSignal::new(None),
            toast_held: RwSignal::new(false),
            toasts: StoredValue::new(0),
            signing_in: Ask::new(),
            confirming: Ask::new(),
            must_set_up: RwSignal::new(false),
            last_used: StoredValue::new(js_sys::Date::now()),
        };
        provide_context(session);
        Effect::new(move |_| {
            let lang = session.lang.get();
            session.client.with_value(|client| client.set_lang(lang));
            if let Some(root) = document().document_element() {
                let _ = root.set_attribute("lang", lang.as_str());
            }
        });
        Effect::new(move |_| {
            if let Some(root) = document().document_element() {
                let _ = root.set_attribute("data-color-scheme", &session.scheme.get());
            }
        });
        leptos::task::spawn_local(async move { session.resume(back).await });
        session
    }

    /// Finds out whether the browser still holds a session.
    pub async fn resume(self, back: Back) {
        // The cookie cannot be seen from here; this says whether there may be one.
        if saved(SIGNED_IN).is_none() {
            return self.ready.set(true);
        }
        self.unreached.set(None);
        match back.me(&self.client()).await {
            Ok(me) => self.enter(me),
            Err(error) if self.has_to_set_up(&error) => {}
            Err(error) => {
                self.note(&error);
                // To sign in again would not help while the server cannot answer.
                let refused = matches!(&error, CallError::Problem(problem) if problem.status < 500);
                self.unreached.set((!refused).then_some(error));
            }
        }
        self.ready.set(true);
    }

    /// Reads the account anew, as after a sign-in.
    pub async fn load_me(self) {
        match self.client().get_me().await {
            Ok(me) => self.enter(me),
            Err(error) if self.has_to_set_up(&error) => {}
            Err(error) => self.note(&error),
        }
    }

    /// Somebody has signed in.
    fn enter(self, me: Me) {
        save(SIGNED_IN, "1");
        self.reached(true);
        self.must_set_up.set(false);
        self.me.set(Some(me));
    }

    /// Whether somebody has signed in who must set up a second factor before they may know even who they are.
    fn has_to_set_up(self, error: &CallError) -> bool {
        let has_to = error.code() == Some(ProblemCode::SecondFactorRequired);
        if has_to {
            save(SIGNED_IN, "1");
            self.must_set_up.set(true);
        }
        has_to
    }

    /// Whether the account has a second factor.
    pub fn has_factor(self) -> bool {
        self.me.with_untracked(|me| me.as_ref().is_some_and(|me| me.account.second_factor_since.is_some()))
    }

    /// Minutes since the server was last reached.
    pub fn idle_minutes(self) -> f64 {
        (js_sys::Date::now() - self.last_used.get_value()) / 60_000.0
    }

    /// The client, for calls that must not ask for the password.
    pub fn client(self) -> Client {
        self.client.get_value()
    }

    /// Whether the account may do this to that. Reactive.
    pub fn may(self, permission: Permission, target: &Target) -> bool {
        self.me.with(|me| me.as_ref().is_some_and(|me| allows(&me.abilities, permission, target)))
    }

    /// As [`Session::may`], asked once.
    pub fn may_now(self, permission: Permission, target: &Target) -> bool {
        untrack(|| self.may(permission, target))
    }

    /// The scopes over which the account may do this. Reactive.
    pub fn scopes_of(self, permission: Permission) -> Vec<Scope> {
        let of = |me: &Me| me.abilities.iter().filter(|own| own.permission == permission).map(|own| own.scope).collect();
        self.me.with(|me| me.as_ref().map(of).unwrap_or_default())
    }

    /// Whether the account may do this anywhere at all. Reactive.
    pub fn may_somewhere(self, permission: Permission) -> bool {
        self.me.with(|me| me.as_ref().is_some_and(|me| me.abilities.iter().any(|ability| ability.permission == permission)))
    }

    /// Asks for what a refused call wants; says whether it was given.
    async fn mend(self, wanted: ProblemCode) -> bool {
        match wanted {
            ProblemCode::Unauthenticated if self.me.with_untracked(Option::is_some) => self.signing_in.wait().await,
            ProblemCode::Unauthenticated => {
                // Nothing typed could be lost: the sign-in page takes over.
                self.must_set_up.set(false);
                false
            }
            ProblemCode::StepUpRequired => self.confirming.wait().await,
            _ => {
                self.must_set_up.set(true);
                false
            }
        }
    }

    fn note(self, error: &CallError) {
        self.reached(!matches!(error, CallError::Network(_)));
    }

    /// Keeps whether the server was reached; tells only of a change, so that nothing is drawn anew for no reason.
    pub fn reached(self, reached: bool) {
        if reached {
            self.last_used.set_value(js_sys::Date::now());
        }
        if self.online.get_untracked() != reached {
            self.online.set(reached);
        }
    }

    /// Chooses the language and remembers it, if its words can be loaded.
    pub async fn choose_lang(self, lang: Lang) {
        if language::learn(lang).await {
            save("polku.lang", lang.as_str());
            self.lang.set(lang);
        } else {
            self.say("common-language-missing");
        }
    }

    /// Chooses the colours and remembers them.
    pub fn choose_scheme(self, scheme: &str) {
        save("polku.scheme", scheme);
        self.scheme.set(scheme.to_owned());
    }

    /// Ends the session here.
    pub async fn sign_out(self) {
        let _ = self.client().sign_out().await;
        forget(SIGNED_IN);
        self.must_set_up.set(false);
        self.me.set(None);
    }
}
