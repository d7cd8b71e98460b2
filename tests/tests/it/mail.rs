//! Letters over the wire to a mail server: what arrives, what happens when it does not, what a hostile name can do.

use backend::clock::Clock;
use backend::db::Db;
use backend::identity::service::tenants::{self, NewTenant};
use backend::outbox::{self, Letter, Postman};
use jiff::{SignedDuration, Timestamp};
use shared::{Lang, TenantId};
use tests::database::lines;
use tests::scratch::Scratch;
use tests::smtp::MailServer;

struct Office {
    _scratch: Scratch,
    db: Db,
    tenant: TenantId,
    clock: Clock,
    server: MailServer,
    postman: Postman,
}

impl Office {
    fn new() -> Self {
        let mut scratch = Scratch::new();
        backend::db::migrate::up(scratch.db()).expect("migrated");
        let db = scratch.db().clone();
        let clock = Clock::fixed(Timestamp::from_second(1_800_000_000).expect("an instant"));
        let new = NewTenant { slug: "oma", name: "Oma hyvinvointialue", host: None, is_default: true, is_demo: false };
        let tenant = db.write(|conn| tenants::create(conn, &new, clock.now())).expect("a tenant");
        let server = MailServer::start();
        let postman = Postman {
            db: db.clone(),
            clock: clock.clone(),
            sink: Postman::sink(Some(&server.url), scratch.data()).expect("a sink"),
            from: "Polku <polku@example.fi>".parse().expect("an address"),
            public_url: "https://polku.example.fi/".to_owned(),
        };
        Self { _scratch: scratch, db, tenant, clock, server, postman }
    }

    fn post(&self, name: &str) {
        let letter = Letter {
            template: "invitation".to_owned(),
            to: "aino@example.fi".to_owned(),
            name: name.to_owned(),
            lang: Lang::Sv,
            tenant_name: "Oma hyvinvointialue".to_owned(),
            path: "/link/invitation#salaisuus".to_owned(),
            expires_at: self.clock.now() + SignedDuration::from_hours(72),
        };
        self.db.write(|conn| outbox::post(conn, self.tenant, &letter, self.clock.now())).expect("posted");
    }

    fn later(&self, seconds: i64) {
        self.clock.set(Some(self.clock.now() + SignedDuration::from_secs(seconds)));
    }

    fn payloads(&self) -> Vec<String> {
        lines(&self.db, "SELECT payload AS line FROM outbox")
    }
}

fn header<'a>(letter: &'a tests::smtp::Letter, name: &str) -> Vec<&'a str> {
    let head = letter.text.split("\n\n").next().unwrap_or_default();
    head.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).collect()
}

#[test]
fn a_letter_arrives_and_its_secret_is_erased() {
    let office = Office::new();
    office.post("Aino Esimerkki");
    assert_eq!(office.postman.round().expect("a round"), 1);
    let letters = office.server.letters();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert!(letter.from.contains("<polku@example.fi>"), "{}", letter.from);
    assert_eq!(letter.to.len(), 1);
    assert!(letter.to[0].contains("<aino@example.fi>"), "{:?}", letter.to);
    assert_eq!(header(letter, "To").len(), 1);
    assert_eq!((header(letter, "Subject").len(), header(letter, "Message-ID").len()), (1, 1));
    assert!(letter.text.contains("https://polku.example.fi/link/invitation#salaisuus"), "{}", letter.text);
    assert_eq!(office.payloads(), ["null"], "the secret is gone with it");
    assert_eq!(office.postman.round().expect("a round"), 0, "and it goes once");
}

#[test]
fn a_letter_put_off_goes_again_under_the_same_id() {
    let office = Office::new();
    office.server.put_off(2);
    office.post("Aino Esimerkki");
    assert_eq!(office.postman.round().expect("a round"), 0);
    assert!(office.server.letters().is_empty());
    office.later(4);
    assert_eq!(office.postman.round().expect("a round"), 0, "not before five seconds");
    office.later(1);
    assert_eq!(office.postman.round().expect("a round"), 0, "put off once more");
    office.later(300);
    assert_eq!(office.postman.round().expect("a round"), 1);
    let row = lines(&office.db, "SELECT attempt_count || '' AS line FROM outbox");
    assert_eq!(row, ["3"]);
    assert_eq!(office.server.letters().len(), 1);
}

#[test]
fn a_name_puts_nothing_into_the_head_of_a_letter() {
    let office = Office::new();
    for name in ["Aino\r\nBcc: kaikki@example.fi", "Aino\nSubject: toinen", "\"Aino\" <toinen@example.fi>, kolmas@example.fi", "Ääkkönen"]
    {
        office.post(name);
        office.postman.round().expect("a round");
    }
    for letter in office.server.letters() {
        assert_eq!(letter.to.len(), 1, "{letter:?}");
        assert!(letter.to[0].contains("<aino@example.fi>"), "{letter:?}");
        assert!(header(&letter, "Bcc").is_empty(), "{letter:?}");
        assert_eq!(header(&letter, "Subject").len(), 1, "{letter:?}");
        assert!(!header(&letter, "Subject")[0].contains("toinen"), "{letter:?}");
    }
    assert_eq!(office.server.letters().len(), 4, "{:?}", office.payloads());
}

#[test]
fn a_mail_server_that_is_not_there_loses_nothing() {
    let office = Office::new();
    let gone = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    let postman = Postman {
        sink: Postman::sink(Some(&format!("smtp://{gone}")), std::path::Path::new("")).expect("a sink"),
        db: office.db.clone(),
        clock: office.clock.clone(),
        from: "Polku <polku@example.fi>".parse().expect("an address"),
        public_url: String::new(),
    };
    office.post("Aino");
    assert_eq!(postman.round().expect("a round"), 0);
    office.later(5);
    assert_eq!(office.postman.round().expect("a round"), 1, "when it is back");
}
