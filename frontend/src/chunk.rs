//! Pages whose code comes when they are first visited.
//!
//! Everything that `chunks!` names lies in files of its own; the build finds the names and splits the
//! program there (`xtask/src/web/split.rs`). What two chunks share lies in a third file, which comes along.

use crate::session::Session;
use crate::tr;
use crate::ui::{Page, icon, load::skeleton};
use leptos::prelude::*;
use shared::policy::Permission;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Draws a page whose code is here.
pub type Draw = fn() -> AnyView;

/// Gives the page when its code is here, or nothing when the code did not come. Asking again tries again.
pub type Coming = Pin<Box<dyn Future<Output = Option<Draw>>>>;

/// Who is likely to visit a chunk's pages.
#[derive(Clone, Copy)]
pub enum Visitors {
    /// Everybody who signs in.
    Accounts,
    /// Those who may do one of these somewhere.
    Allowed(&'static [Permission]),
    /// Those who follow a link and are not signed in.
    Passing,
}

/// Pages that come together.
pub struct Chunk {
    pub visitors: Visitors,
    pub pages: &'static [fn() -> Coming],
}

/// Makes a module of each chunk, with a function a page, of type `fn() -> Coming`; and `ALL`, the list of the chunks.
#[macro_export]
macro_rules! chunks {
    ($($(#[$about:meta])* $chunk:ident ($visitors:expr) { $($page:ident = $view:path),+ $(,)? })+) => {
        /// Every chunk, the likeliest first.
        pub const ALL: &[$crate::chunk::Chunk] = &[
            $($crate::chunk::Chunk { visitors: $visitors, pages: &[$($chunk::$page),+] }),+
        ];
        $(
            $(#[$about])*
            pub mod $chunk {
                use $crate::chunk::{Coming, Draw};

                $(pub fn $page() -> Coming {
                    Box::pin(async { code::$page().await.ok() })
                })+

                // The macro declares what the build links in.
                #[allow(unsafe_code)]
                mod code {
                    use super::Draw;
                    use leptos::prelude::IntoAny;
                    use wasm_split_helpers::{SplitLoaderError, wasm_split};

                    $(#[wasm_split($chunk, fallible)]
                    pub fn $page() -> Result<Draw, SplitLoaderError> {
                        Ok(|| $view().into_any())
                    })+
                }
            }
        )+
    };
}

/// How far a page is.
#[derive(Clone, Copy)]
enum Stage {
    Coming,
    Here(Draw),
    Missing,
}

/// A view of a page whose code is asked for at once, whether it is shown at once or not.
pub fn later(page: fn() -> Coming) -> impl Fn() -> AnyView + Copy + Send + 'static {
    let stage = RwSignal::new(Stage::Coming);
    let ask = move || {
        leptos::task::spawn_local(async move {
            let draw = page().await;
            // The reader may be elsewhere by now.
            stage.try_set(draw.map_or(Stage::Missing, Stage::Here));
        });
    };
    ask();
    let again = Callback::new(move |()| {
        stage.set(Stage::Coming);
        leptos::task::spawn_local(async move {
            if replaced().await {
                let _ = window().location().reload();
            } else {
                ask();
            }
        });
    });
    move || {
        let shown = move || match stage.get() {
            Stage::Coming => skeleton(),
            Stage::Here(draw) => draw(),
            Stage::Missing => missing(again),
        };
        shown.into_any()
    }
}

fn missing(again: Callback<()>) -> AnyView {
    view! {
        <Page title=tr!("common-page-missing")>
            <div class="ds-alert" data-color="danger" role="alert">
                <p class="ds-paragraph">{tr!("common-page-missing-help")}</p>
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| again.run(())>{icon("refresh-cw")}{tr!("common-retry")}</button>
            </div>
        </Page>
    }
    .into_any()
}

/// Whether the server has another build of the page by now: then this one's files are gone for good.
async fn replaced() -> bool {
    let script = document().query_selector("script[data-app]").ok().flatten();
    let Some(own) = script.and_then(|script| script.get_attribute("data-app")) else { return false };
    document_now().await.is_some_and(|text| !text.contains(&own))
}

/// The document that a reload would get.
async fn document_now() -> Option<String> {
    let answer = JsFuture::from(window().fetch_with_str("/")).await.ok()?.dyn_into::<web_sys::Response>().ok()?;
    let text = JsFuture::from(answer.ok().then(|| answer.text().ok()).flatten()?).await.ok()?;
    text.as_string()
}

/// Asks for the chunks that the account may come to visit, when the browser has nothing else to do.
pub fn prefetch(session: Session, chunks: &'static [Chunk]) {
    if spared() {
        return;
    }
    let ask = move || {
        leptos::task::spawn_local(async move {
            for page in chunks.iter().filter(|chunk| chunk.visitors.include(session)).flat_map(|chunk| chunk.pages) {
                page().await;
            }
        });
    };
    // Not every browser tells when it is idle.
    if request_idle_callback_with_handle(ask).is_err() {
        set_timeout(ask, Duration::from_secs(2));
    }
}

impl Visitors {
    fn include(self, session: Session) -> bool {
        match self {
            Self::Accounts => true,
            Self::Allowed(one_of) => {
                let held = |permission: &Permission| {
                    session.me.with_untracked(|me| me.iter().flat_map(|me| &me.abilities).any(|ability| ability.permission == *permission))
                };
                one_of.iter().any(held)
            }
            Self::Passing => false,
        }
    }
}

/// Whether the reader has asked for fewer data.
fn spared() -> bool {
    let connection = js_sys::Reflect::get(&window().navigator(), &"connection".into());
    let spared = connection.and_then(|connection| js_sys::Reflect::get(&connection, &"saveData".into()));
    spared.is_ok_and(|spared| spared.is_truthy())
}
