//! Charts: drawn so that text keeps its size on every width (x in per cent, y in pixels), and always with the same
//! figures as words. No domain words in here.

use leptos::prelude::*;
use shared::Lang;
use shared::format::decimal;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One point of a line. Without a value it is a gap, and `sub` says why.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub label: String,
    pub sub: String,
    pub value: Option<f64>,
    /// The one that the chart is about.
    pub emphasis: bool,
}

/// The words round a line chart.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendText {
    /// The finding.
    pub title: String,
    /// What is drawn, and on which scale.
    pub desc: String,
    /// Opens the table.
    pub table: String,
    /// Heads of the table: point, value, note.
    pub heads: [String; 3],
}

const LOW: f64 = 1.0;
const HIGH: f64 = 4.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 184.0;
const LINE: f64 = 17.0;
/// Letters that fit in a row under one point.
const ROW: usize = 9;

fn unique(name: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    format!("{name}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

#[allow(clippy::cast_precision_loss)]
fn centre(index: usize, count: usize) -> f64 {
    (index as f64 + 0.5) / count.max(1) as f64
}

fn height(value: f64) -> f64 {
    BOTTOM - (value.clamp(LOW, HIGH) - LOW) / (HIGH - LOW) * (BOTTOM - TOP)
}

/// A text in rows of at most `ROW` letters, broken at spaces.
fn rows(text: &str) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match rows.last_mut() {
            Some(row) if row.chars().count() + word.chars().count() < ROW => {
                row.push(' ');
                row.push_str(word);
            }
            _ => rows.push(word.to_owned()),
        }
    }
    rows
}

/// Rows of text, one under another.
#[allow(clippy::cast_precision_loss)]
fn stack(lines: &[String], x: &str, y: f64, class: &'static str) -> AnyView {
    lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let y = format!("{:.1}", y + index as f64 * LINE);
            view! { <text class=class x=x.to_owned() y=y text-anchor="middle">{line.clone()}</text> }
        })
        .collect_view()
        .into_any()
}

/// A line over points on the scale 1–4, and the same as a table.
#[allow(clippy::cast_precision_loss)]
pub fn trend(points: Vec<Point>, text: TrendText, lang: Lang) -> impl IntoView {
    let count = points.len();
    let labels: Vec<Vec<String>> = points.iter().map(|point| rows(&point.label)).collect();
    let label_rows = labels.iter().map(Vec::len).max().unwrap_or(1);
    let sub_rows = points.iter().filter(|point| point.value.is_some()).map(|point| rows(&point.sub).len()).max().unwrap_or(1);
    let sub_top = BOTTOM + 24.0 + label_rows as f64 * LINE;
    let tall = format!("{:.0}", sub_top + sub_rows as f64 * LINE);
    let grid = (1..=4)
        .map(|step| {
            let y = height(f64::from(step));
            view! {
                <line class="chart-grid" x1="0" x2="100%" y1=y.to_string() y2=y.to_string() />
                <text class="chart-text" x="0" y=(y - 4.0).to_string()>{step.to_string()}</text>
            }
        })
        .collect_view();
    let lines = points
        .windows(2)
        .enumerate()
        .filter_map(|(index, pair)| {
            let (from, to) = (pair.first()?.value?, pair.last()?.value?);
            let (x1, x2) = (percent(centre(index, count)), percent(centre(index + 1, count)));
            Some(view! { <line class="chart-line" x1=x1 x2=x2 y1=height(from).to_string() y2=height(to).to_string() /> })
        })
        .collect_view();
    let marks = points
        .iter()
        .zip(&labels)
        .enumerate()
        .map(|(index, (point, label))| {
            let x = percent(centre(index, count));
            let names = stack(label, &x, BOTTOM + 24.0, if point.emphasis { "chart-text chart-text-now" } else { "chart-text" });
            let mark = match point.value {
                Some(value) => {
                    let y = height(value);
                    let (dot, words, r) =
                        if point.emphasis { ("chart-dot-now", "chart-value-now", "7") } else { ("chart-dot", "chart-value", "5") };
                    view! {
                        <circle class=dot cx=x.clone() cy=y.to_string() r=r />
                        <text class=words x=x.clone() y=(y - 14.0).to_string() text-anchor="middle">{decimal(value, 1, lang)}</text>
                        {stack(&rows(&point.sub), &x, sub_top, "chart-text-sub")}
                    }
                    .into_any()
                }
                None => stack(&rows(&point.sub), &x, f64::midpoint(TOP, BOTTOM), "chart-text-sub chart-gap"),
            };
            view! { {mark} {names} }
        })
        .collect_view();
    let (title_id, desc_id) = (unique("chart-title"), unique("chart-desc"));
    let named = format!("{title_id} {desc_id}");
    let least = format!("{}px", count * 62);
    let body = points
        .iter()
        .map(|point| {
            let cells = match point.value {
                Some(value) => view! { <td class="number">{decimal(value, 1, lang)}</td><td>{point.sub.clone()}</td> }.into_any(),
                None => view! { <td class="hatch" colspan="2"><span>{point.sub.clone()}</span></td> }.into_any(),
            };
            view! { <tr><th scope="row">{point.label.clone()}</th>{cells}</tr> }
        })
        .collect_view();
    let [first, second, third] = text.heads;
    view! {
        <figure class="chart">
            <figcaption>
                <h2 class="ds-heading" data-size="sm" id=title_id.clone()>{text.title.clone()}</h2>
                <p class="chart-caption" id=desc_id>{text.desc.clone()}</p>
            </figcaption>
            <div class="chart-scroll" tabindex="0" role="group" aria-labelledby=title_id>
                <svg class="chart-trend" role="img" aria-labelledby=named width="100%" height=tall style:min-width=least>
                    {grid} {lines} {marks}
                </svg>
            </div>
            <details class="chart-table">
                <summary>{text.table}</summary>
                <table class="ds-table">
                    <thead><tr><th scope="col">{first}</th><th scope="col" class="number">{second}</th><th scope="col">{third}</th></tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </details>
        </figure>
    }
}

/// A bar from 1 to a value on the scale 1–4, earlier values as ticks, the newest darkest. The figure itself belongs
/// beside it.
#[allow(clippy::cast_precision_loss)]
pub fn bar_1_to_4(value: Option<f64>, earlier: &[f64]) -> impl IntoView + use<> {
    let share = |value: f64| (value.clamp(LOW, HIGH) - LOW) / (HIGH - LOW);
    let grid = (0..=3)
        .map(|step| {
            let x = percent(f64::from(step) / 3.0);
            view! { <line class="chart-grid" x1=x.clone() x2=x y1="2" y2="18" /> }
        })
        .collect_view();
    let bar = value.map(|value| view! { <rect class="chart-bar" x="0" y="6" height="8" width=percent(share(value)) /> });
    let ticks = earlier
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let x = percent(share(*value));
            let class = if index + 1 == earlier.len() { "chart-tick chart-tick-last" } else { "chart-tick" };
            view! { <line class=class x1=x.clone() x2=x y1="3" y2="17" /> }
        })
        .collect_view();
    view! { <svg class="chart-bar-box" aria-hidden="true" focusable="false" width="100%" height="20">{grid} {bar} {ticks}</svg> }
}

/// So many squares in a row. The figure itself belongs beside it.
pub fn squares(count: usize) -> AnyView {
    let width = (count * 16).to_string();
    let view = format!("0 0 {width} 15");
    let all =
        (0..count).map(|index| view! { <rect class="chart-bar" x=(index * 16).to_string() y="1" width="13" height="13" /> }).collect_view();
    view! { <svg class="chart-squares" aria-hidden="true" focusable="false" viewBox=view width=width>{all}</svg> }.into_any()
}

/// Counts as parts of one bar, lowest first, each with its number where it fits. `label` says them all.
#[allow(clippy::cast_precision_loss)]
pub fn stacked(counts: &[i64], label: String) -> impl IntoView + use<> {
    let total = counts.iter().sum::<i64>().max(1) as f64;
    let mut start = 0.0;
    let parts = counts
        .iter()
        .zip(1..)
        .filter(|(count, _)| **count > 0)
        .map(|(count, step)| {
            let share = *count as f64 / total;
            let x = start;
            start += share;
            let number = count.to_string();
            // A number needs some 9 px a digit; the bar is at least 200 px wide.
            let fits = share * 200.0 >= 9.0 * number.len() as f64 + 4.0;
            view! {
                <rect class=format!("seg seg-{step}") x=percent(x) y="0" width=percent(share) height="26" />
                {fits.then(|| view! { <text class=format!("seg-text seg-text-{step}") x=percent(x + share / 2.0) y="18" text-anchor="middle">{number}</text> })}
            }
        })
        .collect_view();
    view! { <svg class="chart-stacked" role="img" aria-label=label width="100%" height="26">{parts}</svg> }
}

/// The key of a stacked bar.
pub fn legend(words: Vec<AnyView>) -> impl IntoView {
    let items = words
        .into_iter()
        .zip(1..)
        .map(|(word, step)| {
            view! { <li><svg class="chart-key" aria-hidden="true" focusable="false" width="14" height="14"><rect class=format!("seg seg-{step}") width="14" height="14"></rect></svg>{word}</li> }
        })
        .collect_view();
    view! { <ul class="chart-legend">{items}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_break_at_spaces_and_the_scale_starts_at_its_lowest_step() {
        assert_eq!(rows("kevät 2018"), ["kevät", "2018"]);
        assert_eq!(rows("n\u{a0}19"), ["n 19"]);
        assert_eq!(rows("alle 5 vastausta"), ["alle 5", "vastausta"]);
        assert!((height(1.0) - BOTTOM).abs() < 1e-9 && (height(4.0) - TOP).abs() < 1e-9);
    }
}
