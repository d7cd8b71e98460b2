//! The commands of `polku`.

use crate::clock::Clock;
use crate::config::limits::Patience;
use crate::config::{self, Common, Serve};
use crate::db::{Db, migrate};
use crate::identity::service::{accounts, factor, grants, links, passwords, sessions, tenants};
use crate::jobs::work::Worker;
use crate::keys::Keys;
use crate::live::relay;
use crate::outbox::{self, Postman};
use crate::policy::{self, Actor};
use crate::state::State;
use crate::watch::log;
use crate::{backup, demo, disk, doctor, housekeeping, server, startup};
use anyhow::Context;
use clap::{CommandFactory, Parser, Subcommand};
use shared::identity::{LinkPurpose, NewAccount, NewGrant};
use shared::policy::{Role, Scope};
use shared::{Lang, TenantId};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Developing public social and health services together
#[derive(Parser)]
#[command(name = "polku", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the page. Makes keys and database at the first start
    Serve(Box<Serve>),
    /// Fill an empty database with the invented demo world
    Demo {
        /// The day that the demo world takes for today (RFC 3339)
        #[arg(long)]
        as_of: Option<jiff::Timestamp>,
    },
    /// Bring the database up to this program
    Migrate,
    /// Say what is wrong with this installation and how to mend it; takes the settings of `serve`
    Doctor(Box<Serve>),
    /// Accounts, for the one who runs the machine
    #[command(subcommand)]
    Account(Account),
    /// The installation's keys
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Write a consistent copy of database and keys into a new folder, while the server runs
    Backup {
        /// The folder to make
        folder: PathBuf,
    },
    /// Bring back a copy made by `backup` into an empty data folder or database
    Restore {
        /// The folder that `backup` made
        folder: PathBuf,
    },
    /// Print the OpenAPI document
    Openapi,
    /// Print the table of permissions
    Policy,
    /// Print the table of settings
    Settings,
}

#[derive(Subcommand)]
enum Account {
    /// Make an account, or the link by which the first administrator makes their own
    Create {
        /// Print a one-time address instead, where the first administrator gives name and password
        #[arg(long, conflicts_with_all = ["name", "email", "administrator"])]
        first_administrator_link: bool,
        /// Full name
        #[arg(long, required_unless_present = "first_administrator_link")]
        name: Option<String>,
        /// Address to sign in with
        #[arg(long, required_unless_present = "first_administrator_link")]
        email: Option<String>,
        /// Make it an administrator
        #[arg(long)]
        administrator: bool,
    },
    /// Print a link by which a person sets a new password
    Reset {
        /// Address of the account
        email: String,
    },
    /// Take off the second factor of a person who has lost it, when no administrator can
    ResetSecondFactor {
        /// Address of the account
        email: String,
    },
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Put a new key in place of the one that signs access tokens. Running servers take it into use by themselves
    Rotate {
        /// The old key may be known to somebody: it counts no longer, and everyone is signed out
        #[arg(long)]
        emergency: bool,
    },
}

/// Reads the command line and does what it says.
pub fn run() -> anyhow::Result<()> {
    // Whatever this program makes is for its owner alone: the database with its journals, mail, keys, copies.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let cli = Cli::parse();
    match cli.command {
        Command::Openapi => print!("{}", server::document_text()),
        Command::Policy => print!("{}", policy::render()),
        Command::Settings => print!("{}", config::render(&Cli::command())),
        Command::Serve(settings) => serve(&cli.common, &settings)?,
        Command::Demo { as_of } => fill_demo(&cli.common, as_of)?,
        Command::Migrate => report(&opened(&cli.common, Patience::default())?.1),
        Command::Doctor(settings) => doctor::report(&doctor::examine(&cli.common, &settings))?,
        Command::Account(command) => account(&cli.common, command)?,
        Command::Keys(KeysCommand::Rotate { emergency }) => rotate_keys(&cli.common, emergency)?,
        Command::Backup { folder } => backup::save(&cli.common.address()?, &cli.common.data, &folder)?,
        Command::Restore { folder } => backup::restore(&cli.common.address()?, &cli.common.data, &folder)?,
    }
    Ok(())
}

/// The table of settings, for the test that keeps its document true.
pub fn settings_table() -> String {
    config::render(&Cli::command())
}

fn report(migrated: &migrate::Migrated) {
    match migrated.applied.as_slice() {
        [] => println!("The database is up to date."),
        applied => println!("Applied: {}", applied.join(", ")),
    }
}

/// Opens the database, up to date.
fn open(common: &Common) -> anyhow::Result<Db> {
    opened(common, Patience::default()).map(|(db, _)| db)
}

/// The clock by which the servers go.
fn clock_of(db: &Db) -> Clock {
    let clock = Clock::default();
    clock.follow(db);
    clock
}

fn opened(common: &Common, patience: Patience) -> anyhow::Result<(Db, migrate::Migrated)> {
    let address = common.address()?;
    disk::private_folder(&common.data)?;
    let db = Db::open_with(address, patience)?;
    let migrated = migrate::up(&db)?;
    Ok((db, migrated))
}

fn failed(error: crate::error::Error) -> anyhow::Error {
    let refusal = error.refusal();
    let faults: Vec<String> = refusal.faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.sentence(Lang::En))).collect();
    anyhow::anyhow!("{error} {}", faults.join(", "))
}

fn serve(common: &Common, settings: &Serve) -> anyhow::Result<()> {
    settings.check()?;
    log::start(&common.log, std::io::stderr);
    let (db, _) = opened(common, settings.patience)?;
    let _held = startup::check(&db, &common.data)?;
    let clock = settings.as_of.map_or_else(Clock::default, Clock::fixed);
    clock.follow(&db);
    let demo = db
        .write(|conn| {
            tenants::default_or_create(conn, clock.now())?;
            tenants::any_demo(conn)
        })
        .map_err(failed)?;
    anyhow::ensure!(
        !demo || settings.bind.ip().is_loopback(),
        "the database holds the demo world, whose passwords lie in a file: it is not served on the public address {}",
        settings.bind
    );
    let stop = Arc::new(AtomicBool::new(false));
    let postman = Postman {
        db: db.clone(),
        clock: clock.clone(),
        sink: Postman::sink(settings.smtp()?.as_deref(), &common.data)?,
        from: settings.mail_from.parse().context("POLKU_MAIL_FROM")?,
        public_url: settings.public_url.clone(),
    };
    let state = Arc::new(State::new(db.clone(), Keys::load(&common.data)?, clock.clone(), settings.settings(common)));
    let (sending, keeping, kept) = (stop.clone(), stop.clone(), db.clone());
    let (watching, watched) = (stop.clone(), state.clone());
    let (following, followed, hands) = (stop.clone(), db.clone(), clock.clone());
    let (worker, working) = (Worker::new(db.clone(), clock.clone()), stop.clone());
    let (passing, passed) = (stop.clone(), db.clone());
    let workers = [
        start_thread("hints", move || relay::work(&passed, &passing))?,
        start_thread("outbox", move || outbox::work(&postman, &sending))?,
        start_thread("jobs", move || worker.work(&working))?,
        start_thread("clock", move || hands.keep_following(&followed, &following))?,
        start_thread("housekeeping", move || housekeeping::work(&kept, &clock, &keeping))?,
        start_thread("keys", move || watched.keys.watch(&watching))?,
    ];
    tracing::info!(address = %settings.bind, database = migrate::describe(db.address()), "serving");
    let outcome = server::run(settings, state, db);
    stop.store(true, Ordering::SeqCst);
    for worker in workers {
        worker.thread().unpark();
        worker.join().ok();
    }
    outcome
}

fn start_thread(name: &str, run: impl FnOnce() + Send + 'static) -> std::io::Result<std::thread::JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(run)
}

fn fill_demo(common: &Common, as_of: Option<jiff::Timestamp>) -> anyhow::Result<()> {
    let db = open(common)?;
    let now = as_of.unwrap_or_else(|| Clock::default().now());
    let filled = db.read(tenants::default).map_err(failed)?.is_some();
    let file = common.data.join("demo-accounts.txt");
    if filled {
        println!("The database already holds data; nothing was added.");
    } else {
        demo::fill(&db, now, &common.data)?;
        println!("The demo world is ready.");
    }
    if file.exists() {
        println!("Demo accounts, also in {}:\n{}", file.display(), std::fs::read_to_string(&file)?);
    }
    Ok(())
}

fn account(common: &Common, command: Account) -> anyhow::Result<()> {
    let db = open(common)?;
    let now = clock_of(&db).now();
    let tenant = db.write(|conn| tenants::default_or_create(conn, now)).map_err(failed)?;
    match command {
        Account::Create { first_administrator_link: true, .. } => {
            let link = db.write(|conn| links::issue_first_administrator(conn, tenant, now)).map_err(failed)?;
            println!("Open this once, within 72 hours, on the address of the service:\n{}", link.url);
        }
        Account::Create { name, email, administrator, .. } => {
            let new = NewAccount { name: name.unwrap_or_default(), email: email.unwrap_or_default(), lang: Lang::Fi, unit_id: None };
            let faults = shared::rules::faults(&new);
            if !faults.is_empty() {
                return Err(failed(crate::error::Error::invalid(faults)));
            }
            create_account(&db, tenant, &new, administrator, now)?;
        }
        Account::Reset { email } => {
            let link = db.write(|conn| reset_link(conn, tenant, &email, now)).map_err(failed)?;
            println!("Open this once, within 30 minutes, on the address of the service:\n{link}");
        }
        Account::ResetSecondFactor { email } => {
            db.write(|conn| {
                let account = known(conn, tenant, &email)?.id;
                factor::reset(conn, &Actor::system(tenant, now), account)
            })
            .map_err(failed)?;
            println!("Taken off: {email}. The person signs in with the password alone, and has been told by mail.");
        }
    }
    Ok(())
}

fn rotate_keys(common: &Common, emergency: bool) -> anyhow::Result<()> {
    let now = clock_of(&Db::open(common.address()?)?).now();
    let signs_from = Keys::load(&common.data)?.rotate(now, emergency)?;
    if !emergency {
        println!("A new key signs access tokens from {signs_from}. The old one is believed until its last token has ended.");
        return Ok(());
    }
    open(common)?.write(|conn| sessions::end_everybodys(conn, now)).map_err(failed)?;
    println!("The old key counts no longer, and everyone has been signed out.");
    Ok(())
}

fn known(conn: &mut crate::db::Conn, tenant: TenantId, email: &str) -> crate::error::Result<sessions::Candidate> {
    sessions::candidate(conn, tenant, email)?.ok_or_else(|| crate::error::Error::fault("/email", "unknown_reference"))
}

fn reset_link(conn: &mut crate::db::Conn, tenant: TenantId, email: &str, now: jiff::Timestamp) -> crate::error::Result<String> {
    let found = known(conn, tenant, email)?;
    let to = links::Recipient { account: found.id, name: &found.name, email: &found.email, lang: Lang::Fi };
    links::issue(conn, tenant, now, LinkPurpose::PasswordReset, &to).map(|link| link.url)
}

fn create_account(db: &Db, tenant: TenantId, new: &NewAccount, administrator: bool, now: jiff::Timestamp) -> anyhow::Result<()> {
    let password = crate::keys::random_token();
    let hash = passwords::hash(&password).map_err(failed)?;
    db.write(|conn| {
        let system = Actor::system(tenant, now);
        let account = accounts::create_active(conn, &system, new, hash.clone())?;
        if administrator {
            let grant =
                NewGrant { account_id: account.id, role: Role::Administrator, scope: Scope::Tenant, valid_from: None, valid_to: None };
            grants::create(conn, &system, &grant)?;
        }
        Ok(())
    })
    .map_err(failed)?;
    println!("Made {}. First password, to be changed after signing in:\n{password}", new.email);
    Ok(())
}
