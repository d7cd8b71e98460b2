//! The stream of hints.

use super::hub::{Bounds, Wanted};
use super::stream::{self, Stood};
use crate::error::{Error, Result};
use crate::http::caller::Caller;
use crate::http::openapi::ReadProblems;
use crate::http::pace::Phase;
use actix_server::GracefulShutdownSignal;
use actix_web::http::header::{CACHE_CONTROL, ContentEncoding};
use actix_web::{HttpRequest, HttpResponse, get, web};
use shared::live::{Following, Hint, STREAM_SECONDS};
use std::rc::Rc;
use std::time::Duration;
use tokio::time::Instant;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operation of hints.
pub fn mount(config: &mut ServiceConfig) {
    config.service(follow_changes);
}

/// Follows objects: a line of JSON whenever one of them has changed, for ten minutes at most. It ends when the session
/// does; objects that the caller may not see are 404. An account has ten streams at most.
#[utoipa::path(
    tag = "live",
    params(Following),
    responses((status = 200, description = "Lines as they come, each a hint.", body = Hint, content_type = "application/x-ndjson"), ReadProblems),
    security(("bearer" = []))
)]
#[get("/live")]
pub async fn follow_changes(
    request: HttpRequest,
    caller: Caller<Following>,
    stopping: web::Data<GracefulShutdownSignal>,
) -> Result<HttpResponse> {
    let (state, following) = (caller.state(), caller.parameters.clone());
    let standing = caller.stay("follow_changes")?;
    let named = following.subjects().map_err(|error| Error::malformed("subjects", error))?;
    let lists = following.lists().map_err(|error| Error::malformed("lists", error))?;
    let seconds = following.seconds.unwrap_or(STREAM_SECONDS);
    if seconds > STREAM_SECONDS {
        return Err(Error::malformed("seconds", format!("0 to {STREAM_SECONDS}")));
    }
    let wanted = Wanted { subjects: named.iter().copied().collect(), lists: lists.into_iter().collect() };
    let (subjects, lists) = (wanted.subjects.clone(), !wanted.lists.is_empty());
    let bounds = Bounds { of_node: state.settings.limits.streams, of_account: state.settings.limits.streams_of_account };
    // Followed first: what changes between the two is told, not lost.
    let followed = state.hub.follow(standing.actor().tenant, caller.actor.account()?, wanted, bounds)?;
    let seen = caller.read(move |conn, actor| stream::look(conn, actor, &named)).await?;
    if seen.iter().any(|(_, version)| version.is_none()) {
        return Err(Error::not_found());
    }
    let held = request.conn_data::<Rc<Phase>>().map(Phase::hold);
    let until = Instant::now() + Duration::from_secs(seconds.into());
    let (heartbeat, stopping) = (state.settings.limits.times.heartbeat, stopping.get_ref().clone());
    let stood = Stood { standing, followed, subjects, lists, until, heartbeat, stopping, _held: held };
    // A hint that lay in a compressor would come too late; a proxy is told not to gather either.
    let mut answer = HttpResponse::Ok();
    answer.insert_header(ContentEncoding::Identity).insert_header((CACHE_CONTROL, "no-store")).insert_header(("x-accel-buffering", "no"));
    Ok(answer.content_type("application/x-ndjson").streaming(stream::lines(stood)))
}
