//! One's answers on this page and their way to the server: one save at a time, the newest last, again and again until
//! the server has them. The saving goes on when the page is left.

use crate::session::Session;
use crate::ui::FormState;
use futures_channel::oneshot;
use leptos::prelude::*;
use shared::client::{CallError, Called};
use shared::problem::{Fault, ProblemCode};
use shared::training::{AssessmentStatus, GoalStep, NewSelfAssessment, SelfAssessment};
use shared::{EditionId, GoalId};
use std::time::Duration;

const RETRY: Duration = Duration::from_secs(5);

/// What the screen shows and changes.
#[derive(Clone, Copy)]
pub struct Desk {
    session: Session,
    edition: EditionId,
    /// The server's last word.
    pub saved: RwSignal<SelfAssessment>,
    pub steps: RwSignal<Vec<GoalStep>>,
    pub greeting: RwSignal<String>,
    /// The faults of the greeting.
    pub form: FormState,
    /// Something here has not reached the server.
    pub pending: RwSignal<bool>,
    /// A save is under way, or waits for the network.
    pub busy: RwSignal<bool>,
    pub failure: RwSignal<Option<CallError>>,
    wake: StoredValue<Option<oneshot::Sender<()>>>,
}

/// The same, alive for as long as the saving takes.
struct Held {
    session: Session,
    edition: EditionId,
    saved: ArcRwSignal<SelfAssessment>,
    steps: ArcRwSignal<Vec<GoalStep>>,
    greeting: ArcRwSignal<String>,
    faults: ArcRwSignal<Vec<Fault>>,
    pending: ArcRwSignal<bool>,
    busy: ArcRwSignal<bool>,
    failure: ArcRwSignal<Option<CallError>>,
    wake: StoredValue<Option<oneshot::Sender<()>>>,
}

impl Desk {
    pub fn new(session: Session, own: SelfAssessment) -> Self {
        Self {
            session,
            edition: own.edition_id,
            steps: RwSignal::new(own.steps.clone()),
            greeting: RwSignal::new(own.greeting.clone()),
            saved: RwSignal::new(own),
            form: FormState::default(),
            pending: RwSignal::new(false),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            wake: StoredValue::new(None),
        }
    }

    /// The step chosen for a goal. Reactive.
    pub fn step(self, goal: GoalId) -> Option<u8> {
        self.steps.with(|steps| chosen(steps, goal))
    }

    pub fn choose(self, goal: GoalId, step: u8) {
        self.steps.update(|steps| put(steps, goal, Some(step)));
        self.save();
    }

    /// Saves the greeting if it has changed.
    pub fn save_greeting(self) {
        if self.is_unsaved() {
            self.save();
        }
    }

    /// Whether something here has not reached the server, be it only typed so far.
    pub fn is_unsaved(self) -> bool {
        let same = self.saved.with_untracked(|saved| self.greeting.with_untracked(|greeting| *greeting == saved.greeting));
        !same || self.pending.get_untracked()
    }

    /// Whether the network is what keeps the answers here. Reactive.
    pub fn offline(self) -> bool {
        self.failure.with(|failure| matches!(failure, Some(CallError::Network(_))))
    }

    fn save(self) {
        self.pending.set(true);
        if self.form.check(&answers(self.session, self.steps.get_untracked(), self.greeting.get_untracked())) {
            self.go_on();
        }
    }

    /// Tries again now, if there is something to save.
    pub fn go_on(self) {
        if let Some(Some(sender)) = self.wake.try_update_value(Option::take) {
            let _ = sender.send(());
        }
        if self.busy.get_untracked() || !self.pending.get_untracked() {
            return;
        }
        self.busy.set(true);
        let held = Held {
            session: self.session,
            edition: self.edition,
            saved: self.saved.into(),
            steps: self.steps.into(),
            greeting: self.greeting.into(),
            faults: self.form.faults.into(),
            pending: self.pending.into(),
            busy: self.busy.into(),
            failure: self.failure.into(),
            wake: self.wake,
        };
        leptos::task::spawn_local(async move {
            held.send_all().await;
            held.busy.set(false);
        });
    }
}

impl Held {
    async fn send_all(&self) {
        let owner = self.owner();
        while self.pending.get_untracked() && self.owner() == owner {
            let answers = answers(self.session, self.steps.get_untracked(), self.greeting.get_untracked());
            let faults = shared::rules::faults(&answers);
            let faulty = !faults.is_empty();
            self.faults.set(faults);
            if faulty {
                return;
            }
            self.pending.set(false);
            match self.send(answers).await {
                Ok(saved) => {
                    self.failure.set(None);
                    self.saved.set(saved);
                }
                Err(error) => {
                    if !self.mend(error).await {
                        return;
                    }
                }
            }
        }
    }

    /// Does what a failed save asks for; says whether to try again.
    async fn mend(&self, error: CallError) -> bool {
        let closed = match error.code() {
            Some(ProblemCode::AssessmentClosed) => Some(AssessmentStatus::Published),
            Some(ProblemCode::AssessmentNotOpen) => Some(AssessmentStatus::NotOpen),
            _ => None,
        };
        if let Some(status) = closed {
            self.saved.update(|saved| saved.status = status);
            return false;
        }
        self.pending.set(true);
        let outcome = if error.code() == Some(ProblemCode::Stale) { self.catch_up().await } else { Err(error) };
        match outcome {
            Ok(()) => true,
            Err(error) => {
                let network = matches!(error, CallError::Network(_));
                if let CallError::Problem(problem) = &error {
                    self.faults.set(problem.errors.clone());
                }
                self.failure.set(Some(error));
                if network {
                    self.pause().await;
                }
                network
            }
        }
    }

    async fn send(&self, answers: NewSelfAssessment) -> Called<SelfAssessment> {
        let (edition, version) = (self.edition, self.saved.with_untracked(|saved| saved.version));
        self.session
            .send(answers, move |client, answers| async move { client.save_self_assessment(edition, version, &answers).await })
            .await
    }

    /// Reads what another window has saved meanwhile, and puts over it what was changed here.
    async fn catch_up(&self) -> Called<()> {
        let edition = self.edition;
        let theirs = self.session.call(move |client| async move { client.get_self_assessment(edition).await }).await?;
        let base = self.saved.get_untracked();
        self.steps.update(|mine| *mine = merge(&base.steps, mine, &theirs.steps));
        self.greeting.update(|mine| {
            if *mine == base.greeting {
                mine.clone_from(&theirs.greeting);
            }
        });
        self.saved.set(theirs);
        Ok(())
    }

    /// Waits a few seconds, or until the network is back.
    async fn pause(&self) {
        let (sender, receiver) = oneshot::channel();
        let (late_sender, late) = oneshot::channel::<()>();
        let wake = self.wake;
        let kept = wake.try_update_value(|slot| *slot = Some(sender)).is_some();
        set_timeout(
            move || {
                if let Some(Some(sender)) = wake.try_update_value(Option::take) {
                    let _ = sender.send(());
                }
                let _ = late_sender.send(());
            },
            RETRY,
        );
        // The waker goes with the page; the clock does not.
        if !kept || receiver.await.is_err() {
            let _ = late.await;
        }
    }

    /// Whose answers these are: nothing is sent in another's name.
    fn owner(&self) -> Option<uuid::Uuid> {
        self.session.me.with_untracked(|me| me.as_ref().map(|me| me.account.id.0))
    }
}

fn answers(session: Session, steps: Vec<GoalStep>, greeting: String) -> NewSelfAssessment {
    NewSelfAssessment { steps, greeting, lang: session.lang.get_untracked() }
}

fn chosen(steps: &[GoalStep], goal: GoalId) -> Option<u8> {
    steps.iter().find(|step| step.goal_id == goal).map(|step| step.step)
}

fn put(steps: &mut Vec<GoalStep>, goal: GoalId, step: Option<u8>) {
    steps.retain(|known| known.goal_id != goal);
    steps.extend(step.map(|step| GoalStep { goal_id: goal, step }));
}

/// Theirs, with every step that differs here from what both began with.
fn merge(base: &[GoalStep], mine: &[GoalStep], theirs: &[GoalStep]) -> Vec<GoalStep> {
    let mut merged = theirs.to_vec();
    for goal in base.iter().chain(mine).map(|step| step.goal_id) {
        if chosen(mine, goal) != chosen(base, goal) {
            put(&mut merged, goal, chosen(mine, goal));
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_here_stands_and_the_rest_is_theirs() {
        let (a, b, c) = (GoalId::new(), GoalId::new(), GoalId::new());
        let steps =
            |list: &[(GoalId, u8)]| list.iter().map(|(goal_id, step)| GoalStep { goal_id: *goal_id, step: *step }).collect::<Vec<_>>();
        let merged = merge(&steps(&[(a, 1), (b, 2)]), &steps(&[(a, 4), (b, 2)]), &steps(&[(a, 2), (b, 3), (c, 3)]));
        assert_eq!([chosen(&merged, a), chosen(&merged, b), chosen(&merged, c)], [Some(4), Some(3), Some(3)]);
        assert_eq!(merged.len(), 3);
    }
}
