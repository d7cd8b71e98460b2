//! Writes that wait for SQLite's one writer are run together: each in a savepoint of its own, all in one transaction,
//! so that one trip to the disk serves them all (group commit). Nobody is answered before the commit.
//!
//! Whoever is first leads: it takes the writer, runs what has gathered meanwhile, and goes on until nothing is left.
//! PostgreSQL does the like by itself, between its own connections.

use super::{Conn, Db, pause, transaction};
use crate::error::{Error, Result};
use crate::watch::events;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// How many writes share a transaction: enough to make the disk's share small, few enough that the first does not wait
/// long for the last.
const MOST: usize = 64;

/// How many may wait before new ones are told to come back.
const QUEUE: usize = 4_096;

/// One write that waits for its turn.
trait Job: Send {
    /// Runs it; whether its changes are to stay.
    fn run(&mut self, conn: &mut Conn) -> bool;
    /// Tells the outcome. `undone` says why nothing of the transaction stayed.
    fn end(self: Box<Self>, undone: Option<Error>);
}

struct Task<T, F> {
    run: F,
    /// None before it has been run.
    outcome: Option<Result<T>>,
    tell: oneshot::Sender<Result<T>>,
}

impl<T: Send, F: Fn(&mut Conn) -> Result<T> + Send> Job for Task<T, F> {
    fn run(&mut self, conn: &mut Conn) -> bool {
        // One that panics must not take the others with it.
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.run)(conn)))
            .unwrap_or_else(|_| Err(Error::Internal("a transaction panicked".to_owned())));
        self.outcome.insert(outcome).is_ok()
    }

    fn end(self: Box<Self>, undone: Option<Error>) {
        let outcome = match (self.outcome, undone) {
            (Some(Err(own)), _) => Err(own),
            (_, Some(error)) => Err(error),
            (Some(done), None) => done,
            (None, None) => Err(Error::Internal("a transaction was never run".to_owned())),
        };
        // The caller may have gone meanwhile; what was done is done.
        drop(self.tell.send(outcome));
    }
}

/// The writes that wait.
#[derive(Default)]
pub struct Waiting(Mutex<Queue>);

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Box<dyn Job>>,
    /// Whether somebody leads.
    led: bool,
}

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a write; whether its caller must lead.
    fn add(&self, job: Box<dyn Job>) -> std::result::Result<bool, Box<dyn Job>> {
        let mut queue = self.lock();
        if queue.jobs.len() >= QUEUE {
            return Err(job);
        }
        queue.jobs.push_back(job);
        Ok(!std::mem::replace(&mut queue.led, true))
    }

    /// How many wait.
    pub fn depth(&self) -> usize {
        self.lock().jobs.len()
    }

    /// Whether any wait. When none do, nobody leads any more.
    fn any(&self) -> bool {
        let mut queue = self.lock();
        queue.led = !queue.jobs.is_empty();
        queue.led
    }

    /// The next ones.
    fn take(&self, most: usize) -> Vec<Box<dyn Job>> {
        let mut queue = self.lock();
        let many = queue.jobs.len().min(most);
        queue.jobs.drain(..many).collect()
    }
}

/// Hands a write in. The receiver hears the outcome; `lead` must be run, off the worker, when it is told to.
pub fn hand_in<T: Send + 'static>(db: &Db, run: impl Fn(&mut Conn) -> Result<T> + Send + 'static) -> (oneshot::Receiver<Result<T>>, bool) {
    let (tell, told) = oneshot::channel();
    let task = Box::new(Task { run, outcome: None, tell });
    let lead = db.waiting.add(task).unwrap_or_else(|refused| {
        refused.end(Some(Error::unavailable(1)));
        false
    });
    (told, lead)
}

/// Lets the next writer lead when the leader panics.
struct Leading<'a>(&'a Waiting);

impl Drop for Leading<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().led = false;
        }
    }
}

/// Runs all that waits. Blocks.
pub fn lead(db: &Db) {
    let _leading = Leading(&db.waiting);
    while db.waiting.any() {
        let mut jobs = Vec::new();
        let undone = db.with_writer(|conn| commit(conn, &mut jobs, &db.waiting)).err();
        if undone.is_some() && jobs.is_empty() {
            // The writer or its lock was not to be had in its time. None of those who waited for it wait once more.
            jobs = db.waiting.take(QUEUE);
        }
        db.count_written();
        end(jobs, undone.as_ref());
    }
}

fn end(jobs: Vec<Box<dyn Job>>, undone: Option<&Error>) {
    if let Some(error) = undone {
        tracing::warn!(%error, writes = jobs.len(), "a transaction did not stay");
    }
    for job in jobs {
        job.end(undone.map(Error::again));
    }
}

/// One transaction for all that wait once it has begun. An error means that nothing of it stayed.
fn commit(conn: &mut Conn, jobs: &mut Vec<Box<dyn Job>>, waiting: &Waiting) -> Result<()> {
    let mut tried = 0;
    loop {
        tried += 1;
        let outcome = transaction(conn, "BEGIN IMMEDIATE", "BEGIN ISOLATION LEVEL SERIALIZABLE", &mut |conn| {
            // Not before: more gathers while the lock is waited for.
            if jobs.is_empty() {
                *jobs = waiting.take(MOST);
            }
            jobs.iter_mut().try_for_each(|job| apart(conn, job.as_mut()))
        });
        match outcome {
            Err(error) if error.is_transient() && tried < super::WRITE_TRIES => pause(tried),
            outcome => return outcome,
        }
    }
}

/// One write in its savepoint: when it fails, the others stay.
fn apart(conn: &mut Conn, job: &mut dyn Job) -> Result<()> {
    let Conn::Sqlite(inner) = conn else {
        return Err(Error::Internal("writes are run together on SQLite only".to_owned()));
    };
    AnsiTransactionManager::begin_transaction(inner)?;
    let raised = events::mark();
    let stays = job.run(conn);
    let Conn::Sqlite(inner) = conn else { return Ok(()) };
    if stays {
        AnsiTransactionManager::commit_transaction(inner)?
    } else {
        events::back_to(raised);
        AnsiTransactionManager::rollback_transaction(inner)?
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Address;
    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use diesel::sql_types::BigInt;

    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }

    fn numbers(conn: &mut Conn) -> i64 {
        let Conn::Sqlite(conn) = conn else { panic!("SQLite") };
        diesel::sql_query("SELECT COUNT(*) AS count FROM numbers").get_result::<Count>(conn).expect("a count").count
    }

    fn insert(number: usize) -> impl Fn(&mut Conn) -> Result<()> + Send + 'static {
        move |conn| Ok(conn.batch_execute(&format!("INSERT INTO numbers VALUES ({number})"))?)
    }

    #[test]
    fn the_ones_that_fail_leave_the_others_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open(Address::Sqlite(folder.path().join("x.db"))).expect("opened");
        db.write(|conn| Ok(conn.batch_execute("CREATE TABLE numbers (n BIGINT PRIMARY KEY)")?)).expect("a table");
        let mut told = Vec::new();
        let mut leads = 0;
        for number in 0..100_usize {
            // Every tenth breaks the key after it has written, every eleventh panics after it has.
            let (receiver, lead) = hand_in(&db, move |conn| {
                insert(number)(conn)?;
                if number % 10 == 9 {
                    insert(number)(conn)?;
                }
                assert!(number % 11 != 10, "one of the writes panics");
                Ok(())
            });
            leads += usize::from(lead);
            told.push((number, receiver));
        }
        assert_eq!(leads, 1, "one leads, the others wait");
        assert_eq!(db.writes_waiting(), 100);
        lead(&db);
        assert_eq!(db.writes_waiting(), 0);
        let mut stayed = 0;
        for (number, mut receiver) in told {
            let outcome = receiver.try_recv().expect("told");
            assert_eq!(outcome.is_ok(), number % 10 != 9 && number % 11 != 10, "{number}");
            stayed += i64::from(outcome.is_ok());
        }
        assert_eq!(db.read(|conn| Ok(numbers(conn))).expect("read"), stayed);
        assert!(hand_in(&db, insert(1_000)).1, "the next one leads again");
    }

    #[test]
    fn nobody_is_told_yes_when_the_commit_fails() {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open(Address::Sqlite(folder.path().join("x.db"))).expect("opened");
        let tables = "CREATE TABLE numbers (n BIGINT PRIMARY KEY); \
             CREATE TABLE owned (n BIGINT REFERENCES numbers (n) DEFERRABLE INITIALLY DEFERRED)";
        db.write(|conn| Ok(conn.batch_execute(tables)?)).expect("tables");
        let (mut good, _) = hand_in(&db, insert(1));
        // A broken reference that only the commit finds.
        let (mut bad, _) = hand_in(&db, |conn| Ok(conn.batch_execute("INSERT INTO owned VALUES (77)")?));
        lead(&db);
        assert!(good.try_recv().expect("told").is_err());
        assert!(bad.try_recv().expect("told").is_err());
        assert_eq!(db.read(|conn| Ok(numbers(conn))).expect("read"), 0);
        let (mut later, _) = hand_in(&db, insert(2));
        lead(&db);
        assert!(later.try_recv().expect("told").is_ok(), "the writer is well afterwards");
    }

    #[test]
    fn nobody_waits_longer_for_the_lock_than_its_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.db");
        let patience = crate::config::limits::Patience { lock: std::time::Duration::from_millis(200), ..Default::default() };
        let db = Db::open_with(Address::Sqlite(path.clone()), patience).expect("opened");
        db.write(|conn| Ok(conn.batch_execute("CREATE TABLE numbers (n BIGINT PRIMARY KEY)")?)).expect("a table");
        let mut other = SqliteConnection::establish(&path.to_string_lossy()).expect("another program");
        other.batch_execute("BEGIN IMMEDIATE").expect("the lock");
        // More than one transaction's worth: all are told after one wait, not one after another.
        let waiting: Vec<_> = (0..MOST * 8).map(|number| hand_in(&db, insert(number)).0).collect();
        let begun = std::time::Instant::now();
        lead(&db);
        assert!(begun.elapsed() < std::time::Duration::from_millis(1_000), "{:?}", begun.elapsed());
        for mut told in waiting {
            let refusal = told.try_recv().expect("told").expect_err("the lock was held").refusal();
            assert_eq!((refusal.code.0.status(), refusal.retry_after), (503, Some(2)));
        }
        other.batch_execute("ROLLBACK").expect("let go");
        let (mut later, leads) = hand_in(&db, insert(1));
        assert!(leads);
        lead(&db);
        assert!(later.try_recv().expect("told").is_ok());
    }
}
