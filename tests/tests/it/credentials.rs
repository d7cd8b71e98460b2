//! B4, B11: what ends every kind of credential, and that none serves for another.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use shared::identity::{EmailChange, LinkPurpose, LinkRedemption, LinkToken, PasswordChange, ResetRequest, SecondFactorCode};
use shared::policy::ApiScope;
use std::collections::BTreeSet;
use std::sync::Arc;
use tests::database::lines;
use tests::factor::{Guarded, HALF_MINUTE, Phone, credentials, sign_in};
use tests::operations::{World, operations};
use tests::raw::{cookie, send, status};
use tests::{PASSWORD, Person, TestApp, all_at_once, eventually};

const NEW_PASSWORD: &str = "kolme märkää kumisaapasta";

/// One credential of each kind that an account can have open.
struct Open {
    device_access: String,
    device_refresh: String,
    browser_access: String,
    browser_cookie: String,
    challenge: String,
}

const ALL: [&str; 5] = ["device access", "device refresh", "browser access", "browser cookie", "challenge"];

fn post(app: &TestApp, path: &str) -> RequestBuilder {
    app.request(Method::POST, path).header("X-Polku-Client", "web")
}

/// The first step of a sign-in in a browser: its challenge.
async fn begin_in_browser(app: &TestApp, person: &Person) -> String {
    let body = json!({"email": person.account.email, "password": PASSWORD, "kind": "browser"});
    let first: Value = send(post(app, "/api/v1/sessions").json(&body)).await.json().await.expect("json");
    first["challenge_token"].as_str().expect("a challenge").to_owned()
}

impl Open {
    /// Signs in on a device and in a browser by the codes of now and the next half minute, and begins a third sign-in.
    async fn new(app: &TestApp, guarded: &Guarded) -> Self {
        let (person, now) = (&guarded.person, app.clock.now());
        let device = app.stranger();
        sign_in(app, &device, person, &guarded.phone.code(now)).await.expect("on a device");
        let step = json!({"challenge_token": begin_in_browser(app, person).await, "code": guarded.phone.code(now + HALF_MINUTE)});
        let second = send(post(app, "/api/v1/sessions/second-step").json(&step)).await;
        let browser_cookie = cookie(&second).expect("a cookie");
        let second: Value = second.json().await.expect("json");
        Self {
            device_access: device.access_token().expect("a token"),
            device_refresh: device.refresh_token().expect("a token"),
            browser_access: second["access_token"].as_str().expect("a token").to_owned(),
            browser_cookie,
            challenge: begin_in_browser(app, person).await,
        }
    }

    /// The kinds that still work. Asking renews nothing for good: what is alive stays so.
    async fn alive(&self, app: &TestApp) -> BTreeSet<&'static str> {
        let me = |token: &str| app.request(Method::GET, "/api/v1/me").bearer_auth(token);
        let refresh = || post(app, "/api/v1/sessions/refresh");
        let asked = [
            status(me(&self.device_access)).await == 200,
            status(refresh().json(&json!({"refresh_token": self.device_refresh}))).await == 200,
            status(me(&self.browser_access)).await == 200,
            status(refresh().header("cookie", &self.browser_cookie).json(&json!({}))).await == 200,
            // From another page a browser's challenge is forbidden while it is there, and then gone.
            status(
                app.request(Method::POST, "/api/v1/sessions/second-step")
                    .json(&json!({"challenge_token": self.challenge, "code": "000000"})),
            )
            .await
                == 403,
        ];
        ALL.into_iter().zip(asked).filter(|(_, alive)| *alive).map(|(name, _)| name).collect()
    }
}

/// Something that ends credentials.
#[derive(Clone, Copy, Debug)]
enum Event {
    SignOut,
    SignOutEverywhere,
    SessionEnded,
    PasswordChanged,
    PasswordReset,
    SecondFactorMoved,
    RecoveryCodesMade,
    SecondFactorOff,
    SecondFactorReset,
    SessionsEndedByAdministrator,
    Deactivated,
}

impl Event {
    const ALL: [Self; 11] = [
        Self::SignOut,
        Self::SignOutEverywhere,
        Self::SessionEnded,
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::SecondFactorMoved,
        Self::RecoveryCodesMade,
        Self::SecondFactorOff,
        Self::SecondFactorReset,
        Self::SessionsEndedByAdministrator,
        Self::Deactivated,
    ];

    /// What is left after it.
    fn leaves(self) -> BTreeSet<&'static str> {
        match self {
            Self::SignOut | Self::SessionEnded => ["browser access", "browser cookie", "challenge"].into(),
            _ => BTreeSet::new(),
        }
    }

    async fn happen(self, app: &TestApp, guarded: &Guarded, open: &Open) {
        let owner = &guarded.person;
        let administrator = app.administrator();
        match self {
            Self::SignOut => {
                let out = app.request(Method::POST, "/api/v1/sessions/sign-out").bearer_auth(&open.device_access);
                assert_eq!(status(out).await, 204);
            }
            Self::SignOutEverywhere => owner.sign_out_everywhere().await.expect("out"),
            Self::SessionEnded => {
                let sessions = owner.list_sessions(&Default::default()).await.expect("sessions").items;
                let device = sessions.iter().find(|one| !one.current && one.kind == shared::identity::SessionKind::Device).expect("there");
                owner.revoke_session(device.id).await.expect("ended");
            }
            Self::PasswordChanged => {
                let change = PasswordChange { current_password: PASSWORD.to_owned(), new_password: NEW_PASSWORD.to_owned() };
                owner.change_password(&change).await.expect("changed");
            }
            Self::PasswordReset => {
                let url = administrator.make_account_link(owner.id()).await.expect("a link").url;
                let token = url.split_once('#').expect("a secret").1.to_owned();
                let redemption = LinkRedemption { token, password: Some(NEW_PASSWORD.to_owned()), name: None, email: None };
                app.stranger().redeem_link(&redemption).await.expect("reset");
            }
            Self::SecondFactorMoved => {
                let phone = Phone::new(&owner.start_second_factor().await.expect("a secret"));
                let code = SecondFactorCode { code: phone.code(app.clock.now()) };
                owner.confirm_second_factor(&code).await.expect("moved");
            }
            Self::RecoveryCodesMade => drop(owner.make_recovery_codes().await.expect("made")),
            Self::SecondFactorOff => owner.turn_off_second_factor().await.expect("off"),
            Self::SecondFactorReset => administrator.reset_second_factor(owner.id()).await.expect("reset"),
            Self::SessionsEndedByAdministrator => administrator.end_account_sessions(owner.id()).await.expect("ended"),
            Self::Deactivated => {
                let version = administrator.get_account(owner.id()).await.expect("there").version;
                administrator.deactivate_account(owner.id(), version).await.expect("deactivated");
            }
        }
    }
}

#[tokio::test]
async fn b4_each_event_ends_every_kind_of_credential_within_a_second() {
    let app = Arc::new(TestApp::start().await);
    app.clock.set(Some(app.clock.now()));
    let checked = all_at_once(Event::ALL.map(|event| {
        let app = app.clone();
        async move {
            let guarded = app.guard(app.nobody()).await;
            let open = Open::new(&app, &guarded).await;
            assert_eq!(open.alive(&app).await, ALL.into(), "before {event:?}");
            event.happen(&app, &guarded, &open).await;
            let ended = || async { open.alive(&app).await == event.leaves() };
            eventually(&format!("{event:?} ends what it should"), ended).await;
            ALL.len()
        }
    }))
    .await;
    tests::figure!("B4", "{} events, {} credentials checked", checked.len(), checked.iter().sum::<usize>());
}

/// The open links of the test's people, by their purpose.
async fn links(app: &TestApp, administrator: &Person) -> Vec<(&'static str, String)> {
    let secret = |url: &str| url.split_once('#').expect("a secret").1.to_owned();
    let invited = administrator
        .invite_account(&shared::identity::NewAccount {
            name: "Eeva Kutsuttu".to_owned(),
            email: format!("{}@example.fi", uuid::Uuid::new_v4().simple()),
            lang: shared::Lang::Fi,
            unit_id: None,
        })
        .await
        .expect("invited");
    let reset = administrator.make_account_link(app.nobody().id()).await.expect("a link");
    let moving = app.nobody();
    let new_email = format!("uusi-{}", moving.account.email);
    moving.change_email(&EmailChange { new_email: new_email.clone() }).await.expect("taken in");
    let tenant = app.literal(app.own.id.0);
    let letters = lines(&app.db, &format!("SELECT payload AS line FROM outbox WHERE tenant_id = {tenant}"));
    let letter = letters.iter().find(|text| text.contains(&new_email)).expect("a letter");
    let letter: Value = serde_json::from_str(letter).expect("json");
    let first = app
        .db
        .write(|conn| backend::identity::service::links::issue_first_administrator(conn, app.own.id, app.clock.now()))
        .expect("a link");
    vec![
        ("invitation", secret(&invited.link.expect("a link").url)),
        ("password reset", secret(&reset.url)),
        ("e-mail change", secret(letter["path"].as_str().expect("a path"))),
        ("first administrator", secret(&first.url)),
    ]
}

#[tokio::test]
async fn b11_no_token_serves_for_another_purpose() {
    let app = TestApp::start().await;
    app.clock.set(Some(app.clock.now()));
    let world = World::make(&app).await;
    let administrator = app.administrator();
    let guarded = app.guard(app.nobody()).await;
    let open = Open::new(&app, &guarded).await;
    let cursor =
        administrator.list_accounts(&shared::identity::AccountFilter { limit: Some(1), ..Default::default() }).await.expect("page");
    let program = app.program(app.organisation_of(&app.own), ApiScope::ALL);
    let mut kinds = vec![
        ("access token", open.device_access.clone()),
        ("refresh token", open.device_refresh.clone()),
        ("cookie", open.browser_cookie.split_once('=').expect("a value").1.to_owned()),
        ("challenge", open.challenge.clone()),
        ("recovery code", guarded.recovery_codes[0].clone()),
        ("code", guarded.phone.code(app.clock.now())),
        ("cursor", cursor.next_cursor.expect("more")),
        ("program's access token", program.token().await),
        ("program's secret", program.secret.clone()),
    ];
    kinds.extend(links(&app, &administrator).await);
    let (mut asked, mut accepted) = (0, Vec::new());
    for operation in operations() {
        for (kind, token) in kinds.iter().filter(|(kind, _)| !kind.ends_with("access token")) {
            if !operation.visitor {
                asked += 1;
                let answer = status(world.call(&app, &operation, Some(token))).await;
                if answer != 401 {
                    accepted.push(format!("{kind} as bearer of {}: {answer}", operation.id));
                }
            }
        }
        for (kind, token) in &kinds {
            for (own, request) in taking(&app, &operation.id, token) {
                if own.contains(kind) {
                    continue;
                }
                asked += 1;
                let answer = status(request).await;
                if !matches!(answer, 401 | 410 | 422) {
                    accepted.push(format!("{kind} given to {}: {answer}", operation.id));
                }
            }
        }
    }
    assert!(asked > 500, "only {asked} asked");
    assert_eq!(accepted, Vec::<String>::new());
    tests::figure!("B11", "{asked} combinations, 0 accepted");
}

const LINKS: &[&str] = &["invitation", "password reset", "e-mail change", "first administrator"];

/// Calls of a visitor's operation with a token where it takes one, and the kinds that belong there.
fn taking(app: &TestApp, operation: &str, token: &str) -> Vec<(Vec<&'static str>, RequestBuilder)> {
    let give = |path: &str, body: Value| post(app, path).json(&body);
    match operation {
        "refresh" => vec![
            // The cookie is a refresh token, kept elsewhere.
            (vec!["refresh token", "cookie"], give("/api/v1/sessions/refresh", json!({"refresh_token": token}))),
            (vec!["refresh token", "cookie"], give("/api/v1/sessions/refresh", json!({})).header("cookie", format!("polku_rt={token}"))),
        ],
        "finish_sign_in" => {
            vec![(vec!["challenge"], give("/api/v1/sessions/second-step", json!({"challenge_token": token, "code": "000000"})))]
        }
        "inspect_link" => vec![(LINKS.to_vec(), give("/api/v1/links/inspect", json!({"token": token})))],
        "redeem_link" => {
            let body = json!({"token": token, "password": NEW_PASSWORD, "name": "Aino Toinen", "email": "aino.toinen@example.fi"});
            vec![(LINKS.to_vec(), give("/api/v1/links/redeem", body))]
        }
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn b11_an_open_link_does_what_it_is_for_and_nothing_else() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    for (kind, token) in links(&app, &administrator).await {
        let info = app.stranger().inspect_link(&LinkToken { token: token.clone() }).await.expect("open");
        assert_eq!(info.purpose.as_str().replace('_', " "), kind.replace("e-mail", "email"));
        if info.purpose == LinkPurpose::EmailChange {
            let with_password = LinkRedemption { token, password: Some(NEW_PASSWORD.to_owned()), name: None, email: None };
            app.stranger().redeem_link(&with_password).await.expect("changes the address");
            let moved = shared::identity::Credentials {
                email: info.email,
                password: NEW_PASSWORD.to_owned(),
                kind: shared::identity::SessionKind::Device,
            };
            assert!(app.stranger().sign_in(&moved).await.is_err(), "but not the password");
        }
    }
}

#[tokio::test]
async fn asking_for_a_reset_ends_nothing_until_it_is_used() {
    let app = TestApp::start().await;
    let person = app.nobody();
    app.stranger().request_password_reset(&ResetRequest { email: person.account.email.clone() }).await.expect("taken in");
    app.answer_resets();
    assert!(person.get_me().await.is_ok());
    app.stranger().sign_in(&credentials(&person)).await.expect("the password still counts");
}
