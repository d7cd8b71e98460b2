//! Hints to pages: "this object changed, version n". What changed follows from the line in the audit trail, so that
//! nobody can forget to tell; it is told after the commit, on this node at once and to the others by way of PostgreSQL.
//!
//! Invariants: a hint holds no data, and only goes to one who may see the object at that moment; every stream and every
//! queue has a bound, and whoever misses something is told to look at everything anew. A hint is never the truth: what
//! is lost between nodes is made up for by looking again. Not here: what the page then reads.

pub mod hub;
pub mod relay;
pub mod routes;
mod stream;

use crate::audit::Entry;
use shared::subjects::SubjectRef;

/// The objects that a line of the trail touches: its own, where something can hang on that, and those beside which it
/// hangs.
pub fn touched(entry: &Entry<'_>) -> Vec<SubjectRef> {
    let own = entry.kind.parse().ok().zip(entry.object).map(|(kind, id)| SubjectRef::new(kind, id));
    own.into_iter().chain(entry.beside.iter().copied()).collect()
}
