//! Watching over the running server: figures for Prometheus, events for those who guard it, and whether it is ready.
//!
//! Invariants: no figure carries an id or a person; an event carries ids and a net prefix at most, never an address, a
//! name or a secret; an event of a transaction is told after its commit and not at all when it is rolled back. Not here:
//! the audit trail, which is kept for those whose data it is about.

pub mod events;
pub mod figures;
pub mod listener;
pub mod log;
pub mod readiness;
pub mod request;
mod sample;

/// Declares the values that a label may take, each with its word. A label has these and no others.
#[macro_export]
macro_rules! label_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in figures and in the log.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}
