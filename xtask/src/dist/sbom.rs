//! The list of parts (CycloneDX 1.5, JSON): what the program is made of, from where, by which checksum, under which
//! licence, and what uses what. Valid by the standard's own rules before it is written.

use anyhow::{Result, anyhow, bail};
use cyclonedx_bom::external_models::normalized_string::NormalizedString;
use cyclonedx_bom::external_models::spdx::SpdxExpression;
use cyclonedx_bom::external_models::uri::Purl;
use cyclonedx_bom::models::bom::{Bom, SpecVersion, UrnUuid};
use cyclonedx_bom::models::component::{Classification, Component, Components, Scope};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::hash::{Hash, HashAlgorithm, HashValue, Hashes};
use cyclonedx_bom::models::license::{LicenseChoice, Licenses};
use cyclonedx_bom::models::metadata::Metadata;
use cyclonedx_bom::prelude::{DateTime, Validate};

use super::crates::{Crate, NodePackage, node_packages};
use crate::workspace::Workspace;

/// The list as it is written.
pub fn json(workspace: &Workspace, crates: &[Crate], made_at: i64) -> Result<Vec<u8>> {
    let bom = of(crates, &node_packages(workspace)?, made_at)?;
    let mut out = Vec::new();
    bom.output_as_json_v1_5(&mut out)?;
    Ok(out)
}

fn of(crates: &[Crate], packages: &[NodePackage], made_at: i64) -> Result<Bom> {
    let Some(own) = crates.iter().find(|one| one.own && one.name == "backend") else {
        bail!("the server is not among the crates");
    };
    let mut whole = component(Classification::Application, "polku", &own.version, reference(own), own.licence.as_deref());
    whole.purl = None;
    let mut parts = Vec::new();
    for one in crates.iter().filter(|one| one.name != own.name) {
        let mut part = component(Classification::Library, &one.name, &one.version, reference(one), one.licence.as_deref());
        part.scope = Some(Scope::Required);
        if !one.own {
            part.purl = Some(Purl::new("cargo", &one.name, &one.version)?);
        }
        part.hashes = one.checksum.as_ref().map(|sum| hashes(HashAlgorithm::SHA_256, sum.clone()));
        parts.push(part);
    }
    for one in packages {
        let mut part = component(Classification::Library, &one.name, &one.version, node_reference(one), one.license.as_deref());
        part.purl = Some(Purl::new("npm", &one.name, &one.version)?);
        part.hashes = one.integrity.as_deref().and_then(sha512).map(|sum| hashes(HashAlgorithm::SHA_512, sum));
        parts.push(part);
    }
    // The page is in the server, and the look is in the page.
    let page = crates.iter().find(|one| one.own && one.name == "frontend");
    let uses = |one: &Crate| {
        let mut uses: Vec<String> = one.uses.iter().map(|(name, version)| format!("cargo:{name}@{version}")).collect();
        if one.name == own.name {
            uses.extend(page.map(reference));
        }
        if page.is_some_and(|page| page.name == one.name) {
            uses.extend(packages.iter().map(node_reference));
        }
        Dependency { dependency_ref: reference(one), dependencies: uses }
    };
    let bom = Bom {
        version: 1,
        serial_number: Some(UrnUuid::new(serial(crates, made_at)).map_err(|error| anyhow!("{error:?}"))?),
        metadata: Some(Metadata { timestamp: Some(instant(made_at)?), component: Some(whole), ..Metadata::default() }),
        components: Some(Components(parts)),
        dependencies: Some(Dependencies(crates.iter().map(uses).collect())),
        ..Bom::default()
    };
    let checked = bom.validate_version(SpecVersion::V1_5);
    if !checked.passed() {
        bail!("the list of parts breaks CycloneDX's rules: {checked:?}");
    }
    Ok(bom)
}

fn component(kind: Classification, name: &str, version: &str, reference: String, licence: Option<&str>) -> Component {
    let mut component = Component::new(kind, name, version, Some(reference));
    // Old crates write a slash where the standard wants OR.
    component.licenses = licence.map(|text| Licenses(vec![LicenseChoice::Expression(SpdxExpression::new(&text.replace('/', " OR ")))]));
    component.name = NormalizedString::new(name);
    component
}

fn reference(one: &Crate) -> String {
    format!("cargo:{}@{}", one.name, one.version)
}

fn node_reference(one: &NodePackage) -> String {
    format!("npm:{}@{}", one.name, one.version)
}

fn hashes(alg: HashAlgorithm, content: String) -> Hashes {
    Hashes(vec![Hash { alg, content: HashValue(content) }])
}

/// A package's checksum as the list wants it: hexadecimal instead of base64.
fn sha512(integrity: &str) -> Option<String> {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::STANDARD.decode(integrity.strip_prefix("sha512-")?).ok()?;
    Some(crate::web::hex(&bytes))
}

/// Names this list; the same for the same parts and commit.
fn serial(crates: &[Crate], made_at: i64) -> String {
    let names: String = crates.iter().map(|one| format!("{}\n", reference(one))).collect();
    let sum = super::sum(format!("{made_at}\n{names}").as_bytes());
    // Version 8: made by a rule of one's own (RFC 9562).
    format!("urn:uuid:{}-{}-8{}-8{}-{}", &sum[..8], &sum[8..12], &sum[13..16], &sum[17..20], &sum[20..32])
}

fn instant(seconds: i64) -> Result<DateTime> {
    let text = jiff::Timestamp::from_second(seconds)?.to_string();
    Ok(DateTime::try_from(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn part(name: &str, own: bool, licence: &str, uses: &[&str]) -> Crate {
        Crate {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: Some(licence.to_owned()),
            repository: None,
            folder: Default::default(),
            checksum: (!own).then(|| "0".repeat(64)),
            own,
            uses: uses.iter().map(|name| ((*name).to_owned(), "1.0.0".to_owned())).collect::<BTreeSet<_>>(),
        }
    }

    #[test]
    fn the_list_names_parts_licences_checksums_and_uses() {
        let crates = [
            part("backend", true, "EUPL-1.2", &["serde"]),
            part("frontend", true, "EUPL-1.2", &[]),
            part("serde", false, "MIT/Apache-2.0", &[]),
        ];
        let mut out = Vec::new();
        let bom = of(&crates, &[], 1_700_000_000).expect("valid");
        let serial = bom.serial_number.clone();
        bom.output_as_json_v1_5(&mut out).expect("written");
        let list: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!((list["bomFormat"].as_str(), list["specVersion"].as_str()), (Some("CycloneDX"), Some("1.5")));
        assert_eq!(list["metadata"]["component"]["name"], "polku");
        let serde = list["components"].as_array().expect("parts").iter().find(|part| part["name"] == "serde").expect("a part");
        assert_eq!(serde["purl"], "pkg:cargo/serde@1.0.0");
        assert_eq!(serde["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(serde["hashes"][0]["content"], "0".repeat(64));
        let uses =
            list["dependencies"].as_array().expect("uses").iter().find(|one| one["ref"] == "cargo:backend@1.0.0").expect("the server");
        assert_eq!(uses["dependsOn"], serde_json::json!(["cargo:serde@1.0.0", "cargo:frontend@1.0.0"]));
        assert_eq!(of(&crates, &[], 1_700_000_000).expect("valid").serial_number, serial);
    }

    #[test]
    fn a_list_that_breaks_the_rules_is_not_written() {
        let crates = [part("backend", true, "as you like it", &[])];
        assert!(of(&crates, &[], 1_700_000_000).is_err());
    }
}
