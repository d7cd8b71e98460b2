//! What was measured in trials.

use crate::error::Result;
use crate::http::caller::Caller;
use crate::http::checked::{Checked, Merge};
use crate::http::openapi::{ChangeProblems, CreateProblems, ReadProblems};
use crate::http::preconditions::IfMatch;
use crate::http::reply::Reply;
use crate::projects::service::measurements as service;
use actix_web::{delete, get, patch, post, web};
use shared::projects::{Measurement, MeasurementChanges, NewMeasurement};
use shared::{MeasurementId, TrialId};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on measurements.
pub fn mount(config: &mut ServiceConfig) {
    config.service(create_measurement).service(get_measurement).service(update_measurement).service(delete_measurement);
}

/// Adds what was measured to a trial that is not concluded, of at most ten. The effect is worked out by the server.
#[utoipa::path(
    tag = "projects",
    params(("id" = TrialId, Path, description = "The trial.")),
    request_body(content = NewMeasurement, description = "What was measured, before and after."),
    responses((status = 201, description = "The new measurement with its effect.", body = Measurement), CreateProblems),
    security(("bearer" = []))
)]
#[post("/trials/{id}/measurements")]
pub async fn create_measurement(caller: Caller, id: web::Path<TrialId>, new: Checked<NewMeasurement>) -> Result<Reply> {
    let (id, new) = (id.into_inner(), new.0);
    caller
        .write(move |conn, actor| {
            let made = service::create(conn, actor, id, &new)?;
            Reply::created(&format!("/measurements/{}", made.id), made.version, &made)
        })
        .await
}

/// One measurement with all that was measured, for those who work on the project. Others read effects with the trial.
#[utoipa::path(
    tag = "projects",
    params(("id" = MeasurementId, Path, description = "The measurement.")),
    responses((status = 200, description = "One measurement.", body = Measurement), ReadProblems),
    security(("bearer" = []))
)]
#[get("/measurements/{id}")]
pub async fn get_measurement(caller: Caller, id: web::Path<MeasurementId>) -> Result<Reply> {
    let id = id.into_inner();
    let found = caller.read(move |conn, actor| service::get(conn, actor, id)).await?;
    Reply::one(found.version, &found)
}

/// Changes a measurement of a trial that is not concluded.
#[utoipa::path(
    tag = "projects",
    params(("id" = MeasurementId, Path, description = "The measurement.")),
    request_body(content = MeasurementChanges, content_type = "application/merge-patch+json", description = "What to change."),
    responses((status = 200, description = "The measurement as it is now.", body = Measurement), ChangeProblems),
    security(("bearer" = []))
)]
#[patch("/measurements/{id}")]
pub async fn update_measurement(
    caller: Caller,
    id: web::Path<MeasurementId>,
    expected: IfMatch,
    changes: Merge<MeasurementChanges>,
) -> Result<Reply> {
    let id = id.into_inner();
    caller
        .write(move |conn, actor| {
            let changed = service::update(conn, actor, id, expected, &changes)?;
            Reply::one(changed.version, &changed)
        })
        .await
}

/// Takes a measurement away from a trial that is not concluded.
#[utoipa::path(
    tag = "projects",
    params(("id" = MeasurementId, Path, description = "The measurement.")),
    responses((status = 204, description = "It is gone."), ChangeProblems),
    security(("bearer" = []))
)]
#[delete("/measurements/{id}")]
pub async fn delete_measurement(caller: Caller, id: web::Path<MeasurementId>, expected: IfMatch) -> Result<Reply> {
    let id = id.into_inner();
    caller.write(move |conn, actor| service::delete(conn, actor, id, expected).map(|()| Reply::done())).await
}
