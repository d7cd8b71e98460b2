//! Settings: only here and in [`limits`] is the environment read. Every setting is a flag and a variable; the table in
//! `docs/configuration.md` is printed from here and a test keeps it equal.

pub mod limits;

use crate::db::Address;
use anyhow::Context;
use clap::Args;
use limits::{Limits, Patience};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Settings common to every command.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// Folder of the database, the keys and the mail that is not sent
    #[arg(long, env = "POLKU_DATA", default_value = "data", global = true)]
    pub data: PathBuf,

    /// Database: sqlite:FILE or postgres://…; the file polku.db in the data folder unless told
    #[arg(long, env = "POLKU_DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,

    /// File that holds the database address, for those that carry a password
    #[arg(long, env = "POLKU_DATABASE_URL_FILE", global = true)]
    pub database_url_file: Option<PathBuf>,

    /// How much to log: error, warn, info, debug
    #[arg(long, env = "POLKU_LOG", default_value = "info", global = true)]
    pub log: String,
}

/// Settings of the server.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Address and port to listen on
    #[arg(long, env = "POLKU_BIND", default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,

    /// Worker threads; as many as cores unless told
    #[arg(long, env = "POLKU_WORKERS")]
    pub workers: Option<usize>,

    /// Address at which people and programs reach the service, for links in mail and for access tokens
    #[arg(long, env = "POLKU_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    pub public_url: String,

    /// Listen without TLS on a public address: only behind a proxy that has it
    #[arg(long, env = "POLKU_ALLOW_PLAIN_HTTP")]
    pub allow_plain_http: bool,

    /// Believe X-Forwarded-For from a proxy on this machine
    #[arg(long, env = "POLKU_TRUST_PROXY")]
    pub trust_proxy: bool,

    /// Mail server: smtp://… or smtps://…; without one, mail is written to the data folder
    #[arg(long, env = "POLKU_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// File that holds the mail server's address
    #[arg(long, env = "POLKU_SMTP_URL_FILE")]
    pub smtp_url_file: Option<PathBuf>,

    /// Sender of mail
    #[arg(long, env = "POLKU_MAIL_FROM", default_value = "Polku <polku@localhost>")]
    pub mail_from: String,

    /// Seconds between SIGTERM and the end of new work, for the balancer to see /readyz
    #[arg(long, env = "POLKU_DRAIN_SECONDS", default_value = "5")]
    pub drain_seconds: u64,

    /// Stop the clock at this instant (RFC 3339), for screenshots and trials
    #[arg(long, env = "POLKU_AS_OF")]
    pub as_of: Option<jiff::Timestamp>,

    #[command(flatten)]
    pub limits: Limits,

    #[command(flatten)]
    pub patience: Patience,
}

/// What handlers need of the settings.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Address at which people and programs reach the service, without a slash at its end.
    pub public_url: String,
    pub trust_proxy: bool,
    /// Whether cookies carry `Secure` and the `__Host-` prefix: everywhere but on plain-HTTP loopback.
    pub secure_cookies: bool,
    /// Origins from which a browser may use its cookie.
    pub origins: Vec<String>,
    pub limits: Limits,
}

impl Common {
    /// Where the database is.
    pub fn address(&self) -> anyhow::Result<Address> {
        let url = match secret(self.database_url.as_ref(), self.database_url_file.as_ref())? {
            Some(url) => url,
            None => format!("sqlite:{}", self.data.join("polku.db").display()),
        };
        url.parse().map_err(|error| anyhow::anyhow!("POLKU_DATABASE_URL: {error}"))
    }
}

impl Serve {
    /// Refuses what would put people's passwords on the wire in clear.
    pub fn check(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.bind.ip().is_loopback() || self.allow_plain_http,
            "{} is a public address and this server speaks plain HTTP. Bind to 127.0.0.1 behind a proxy with TLS, or set POLKU_ALLOW_PLAIN_HTTP=true if one already stands before it",
            self.bind
        );
        Ok(())
    }

    /// The mail server's address.
    pub fn smtp(&self) -> anyhow::Result<Option<String>> {
        secret(self.smtp_url.as_ref(), self.smtp_url_file.as_ref())
    }

    /// What handlers need.
    pub fn settings(&self) -> Settings {
        let secure_cookies = self.public_url.starts_with("https://");
        let origin = self.public_url.trim_end_matches('/').to_owned();
        let local = [format!("http://127.0.0.1:{}", self.bind.port()), format!("http://localhost:{}", self.bind.port())];
        let public_url = origin.clone();
        let origins = if self.bind.ip().is_loopback() { local.into_iter().chain([origin]).collect() } else { vec![origin] };
        Settings { public_url, trust_proxy: self.trust_proxy, secure_cookies, origins, limits: self.limits.clone() }
    }
}

fn secret(value: Option<&String>, file: Option<&PathBuf>) -> anyhow::Result<Option<String>> {
    match (value, file) {
        (Some(_), Some(file)) => anyhow::bail!("give the value or the file {}, not both", file.display()),
        (Some(value), None) => Ok(Some(value.clone())),
        (None, Some(file)) => {
            let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            Ok(Some(text.trim().to_owned()))
        }
        (None, None) => Ok(None),
    }
}

/// The table of settings as documentation.
pub fn render(command: &clap::Command) -> String {
    let mut text = String::from(
        "# Configuration\n\nPrinted by `polku settings` from `backend/src/config.rs`; a test keeps it equal. A flag beats its variable.\nWithout any setting the server makes its own keys and an SQLite database under `data/`.\n\n| variable | flag | default | what |\n|---|---|---|---|\n",
    );
    let serve = command.get_subcommands().find(|sub| sub.get_name() == "serve");
    let arguments = command.get_arguments().chain(serve.into_iter().flat_map(clap::Command::get_arguments));
    let mut seen = std::collections::BTreeSet::new();
    for argument in arguments {
        let (Some(variable), Some(flag)) = (argument.get_env(), argument.get_long()) else { continue };
        if !seen.insert(flag.to_owned()) {
            continue;
        }
        let default =
            argument.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy())).collect::<Vec<_>>().join(" ");
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        text.push_str(&format!("| `{}` | `--{flag}` | {default} | {help} |\n", variable.to_string_lossy()));
    }
    text
}
