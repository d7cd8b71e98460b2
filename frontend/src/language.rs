//! The words of each language, in a chunk of their own: a reader loads the languages that they choose.

use shared::{Lang, lang};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// The files of a catalogue.
type Words = Vec<&'static str>;

/// Makes `lang` speak on the page; says whether its words could be loaded.
pub async fn learn(lang: Lang) -> bool {
    let words = match lang {
        Lang::Fi => chunks::finnish().await,
        Lang::Sv => chunks::swedish().await,
        Lang::En => chunks::english().await,
    };
    words.map(|words| lang::learn(lang, &words)).is_ok()
}

// The macro declares what the build links in.
#[allow(unsafe_code)]
mod chunks {
    use super::{SplitLoaderError, Words, lang, wasm_split};

    #[wasm_split(words_fi, fallible)]
    pub fn finnish() -> Result<Words, SplitLoaderError> {
        Ok(lang::finnish())
    }

    #[wasm_split(words_sv, fallible)]
    pub fn swedish() -> Result<Words, SplitLoaderError> {
        Ok(lang::swedish())
    }

    #[wasm_split(words_en, fallible)]
    pub fn english() -> Result<Words, SplitLoaderError> {
        Ok(lang::english())
    }
}
