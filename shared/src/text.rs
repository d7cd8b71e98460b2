//! Text that an organisation publishes in several languages.

use crate::Lang;
use serde::{Deserialize, Serialize};

/// One text in Finnish and, where it has been translated, Swedish and English. Shown with fallback to Finnish.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocalText {
    /// Finnish, always there.
    #[cfg_attr(feature = "openapi", schema(example = "Palveluohjaajien valmennus"))]
    pub fi: String,
    /// Swedish, absent when not translated yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Utbildning för servicehandledare"))]
    pub sv: Option<String>,
    /// English, absent when not translated yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Service advisors' training"))]
    pub en: Option<String>,
}

impl LocalText {
    /// A text in Finnish only.
    pub fn fi(text: impl Into<String>) -> Self {
        Self { fi: text.into(), ..Self::default() }
    }

    /// A text in all three languages.
    pub fn all(fi: impl Into<String>, sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fi: fi.into(), sv: Some(sv.into()), en: Some(en.into()) }
    }

    /// The text in `lang`, and the language that it is really in (they differ when a translation is missing).
    pub fn get(&self, lang: Lang) -> (&str, Lang) {
        let own = match lang {
            Lang::Fi => Some(&self.fi),
            Lang::Sv => self.sv.as_ref(),
            Lang::En => self.en.as_ref(),
        };
        match own {
            Some(text) if !text.is_empty() => (text, lang),
            _ => (&self.fi, Lang::Fi),
        }
    }

    /// The text in `lang`, or in Finnish.
    pub fn in_lang(&self, lang: Lang) -> &str {
        self.get(lang).0
    }

    /// The languages into which this text has not been translated.
    pub fn missing(&self) -> Vec<Lang> {
        Lang::ALL.iter().copied().filter(|lang| self.get(*lang).1 != *lang).collect()
    }
}
