//! The one style sheet: typeface, design system, our colours, our layout, in this order.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::files::{Folder, Written};
use crate::workspace::Workspace;

const TYPEFACE: &str = "node_modules/@fontsource-variable/source-sans-3";
/// The first covers Finnish, Swedish and English and is fetched at once, the second only when a text asks.
const SUBSETS: [&str; 2] = ["latin", "latin-ext"];
/// Said before anything else: resets yield to the design system, and it yields to our layout.
const LAYERS: &str = "@layer reset, ds, polku;";
const SHEETS: [&str; 5] = [
    "node_modules/@digdir/designsystemet-css/dist/src/index.css",
    "style/theme.css",
    "style/boot.css",
    "style/layout.css",
    "style/projects.css",
];

/// What the page links to.
pub struct Styles {
    pub sheet: Written,
    /// The subset that every page needs.
    pub font: Written,
    pub other_fonts: Vec<Written>,
}

pub fn build(workspace: &Workspace, folder: &mut Folder) -> Result<Styles> {
    let frontend = workspace.frontend();
    let ranges = ranges(&frontend.join(TYPEFACE).join("unicode.json"))?;
    let mut css = format!("{LAYERS}\n");
    let mut fonts = Vec::new();
    for subset in SUBSETS {
        let name = format!("source-sans-3-{subset}");
        let file = frontend.join(TYPEFACE).join("files").join(format!("{name}-wght-normal.woff2"));
        let content = fs::read(&file).with_context(|| format!("{} is missing", file.display()))?;
        let font = folder.asset(&name, "woff2", &content)?;
        let range = ranges.iter().find(|(key, _)| key == subset).map(|(_, range)| range.as_str());
        let Some(range) = range else {
            bail!("the typeface does not say which letters its subset {subset} has");
        };
        css.push_str(&format!(
            "@font-face{{font-family:\"Source Sans 3 Variable\";font-style:normal;font-display:swap;font-weight:200 900;src:url({}) format(\"woff2\");unicode-range:{range}}}\n",
            font.address
        ));
        fonts.push(font);
    }
    for sheet in SHEETS {
        let path = frontend.join(sheet);
        let text = fs::read_to_string(&path).with_context(|| format!("{} is missing", path.display()))?;
        css.push_str(&plain(&text));
        css.push('\n');
    }
    let sheet = folder.asset("polku", "css", css.as_bytes())?;
    let mut fonts = fonts.into_iter();
    let Some(font) = fonts.next() else {
        bail!("the page has no typeface");
    };
    Ok(Styles { sheet, font, other_fonts: fonts.collect() })
}

fn ranges(file: &Path) -> Result<Vec<(String, String)>> {
    let text = fs::read_to_string(file).with_context(|| format!("{} is missing", file.display()))?;
    let all: std::collections::BTreeMap<String, String> = serde_json::from_str(&text)?;
    Ok(all.into_iter().collect())
}

/// Without comments, indents and the character set, which only the first line of a file may name.
fn plain(css: &str) -> String {
    let css = css.trim_start_matches('\u{feff}');
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // A `/*` inside a quoted text is not a comment, and the icons of the design system are quoted texts.
    let mut quote: Option<char> = None;
    while let Some(next) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        match quote {
            Some(mark) if mark == next => quote = None,
            None if next == '"' || next == '\'' => quote = Some(next),
            _ => {}
        }
        out.push(next);
        rest = &rest[next.len_utf8()..];
    }
    out.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("@charset")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn comments_go_and_quoted_texts_stay() {
        let css = "@charset \"UTF-8\";\n/* why */\na {\n  content: \"/* no comment */\"; /* gone */\n}\n";
        assert_eq!(plain(css), "a {\ncontent: \"/* no comment */\";\n}");
    }
}
