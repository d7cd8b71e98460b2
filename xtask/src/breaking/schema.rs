//! What breaks from one schema to another, for those who send it or for those who read it.

use std::collections::BTreeSet;

use serde_json::Value;

/// Who depends on a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Programs send it: all that they were allowed to send must still be taken.
    Request,
    /// Programs read it: all that they were promised must still be there.
    Answer,
}

/// A schema in its document.
type Side<'a> = (&'a Value, &'a Value);

/// Bounds above which and under which values are refused.
const UPPER: [&str; 5] = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
const LOWER: [&str; 5] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];

/// What breaks, a line each.
pub fn compare(name: &str, old: Side, new: Side, direction: Direction) -> Vec<String> {
    let mut walk = Walk { old: old.0, new: new.0, direction, seen: BTreeSet::new(), broken: Vec::new() };
    walk.schema(name, old.1, new.1);
    walk.broken
}

struct Walk<'a> {
    old: &'a Value,
    new: &'a Value,
    direction: Direction,
    /// Pairs of references that have been compared: schemas may contain themselves.
    seen: BTreeSet<(String, String)>,
    broken: Vec<String>,
}

impl Walk<'_> {
    fn tell(&mut self, name: &str, what: impl std::fmt::Display) {
        self.broken.push(format!("{name}: {what}"));
    }

    fn schema(&mut self, name: &str, old: &Value, new: &Value) {
        if let (Some(one), Some(other)) = (old["$ref"].as_str(), new["$ref"].as_str())
            && !self.seen.insert((one.to_owned(), other.to_owned()))
        {
            return;
        }
        let (old, new) = (resolved(self.old, old), resolved(self.new, new));
        self.types(name, &old, &new);
        self.words(name, &old, &new);
        self.bounds(name, &old, &new);
        self.members(name, &old, &new);
        if let (Some(one), Some(other)) = (old.get("items"), new.get("items")) {
            self.schema(&format!("{name}[]"), one, other);
        }
        for kind in ["oneOf", "anyOf", "allOf"] {
            self.choices(name, kind, &old[kind], &new[kind]);
        }
    }

    fn types(&mut self, name: &str, old: &Value, new: &Value) {
        let (before, now) = (words_of(&old["type"]), words_of(&new["type"]));
        let missing = match self.direction {
            Direction::Request => before.difference(&now).next(),
            Direction::Answer => now.difference(&before).next(),
        };
        if missing.is_some() && !(before.is_empty() || now.is_empty()) {
            self.tell(name, format_args!("the type was {before:?} and is {now:?}"));
        }
        if old.get("format") != new.get("format") {
            self.tell(name, "the format is another");
        }
    }

    fn words(&mut self, name: &str, old: &Value, new: &Value) {
        let list = |value: &Value| value["enum"].as_array().cloned();
        match (self.direction, list(old), list(new)) {
            (Direction::Request, Some(before), Some(now)) => {
                for word in before.iter().filter(|word| !now.contains(word)) {
                    self.tell(name, format_args!("{word} is not taken any more"));
                }
            }
            (Direction::Request, None, Some(_)) => self.tell(name, "only some words are taken now"),
            _ => {}
        }
    }

    fn bounds(&mut self, name: &str, old: &Value, new: &Value) {
        if self.direction == Direction::Answer {
            return;
        }
        for (bounds, tighter) in [(UPPER, (|old, new| new < old) as fn(f64, f64) -> bool), (LOWER, |old, new| new > old)] {
            for bound in bounds {
                let Some(now) = new[bound].as_f64() else { continue };
                // A lower bound of nothing is no bound.
                let none = LOWER.contains(&bound) && bound != "minimum" && now <= 0.0;
                if old[bound].as_f64().map_or(!none, |before| tighter(before, now)) {
                    self.tell(name, format_args!("{bound} is tighter: {now}"));
                }
            }
        }
        if new.get("pattern").is_some() && old.get("pattern") != new.get("pattern") {
            self.tell(name, "the pattern is another");
        }
    }

    fn members(&mut self, name: &str, old: &Value, new: &Value) {
        let (before, now) = (words_of(&old["required"]), words_of(&new["required"]));
        for (member, schema) in old["properties"].as_object().into_iter().flatten() {
            match new["properties"].get(member) {
                None => self.tell(name, format_args!("{member} is gone")),
                Some(other) => self.schema(&format!("{name}.{member}"), schema, other),
            }
        }
        let changed: Vec<String> = match self.direction {
            Direction::Request => now.difference(&before).map(|member| format!("{member} is needed now")).collect(),
            Direction::Answer => before.difference(&now).map(|member| format!("{member} may be missing now")).collect(),
        };
        for line in changed {
            self.tell(name, line);
        }
        if let (Some(one), Some(other)) = (old.get("additionalProperties"), new.get("additionalProperties"))
            && one.is_object()
        {
            self.schema(&format!("{name}.*"), one, other);
        }
    }

    fn choices(&mut self, name: &str, kind: &str, old: &Value, new: &Value) {
        let (Some(before), Some(now)) = (old.as_array(), new.as_array()) else {
            if old.is_array() != new.is_array() {
                self.tell(name, format_args!("{kind} is another"));
            }
            return;
        };
        let fewer = match self.direction {
            Direction::Request => now.len() < before.len(),
            Direction::Answer => now.len() > before.len(),
        };
        if fewer || kind == "allOf" && now.len() != before.len() {
            self.tell(name, format_args!("{kind} had {} choices and has {}", before.len(), now.len()));
        }
        for (number, (one, other)) in before.iter().zip(now).enumerate() {
            self.schema(&format!("{name}({number})"), one, other);
        }
    }
}

/// A schema itself, where it stands behind a reference.
fn resolved(document: &Value, schema: &Value) -> Value {
    let target = schema["$ref"].as_str().and_then(|at| at.strip_prefix('#')).and_then(|at| document.pointer(at));
    target.unwrap_or(schema).clone()
}

/// One word or a list of them, as a set.
fn words_of(value: &Value) -> BTreeSet<String> {
    let one = value.as_str().map(str::to_owned);
    let many = value.as_array().into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned));
    one.into_iter().chain(many).collect()
}
