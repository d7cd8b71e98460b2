//! L6: reading asks as many queries of a full database as of one with little in it.

use backend::db::{Address, Conn};
use backend::identity::service::units;
use backend::projects::service::{adoptions, measurements, projects, trials};
use backend::training::service::groups;
use reqwest::Method;
use shared::identity::{NewUnit, Unit};
use shared::projects::Sample;
use shared::training::NewGroup;
use shared::{Lang, TrialId};
use std::collections::BTreeMap;
use tests::operations::{World, new_day, new_project, operations};
use tests::raw::send;
use tests::training::answers;
use tests::trials::{new_adoption, new_measurement, new_trial};
use tests::{Person, TestApp, figure, queries};

/// How often each is asked. The fewest count: now and then the use of a session is noted beside it.
const TIMES: usize = 4;

fn address(app: &TestApp) -> String {
    match app.db.address() {
        Address::Sqlite(path) => path.to_string_lossy().into_owned(),
        Address::Postgres(url) => url.clone(),
    }
}

/// Each address that is read, with the queries that it takes.
async fn count(app: &TestApp, person: &Person, paths: &[String]) -> BTreeMap<String, u64> {
    let address = address(app);
    let mut found = BTreeMap::new();
    for path in paths {
        let mut fewest = u64::MAX;
        for _ in 0..TIMES {
            let before = queries::asked(&address);
            let response = send(app.get_as(person, path)).await;
            assert_eq!(response.status(), 200, "{path}: {}", response.text().await.unwrap_or_default());
            fewest = fewest.min(queries::asked(&address) - before);
        }
        found.insert(path.clone(), fewest);
    }
    found
}

/// Much more of all that is read: beside the world, and in its edition.
async fn fill(app: &TestApp, world: &World, person: &Person) {
    for _ in 0..4 {
        World::make(app).await;
        app.sign_in(&app.own, person.account.clone());
    }
    let system = app.system();
    for number in 10..14 {
        app.close(app.open(app.edition(world.programme, number)).id);
        let group = NewGroup { name: format!("Ryhmä {number}"), lang: Lang::Sv };
        let group = app.db.write(|conn| groups::create(conn, &system, world.edition, &group)).expect("a group").id;
        let project = new_project(group, world.unit, person.id());
        app.db.write(|conn| projects::create(conn, &system, &project)).expect("a project");
        app.db.write(|conn| backend::training::service::days::create(conn, &system, world.edition, &new_day())).expect("a day");
    }
    for name in ["Huhtasuo", "Kuokkala", "Palokka"] {
        let unit = app.db.read(|conn| units::get(conn, &system, world.unit)).expect("a unit");
        let Unit { organisation_id, sector, municipality, .. } = unit;
        let unit = NewUnit { organisation_id, parent_id: None, name: name.to_owned(), sector, municipality };
        let more = |conn: &mut Conn| {
            let unit = units::create(conn, &system, &unit)?.id;
            adoptions::create(conn, &system, world.project, &new_adoption(unit))?;
            let trial = trials::create(conn, &system, world.project, &new_trial())?.id;
            let measured = new_measurement(Sample::of_proportion(3, 9), Sample::of_proportion(4, 9));
            measurements::create(conn, &system, trial, &measured)?;
            measurements::create(conn, &system, TrialId(world.trial), &measured)
        };
        app.db.write(more).expect("a trial and an adoption");
    }
    let programme = person.get_programme(world.programme).await.expect("a programme");
    for _ in 0..12 {
        let participant = app.nobody();
        app.enrol(world.edition, participant.id());
        participant.save_self_assessment(world.edition, 0, &answers(&programme, &[2, 3])).await.expect("saved");
    }
}

#[tokio::test]
async fn what_is_read_asks_as_many_queries_however_much_there_is() {
    queries::count();
    let app = TestApp::start_alone().await;
    let world = World::make(&app).await;
    let person = app.administrator();
    app.enrol(world.edition, person.id());
    let closed = app.close(app.open(app.edition(world.programme, 3)).id).id;
    let read = operations().into_iter().filter(|operation| operation.method == Method::GET && operation.id != "get_edition_results");
    let mut paths: Vec<String> = read.map(|operation| world.path(&operation)).collect();
    paths.push(format!("/api/v1/editions/{closed}/results"));
    let little = count(&app, &person, &paths).await;
    fill(&app, &world, &person).await;
    let much = count(&app, &person, &paths).await;
    let grown: Vec<String> = much
        .iter()
        .filter(|(path, asked)| **asked > little[*path])
        .map(|(path, asked)| format!("{path}: {} → {asked}", little[path]))
        .collect();
    figure!("L6", "{} addresses, {} queries at most, as many with much as with little", paths.len(), much.values().max().expect("some"));
    assert!(grown.is_empty(), "more queries with more rows: {grown:#?}");
    assert!(little.values().any(|asked| *asked > 1), "nothing was counted: {little:?}");
}
