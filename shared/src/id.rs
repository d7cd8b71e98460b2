//! Typed ids: an edition's id cannot be passed where a unit's is asked for.

/// Declares an id newtype over a UUID. Version 7 keeps neighbours in time near each other in an index.
#[macro_export]
macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid, example = "01941f29-7c00-7000-8000-000000000001"))]
        #[cfg_attr(feature = "sql", derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow))]
        #[cfg_attr(feature = "sql", diesel(sql_type = $crate::id::SqlUuid))]
        pub struct $name(pub uuid::Uuid);

        #[cfg(feature = "sql")]
        $crate::sql_id!($name);

        impl $name {
            /// A new id made now.
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                uuid::Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

/// SQL type of ids: `uuid` on PostgreSQL, 16 bytes on SQLite.
#[cfg(feature = "sql")]
#[derive(Clone, Copy, Debug, Default, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
pub struct SqlUuid;

/// Lets an id newtype stand in columns of SQL type [`SqlUuid`] on either database.
#[cfg(feature = "sql")]
#[macro_export]
macro_rules! sql_id {
    ($name:ident) => {
        impl diesel::serialize::ToSql<$crate::id::SqlUuid, diesel::pg::Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>) -> diesel::serialize::Result {
                std::io::Write::write_all(out, self.0.as_bytes())?;
                Ok(diesel::serialize::IsNull::No)
            }
        }
        impl diesel::serialize::ToSql<$crate::id::SqlUuid, diesel::sqlite::Sqlite> for $name {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, diesel::sqlite::Sqlite>) -> diesel::serialize::Result {
                out.set_value(self.0.as_bytes().as_slice());
                Ok(diesel::serialize::IsNull::No)
            }
        }
        impl diesel::deserialize::FromSql<$crate::id::SqlUuid, diesel::pg::Pg> for $name {
            fn from_sql(bytes: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(Self(uuid::Uuid::from_slice(bytes.as_bytes())?))
            }
        }
        impl diesel::deserialize::FromSql<$crate::id::SqlUuid, diesel::sqlite::Sqlite> for $name {
            fn from_sql(mut bytes: diesel::sqlite::SqliteValue<'_, '_, '_>) -> diesel::deserialize::Result<Self> {
                Ok(Self(uuid::Uuid::from_slice(bytes.read_blob())?))
            }
        }
    };
}

typed_id! {
    /// An id of no particular kind, for what points at things of several kinds.
    RawId;
    /// A data controller with everything inside it.
    TenantId;
    /// A municipality, county, provider or association inside a tenant.
    OrganisationId;
    /// A working unit inside an organisation.
    UnitId;
    /// A person who can sign in.
    AccountId;
    /// One role given to one account over one scope.
    GrantId;
    /// One sign-in on one device.
    SessionId;
    /// A link that works once: an invitation, a password reset, a change of e-mail.
    LinkId;
    /// A training that is held several times.
    ProgrammeId;
    /// What a programme wants its participants to reach.
    GoalId;
    /// One run of a programme.
    EditionId;
    /// A day when the edition meets.
    ContactDayId;
    /// One person's place in one edition.
    EnrolmentId;
    /// Three to eight people who share a project.
    GroupId;
    /// A change that a group works on.
    ProjectId;
    /// Work that is to be done at a time.
    JobId;
    /// One trial of a project.
    TrialId;
    /// One thing that was measured in a trial.
    MeasurementId;
    /// What one unit has decided about one project.
    AdoptionId;
    /// One line of the audit trail.
    AuditEventId;
    /// A message about the accessibility of the service.
    AccessibilityFeedbackId;
    /// A program that calls the API in its own name.
    ApiClientId;
    /// One secret of such a program.
    ApiClientSecretId;
    /// What somebody wrote beside an object.
    CommentId;
    /// A link of the thread between two objects.
    ThreadLinkId;
}
