//! What every worker shares.

use crate::clock::Clock;
use crate::config::Settings;
use crate::db::Db;
use crate::http::caller::Store;
use crate::http::rates::Rates;
use crate::http::shed::Shed;
use crate::identity::service::passwords::Hashing;
use crate::keys::Keys;
use crate::live::hub::Hub;
use crate::tokens::Principal;
use crate::watch::readiness;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How long a verified token may be believed without looking again: a change of grants bites within this.
const PRINCIPAL_LIFE: Duration = Duration::from_millis(900);

/// What every worker shares.
pub struct State {
    pub store: Store,
    pub keys: Keys,
    pub clock: Clock,
    pub settings: Settings,
    pub hashing: Hashing,
    pub rates: Rates,
    pub shed: Shed,
    /// Who follows what.
    pub hub: Arc<Hub>,
    /// Memory for bodies, in KiB.
    pub bodies: Arc<Semaphore>,
    /// Verified tokens, each for less than a second.
    pub principals: moka::sync::Cache<String, Arc<Principal>>,
    /// The last answer to whether the server is ready.
    pub readiness: readiness::Kept,
    draining: AtomicBool,
}

impl State {
    /// Puts the parts together.
    pub fn new(db: Db, keys: Keys, clock: Clock, settings: Settings) -> Self {
        let principals = moka::sync::Cache::builder().max_capacity(20_000).time_to_live(PRINCIPAL_LIFE).build();
        let (limits, hub) = (settings.limits.clone(), db.hub().clone());
        Self {
            store: Store::new(db),
            keys,
            clock,
            settings,
            hashing: Hashing::default(),
            rates: Rates::new(&limits),
            shed: Shed::new(&limits),
            hub,
            bodies: Arc::new(Semaphore::new(limits.bodies_mib * 1024)),
            principals,
            readiness: readiness::Kept::default(),
            draining: AtomicBool::new(false),
        }
    }

    /// Says that no new work is wanted: the balancer sees it at `/readyz`.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
    }

    /// Whether the server is about to stop.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }
}
