//! Who asks is found out before what they send is judged: a stranger hears 401 whatever their body is, and a flood of
//! nonsense meets the rate of its address.
//!
//! The extractors of one handler are polled side by side, so the later ones wait for the first.

use actix_web::{HttpMessage, HttpRequest};
use std::sync::Arc;
use tokio::sync::Semaphore;

#[derive(Clone)]
struct Door(Arc<Semaphore>);

/// Held while it is found out who asks; when it is dropped, others go on.
pub struct Introducing(Arc<Semaphore>);

impl Introducing {
    /// From now on what is sent waits.
    pub fn begin(request: &HttpRequest) -> Self {
        let closed = Arc::new(Semaphore::new(0));
        request.extensions_mut().insert(Door(closed.clone()));
        Self(closed)
    }
}

impl Drop for Introducing {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Waits until it is known who asks, if anybody wants to know.
pub async fn over(request: &HttpRequest) {
    let door = request.extensions().get::<Door>().cloned();
    if let Some(Door(door)) = door {
        // It never has a place: waiting ends when it is closed.
        drop(door.acquire().await);
    }
}
