//! Parts of screens. No domain words in here.

pub mod act;
pub mod chart;
pub mod dialog;
pub mod edit;
pub mod every;
pub mod field;
pub mod form;
pub mod icon;
pub mod leave;
pub mod link;
pub mod live;
pub mod load;
pub mod local;
pub mod menu;
pub mod page;
pub mod problem;
pub mod query;
pub mod table;

pub use act::Act;
pub use dialog::{Confirm, Dialog};
pub use edit::{Draft, Editing, Field, edit};
pub use field::{Select, TextField, Ticks};
pub use form::{Form, FormState};
pub use icon::icon;
pub use live::{Live, live};
pub use load::{empty, load};
pub use page::{Crumb, Page};
pub use table::table;

use wasm_bindgen::JsCast;

/// Hands a file to the person.
pub fn download(name: &str, kind: &str, text: &str) {
    let parts = js_sys::Array::of1(&wasm_bindgen::JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(url) = web_sys::Url::create_object_url_with_blob(&blob) else { return };
    let anchor =
        leptos::prelude::document().create_element("a").ok().and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    let _ = web_sys::Url::revoke_object_url(&url);
}

/// Puts a text on the clipboard.
pub fn copy(text: &str) {
    let _ = leptos::prelude::window().navigator().clipboard().write_text(text);
}
