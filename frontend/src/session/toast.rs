//! What was last done, said in the status region, and how to take it back.

use super::{Calling, Session};
use leptos::prelude::*;
use shared::client::CallError;
use std::sync::Arc;
use std::time::Duration;

/// How long it is said what was done.
const SAID: Duration = Duration::from_secs(10);
/// How long a thing can be taken back from there; longer than people need to read, decide and reach the button.
const UNDO: Duration = Duration::from_secs(20);
/// How soon a message goes that somebody has just pointed at.
const LEFT: Duration = Duration::from_secs(5);

/// A message in the status region.
#[derive(Clone)]
pub struct Toast {
    /// Tells one message from the next.
    number: usize,
    pub text: String,
    /// Whether something went wrong.
    pub failed: bool,
    pub undo: Option<Undo>,
}

/// How to take back what was done. Outlives the page on which it was done.
#[derive(Clone)]
pub struct Undo {
    call: Arc<dyn Fn() -> Calling<'static, ()> + Send + Sync>,
    /// Key of what is then said.
    said: &'static str,
    /// Reads anew what has changed.
    reread: Arc<dyn Fn() + Send + Sync>,
}

impl Undo {
    /// `call` takes it back; `said` is the key of what is then said.
    pub fn new<T: 'static>(said: &'static str, call: impl Fn() -> Calling<'static, T> + Send + Sync + 'static) -> Self {
        let call = move || -> Calling<'static, ()> {
            let calling = call();
            Box::pin(async move { calling.await.map(drop) })
        };
        Self { call: Arc::new(call), said, reread: Arc::new(|| {}) }
    }

    /// The same, with what is to be read anew when it is done.
    pub fn then(self, reread: impl Fn() + Send + Sync + 'static) -> Self {
        Self { reread: Arc::new(reread), ..self }
    }
}

impl Session {
    /// Says what was done, by its key. Works where nothing is reactive, too.
    pub fn say(self, key: &str) {
        self.show(self.lang.get_untracked().text(key), false, None);
    }

    /// As [`Session::say`], with arguments.
    pub fn say_with(self, key: &str, args: &[(&str, &str)]) {
        self.show(self.lang.get_untracked().text_with(key, args), false, None);
    }

    /// As [`Session::say_with`], and offers to take it back.
    pub fn say_undo_with(self, key: &str, args: &[(&str, &str)], undo: Undo) {
        self.show(self.lang.get_untracked().text_with(key, args), false, Some(undo));
    }

    /// Says what was done, and offers to take it back.
    pub fn say_undo(self, key: &str, undo: Undo) {
        self.show(self.lang.get_untracked().text(key), false, Some(undo));
    }

    /// Says why something could not be done.
    pub fn say_failure(self, error: &CallError) {
        let (title, help, _) = crate::ui::load::failure_text(error, self.lang.get_untracked());
        self.show(format!("{}. {help}", title.trim_end_matches('.')), true, None);
    }

    /// Takes back what was last done, where that is offered.
    pub fn undo(self) {
        let Some(undo) = self.toast.with_untracked(|toast| toast.as_ref().and_then(|toast| toast.undo.clone())) else { return };
        self.toast.set(None);
        leptos::task::spawn_local(async move {
            match (undo.call)().await {
                Ok(()) => self.say(undo.said),
                Err(error) => self.say_failure(&error),
            }
            (undo.reread)();
        });
    }

    fn show(self, text: String, failed: bool, undo: Option<Undo>) {
        let number = self.toasts.get_value() + 1;
        self.toasts.set_value(number);
        let time = if undo.is_some() || failed { UNDO } else { SAID };
        self.toast.set(Some(Toast { number, text, failed, undo }));
        self.hide_after(number, time);
    }

    /// Takes the message away when its time has come, unless somebody is just at it.
    fn hide_after(self, number: usize, time: Duration) {
        set_timeout(
            move || {
                let there = self.toast.with_untracked(|toast| toast.as_ref().is_some_and(|toast| toast.number == number));
                match there {
                    true if self.toast_held.get_untracked() => self.hide_after(number, LEFT),
                    true => self.toast.set(None),
                    false => {}
                }
            },
            time,
        );
    }
}
