//! Who there is: the region's own units and invented partners.

use crate::db::Conn;
use crate::error::Result;
use crate::identity::service::{directory, units};
use crate::policy::Actor;
use shared::identity::{NewOrganisation, NewUnit, OrganisationKind, Sector};
use shared::{OrganisationId, UnitId};

/// The eight health stations and their municipalities. Kyllö comes first: the unit manager works there.
const STATIONS: [(&str, &str); 8] = [
    ("Kyllön terveysasema", "Jyväskylä"),
    ("Huhtasuon terveysasema", "Jyväskylä"),
    ("Keskustan terveysasema", "Jyväskylä"),
    ("Kuokkalan terveysasema", "Jyväskylä"),
    ("Palokan terveysasema", "Jyväskylä"),
    ("Vaajakosken terveysasema", "Jyväskylä"),
    ("Hankasalmen terveysasema", "Hankasalmi"),
    ("Uuraisten terveysasema", "Uurainen"),
];

/// Other units of the region.
const UNITS: [(&str, Sector, &str); 7] = [
    ("Suun terveydenhuolto", Sector::Health, "Jyväskylä"),
    ("Aikuissosiaalityö", Sector::Social, "Jyväskylä"),
    ("Perhepalvelut", Sector::Social, "Jyväskylä"),
    ("Vammaispalvelut", Sector::Social, "Jyväskylä"),
    ("Opiskeluhuolto", Sector::Education, "Jyväskylä"),
    ("Tilapalvelu", Sector::Property, "Jyväskylä"),
    ("Asiakasneuvonta", Sector::Administration, "Jyväskylä"),
];

/// Invented partners, each with one unit.
const PARTNERS: [(&str, OrganisationKind, &str, Sector); 3] = [
    ("Hoivapelto Oy (keksitty)", OrganisationKind::PrivateProvider, "Hoivapellon kotipalvelu", Sector::Social),
    ("Lääkäritalo Kuusikumpu Oy (keksitty)", OrganisationKind::PrivateProvider, "Kuusikummun vastaanotto", Sector::Health),
    ("Lähirinki ry (keksitty)", OrganisationKind::Association, "Lähiringin kohtaamispaikka", Sector::Social),
];

/// Units in which people of the demo world work, the first is Kyllö; and the partner with a program of its own.
pub fn build(conn: &mut Conn, actor: &Actor) -> Result<(Vec<UnitId>, OrganisationId)> {
    let region = organisation(conn, actor, "Jyväskylän seudun yhteistoiminta-alue", OrganisationKind::Municipality)?;
    let stations = unit(conn, actor, (region, None), "Avosairaanhoito", Sector::Health, "Jyväskylä")?;
    let mut made = Vec::new();
    for (name, municipality) in STATIONS {
        made.push(unit(conn, actor, (region, Some(stations)), name, Sector::Health, municipality)?);
    }
    for (name, sector, municipality) in UNITS {
        made.push(unit(conn, actor, (region, None), name, sector, municipality)?);
    }
    let mut partners = Vec::new();
    for (name, kind, own, sector) in PARTNERS {
        let partner = organisation(conn, actor, name, kind)?;
        made.push(unit(conn, actor, (partner, None), own, sector, "Jyväskylä")?);
        partners.push(partner);
    }
    Ok((made, partners[0]))
}

fn organisation(conn: &mut Conn, actor: &Actor, name: &str, kind: OrganisationKind) -> Result<OrganisationId> {
    Ok(directory::create(conn, actor, &NewOrganisation { name: name.to_owned(), kind })?.id)
}

fn unit(
    conn: &mut Conn,
    actor: &Actor,
    place: (OrganisationId, Option<UnitId>),
    name: &str,
    sector: Sector,
    municipality: &str,
) -> Result<UnitId> {
    let (organisation_id, parent_id) = place;
    let new = NewUnit { organisation_id, parent_id, name: name.to_owned(), sector, municipality: municipality.to_owned() };
    Ok(units::create(conn, actor, &new)?.id)
}
