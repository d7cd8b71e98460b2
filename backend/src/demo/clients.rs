//! A program of a partner: it reads what the training achieves, and who of its own people take part.

use super::people::Staff;
use crate::clients::service::{clients, secrets};
use crate::db::Conn;
use crate::error::Result;
use jiff::Timestamp;
use shared::clients::NewApiClient;
use shared::policy::ApiScope;
use shared::{ApiClientId, OrganisationId};

/// Its role in the listing of accounts.
pub const ROLE: &str = "api_client";

/// Id and secret, made anew for each installation.
pub struct Credentials {
    pub id: ApiClientId,
    pub secret: String,
}

impl Credentials {
    /// Thought of before the data is written, so that they stand in the listing first.
    pub fn new() -> Self {
        Self { id: ApiClientId::new(), secret: secrets::random() }
    }
}

/// Makes it. Its secret works for a year from the day that the demo world takes for today.
pub fn build(conn: &mut Conn, staff: &Staff, partner: OrganisationId, own: &Credentials, now: Timestamp) -> Result<()> {
    let new = NewApiClient {
        organisation_id: partner,
        name: "Hoivapellon raportointi".to_owned(),
        purpose: "Hakee toteutukset, tulokset ja omien työntekijöiden osallistumiset tietovarastoon joka yö.".to_owned(),
        contact_email: "rajapinnat@demo.polku.example".to_owned(),
        scopes: vec![ApiScope::TrainingRead, ApiScope::EnrolmentsRead, ApiScope::DirectoryRead],
        valid_to: None,
    };
    clients::create_known(conn, &staff.administrator.at(now), &new, own.id, &own.secret)
}
