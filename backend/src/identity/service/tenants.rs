//! Tenants: one data controller each, with its partner organisations inside.

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::identity::store;
pub use crate::identity::store::tenants::NewTenant;
use jiff::Timestamp;
use shared::TenantId;
use shared::identity::Meta;

/// Makes a tenant.
pub fn create(conn: &mut Conn, new: &NewTenant<'_>, now: Timestamp) -> Result<TenantId> {
    let id = TenantId::new();
    store::tenants::insert(conn, id, new, now)?;
    Ok(id)
}

/// The one tenant of a small installation, made at the first start.
pub fn default_or_create(conn: &mut Conn, now: Timestamp) -> Result<TenantId> {
    match store::tenants::default(conn)? {
        Some(id) => Ok(id),
        None => create(conn, &NewTenant { slug: "polku", name: "Polku", host: None, is_default: true, is_demo: false }, now),
    }
}

/// The tenant that a host name leads to, else the default one.
pub fn of_host(conn: &mut Conn, host: &str) -> Result<TenantId> {
    store::tenants::of_host(conn, host)?.ok_or_else(Error::not_found)
}

/// The default tenant, if one has been made.
pub fn default(conn: &mut Conn) -> Result<Option<TenantId>> {
    store::tenants::default(conn)
}

/// The address at which a tenant is reached: the service's own, by the tenant's host name where it has one.
pub fn origin(conn: &mut Conn, tenant: TenantId, public_url: &str) -> Result<String> {
    Ok(with_host(public_url, store::tenants::host(conn, tenant)?.as_deref()))
}

fn with_host(public_url: &str, host: Option<&str>) -> String {
    let base = public_url.trim_end_matches('/');
    let (Some(host), Some((scheme, authority))) = (host, base.split_once("://")) else { return base.to_owned() };
    // What stands after the last colon is a port only outside the brackets of an IPv6 address.
    let port = authority.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    port.map_or_else(|| format!("{scheme}://{host}"), |(_, port)| format!("{scheme}://{host}:{port}"))
}

/// Any tenant, if there is one.
pub fn any(conn: &mut Conn) -> Result<Option<TenantId>> {
    store::tenants::any(conn)
}

/// What a visitor may know of the installation.
pub fn meta(conn: &mut Conn, tenant: TenantId) -> Result<Meta> {
    let (tenant_name, demo) = store::tenants::describe(conn, tenant)?;
    Ok(Meta { tenant_name, version: env!("CARGO_PKG_VERSION").to_owned(), demo })
}

/// Every tenant.
pub fn all(conn: &mut Conn) -> Result<Vec<TenantId>> {
    store::tenants::all(conn)
}

/// The tenant's name.
pub fn name(conn: &mut Conn, tenant: TenantId) -> Result<String> {
    Ok(store::tenants::describe(conn, tenant)?.0)
}

/// Whether any tenant is a demo world.
pub fn any_demo(conn: &mut Conn) -> Result<bool> {
    store::tenants::any_demo(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_with_a_name_of_its_own_is_reached_by_it() {
        assert_eq!(with_host("https://polku.example.fi/", None), "https://polku.example.fi");
        assert_eq!(with_host("https://polku.example.fi", Some("toinen.example.fi")), "https://toinen.example.fi");
        assert_eq!(with_host("http://127.0.0.1:8080", Some("other.localhost")), "http://other.localhost:8080");
        assert_eq!(with_host("http://[::1]:8080", Some("other.localhost")), "http://other.localhost:8080");
        assert_eq!(with_host("http://[::1]", Some("other.localhost")), "http://other.localhost");
    }
}
