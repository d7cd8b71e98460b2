//! The three languages and their catalogues (Fluent). One catalogue serves page, mail, problems and exports.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use std::cell::RefCell;
use std::collections::HashMap;

crate::code_enum! {
    /// A language of the service. Content falls back fi → sv → en by way of Finnish.
    Lang { Fi = "fi", Sv = "sv", En = "en" }
}

type Bundle = FluentBundle<FluentResource>;

thread_local! {
    static BUNDLES: RefCell<HashMap<Lang, Bundle>> = RefCell::new(HashMap::new());
}

macro_rules! catalogues {
    ($($file:literal),+ $(,)?) => {
        /// The names of the catalogue files, one per capability.
        pub const FILES: &[&str] = &[$($file),+];

        /// The Finnish catalogue files.
        pub fn finnish() -> Vec<&'static str> {
            vec![$(include_str!(concat!("../locales/fi/", $file, ".ftl"))),+]
        }

        /// The Swedish catalogue files.
        pub fn swedish() -> Vec<&'static str> {
            vec![$(include_str!(concat!("../locales/sv/", $file, ".ftl"))),+]
        }

        /// The English catalogue files.
        pub fn english() -> Vec<&'static str> {
            vec![$(include_str!(concat!("../locales/en/", $file, ".ftl"))),+]
        }
    };
}

catalogues!(
    "common",
    "start",
    "problem",
    "identity",
    "training",
    "projects",
    "trials",
    "assessment",
    "audit",
    "accessibility",
    "clients",
    "comments",
    "thread",
    "mail",
    "calendar"
);

/// The catalogue files of one language.
pub fn sources(lang: Lang) -> Vec<&'static str> {
    match lang {
        Lang::Fi => finnish(),
        Lang::Sv => swedish(),
        Lang::En => english(),
    }
}

/// Makes `lang` speak. Needed in the browser alone, which loads the catalogues of the languages that its reader
/// chooses; elsewhere all are at hand.
pub fn learn(lang: Lang, sources: &[&'static str]) {
    BUNDLES.with_borrow_mut(|bundles| bundles.insert(lang, bundle(lang, sources)));
}

fn bundle(lang: Lang, sources: &[&'static str]) -> Bundle {
    let mut bundle = Bundle::new(vec![lang.as_str().parse().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    for source in sources {
        // A faulty message is left out and shows as its key; a test refuses faulty catalogues.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

impl Lang {
    /// The sentence for `key`. A missing key shows itself, so that it is seen and mended.
    pub fn text(self, key: &str) -> String {
        self.text_with(key, &[])
    }

    /// The sentence for `key` with its arguments. A whole number as text chooses the plural form.
    pub fn text_with(self, key: &str, args: &[(&str, &str)]) -> String {
        BUNDLES.with_borrow_mut(|bundles| {
            #[cfg(not(target_family = "wasm"))]
            bundles.entry(self).or_insert_with(|| bundle(self, &sources(self)));
            let Some(bundle) = bundles.get(&self) else { return key.to_owned() };
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
                return key.to_owned();
            };
            let mut fluent = FluentArgs::new();
            for (name, value) in args {
                match value.parse::<i64>() {
                    Ok(number) if !value.starts_with(['0', '+']) || *value == "0" => fluent.set(*name, number),
                    _ => fluent.set(*name, (*value).to_owned()),
                }
            }
            let mut errors = Vec::new();
            bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned()
        })
    }

    /// The first language of an `Accept-Language` header that we speak, by weight; Finnish if none.
    pub fn negotiate(header: &str) -> Self {
        let mut best = (0.0_f32, Lang::Fi);
        for part in header.split(',') {
            let mut pieces = part.trim().split(';');
            let tag = pieces.next().unwrap_or_default().to_ascii_lowercase();
            let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            if let Ok(lang) = tag.split('-').next().unwrap_or_default().parse::<Lang>()
                && weight > best.0
            {
                best = (weight, lang);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(source: &str) -> BTreeSet<String> {
        source
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" =").or_else(|| line.split_once('=')))
            .map(|(key, _)| key.trim().to_owned())
            .collect()
    }

    #[test]
    fn catalogues_parse_and_have_the_same_keys() {
        for (position, file) in FILES.iter().enumerate() {
            let fi = keys(sources(Lang::Fi)[position]);
            for lang in Lang::ALL {
                let source = sources(*lang)[position];
                if let Err((_, faults)) = FluentResource::try_new(source.to_owned()) {
                    panic!("{lang}/{file}.ftl: {faults:?}");
                }
                let own = keys(source);
                let differing: Vec<_> = fi.symmetric_difference(&own).collect();
                assert!(differing.is_empty(), "{lang}/{file}.ftl differs from fi: {differing:?}");
            }
        }
    }

    #[test]
    fn languages_are_negotiated_by_weight() {
        assert_eq!(Lang::negotiate("sv-FI,fi;q=0.8"), Lang::Sv);
        assert_eq!(Lang::negotiate("de, en;q=0.5, fi;q=0.9"), Lang::Fi);
        assert_eq!(Lang::negotiate(""), Lang::Fi);
    }

    #[test]
    fn every_problem_has_a_title_and_says_how_to_mend_it() {
        for code in crate::problem::ProblemCode::ALL {
            let key = format!("problem-{}", code.as_str().replace('_', "-"));
            let help = format!("{key}-help");
            assert_ne!(Lang::Fi.text(&key), key);
            assert_ne!(Lang::Fi.text(&help), help);
        }
    }
}
