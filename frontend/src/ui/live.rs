//! A thing that is read anew by itself while somebody looks at it.

use super::load::{Dynamic, failure, skeleton};
use crate::session::live::{Watched, use_live};
use crate::session::session;
use leptos::prelude::*;
use shared::client::{CallError, Called, Client};
use shared::problem::ProblemCode;
use std::future::Future;

/// The thing as it was last read. Cheap to copy.
pub struct Live<T: Send + Sync + 'static> {
    shown: RwSignal<Option<Called<T>>>,
    /// Tells a read from the one that came after it.
    turn: StoredValue<u64>,
    /// Reads; true keeps quiet about what goes wrong.
    ask: Callback<bool>,
}

impl<T: Send + Sync + 'static> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Live<T> {}

/// What `read` gives for the key, read anew when the key changes and whenever something of what is watched has changed.
pub fn live<K, T, Fut>(
    watched: impl Into<Watched>,
    key: impl Fn() -> K + Send + Sync + 'static,
    read: impl Fn(Client, K) -> Fut + Copy + Send + Sync + 'static,
) -> Live<T>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: PartialEq + Send + Sync + 'static,
    Fut: Future<Output = Called<T>> + 'static,
{
    let session = session();
    let key = Memo::new(move |_| key());
    let (shown, turn, under_way) = (RwSignal::new(None), StoredValue::new(0_u64), StoredValue::new(0_u64));
    let (again, anew) = (StoredValue::new(false), StoredValue::new(None::<Callback<bool>>));
    let ask = Callback::new(move |quietly: bool| {
        // The one before is not answered yet, and nothing is known that is newer: what happened since may not be in it.
        if quietly && under_way.get_value() > 0 && under_way.get_value() == turn.get_value() {
            return again.set_value(true);
        }
        again.set_value(false);
        let own = turn.get_value() + 1;
        turn.set_value(own);
        under_way.set_value(own);
        let asked = key.get_untracked();
        leptos::task::spawn_local(async move {
            // Looking on is no use of the session: only a call that a person has made counts as that.
            let outcome = match quietly {
                true => read(session.client(), asked).await,
                false => session.send(asked, read).await,
            };
            // The reader may be elsewhere by now, or something newer be known.
            if turn.try_get_value() != Some(own) {
                return;
            }
            under_way.set_value(0);
            let new = Some(outcome);
            let told = matches!(new, Some(Ok(_))) || !quietly;
            if told && shown.with_untracked(|shown| *shown != new) {
                shown.set(new);
            }
            if again.get_value() {
                anew.with_value(|anew| anew.iter().for_each(|ask| ask.run(true)));
            }
        });
    });
    anew.set_value(Some(ask));
    Effect::new(move |_| {
        key.track();
        ask.run(false);
    });
    use_live(watched, move || ask.run(true));
    Live { shown, turn, ask }
}

impl<T: Send + Sync + 'static> Live<T> {
    /// Reads it anew at once.
    pub fn reread(self) {
        // It may be gone when something is taken back.
        self.ask.try_run(false);
    }

    /// Takes what a write has answered; what was asked before that is out of date.
    pub fn put(self, value: T) {
        if self.turn.try_update_value(|turn| *turn += 1).is_some() {
            self.shown.set(Some(Ok(value)));
        }
    }

    /// A part of the thing, or nothing yet. Reactive.
    pub fn of<U>(self, pick: impl FnOnce(&T) -> U) -> Option<U> {
        self.shown.with(|shown| shown.as_ref().and_then(|shown| shown.as_ref().ok()).map(pick))
    }

    /// As [`Live::of`], telling only when that part changes.
    pub fn part<U: PartialEq + Send + Sync + 'static>(self, pick: impl Fn(&T) -> U + Send + Sync + 'static) -> Memo<Option<U>> {
        Memo::new(move |_| self.of(&pick))
    }

    /// Why it could not be read.
    pub fn refused(self) -> Memo<Option<ProblemCode>> {
        Memo::new(move |_| self.shown.with(|shown| shown.as_ref().and_then(|shown| shown.as_ref().err()).and_then(CallError::code)))
    }

    /// A view that stands while there is something to show, and tells parts of it by itself; a skeleton before, and a way
    /// out of failure.
    pub fn once_here(self, view: impl Fn() -> AnyView + Send + 'static) -> Dynamic {
        let state = Memo::new(move |_| self.shown.with(|shown| shown.as_ref().map(|shown| shown.as_ref().err().cloned())));
        Box::new(move || match state.get() {
            None => skeleton(),
            Some(None) => view(),
            Some(Some(error)) => failure(&error, Some(Callback::new(move |()| self.reread()))),
        })
    }
}
