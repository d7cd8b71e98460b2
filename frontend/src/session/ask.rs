//! Questions that calls wait for: each in a dialog of its own.

use futures_channel::oneshot;
use leptos::prelude::*;

/// A question in a dialog, for which calls wait.
#[derive(Clone, Copy)]
pub struct Ask {
    /// Whether the dialog is open.
    pub open: RwSignal<bool>,
    waiting: StoredValue<Vec<oneshot::Sender<bool>>, LocalStorage>,
}

impl Ask {
    pub(super) fn new() -> Self {
        Self { open: RwSignal::new(false), waiting: StoredValue::new_local(Vec::new()) }
    }

    pub(super) async fn wait(self) -> bool {
        let (sender, receiver) = oneshot::channel();
        self.waiting.update_value(|waiting| waiting.push(sender));
        self.open.set(true);
        receiver.await.unwrap_or(false)
    }

    /// Ends the asking: the calls that wait go on, or give up. Says whether any did.
    pub fn answer(self, yes: bool) -> bool {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        let any = !waiting.is_empty();
        for sender in waiting {
            let _ = sender.send(yes);
        }
        self.open.set(false);
        any
    }

    /// Runs `run` when the dialog was closed without an answer; the calls that wait give up.
    pub fn on_dismissed(self, run: impl Fn() + 'static) {
        Effect::new(move |before: Option<bool>| {
            let open = self.open.get();
            if before == Some(true) && !open && self.answer(false) {
                run();
            }
            open
        });
    }
}
