//! Figures that are not counted where they happen but looked up when somebody reads them.

use super::figures::{ByLetters, ByPool, Letters, figures};
use super::readiness;
use crate::db::Db;
use crate::state::State;
use crate::{backup, disk, outbox};

/// Brings them up to date. What cannot be found out stays as it was: `polku_ready` tells why.
pub async fn take(state: &State, db: &Db) {
    // First, as the rest of the questions use the database too.
    queues(state, db);
    readiness::missing(state, db).await;
    let (db, data, now) = (db.clone(), state.settings.data.clone(), state.clock.now());
    let looked = crate::http::caller::block(move || {
        let own = figures();
        if let Ok(free) = disk::free_for(db.address(), &data) {
            own.disk_free.set(free);
        }
        own.last_backup.set(backup::last(&data).map_or(0.0, |at| at.as_second() as f64));
        let backlog = db.read(outbox::backlog)?;
        let set = |state: Letters, count: i64| {
            own.letters.get_or_create(&ByLetters { state: state.as_str() }).set(count);
        };
        set(Letters::Waiting, backlog.waiting);
        set(Letters::GivenUp, backlog.given_up);
        own.oldest_letter.set(backlog.oldest.map_or(0.0, |at| now.duration_since(at).as_secs_f64().max(0.0)));
        Ok(())
    });
    if let Err(error) = looked.await {
        tracing::warn!(%error, "the outbox could not be counted");
    }
}

/// What waits at this moment, and how much of each pool is used.
fn queues(state: &State, db: &Db) {
    let own = figures();
    for (level, depth) in [(&own.hashes_waiting, state.hashing.depth()), (&own.writes_waiting, db.writes_waiting())] {
        level.set(i64::try_from(depth).unwrap_or(i64::MAX));
    }
    for pool in db.pools() {
        let label = ByPool { pool: pool.name };
        own.connections_in_use.get_or_create(&label).set(i64::from(pool.in_use));
        own.connections_most.get_or_create(&label).set(i64::from(pool.most));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::config::Settings;
    use crate::db::Address;
    use crate::keys::Keys;
    use futures_util::FutureExt;
    use std::sync::mpsc;

    #[test]
    fn what_waits_is_seen_while_it_waits() {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open(Address::Sqlite(folder.path().join("x.db"))).expect("opened");
        let state = State::new(db.clone(), Keys::temporary().expect("keys"), Clock::default(), Settings::default());
        let own = figures();
        actix_web::rt::System::new().block_on(async {
            let slot = state.hashing.enter().expect("a place");
            // Somebody has the writer and does not let go of it.
            let ((held, holds), (let_go, released)) = (mpsc::channel(), mpsc::channel());
            let holder = db.clone();
            let holding = std::thread::spawn(move || {
                holder.write(|_| {
                    held.send(()).ok();
                    released.recv().ok();
                    Ok(())
                })
            });
            holds.recv().expect("held");
            let mut waiting = Box::pin(db.write_together(|_| Ok(())));
            assert!((&mut waiting).now_or_never().is_none());
            queues(&state, &db);
            let in_use = own.connections_in_use.get_or_create(&ByPool { pool: "write" }).get();
            assert_eq!((own.hashes_waiting.get(), own.writes_waiting.get(), in_use), (1, 1, 1));
            drop(slot);
            let_go.send(()).expect("still there");
            holding.join().expect("ended").expect("written");
            waiting.await.expect("written");
            queues(&state, &db);
            assert_eq!((own.hashes_waiting.get(), own.writes_waiting.get()), (0, 0));
        });
    }
}
