//! Doing what is due.

use super::service::Job;
use super::store::{self, Stored};
use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::projects::service::expiry;
use jiff::{SignedDuration, Timestamp};
use shared::jobs::JobKind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use uuid::Uuid;

/// How often a node looks for work.
const EVERY: Duration = Duration::from_secs(2);
/// How long a job is its worker's without a sign of life.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How often a worker gives one.
const BEAT: Duration = Duration::from_secs(15);
/// Seconds until the next try, by tries so far; after the last the job is dead.
const WAITS: &[i64] = &[5, 30, 300, 1_800, 7_200, 21_600];

/// What a job does. It runs in the transaction that ends the job, and may run again when that is lost.
type Doing = fn(&mut Conn, &Job, Timestamp) -> Result<()>;

/// What each kind does.
const fn doing(kind: JobKind) -> Doing {
    match kind {
        JobKind::StageExpiry => expiry::expire,
    }
}

/// One of those who do what is due: a node has one.
pub struct Worker {
    db: Db,
    clock: Clock,
    /// By which its leases are known.
    id: Uuid,
}

impl Worker {
    /// A worker that holds nothing.
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, id: Uuid::now_v7() }
    }

    /// Does all that is due, and says how many jobs it ended.
    pub fn round(&self) -> Result<usize> {
        let mut done = 0;
        while let Some(stored) = self.take()? {
            done += usize::from(self.attempt(&stored, doing(stored.job.kind))?);
        }
        Ok(done)
    }

    /// Takes a job that is due, if there is one.
    pub fn take(&self) -> Result<Option<Stored>> {
        let now = self.clock.now();
        // So that nodes with nothing to do do not write.
        if !self.db.read(|conn| store::any_free(conn, now))? {
            return Ok(None);
        }
        self.db.write(|conn| store::lease(conn, self.id, now, now + LEASE))
    }

    /// Says that the job is being worked on; false when it is no longer this worker's.
    pub fn beat(&self, stored: &Stored) -> Result<bool> {
        let until = self.clock.now() + LEASE;
        self.db.write(|conn| store::renew(conn, self.id, stored.tenant, stored.job.id, until))
    }

    /// Does a job, and says whether that ended it.
    pub fn attempt(&self, stored: &Stored, doing: Doing) -> Result<bool> {
        let done = AtomicBool::new(false);
        let outcome = std::thread::scope(|scope| {
            let beating = scope.spawn(|| self.keep_beating(stored, &done));
            let outcome = self.db.write(|conn| self.finish(conn, stored, doing));
            done.store(true, Ordering::SeqCst);
            beating.thread().unpark();
            outcome
        });
        match outcome {
            Ok(ended) => Ok(ended),
            Err(error) => self.give_back(stored, &error).map(|()| false),
        }
    }

    /// The end of the job and what it does stand or fall together. One that is no longer this worker's is left alone.
    fn finish(&self, conn: &mut Conn, stored: &Stored, doing: Doing) -> Result<bool> {
        if !store::finish(conn, self.id, stored.tenant, stored.job.id)? {
            return Ok(false);
        }
        let job = Job { tenant: stored.tenant, kind: stored.job.kind, subject_id: stored.job.subject_id };
        doing(conn, &job, self.clock.now()).map(|()| true)
    }

    fn keep_beating(&self, stored: &Stored, done: &AtomicBool) {
        loop {
            std::thread::park_timeout(BEAT);
            if done.load(Ordering::SeqCst) {
                return;
            }
            if let Err(error) = self.beat(stored) {
                tracing::warn!(job = %stored.job.id, %error, "a job's lease could not be renewed");
            }
        }
    }

    fn give_back(&self, stored: &Stored, error: &Error) -> Result<()> {
        let now = self.clock.now();
        let tried = usize::try_from(stored.job.attempt_count).unwrap_or(usize::MAX);
        let again_at = tried.checked_sub(1).and_then(|tried| WAITS.get(tried)).map(|wait| now + SignedDuration::from_secs(*wait));
        let failure = error.refusal().code.to_string();
        tracing::warn!(job = %stored.job.id, kind = %stored.job.kind, attempt = tried, dead = again_at.is_none(), %error, "a job failed");
        self.db.write(|conn| store::give_back(conn, self.id, (stored.tenant, stored.job.id), &failure, again_at, now))
    }

    /// Does what is due until the server stops.
    pub fn work(&self, stop: &AtomicBool) {
        while !stop.load(Ordering::SeqCst) {
            if let Err(error) = self.round() {
                tracing::warn!(%error, "jobs could not be done, will be tried again");
            }
            std::thread::park_timeout(EVERY);
        }
    }
}
