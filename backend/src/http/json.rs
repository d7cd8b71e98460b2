//! JSON as this API reads it: no member twice, nothing nested too deep, too long or too many, no NUL (which PostgreSQL
//! cannot keep), and no array where an object is meant, which serde would take.

use crate::config::limits::Json as Bounds;
use crate::error::{Error, Result};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use shared::problem::Fault;
use std::cell::RefCell;
use std::fmt;

/// Reads one document.
pub fn parse(bytes: &[u8], bounds: &Bounds) -> Result<Value> {
    let refusal = RefCell::new(None);
    let mut parser = serde_json::Deserializer::from_slice(bytes);
    let root = Reader { place: &Place::Root, depth: 0, bounds, refusal: &refusal };
    let outcome = root.deserialize(&mut parser).and_then(|value| parser.end().map(|()| value));
    outcome.map_err(|error| refusal.take().unwrap_or_else(|| Error::malformed("", plain(&error.to_string()))))
}

/// The words of a parser without the names of our types.
pub fn plain(words: &str) -> String {
    words
        .split(", expected struct ")
        .next()
        .map_or_else(String::new, |start| if start.len() < words.len() { format!("{start}, expected an object") } else { words.to_owned() })
}

/// Where an array was taken for an object: as it was given, and as it was understood.
pub fn array_for_object(given: &Value, understood: &Value) -> Option<String> {
    fn find(given: &Value, understood: &Value, place: &Place<'_>) -> Option<String> {
        match (given, understood) {
            (Value::Array(_), Value::Object(_)) => Some(place.pointer()),
            (Value::Array(given), Value::Array(understood)) => {
                given.iter().zip(understood).enumerate().find_map(|(at, (one, other))| find(one, other, &Place::Item(place, at)))
            }
            (Value::Object(given), Value::Object(understood)) => {
                given.iter().find_map(|(name, one)| find(one, understood.get(name)?, &Place::Member(place, name)))
            }
            _ => None,
        }
    }
    find(given, understood, &Place::Root)
}

enum Place<'a> {
    Root,
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    /// RFC 6901.
    fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Member(above, name) => format!("{}/{}", above.pointer(), name.replace('~', "~0").replace('/', "~1")),
            Self::Item(above, at) => format!("{}/{at}", above.pointer()),
        }
    }
}

/// Reads one value. What it refuses by a rule of its own lies in `refusal`; serde's error only ends the reading.
#[derive(Clone, Copy)]
struct Reader<'a> {
    place: &'a Place<'a>,
    depth: u32,
    bounds: &'a Bounds,
    refusal: &'a RefCell<Option<Error>>,
}

impl Reader<'_> {
    fn refuse<E: serde::de::Error>(&self, error: Error) -> E {
        *self.refusal.borrow_mut() = Some(error);
        E::custom("refused")
    }

    fn malformed<E: serde::de::Error>(&self, words: &str) -> E {
        self.refuse(Error::malformed(&self.place.pointer(), words))
    }

    fn beyond<E: serde::de::Error>(&self, code: &str, bound: usize) -> E {
        self.refuse(Error::invalid(vec![Fault::new(self.place.pointer(), code, Some(&bound.to_string()))]))
    }

    fn deeper<E: serde::de::Error>(&self) -> std::result::Result<u32, E> {
        if self.depth < self.bounds.depth { Ok(self.depth + 1) } else { Err(self.malformed("nested too deep")) }
    }

    fn check<E: serde::de::Error>(&self, text: &str) -> std::result::Result<(), E> {
        if text.contains('\0') {
            return Err(self.malformed("a NUL character"));
        }
        let most = self.bounds.string;
        if text.len() > most && text.chars().count() > most { Err(self.beyond("too_long", most)) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: serde::de::Error>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> std::result::Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> std::result::Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> std::result::Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| self.malformed("not a number"))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<Value, E> {
        self.check(text)?;
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut values = Vec::new();
        loop {
            let place = Place::Item(self.place, values.len());
            let Some(value) = items.next_element_seed(Reader { place: &place, depth, ..self })? else {
                return Ok(Value::Array(values));
            };
            if values.len() == self.bounds.array {
                return Err(self.beyond("too_many", self.bounds.array));
            }
            values.push(value);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> std::result::Result<Value, A::Error> {
        let depth = self.deeper()?;
        let mut values = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let place = Place::Member(self.place, &name);
            let inside = Reader { place: &place, depth, ..self };
            inside.check::<A::Error>(&name)?;
            if values.contains_key(&name) {
                return Err(inside.malformed("given twice"));
            }
            if values.len() == self.bounds.array {
                return Err(A::Error::custom("too many members"));
            }
            let value = members.next_value_seed(inside)?;
            values.insert(name, value);
        }
        Ok(Value::Object(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BOUNDS: Bounds = Bounds { depth: 32, array: 1_000, string: 10_000 };

    fn refused(text: &str) -> (u16, String) {
        let refusal = parse(text.as_bytes(), &BOUNDS).expect_err(text).refusal();
        (refusal.code.0.status(), refusal.faults.first().map(|fault| fault.pointer.clone()).unwrap_or_default())
    }

    #[test]
    fn what_breaks_no_bound_is_read_as_it_is() {
        let text = r#"{"a":[1,-2,2.5,true,null,"ä\n"],"b":{"c":18446744073709551615}}"#;
        assert_eq!(parse(text.as_bytes(), &BOUNDS).ok(), serde_json::from_str(text).ok());
    }

    #[test]
    fn each_bound_holds_at_its_edge() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(nested(32).as_bytes(), &BOUNDS).is_ok());
        assert_eq!(refused(&nested(32 + 1)).0, 400);
        assert_eq!(refused(&nested(100_000)).0, 400);
        let array = |count: usize| json!({"a": vec![0; count]}).to_string();
        assert!(parse(array(1_000).as_bytes(), &BOUNDS).is_ok());
        assert_eq!(refused(&array(1_000 + 1)), (422, "/a".to_owned()));
        let string = |count: usize| json!({"a": ["ä".repeat(count)]}).to_string();
        assert!(parse(string(10_000).as_bytes(), &BOUNDS).is_ok());
        assert_eq!(refused(&string(10_000 + 1)), (422, "/a/0".to_owned()));
    }

    #[test]
    fn what_others_would_let_pass_is_refused() {
        for (text, pointer) in [
            (r#"{"a":1,"a":2}"#, "/a"),
            (r#"{"x":{"a":1,"b":2,"a":1}}"#, "/x/a"),
            (r#"{"a":"\u0000"}"#, "/a"),
            (r#"{"a\u0000b":1}"#, "/a\0b"),
            (r#"{"a":"\ud800"}"#, ""),
            (r#"{"a":NaN}"#, ""),
            (r#"{"a":1e999}"#, ""),
            ("\u{feff}{}", ""),
            ("{} {}", ""),
            ("{'a':1}", ""),
            ("{\"a\":1,}", ""),
            ("{\"a\":01}", ""),
            ("", ""),
        ] {
            assert_eq!(refused(text), (400, pointer.to_owned()), "{text}");
        }
    }

    #[test]
    fn an_array_in_an_objects_place_is_found() {
        let given = json!({"name": ["a", "b"], "list": [{"x": 1}, [2]]});
        assert_eq!(array_for_object(&given, &json!({"name": {"fi": "a"}, "list": []})), Some("/name".to_owned()));
        let understood = json!({"name": ["a", "b"], "list": [{"x": 1}, {"x": 2}]});
        assert_eq!(array_for_object(&given, &understood), Some("/list/1".to_owned()));
        assert_eq!(array_for_object(&given, &given), None);
    }
}
