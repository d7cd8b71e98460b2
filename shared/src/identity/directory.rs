//! Organisations and their units.

use super::{OrganisationKind, Sector};
use crate::{OrganisationId, UnitId, rules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An organisation inside the tenant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organisation {
    pub id: OrganisationId,
    pub version: i64,
    pub name: String,
    pub kind: OrganisationKind,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What can be said of an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewOrganisation {
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Keski-Suomen kokeilukunta"))]
    pub name: String,
    #[garde(skip)]
    pub kind: OrganisationKind,
}

/// A merge patch of an organisation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationChanges {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, nullable = false))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub kind: Option<OrganisationKind>,
}

/// A working unit. Units of an organisation form a tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unit {
    pub id: UnitId,
    pub version: i64,
    pub organisation_id: OrganisationId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<UnitId>,
    pub name: String,
    pub sector: Sector,
    /// Name of the municipality where it works.
    pub municipality: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What can be said of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewUnit {
    /// Fixed once made: a unit does not move between organisations.
    #[garde(skip)]
    pub organisation_id: OrganisationId,
    /// The unit above, of the same organisation.
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<UnitId>,
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Kyllön terveysasema"))]
    pub name: String,
    #[garde(skip)]
    pub sector: Sector,
    #[garde(custom(rules::line))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "Jyväskylä"))]
    pub municipality: String,
}

/// A merge patch of a unit. `parent_id: null` puts it at the top.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitChanges {
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::page::nullable")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<UnitId>))]
    pub parent_id: Option<Option<UnitId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, nullable = false))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub sector: Option<Sector>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, nullable = false))]
    pub municipality: Option<String>,
}

crate::filter! {
    /// Which units to list, by name.
    #[derive(Default)]
    UnitFilter {
        /// Only units of this organisation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub organisation_id: Option<OrganisationId>,
    }
}
