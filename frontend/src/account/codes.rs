//! Recovery codes, shown once.

use crate::session::t;
use crate::tr;
use crate::ui::icon;
use leptos::prelude::*;

/// The codes, ways to keep them, and the button that says so.
#[component]
pub fn RecoveryCodeList(
    codes: Vec<String>,
    /// Key of the button.
    kept: &'static str,
    on_kept: Callback<()>,
) -> impl IntoView {
    let items = codes.iter().map(|code| view! { <li><code>{code.clone()}</code></li> }).collect_view();
    let text = StoredValue::new(codes.join("\n"));
    let copied = RwSignal::new(false);
    let copy = move |_| {
        crate::ui::copy(&text.get_value());
        copied.set(true);
    };
    let save = move |_| {
        let whole = format!("{}\n\n{}\n", t("identity-codes-file"), text.get_value());
        crate::ui::download("polku-codes.txt", "text/plain", &whole);
    };
    let print = move |_| {
        let _ = window().print();
    };
    view! {
        <p class="ds-paragraph">{tr!("identity-codes-intro")}</p>
        <ol class="codes">{items}</ol>
        <div class="actions">
            <button class="ds-button" data-variant="secondary" type="button" on:click=save>{icon("download")}{tr!("identity-codes-save")}</button>
            <button class="ds-button" data-variant="secondary" type="button" on:click=copy>
                {icon("copy")}{move || if copied.get() { t("identity-codes-copied") } else { t("identity-codes-copy") }}
            </button>
            <button class="ds-button" data-variant="secondary" type="button" on:click=print>{icon("printer")}{tr!("identity-codes-print")}</button>
        </div>
        <div class="actions"><button class="ds-button" type="button" on:click=move |_| on_kept.run(())>{tr!(kept)}</button></div>
    }
}
