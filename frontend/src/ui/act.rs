//! What is done to listed things at the press of a button: its failure is shown by a [`Summary`](super::form::Summary),
//! and whatever comes of it, the list is read anew.

use crate::session::{Calling, Session, Undo, session};
use crate::ui::FormState;
use leptos::prelude::*;

/// The acts on one list.
#[derive(Clone, Copy)]
pub struct Act {
    pub form: FormState,
    session: Session,
    reread: Callback<()>,
}

impl Act {
    /// `reread` reads the list anew; so does an act that was refused because somebody else was first.
    pub fn new(reread: impl Fn() + Send + Sync + 'static) -> Self {
        let act = Self { form: FormState::default(), session: session(), reread: Callback::new(move |()| reread()) };
        Effect::new(move |_| {
            if act.form.stale.get() {
                act.form.stale.set(false);
                act.session.say("common-act-stale");
                act.reread.run(());
            }
        });
        act
    }

    /// Does it, says so by the key `said`, and reads the list anew.
    pub fn run<T: 'static>(self, call: Calling<'static, T>, said: &'static str) {
        self.form.send(call, move |_| {
            self.session.say(said);
            self.reread.run(());
        });
    }

    /// Reads the list anew.
    pub fn reread(self) {
        self.reread.run(());
    }

    /// As [`Act::run`], and offers to take it back.
    pub fn run_undoable<T: 'static>(self, call: Calling<'static, T>, said: &'static str, undo: impl FnOnce(T) -> Undo + 'static) {
        let Self { form, session, reread } = self;
        form.send(call, move |done| {
            // The list may be gone when it is taken back.
            let again = move || {
                reread.try_run(());
            };
            session.say_undo(said, undo(done).then(again));
            reread.run(());
        });
    }
}
