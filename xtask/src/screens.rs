//! The pictures in README, taken from the running program.

use anyhow::Result;

use crate::command::run;
use crate::say;
use crate::server;
use crate::setup;
use crate::test::browser_environment;
use crate::web;
use crate::workspace::Workspace;

pub fn take(workspace: &Workspace) -> Result<()> {
    let tools = setup::for_building(workspace)?;
    web::build(workspace, &tools, web::Profile::Fast)?;
    let program = server::build(workspace, "dev")?;
    let stage = say::stage("pictures");
    let node = setup::node_for_tests(workspace)?;
    web::npm_packages(&workspace.browser(), &node)?;
    let demo = server::start_demo(workspace, &program)?;
    let mut camera = node.node(&workspace.browser());
    camera.arg("screens.mjs").env("POLKU_SCREENS", workspace.root.join("docs/screens"));
    run(browser_environment(workspace, &mut camera, &demo)?)?;
    stage.done();
    Ok(())
}
