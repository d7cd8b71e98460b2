//! `index.html`: the template with the names of this build put in.

use anyhow::{Result, bail};

/// Puts values into `{{name}}`; every place must get one and every value must have its place.
pub fn fill(template: &str, values: &[(&str, String)]) -> Result<String> {
    let mut page = without_comments(template);
    for (name, value) in values {
        let place = format!("{{{{{name}}}}}");
        if !page.contains(&place) {
            bail!("frontend/index.html has no place {place}");
        }
        page = page.replace(&place, value);
    }
    if let Some((_, rest)) = page.split_once("{{") {
        let name = rest.split("}}").next().unwrap_or_default();
        bail!("frontend/index.html asks for {{{{{name}}}}}, which the build does not know");
    }
    Ok(page)
}

/// What is said to those who edit the template is not sent to every reader of the page.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    let mut page = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    page.push('\n');
    page
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn every_place_and_every_value_is_used() {
        let page = fill("<!-- hint -->\n<a href=\"{{css}}\">\n", &[("css", "/x.css".into())]);
        assert_eq!(page.expect("filled"), "<a href=\"/x.css\">\n");
        assert!(fill("{{css}} {{js}}", &[("css", String::new())]).is_err());
        assert!(fill("{{css}}", &[("css", String::new()), ("js", String::new())]).is_err());
    }
}
