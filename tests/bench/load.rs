//! Load, made by wrk with a script for each measure.

use crate::plan::Measure;
use crate::servers::Servers;
use crate::world::World;
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::process::Command;
use tempfile::TempDir;

/// What one run of the load found.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Answers a second.
    pub per_second: f64,
    /// Milliseconds within which half of the answers came.
    pub p50: f64,
    /// Milliseconds within which 99 of 100 came.
    pub p99: f64,
    /// Answers of 400 and more, and connections that broke.
    pub failed: u64,
}

/// Where the load goes and what it says there.
pub struct Load {
    url: String,
    script: String,
    /// Threads that make it: those that say something else each time keep count for themselves, so there is one.
    single: bool,
}

/// Prints what is read below, at the end of each run.
const DONE: &str = "function done(summary, latency, requests)\n  local e = summary.errors\n  \
     io.write(string.format('RESULT %d %d %d %d %d\\n', summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), \
     e.connect + e.read + e.write + e.status + e.timeout))\nend\n";

impl Load {
    pub fn of(measure: Measure, world: &mut World, servers: &Servers) -> Result<Self> {
        let bare = |path: &str| Self { url: format!("{}{path}", servers.bare), script: DONE.to_owned(), single: false };
        let edition = world.edition.clone();
        Ok(match measure {
            Measure::BareListPool => bare("/pool/editions"),
            Measure::BareListDirect => bare("/direct/editions"),
            Measure::BareOnePool => bare(&format!("/pool/editions/{edition}")),
            Measure::BareOneDirect => bare(&format!("/direct/editions/{edition}")),
            Measure::BareHash => bare("/hash"),
            Measure::BareWrite => Self { script: format!("wrk.method = 'POST'\n{DONE}"), ..bare("/pool/answers") },
            Measure::List => Self::signed(world, servers, "/editions?limit=50", "")?,
            Measure::One => Self::signed(world, servers, &format!("/editions/{edition}"), "")?,
            Measure::NotModified => {
                let version = world.edition_version;
                Self::signed(
                    world,
                    servers,
                    &format!("/editions/{edition}"),
                    &format!("wrk.headers['If-None-Match'] = '\"v{version}\"'\n"),
                )?
            }
            Measure::Results => Self::signed(world, servers, &format!("/editions/{}/results", world.published), "")?,
            Measure::SignIn => {
                Self { url: format!("{}/api/v1/sessions", servers.polku), script: format!("{}{DONE}", sign_in(world)), single: true }
            }
            Measure::Write => Self {
                url: format!("{}/api/v1/editions/{}/self-assessment", servers.polku, world.open),
                script: format!("{}{DONE}", saves(world)?),
                single: true,
            },
        })
    }

    fn signed(world: &World, servers: &Servers, path: &str, more: &str) -> Result<Self> {
        let token = world.administrator_token()?;
        Ok(Self {
            url: format!("{}/api/v1{path}", servers.polku),
            script: format!("wrk.headers['Authorization'] = 'Bearer {token}'\n{more}{DONE}"),
            single: false,
        })
    }
}

/// Everybody in turn.
fn sign_in(world: &World) -> String {
    let mut script = String::from("wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nlocal bodies = {\n");
    for email in world.emails() {
        let _ = writeln!(script, "  '{{\"email\":\"{email}\",\"password\":\"{}\",\"kind\":\"device\"}}',", tests::PASSWORD);
    }
    script.push_str("}\nlocal at = 0\nfunction request()\n  at = at % #bodies + 1\n  return wrk.format(nil, nil, nil, bodies[at])\nend\n");
    script
}

/// Each participant in turn, who knows the version that the last save left. There are more participants than
/// connections, so that nobody's second save leaves before the first one's answer.
fn saves(world: &mut World) -> Result<String> {
    let versions = world.settled_versions()?;
    // The first call is wrk's own trial of the script, and is not sent.
    let mut script = String::from("wrk.method = 'PUT'\nlocal trial = true\nlocal people = {\n");
    for (token, version) in world.participant_tokens()?.iter().zip(versions) {
        let _ = writeln!(script, "  {{token='Bearer {token}', version={version}}},");
    }
    let body = world.answer().replace('\'', "\\'");
    let _ = write!(
        script,
        "}}\nlocal body = '{body}'\nlocal at = 0\nfunction request()\n  if trial then trial = false; return wrk.format() end\n  at = at % #people + 1\n  local own = people[at]\n  \
         local headers = {{['Authorization']=own.token, ['Content-Type']='application/json', ['If-Match']='\"v' .. own.version .. '\"'}}\n  \
         own.version = own.version + 1\n  return wrk.format(nil, nil, headers, body)\nend\n"
    );
    Ok(script)
}

/// The load generator.
pub struct Wrk {
    folder: TempDir,
}

impl Wrk {
    pub fn new() -> Result<Self> {
        Ok(Self { folder: TempDir::new()? })
    }

    pub fn run(&self, load: &Load, connections: usize, seconds: u64) -> Result<Found> {
        let script = self.folder.path().join("load.lua");
        std::fs::write(&script, &load.script)?;
        let threads = if load.single || connections == 1 { 1 } else { 2 };
        let output = Command::new("wrk")
            .args([
                format!("-t{threads}"),
                format!("-c{connections}"),
                format!("-d{seconds}s"),
                "--timeout=20s".to_owned(),
                "-s".to_owned(),
            ])
            .arg(&script)
            .arg(&load.url)
            .output()
            .context("wrk could not be started; `cargo xtask bench` installs it")?;
        let said = String::from_utf8_lossy(&output.stdout);
        let Some(line) = said.lines().find_map(|line| line.strip_prefix("RESULT ")) else {
            bail!("wrk said nothing of {}: {said}{}", load.url, String::from_utf8_lossy(&output.stderr));
        };
        let numbers: Result<Vec<u64>, _> = line.split_whitespace().map(str::parse).collect();
        let [requests, micros, p50, p99, failed] = numbers?[..] else { bail!("wrk said {line}") };
        let milli = |micros: u64| micros as f64 / 1000.0;
        Ok(Found { per_second: requests as f64 * 1e6 / micros as f64, p50: milli(p50), p99: milli(p99), failed })
    }
}
