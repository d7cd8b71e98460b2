//! Filters in the address of a page.

use leptos_router::NavigateOptions;

/// Puts the filters into the address, in place of those that were there.
pub fn put_query(navigate: &impl Fn(&str, NavigateOptions), path: &str, pairs: &[(&str, String)]) {
    navigate(&with_query(path, pairs), NavigateOptions { scroll: false, ..NavigateOptions::default() });
}

/// An address with filters; blank ones are left out.
pub fn with_query(path: &str, pairs: &[(&str, String)]) -> String {
    let query: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| format!("{name}={}", js_sys::encode_uri_component(value.trim())))
        .collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}
