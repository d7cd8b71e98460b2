//! A caller whose answer goes on after the request: who it is, and what it may, is looked up anew at each step.

use super::{Caller, Conn, Deadline, block};
use crate::error::{Error, Result};
use crate::identity::service::authentication;
use crate::policy::Actor;
use crate::state::State;
use actix_web::web;
use shared::{AccountId, SessionId};
use tokio::time::Instant;

/// A person who stays. Holds no place of the shedder: each step takes as little as a request.
pub struct Standing {
    state: web::Data<State>,
    actor: Actor,
    account: AccountId,
    session: SessionId,
    operation: &'static str,
}

impl<P> Caller<P> {
    /// This caller for longer than a request. Programs ask again instead.
    pub fn stay(&self, operation: &'static str) -> Result<Standing> {
        let (account, session) = self.actor.account.zip(self.actor.session).ok_or_else(Error::forbidden)?;
        Ok(Standing { state: self.state.clone(), actor: self.actor.clone(), account, session, operation })
    }
}

impl Standing {
    /// Who stays, as they were known when they came.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Reads as the one who stays may read now. Refuses one whose session has ended or who may no longer call this.
    pub async fn read<T: Send + 'static>(&self, run: impl FnOnce(&mut Conn, &Actor) -> Result<T> + Send + 'static) -> Result<T> {
        let (state, known) = (self.state.clone(), self.actor.clone());
        let (account, session, operation) = (self.account, self.session, self.operation);
        let now = state.clock.now();
        let deadline = Deadline(Instant::now() + state.settings.limits.times.handler);
        let reading = block(move || {
            state.store.0.read(|conn| {
                let (found, _) = authentication::load(conn, known.tenant, account, session, now)?;
                found.admit(operation)?;
                run(conn, &Actor { request_id: known.request_id, lang: known.lang, ..found })
            })
        });
        deadline.wait(reading).await
    }
}
