//! Work that is not begun: a node takes in no more than it can do within the time that callers wait, of one account or
//! program no more than a page needs, and once it is half full, of one tenant no more than leaves room for the others.
//! Whoever comes beyond that is told at once to come back. Probes are never turned away; signing in has room of its own,
//! so that people can come in while others ask much.

use crate::config::limits::Limits;
use crate::error::{Error, Result};
use actix_web::http::Method;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Room for work.
pub struct Shed {
    node: Arc<Semaphore>,
    entrance: Arc<Semaphore>,
    bearers: Rooms,
    tenants: Rooms,
    /// Places of the node, and of those the ones that a tenant may have while fewer than half of them are free.
    places: usize,
    share: usize,
}

/// A room for each of a kind.
struct Rooms {
    each: moka::sync::Cache<uuid::Uuid, Arc<Semaphore>>,
    size: usize,
}

impl Rooms {
    fn new(size: usize) -> Self {
        Self { each: moka::sync::Cache::builder().max_capacity(100_000).time_to_idle(Duration::from_secs(60)).build(), size }
    }

    fn of(&self, whose: uuid::Uuid) -> Arc<Semaphore> {
        self.each.get_with(whose, || Arc::new(Semaphore::new(self.size)))
    }
}

/// The room that one request of somebody takes, given back with this value.
pub struct Place(#[allow(dead_code)] [OwnedSemaphorePermit; 2]);

const ENTRANCE: &[&str] = &["/api/v1/sessions", "/api/v1/sessions/second-step", "/api/v1/sessions/refresh", "/oauth/token"];

fn enter(room: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit> {
    room.clone().try_acquire_owned().map_err(|_| Error::unavailable(1))
}

impl Shed {
    /// As much room as the settings give.
    pub fn new(limits: &Limits) -> Self {
        let room = || Arc::new(Semaphore::new(limits.in_flight));
        let (places, share) = (limits.in_flight, limits.of_tenant());
        let (bearers, tenants) = (Rooms::new(limits.in_flight_of_account), Rooms::new(places));
        Self { node: room(), entrance: room(), bearers, tenants, places, share }
    }

    /// A place for a request of the API, or 503. What else there is to ask costs hardly anything.
    pub fn admit(&self, method: &Method, path: &str) -> Result<Option<OwnedSemaphorePermit>> {
        if !path.starts_with("/api/") && !path.starts_with("/oauth/") {
            return Ok(None);
        }
        let enters = *method == Method::POST && ENTRANCE.contains(&path);
        enter(if enters { &self.entrance } else { &self.node }).map(Some)
    }

    /// A place for a request of one account or program of a tenant, or 503.
    pub fn admit_bearer(&self, bearer: uuid::Uuid, tenant: uuid::Uuid) -> Result<Place> {
        let own = self.tenants.of(tenant);
        let (taken, free) = (self.places - own.available_permits(), self.node.available_permits());
        // A service with one tenant would otherwise do with a part of what it has.
        if taken >= self.share && free * 2 < self.places {
            return Err(Error::unavailable(1));
        }
        Ok(Place([enter(&self.bearers.of(bearer))?, enter(&own)?]))
    }

    /// How many are being let in: they sign in, or renew what they were given.
    pub fn entering(&self) -> usize {
        self.places - self.entrance.available_permits()
    }
}
