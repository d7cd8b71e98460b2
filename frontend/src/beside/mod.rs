//! What stands beside an object of any kind, in the right-hand column of its page. Not a slice: every slice may use it.

mod comment;
pub mod comments;
mod people;
pub mod thread;

pub use comments::Comments;
pub use thread::Thread;
