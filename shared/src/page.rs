//! Lists: one page at a time, walked by an opaque cursor.

use serde::{Deserialize, Serialize};

/// Default number of items on a page.
pub const DEFAULT_LIMIT: u32 = 50;
/// Largest number of items on a page.
pub const MAX_LIMIT: u32 = 200;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// Pass as `cursor` to read on; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// Makes the type of a list's query: its own members, and then where in the list to read. Unknown members are refused,
/// which rules out a flattened part: serde checks either the one or the other.
#[macro_export]
macro_rules! filter {
    ($(#[$about:meta])* $name:ident { $($own:tt)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
        #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
        pub struct $name {
            $($own)*
            /// Where to go on: a `next_cursor` of this list. Opaque and signed.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "openapi", param(pattern = r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$"))]
            pub cursor: Option<String>,
            /// Items on a page, 1–200; 50 unless told.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
            pub limit: Option<u32>,
        }
    };
}

crate::filter! {
    /// Where in a list to read.
    #[derive(Default)]
    Paging {}
}

/// Members of a merge patch that may be null: left out is `None`, null is `Some(None)`.
pub mod nullable {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the inner option; the outer one decides by `skip_serializing_if` whether the member is written at all.
    pub fn serialize<T: Serialize, S: Serializer>(value: &Option<Option<T>>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().and_then(Option::as_ref).serialize(serializer)
    }

    /// Reads null as `Some(None)`.
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
        Option::<T>::deserialize(deserializer).map(Some)
    }
}
