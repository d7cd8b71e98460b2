//! B5: which passwords are taken.

use backend::identity::service::passwords::{refuse_length, refuse_weak};
use shared::identity::{LinkRedemption, NewOrganisation, NewUnit, OrganisationKind, PasswordChange, Sector};
use shared::problem::ProblemCode;
use std::process::Command;
use tests::{PASSWORD, Person, TestApp};

fn is_taken(password: &str, words: &[String], has_factor: bool) -> bool {
    refuse_length(password, has_factor, "/password").is_ok() && refuse_weak(password, words, "/password").is_ok()
}

#[test]
fn b5_the_table_of_lengths_and_letters() {
    let table: &[(&str, bool, bool)] = &[
        // Alone; beside a second factor.
        ("kuiva saapas", false, true),
        ("kuiva saapa", false, false),
        ("kuiva saapas 1", false, true),
        ("kuiva saapas 12", true, true),
        ("viisi kuivaa heinäseivästä", true, true),
        ("πέντε ξηρά δεμάτια", true, true),
        ("五根干草杆子在田野里站着等风来", true, true),
        ("🌾🥾🌧️🐄🚜🌻🦆🪵🪣🧤🧢🪶🍂🌲🪨", true, true),
        ("kuiva\tsaapas ja märkä", true, true),
        ("      kuiva    saapas     ", true, true),
        ("ONLYCAPITALSFROGMARMALADE", true, true),
        ("83920175648302917465", true, true),
    ];
    for (password, alone, beside) in table {
        assert_eq!(is_taken(password, &[], false), *alone, "alone: {password}");
        assert_eq!(is_taken(password, &[], true), *beside, "beside a second factor: {password}");
    }
    let longest = "ä9".repeat(4) + &"x kuiva saapas ".repeat(8);
    assert_eq!(longest.chars().count(), 128);
    assert!(refuse_length(&longest, false, "/password").is_ok());
    assert!(refuse_length(&format!("{longest}x"), false, "/password").is_err());
}

/// The passwords that the estimator knows: its own source is the list.
fn known() -> Vec<String> {
    let arguments = ["metadata", "--format-version", "1", "--offline"];
    let output = Command::new("cargo").args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let manifest = packages.iter().find(|one| one["name"] == "zxcvbn").expect("the estimator")["manifest_path"].as_str().expect("a path");
    let source = std::path::Path::new(manifest).with_file_name("src").join("frequency_lists.rs");
    let text = std::fs::read_to_string(source).expect("its lists");
    let list = text.split("const PASSWORDS: &str = \"").nth(1).and_then(|rest| rest.split("\";").next()).expect("the passwords");
    list.split(',').map(str::to_owned).collect()
}

#[test]
fn b5_of_ten_thousand_known_passwords_none_is_taken() {
    let known = known();
    assert!(known.len() >= 30_000, "the list holds {}", known.len());
    let (mut tried, mut taken) = (0, Vec::new());
    for word in known.iter().take(10_000) {
        // As it stands; said over and over until it is long enough; and every second letter capital.
        let again = word.repeat(15usize.div_ceil(word.chars().count()));
        let mixed: String = again.chars().enumerate().map(|(n, c)| if n % 2 == 0 { c.to_ascii_uppercase() } else { c }).collect();
        for form in [word.clone(), again, mixed] {
            tried += 1;
            if is_taken(&form, &[], false) {
                taken.push(form);
            }
        }
    }
    assert_eq!(taken, Vec::<String>::new(), "of {tried}");
    tests::figure!("B5", "{tried} forms of 10 000 known passwords, 0 taken");
}

#[test]
fn b5_long_ones_of_the_list_are_refused_as_they_stand() {
    let long: Vec<String> = known().into_iter().filter(|word| word.chars().count() >= 15).collect();
    assert!(long.len() >= 20, "{}", long.len());
    let taken: Vec<&String> = long.iter().filter(|word| is_taken(word, &[], false)).collect();
    assert!(taken.is_empty(), "{taken:?}");
}

fn change(new: &str) -> PasswordChange {
    PasswordChange { current_password: PASSWORD.to_owned(), new_password: new.to_owned() }
}

async fn fault(person: &Person, new: &str) -> String {
    match person.change_password(&change(new)).await {
        Err(shared::client::CallError::Problem(problem)) if problem.code == ProblemCode::Invalid => {
            assert_eq!(problem.errors[0].pointer, "/new_password");
            let fault = &problem.errors[0];
            format!("{} {}", fault.code, fault.bound.as_deref().unwrap_or_default()).trim().to_owned()
        }
        other => panic!("{new}: {other:?}"),
    }
}

#[tokio::test]
async fn b5_names_round_the_person_are_refused() {
    let app = TestApp::start().await;
    let administrator = app.administrator();
    let organisation = NewOrganisation { name: "Kivijärven kunta".to_owned(), kind: OrganisationKind::Municipality };
    let organisation = administrator.create_organisation(&organisation).await.expect("made").id;
    let unit = NewUnit {
        organisation_id: organisation,
        parent_id: None,
        name: "Rantapolun neuvola".to_owned(),
        sector: Sector::Health,
        municipality: "Äänekoski".to_owned(),
    };
    let unit = administrator.create_unit(&unit).await.expect("made").id;
    let person = app.person_of(&app.own, &[], Some(unit));
    let name = person.account.name.clone();
    for made_of in [
        format!("{name} {name} {name}"),
        person.account.email.clone(),
        "Kivijärven kunta 2026".to_owned(),
        "rantapolun neuvola".to_owned(),
        "äänekoski äänekoski".to_owned(),
        "polku polku polku 1".to_owned(),
        "terveysasema 2026".to_owned(),
    ] {
        assert_eq!(fault(&person, &made_of).await, "context_word", "{made_of}");
    }
    person.change_password(&change("kolme märkää kumisaapasta")).await.expect("taken");
}

#[tokio::test]
async fn b5_twelve_characters_are_enough_beside_a_second_factor_only() {
    let app = TestApp::start().await;
    let person = app.nobody();
    assert_eq!(fault(&person, "kuiva saapas").await, "too_short 15");
    assert_eq!(fault(&person, &"kuiva saapas".repeat(11)).await, "too_long 128");
    let invited = app.account_of(&app.own, &[], None);
    let url = app.administrator().make_account_link(invited.id).await.expect("a link").url;
    let token = url.split_once('#').expect("a secret").1.to_owned();
    let short = LinkRedemption { token, password: Some("kuiva saapas".to_owned()), name: None, email: None };
    assert_eq!(app.stranger().redeem_link(&short).await.expect_err("too short").code(), Some(ProblemCode::Invalid));

    let guarded = app.guard(person).await;
    assert_eq!(fault(&guarded.person, "kuiva saapa").await, "too_short 12");
    guarded.person.change_password(&change("kuiva saapas")).await.expect("taken");
    let long = PasswordChange { current_password: "kuiva saapas".to_owned(), new_password: "kolme märkää kumisaapasta".to_owned() };
    guarded.person.change_password(&long).await.expect("taken");
    guarded.person.turn_off_second_factor().await.expect("a long one stands alone");
}
