//! Tables of projects. Rows stay in here; every function takes the tenant first.

pub mod adoptions;
pub mod history;
pub mod limits;
pub mod measurements;
pub mod members;
pub mod projects;
pub mod rates;
mod row;
pub mod stages;
pub mod summaries;
pub mod terms;
pub mod trials;

use shared::ProjectId;

crate::sql_ids!(ProjectId);
