//! One picture file with every icon, so that an icon is a reference and not a download of its own.

use std::path::Path;

use anyhow::{Context, Result, bail};

/// The icons of the page: file names of lucide-static, one list for everybody.
pub const NAMES: &[&str] = &[
    "accessibility",
    "archive",
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "bell",
    "building-2",
    "calendar",
    "calendar-check",
    "calendar-plus",
    "chart-column",
    "chart-line",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle",
    "circle-alert",
    "circle-check",
    "circle-dashed",
    "circle-dot",
    "circle-help",
    "circle-pause",
    "circle-slash",
    "circle-x",
    "clipboard-check",
    "clipboard-list",
    "clock",
    "clock-alert",
    "columns-3",
    "compass",
    "copy",
    "download",
    "ellipsis",
    "external-link",
    "eye",
    "eye-off",
    "file-text",
    "filter",
    "flag",
    "git-branch",
    "globe",
    "graduation-cap",
    "hand-heart",
    "history",
    "home",
    "hourglass",
    "info",
    "key-round",
    "keyboard",
    "languages",
    "lightbulb",
    "link",
    "list",
    "list-checks",
    "lock",
    "log-in",
    "log-out",
    "mail",
    "map-pin",
    "megaphone",
    "menu",
    "message-circle",
    "message-square-text",
    "minus",
    "monitor",
    "moon",
    "pencil",
    "plus",
    "presentation",
    "printer",
    "refresh-cw",
    "route",
    "save",
    "scale",
    "search",
    "send",
    "server-off",
    "settings",
    "shield",
    "shield-check",
    "smartphone",
    "sun",
    "table",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "unlock",
    "upload",
    "user",
    "user-check",
    "user-plus",
    "user-x",
    "users",
    "wifi-off",
    "x",
];

/// The sprite: one symbol an icon, called by the icon's name.
pub fn sprite(folder: &Path) -> Result<String> {
    let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    for name in NAMES {
        let file = folder.join(format!("{name}.svg"));
        let text = std::fs::read_to_string(&file).with_context(|| format!("lucide-static has no icon {name}"))?;
        out.push_str(&symbol(name, &text)?);
    }
    out.push_str("</svg>\n");
    Ok(out)
}

/// The strokes stand on the symbol, where the drawing inherits them; the colour is that of the text.
fn symbol(name: &str, svg: &str) -> Result<String> {
    let inside = svg
        .split_once("<svg")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.rsplit_once("</svg>"))
        .map(|(inside, _)| inside);
    let Some(inside) = inside else {
        bail!("the icon {name} is not an SVG picture");
    };
    let drawing: String = inside.lines().map(str::trim).collect();
    Ok(format!(
        "<symbol id=\"{name}\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{drawing}</symbol>"
    ))
}

#[cfg(test)]
mod tests {
    use super::{NAMES, symbol};

    #[test]
    fn an_icon_becomes_a_symbol() {
        let svg = "<!-- licence -->\n<svg\n  width=\"24\"\n>\n  <path d=\"M1 1\" />\n</svg>\n";
        let made = symbol("home", svg).expect("a picture");
        assert!(made.starts_with("<symbol id=\"home\" viewBox=\"0 0 24 24\""));
        assert!(made.ends_with("stroke-linejoin=\"round\"><path d=\"M1 1\" /></symbol>"));
        assert!(symbol("home", "<p></p>").is_err());
    }

    #[test]
    fn the_list_is_sorted_and_names_each_icon_once() {
        assert!(NAMES.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
