//! Bodies made from good ones by spoiling one place: every leaf of every operation's body is reached, also in operations
//! that come later.

use serde_json::Value;

/// A place in a document, as member names and positions.
pub type Place = Vec<String>;

/// The places of all values that fit.
pub fn places(document: &Value, fits: impl Fn(&Value) -> bool + Copy) -> Vec<Place> {
    let mut found = if fits(document) { vec![Vec::new()] } else { Vec::new() };
    let inside: Vec<(String, &Value)> = match document {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in inside {
        found.extend(places(value, fits).into_iter().map(|below| std::iter::once(name.clone()).chain(below).collect()));
    }
    found
}

/// The document with another value at a place.
pub fn with(document: &Value, place: &Place, value: Value) -> Value {
    let mut changed = document.clone();
    let mut here = &mut changed;
    for step in place {
        here = match here {
            Value::Array(items) => items.get_mut(step.parse::<usize>().expect("a position")).expect("an item"),
            other => other.get_mut(step.as_str()).expect("a member"),
        };
    }
    *here = value;
    changed
}

/// The document as text, with a piece of text that need not be JSON at a place.
pub fn with_raw(document: &Value, place: &Place, raw: &str) -> String {
    const MARK: &str = "a mark that stands nowhere else";
    with(document, place, Value::String(MARK.to_owned())).to_string().replace(&format!("\"{MARK}\""), raw)
}
