//! The second tenant: small, and unknown to the first.

use super::Hashes;
use super::people::{grant, sign_in_account};
use crate::db::Conn;
use crate::error::Result;
use crate::identity::service::{directory, tenants};
use crate::policy::Actor;
use crate::training::service::{editions, programmes};
use jiff::Timestamp;
use shared::LocalText;
use shared::identity::{NewOrganisation, OrganisationKind};
use shared::policy::{Role, Scope};
use shared::training::{EditionStatus, NewEdition, NewGoal, NewProgramme, Season};

/// Makes the tenant with one administrator, one programme and one edition.
pub fn build(conn: &mut Conn, now: Timestamp, hashes: &Hashes) -> Result<()> {
    let tenant = tenants::NewTenant {
        slug: "other",
        name: "Pohjolan esimerkkikunta",
        host: Some("other.localhost"),
        is_default: false,
        is_demo: true,
    };
    let tenant = tenants::create(conn, &tenant, now)?;
    let system = Actor::system(tenant, now);
    let administrator = sign_in_account(conn, &system, hashes.of("other_administrator"), "Raili Revontuli", None)?;
    grant(conn, &system, administrator, Role::Administrator, Scope::Tenant)?;
    directory::create(
        conn,
        &system,
        &NewOrganisation { name: "Esimerkkikunta (keksitty)".to_owned(), kind: OrganisationKind::Municipality },
    )?;
    let programme = NewProgramme {
        name: LocalText::fi("Perhetyön valmennus"),
        description: LocalText::fi("Perhetyöntekijöiden yhteinen valmennus."),
        step_words: ["ei lainkaan", "vähän", "melko hyvin", "täysin"].map(LocalText::fi).to_vec(),
        goals: vec![NewGoal { id: None, text: LocalText::fi("Kuulen koko perhettä") }],
    };
    let programme = programmes::create(conn, &system, &programme)?;
    let edition = NewEdition {
        programme_id: programme.id,
        number: 1,
        season: Season::Spring,
        year: 2027,
        places: 12,
        status: EditionStatus::Planned,
    };
    editions::create(conn, &system, &edition)?;
    Ok(())
}
