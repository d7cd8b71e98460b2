//! Settings: only here and in [`limits`] is the environment read. Every setting is a flag and a variable; the table in
//! `docs/configuration.md` is printed from here and a test keeps it equal.

pub mod limits;

use crate::db::Address;
use anyhow::Context;
use clap::Args;
use limits::{Limits, Patience};
use std::net::SocketAddr;
use std::path::PathBuf;

/// A setting that is nobody's business: it is never printed.
#[derive(Clone)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl std::str::FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// Settings common to every command.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// Folder of the database, the keys and the mail that is not sent
    #[arg(long, env = "POLKU_DATA", default_value = "data", global = true)]
    pub data: PathBuf,

    /// Database: sqlite:FILE or postgres://…; the file polku.db in the data folder unless told
    #[arg(long, env = "POLKU_DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<Secret>,

    /// File that holds the database address, for those that carry a password
    #[arg(long, env = "POLKU_DATABASE_URL_FILE", global = true)]
    pub database_url_file: Option<PathBuf>,

    /// How much to log: error, warn, info, debug. Security events are always logged
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
    pub smtp_url: Option<Secret>,

    /// File that holds the mail server's address
    #[arg(long, env = "POLKU_SMTP_URL_FILE")]
    pub smtp_url_file: Option<PathBuf>,

    /// Sender of mail
    #[arg(long, env = "POLKU_MAIL_FROM", default_value = "Polku <polku@localhost>")]
    pub mail_from: String,

    /// Seconds between SIGTERM and the end of new work, for the balancer to see /readyz
    #[arg(long, env = "POLKU_DRAIN_SECONDS", default_value = "5")]
    pub drain_seconds: u64,

    /// Address and port at which Prometheus reads the figures, under /metrics; nowhere unless told
    #[arg(long, env = "POLKU_METRICS_BIND")]
    pub metrics_bind: Option<SocketAddr>,

    /// Secret that a reader of the figures must send as bearer token; needed when they are read from other machines
    #[arg(long, env = "POLKU_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<Secret>,

    /// File that holds the secret for reading the figures
    #[arg(long, env = "POLKU_METRICS_TOKEN_FILE")]
    pub metrics_token_file: Option<PathBuf>,

    /// Free part of the disk, in percent, under which the server says that it is not ready
    #[arg(long, env = "POLKU_MIN_FREE_DISK", default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub min_free_disk: u8,

    /// Where to tell of a weakness: mailto:… or https://…; served as /.well-known/security.txt
    #[arg(long, env = "POLKU_SECURITY_CONTACT")]
    pub security_contact: Option<String>,

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
    /// The data folder.
    pub data: PathBuf,
    /// Free part of the disk, in percent, under which the server is not ready.
    pub min_free_disk: u8,
    /// Where to tell of a weakness.
    pub security_contact: Option<String>,
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
        if let Some(bind) = self.metrics_bind {
            anyhow::ensure!(
                bind != self.bind,
                "the figures need an address of their own: POLKU_METRICS_BIND is that of the service, {bind}"
            );
            anyhow::ensure!(
                bind.ip().is_loopback() || self.metrics_token()?.is_some(),
                "{bind} can be reached from other machines: whoever reads the figures there must show a secret. Set POLKU_METRICS_TOKEN_FILE, or bind to 127.0.0.1"
            );
        }
        Ok(())
    }

    /// The secret of those who read the figures.
    pub fn metrics_token(&self) -> anyhow::Result<Option<String>> {
        let token = secret(self.metrics_token.as_ref(), self.metrics_token_file.as_ref())?;
        anyhow::ensure!(token.as_ref().is_none_or(|token| token.len() >= 16), "POLKU_METRICS_TOKEN needs 16 characters at least");
        Ok(token)
    }

    /// The mail server's address.
    pub fn smtp(&self) -> anyhow::Result<Option<String>> {
        secret(self.smtp_url.as_ref(), self.smtp_url_file.as_ref())
    }

    /// What handlers need.
    pub fn settings(&self, common: &Common) -> Settings {
        let secure_cookies = self.public_url.starts_with("https://");
        let origin = self.public_url.trim_end_matches('/').to_owned();
        let local = [format!("http://127.0.0.1:{}", self.bind.port()), format!("http://localhost:{}", self.bind.port())];
        let public_url = origin.clone();
        let origins = if self.bind.ip().is_loopback() { local.into_iter().chain([origin]).collect() } else { vec![origin] };
        Settings {
            public_url,
            data: common.data.clone(),
            min_free_disk: self.min_free_disk,
            security_contact: self.security_contact.clone(),
            trust_proxy: self.trust_proxy,
            secure_cookies,
            origins,
            limits: self.limits.clone(),
        }
    }
}

fn secret(value: Option<&Secret>, file: Option<&PathBuf>) -> anyhow::Result<Option<String>> {
    match (value, file) {
        (Some(_), Some(file)) => anyhow::bail!("give the value or the file {}, not both", file.display()),
        (Some(value), None) => Ok(Some(value.0.clone())),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_are_nobodys_business_are_not_shown() {
        let secret: Secret = "postgres://polku:hunter2@db/polku".parse().expect("infallible");
        let common = Common { data: "data".into(), database_url: Some(secret), database_url_file: None, log: "info".to_owned() };
        let address = common.address().expect("an address");
        for shown in [format!("{common:?}"), format!("{address:?}")] {
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }
}
