//! Tables of the training slice. Rows stay in here; every function takes the tenant first.

pub mod assessment;
pub mod days;
pub mod editions;
pub mod enrolments;
pub mod groups;
pub mod programmes;
pub mod results;

use shared::{ContactDayId, EditionId, EnrolmentId, GoalId, GroupId, ProgrammeId};

crate::sql_ids!(ProgrammeId, GoalId, EditionId, ContactDayId, EnrolmentId, GroupId);
