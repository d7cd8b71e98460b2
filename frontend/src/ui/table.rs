//! Tables: real ones, which on a phone lie as cards, each value under the name of its column.

use crate::tr;
use leptos::prelude::*;

/// A column: the key of its name, and how it looks.
#[derive(Clone, Copy)]
pub struct Column {
    key: &'static str,
    class: &'static str,
}

/// A column of words.
pub const fn words_in(key: &'static str) -> Column {
    Column { key, class: "" }
}

/// A column of figures, which stand under each other.
pub const fn figures_in(key: &'static str) -> Column {
    Column { key, class: "num" }
}

/// A column of buttons, whose name is only heard.
pub const fn acts_in(key: &'static str) -> Column {
    Column { key, class: "acts" }
}

/// A table. `name` is the key of what it is; the first cell of a row names the row.
pub fn table(name: &'static str, columns: &'static [Column], rows: Vec<Vec<AnyView>>) -> AnyView {
    let heads = columns
        .iter()
        .map(|Column { key, class }| view! { <th scope="col" role="columnheader" class=*class>{tr!(key)}</th> })
        .collect_view();
    let row = |cells: Vec<AnyView>| {
        let cells = cells.into_iter().zip(columns).enumerate().map(|(index, (cell, Column { key, class }))| match index {
            0 => view! { <th scope="row" role="rowheader" class=*class>{cell}</th> }.into_any(),
            _ => view! { <td role="cell" class=*class data-label=tr!(key)><div class="cell">{cell}</div></td> }.into_any(),
        });
        view! { <tr role="row">{cells.collect_view()}</tr> }
    };
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=tr!(name)>
            <table class="ds-table cards" role="table">
                <caption class="sr-only">{tr!(name)}</caption>
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The button that reads one page more, where there is more.
pub fn more(next_cursor: Option<&String>, count: RwSignal<usize>) -> AnyView {
    let button = next_cursor.map(|_| {
        view! {
            <div class="actions">
                <button class="ds-button" data-variant="secondary" type="button" on:click=move |_| count.update(|count| *count += 1)>{tr!("common-more")}</button>
            </div>
        }
    });
    button.into_any()
}
