//! Pictures of the running program: those in README, or every screen for people to look at.

use std::path::Path;

use anyhow::{Context, Result};

use crate::command::run;
use crate::say;
use crate::server;
use crate::setup;
use crate::test::browser_environment;
use crate::web;
use crate::workspace::Workspace;

/// Takes README's pictures anew; with a folder, every screen into it.
pub fn take(workspace: &Workspace, all: Option<&Path>) -> Result<()> {
    let tools = setup::for_building(workspace)?;
    web::build(workspace, &tools, web::Profile::Fast)?;
    let program = server::build_as_tests_do(workspace)?;
    let stage = say::stage("pictures");
    let node = setup::node_for_tests(workspace)?;
    web::npm_packages(&workspace.browser(), &node)?;
    let demo = server::start_demo(workspace, &program)?;
    let mut camera = node.node(&workspace.browser());
    match all {
        None => {
            run(browser_environment(workspace, camera.arg("screens.mjs"), &demo)?.env("POLKU_SCREENS", workspace.root.join("docs/screens")))?
        }
        Some(folder) => {
            let folder = std::path::absolute(folder)?;
            let empty = server::start_empty(workspace, &program)?;
            let link = empty.first.as_deref().context("the empty installation gave no address for its first administrator")?;
            camera.arg("gallery.mjs").env("POLKU_SCREENS", folder).env("POLKU_EMPTY_URL", &empty.address).env("POLKU_EMPTY_LINK", link);
            run(browser_environment(workspace, &mut camera, &demo)?)?;
        }
    }
    stage.done();
    Ok(())
}
