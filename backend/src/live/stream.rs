//! One stream: what has changed, as soon as it is known and as long as the one who follows may know of it.

use super::hub::{Followed, News};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::http::caller::Standing;
use crate::http::pace::Held;
use crate::policy::Actor;
use crate::subjects;
use actix_server::GracefulShutdownSignal;
use actix_web::web::Bytes;
use futures_util::stream::{Stream, unfold};
use shared::live::Hint;
use shared::problem::ProblemCode;
use shared::subjects::SubjectRef;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};

/// What a stream stands on.
pub struct Stood {
    pub standing: Standing,
    pub followed: Followed,
    /// Named objects, each of which the one who follows may see.
    pub subjects: BTreeSet<SubjectRef>,
    /// Whether a whole list is followed.
    pub lists: bool,
    /// When it ends at the latest.
    pub until: Instant,
    /// Between two signs of life.
    pub heartbeat: Duration,
    /// The server is about to stop.
    pub stopping: GracefulShutdownSignal,
    /// Keeps the connection from being taken for an idle one.
    pub _held: Option<Held>,
}

struct Flow {
    stood: Stood,
    beat: Interval,
    begun: bool,
}

/// The lines of a stream. It ends with the session, with the sight of all that is followed, with its time or the server's.
pub fn lines(stood: Stood) -> impl Stream<Item = std::result::Result<Bytes, Infallible>> {
    let every = stood.heartbeat;
    let mut beat = interval_at(Instant::now() + every, every);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    unfold(Flow { stood, beat, begun: false }, |mut flow| async move {
        let hints = flow.next().await?;
        Some((Ok(written(&hints)), flow))
    })
}

/// A line each.
fn written(hints: &[Hint]) -> Bytes {
    let mut text = String::new();
    for hint in hints {
        text.push_str(&serde_json::to_string(hint).unwrap_or_default());
        text.push('\n');
    }
    text.into()
}

impl Flow {
    async fn next(&mut self) -> Option<Vec<Hint>> {
        if !std::mem::replace(&mut self.begun, true) {
            return Some(vec![Hint::Alive]);
        }
        loop {
            let hints = tokio::select! {
                () = self.stood.stopping.notified() => return None,
                () = sleep_until(self.stood.until) => return None,
                news = self.stood.followed.news() => self.told(news).await?,
                _ = self.beat.tick() => self.proven().await?,
            };
            if !hints.is_empty() {
                return Some(hints);
            }
        }
    }

    /// What has changed, of what may still be seen.
    async fn told(&mut self, news: News) -> Option<Vec<Hint>> {
        if news.all {
            return self.proven().await.map(|gone| gone.into_iter().filter(|hint| *hint != Hint::Alive).chain([Hint::LookAgain]).collect());
        }
        let changed: Vec<SubjectRef> = news.changed.into_iter().collect();
        self.look(changed).await
    }

    /// A sign of life, when what is followed may still be seen.
    async fn proven(&mut self) -> Option<Vec<Hint>> {
        let subjects = self.stood.subjects.iter().copied().collect();
        let seen = self.look(subjects).await?;
        // Nothing has changed: only what has gone is new.
        Some(seen.into_iter().filter(|hint| matches!(hint, Hint::Gone { .. })).chain([Hint::Alive]).collect())
    }

    /// The objects as they are now for the one who follows. None when the stream is to end.
    async fn look(&mut self, subjects: Vec<SubjectRef>) -> Option<Vec<Hint>> {
        let seen = match self.stood.standing.read(move |conn, actor| look(conn, actor, &subjects)).await {
            Ok(seen) => seen,
            Err(error) if is_passing(&error) => return Some(vec![Hint::LookAgain]),
            Err(_) => return None,
        };
        let mut hints = Vec::new();
        for (at, version) in seen {
            match version {
                Some(version) => hints.push(Hint::Changed { subject: at.kind, id: at.id, version }),
                // Of a list only what may be seen is told.
                None if self.stood.subjects.remove(&at) => hints.push(Hint::Gone { subject: at.kind, id: at.id }),
                None => {}
            }
        }
        let blind = self.stood.subjects.is_empty() && !self.stood.lists;
        (!blind || !hints.is_empty()).then_some(hints)
    }
}

/// Whether the database was only too busy to say.
fn is_passing(error: &Error) -> bool {
    matches!(error.refusal().code.0, ProblemCode::Unavailable | ProblemCode::Internal)
}

/// The versions of objects; none for what may not be seen.
pub fn look(conn: &mut Conn, actor: &Actor, subjects: &[SubjectRef]) -> Result<Vec<(SubjectRef, Option<i64>)>> {
    let seen = subjects::seen(conn, actor, subjects)?;
    Ok(subjects.iter().map(|at| (*at, seen.get(at).map(|subject| subject.version))).collect())
}
