//! Builds the page into `frontend/dist`, from where the server takes it.

mod elements;
mod files;
mod icons;
mod inputs;
mod npm;
mod page;
mod program;
mod split;
mod styles;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

pub use files::hex;
pub use npm::packages as npm_packages;

use crate::say::{self, kilobytes};
use crate::setup::Tools;
use crate::workspace::Workspace;
use files::{Effort, Folder, Written};

/// Every visitor pays for the first load, on a phone too.
pub const BUDGET: usize = 450_000;

/// The languages of the page; a first visit loads the words of one.
const LANGUAGES: [&str; 3] = ["fi", "sv", "en"];

/// How the page is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    Fast,
    Release,
}

impl Profile {
    pub fn cargo(self) -> &'static str {
        match self {
            Self::Fast => "wasm-fast",
            Self::Release => "wasm-release",
        }
    }

    fn effort(self) -> Effort {
        match self {
            Self::Fast => Effort::Fast,
            Self::Release => Effort::Best,
        }
    }
}

/// What a build was made of and how large it is: `dist/manifest.json`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    profile: Profile,
    inputs: String,
    /// Part of the page → its file.
    pub entries: BTreeMap<String, Entry>,
    /// Bytes of a first visit with brotli.
    pub first_load: usize,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    pub address: String,
    pub bytes: usize,
    pub brotli: usize,
    /// Whether a first visit needs it.
    pub first_load: bool,
}

/// Builds the page, unless what lies there is that very page already.
pub fn build(workspace: &Workspace, tools: &Tools, profile: Profile) -> Result<Manifest> {
    let stage = say::stage(format!("page ({})", profile.cargo()));
    let inputs = inputs::fingerprint(workspace, &tools.compiler.version(workspace))?;
    if let Some(manifest) = fresh(workspace, &inputs, profile) {
        println!("   unchanged");
        stage.done();
        return Ok(manifest);
    }
    npm::packages(&workspace.frontend(), &tools.node)?;
    // No manifest while it is built: half a page must not be taken for a whole one.
    let _ = fs::remove_file(workspace.dist().join("manifest.json"));
    let mut folder = Folder::new(workspace.dist(), profile.effort());
    let entries = assemble(workspace, tools, profile, &mut folder)?;
    let first_load = entries.values().filter(|entry| entry.first_load).map(|entry| entry.brotli).sum();
    let manifest = Manifest { profile, inputs, entries, first_load };
    folder.file("manifest.json", serde_json::to_string_pretty(&manifest)?.as_bytes())?;
    folder.remove_others()?;
    println!("   first load: {} with brotli", kilobytes(first_load));
    stage.done();
    Ok(manifest)
}

/// The page that lies there, if it was made from the same files and at least as carefully.
fn fresh(workspace: &Workspace, inputs: &str, profile: Profile) -> Option<Manifest> {
    let manifest = read(workspace).ok()?;
    let good = manifest.profile == Profile::Release || manifest.profile == profile;
    (good && manifest.inputs == inputs).then_some(manifest)
}

pub fn read(workspace: &Workspace) -> Result<Manifest> {
    let file = workspace.dist().join("manifest.json");
    let text = fs::read_to_string(&file).context("the page is not built")?;
    Ok(serde_json::from_str(&text)?)
}

/// Shows what a first visit costs, and refuses when it is too much.
pub fn budget(workspace: &Workspace) -> Result<()> {
    let manifest = read(workspace)?;
    if manifest.profile != Profile::Release {
        bail!("the page that lies in frontend/dist was not built with --release");
    }
    for first_load in [false, true] {
        println!("   {}", if first_load { "at first:" } else { "when needed:" });
        for (name, entry) in manifest.entries.iter().filter(|(_, entry)| entry.first_load == first_load) {
            println!("   {:>10}  {name}", kilobytes(entry.brotli));
        }
    }
    println!("   {:>10}  first load; the budget is {}", kilobytes(manifest.first_load), kilobytes(BUDGET));
    within_budget(manifest.first_load)
}

fn within_budget(first_load: usize) -> Result<()> {
    if first_load > BUDGET {
        bail!(
            "the first load is {} over the budget. Give what was added a chunk of its own: frontend/src/pages.rs",
            kilobytes(first_load - BUDGET)
        );
    }
    Ok(())
}

fn assemble(workspace: &Workspace, tools: &Tools, profile: Profile, folder: &mut Folder) -> Result<BTreeMap<String, Entry>> {
    let frontend = workspace.frontend();
    let modules = frontend.join("node_modules");
    let program = program::build(workspace, tools.compiler, profile, folder)?;
    let styles = styles::build(workspace, folder)?;
    let sprite = icons::sprite(&modules.join("lucide-static/icons"))?;
    let icons = folder.asset("icons", "svg", sprite.as_bytes())?;
    let mark = folder.asset("polku", "svg", &fs::read(frontend.join("style/polku.svg"))?)?;
    let boot = folder.asset("boot", "js", &fs::read(frontend.join("boot.js"))?)?;
    let elements = elements::link(&frontend.join("elements.js"), &modules, folder)?;
    licences(&modules, folder)?;

    let Some(entry_element) = elements.first() else {
        bail!("frontend/elements.js was not linked");
    };
    let preload: Vec<String> = std::iter::once(&program.script)
        .chain(&program.imported)
        .chain(&elements[1..])
        .map(|module| format!("<link rel=\"modulepreload\" href=\"{}\">", module.address))
        .collect();
    let template = fs::read_to_string(frontend.join("index.html")).context("frontend/index.html is missing")?;
    let page = page::fill(
        &template,
        &[
            ("font", styles.font.address.clone()),
            ("css", styles.sheet.address.clone()),
            ("boot", boot.address.clone()),
            ("elements", entry_element.address.clone()),
            ("app", program.script.address.clone()),
            ("wasm", program.wasm.address.clone()),
            ("words_fi", program.words("fi")?.address.clone()),
            ("words_sv", program.words("sv")?.address.clone()),
            ("words_en", program.words("en")?.address.clone()),
            ("icons", icons.address.clone()),
            ("mark", mark.address.clone()),
            ("modules", preload.join("\n")),
        ],
    )?;
    let index = folder.file("index.html", page.as_bytes())?;

    let mut entries = BTreeMap::new();
    let mut note = |name: &str, written: &Written, first_load: bool| {
        entries
            .insert(name.to_owned(), Entry { address: written.address.clone(), bytes: written.bytes, brotli: written.brotli, first_load });
    };
    note("index.html", &index, true);
    note("boot", &boot, true);
    note("script", &program.script, true);
    note("wasm", &program.wasm, true);
    note("styles", &styles.sheet, true);
    note("font", &styles.font, true);
    note("icons", &icons, true);
    note("mark", &mark, true);
    for module in program.imported.iter().chain(&elements) {
        note(module.address.trim_start_matches("/assets/"), module, true);
    }
    // Whatever the reader's language is.
    let words = program.longest_words()?;
    for chunk in &program.chunks {
        note(&format!("chunk {}", chunk.name), &chunk.file, chunk.file.address == words.address);
    }
    for font in &styles.other_fonts {
        note(font.address.trim_start_matches("/assets/"), font, false);
    }
    Ok(entries)
}

/// The licences of what others made and the page ships.
fn licences(modules: &Path, folder: &mut Folder) -> Result<()> {
    let shipped = [
        ("designsystemet-css", "@digdir/designsystemet-css"),
        ("designsystemet-web", "@digdir/designsystemet-web"),
        ("source-sans-3", "@fontsource-variable/source-sans-3"),
        ("lucide", "lucide-static"),
        ("u-tabs", "@u-elements/u-tabs"),
    ];
    for (name, package) in shipped {
        let home = modules.join(package);
        let text = match fs::read_to_string(home.join("LICENSE")) {
            Ok(text) => text,
            // A package without the text itself still says who made it and on what terms.
            Err(_) => described(&home)?,
        };
        folder.file(&format!("licences/{name}.txt"), text.as_bytes())?;
    }
    Ok(())
}

fn described(home: &Path) -> Result<String> {
    let file = home.join("package.json");
    let text = fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))?;
    let package: serde_json::Value = serde_json::from_str(&text)?;
    let of = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
    let licence = of("license");
    if licence.is_empty() {
        bail!("{} names no licence", file.display());
    }
    let from = package["repository"]["url"].as_str().unwrap_or_default();
    Ok(format!("{} {}\nLicence: {licence}\nFrom: {from}\n", of("name"), of("version")))
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, within_budget};

    #[test]
    fn the_budget_is_enforced() {
        assert!(within_budget(BUDGET).is_ok());
        assert!(within_budget(BUDGET + 1).is_err());
    }
}
