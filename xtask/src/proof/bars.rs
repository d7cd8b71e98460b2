//! The bars that are proved, each with what shows it.

use super::Bar;
use super::Shown::{Browser, Check, Conformance, Tests, TestsAndCheck};
use super::Which::{Both, Postgres, Sqlite};

/// In the order of the table.
pub const BARS: &[Bar] = &[
    Bar {
        id: "A1",
        promise: "every operation answers every role about every id as the table says; foreign and unknown alike",
        shown: Tests(&["matrix::roles", "authorization::"]),
    },
    Bar {
        id: "A2",
        promise: "references to another tenant's or another parent's things are refused and change nothing",
        shown: Tests(&["matrix::references"]),
    },
    Bar { id: "A3", promise: "the schema makes references into another tenant impossible", shown: Tests(&["schema::"]) },
    Bar {
        id: "A5",
        promise: "nothing is written but what an operation names",
        shown: Tests(&["mass_assignment::", "http::unknown_parameters_and_fields"]),
    },
    Bar {
        id: "A8",
        promise: "20 000 random deeds: nobody gives, takes or becomes more than they hold; an administrator stays",
        shown: Check("trust", Both),
    },
    Bar { id: "A9", promise: "lists, searches and names tell nothing of another tenant", shown: Tests(&["matrix::lists"]) },
    Bar { id: "B1", promise: "forged tokens are refused with one answer", shown: Tests(&["jwt::"]) },
    Bar {
        id: "B2",
        promise: "a new signing key under load: nobody refused; the old one ends; in an emergency everyone is out in 5 s",
        shown: TestsAndCheck(&["keys::b2_"], "rotation", Both),
    },
    Bar { id: "B3", promise: "refresh tokens rotate; reuse ends the session", shown: Tests(&["refresh::"]) },
    Bar {
        id: "B4",
        promise: "what is ended is out within a second",
        shown: Tests(&["credentials::b4_", "identity::", "revalidation::a_lost_right", "revalidation::an_ended"]),
    },
    Bar { id: "B5", promise: "known, short and guessable passwords are refused, all others taken", shown: Tests(&["passwords::b5_"]) },
    Bar { id: "B6", promise: "a flood of sign-ins leaves reading alone", shown: Check("overload", Both) },
    Bar {
        id: "B7",
        promise: "addresses are not told apart, by answer or by time",
        shown: Tests(&["enumeration::b7_", "guessing::known_and_unknown"]),
    },
    Bar { id: "B8", promise: "guessing is stopped", shown: Tests(&["guessing::", "second_factor::codes_", "step_up::wrong_proofs"]) },
    Bar {
        id: "B9",
        promise: "a code works once; what weighs asks for a fresh proof; a role may need a second factor",
        shown: Tests(&["second_factor::", "step_up::", "sign_in_policy::"]),
    },
    Bar { id: "B10", promise: "links work once, for their purpose and address, and end in time", shown: Tests(&["links::"]) },
    Bar { id: "B11", promise: "no token serves for another purpose", shown: Tests(&["credentials::b11_"]) },
    Bar {
        id: "B14",
        promise: "sessions end unused, in the end, and by their owner's hand",
        shown: Tests(&["lifetimes::b14_", "keys::b14_"]),
    },
    Bar { id: "C1", promise: "every answer is as the document says, whatever is asked", shown: Conformance },
    Bar {
        id: "C2",
        promise: "each bound holds at its edge and one beyond; what is too large costs little memory",
        shown: Tests(&["limits::each_bound", "limits::the_bounds", "limits::many_that", "slow::", "overload::"]),
    },
    Bar {
        id: "C3",
        promise: "malformed bodies are refused by every operation alike",
        shown: Tests(&["limits::malformed", "limits::other_content"]),
    },
    Bar { id: "C4", promise: "hostile text is only text", shown: Tests(&["hostile::hostile", "hostile::nobody"]) },
    Bar { id: "C5", promise: "what two readers could read differently is refused", shown: Tests(&["smuggling::"]) },
    Bar { id: "C6", promise: "no input brings a parser down", shown: Check("parsers", Sqlite) },
    Bar { id: "C7", promise: "numbers and dates out of range are refused", shown: Tests(&["limits::numbers", "limits::dates"]) },
    Bar { id: "C8", promise: "of a million rows the last page costs no more than twice the first", shown: Check("deep-pages", Both) },
    Bar {
        id: "C9",
        promise: "problems tell nothing of the inside; cursors cannot be made up",
        shown: Tests(&["http::a_problem_names", "limits::", "http::lists_are_walked", "hostile::a_cursor"]),
    },
    Bar { id: "D1", promise: "every answer has exactly its headers, and no page breaks its policy", shown: Tests(&["headers::"]) },
    Bar { id: "D2", promise: "what people write never runs", shown: Browser },
    Bar { id: "D3", promise: "the browser keeps no secret, and nothing after signing out", shown: Browser },
    Bar {
        id: "D4",
        promise: "another site cannot use the cookie; looking changes nothing",
        shown: Tests(&["cross_site::the_cookie", "cross_site::looking", "identity::another_site"]),
    },
    Bar { id: "D5", promise: "no other origin reads an answer", shown: Tests(&["cross_site::no_other_origin"]) },
    Bar { id: "E7", promise: "files for spreadsheets say what the API says and hold no formula", shown: Tests(&["exports::"]) },
    Bar { id: "F5", promise: "nothing hidden follows from what is published", shown: Tests(&["suppression::"]) },
    Bar {
        id: "H1",
        promise: "200 × kill -9: nothing acknowledged is lost, nothing happens twice, back in 2 s",
        shown: Check("kill9", Both),
    },
    Bar {
        id: "H2",
        promise: "100 power cuts that take what was not synced: nothing acknowledged is lost",
        shown: Check("power-cut", Sqlite),
    },
    Bar { id: "H3", promise: "a failing disk: never a yes for what is lost", shown: Check("io-errors", Sqlite) },
    Bar { id: "H4", promise: "a full disk: writes refused, reads go on, well again in 10 s", shown: Check("disk-full", Sqlite) },
    Bar {
        id: "H5",
        promise: "the database killed under load: 503 only, back in 5 s, each write once",
        shown: Check("database-killed", Postgres),
    },
    Bar { id: "H7", promise: "a backup made under load comes back whole", shown: Check("backup-under-load", Both) },
    Bar { id: "H9", promise: "a newer or unknown database is left alone", shown: Tests(&["cli::", "migrations::a_newer", "startup::"]) },
    Bar { id: "I1", promise: "32 clients × 500 changes of one thing under kills: none lost", shown: Check("versions", Both) },
    Bar { id: "I2", promise: "a repeated request happens once", shown: Tests(&["concurrency::idem_"]) },
    Bar { id: "I3", promise: "nothing is changed without saying which version", shown: Tests(&["concurrency::nothing_is_changed"]) },
    Bar { id: "I6", promise: "64 writers for a minute: no locked database, p99 within 500 ms", shown: Check("writers", Sqlite) },
    Bar { id: "I7", promise: "lost races are run again, unseen", shown: Check("writers", Postgres) },
    Bar {
        id: "J1",
        promise: "10 000 open connections: at most 400 MiB, a newcomer within 250 ms",
        shown: Check("open-connections", Sqlite),
    },
    Bar { id: "J2", promise: "slow clients are cut within 35 s, others do not notice", shown: Check("slow-attacks", Sqlite) },
    Bar {
        id: "J3",
        promise: "five times too much: four fifths of the work goes on, the rest is told when to come back",
        shown: Check("overload", Both),
    },
    Bar { id: "J4", promise: "all connections held: 503 within 2 s, well afterwards", shown: Check("pool-held", Both) },
    Bar { id: "J5", promise: "no statement waits for a lock over 2 s", shown: Check("timeouts", Postgres) },
    Bar { id: "J7", promise: "nodes five minutes apart understand each other", shown: Check("clock", Postgres) },
    Bar { id: "SPA", promise: "on slow 4G: first visit in 4.5 s, cached in 1.5 s, next page in 100 ms", shown: Browser },
    Bar { id: "K1", promise: "told to stop: done within 35 s, stalled clients or not", shown: Check("stop", Both) },
    Bar {
        id: "K4",
        promise: "nodes that start at once bring the database up once; what an older program left is there after an upgrade",
        shown: Tests(&["migrations::nodes_that_start", "installation::"]),
    },
    Bar { id: "K5", promise: "no secret and no person reaches the log", shown: Tests(&["events::secrets_and_people"]) },
    Bar {
        id: "K7",
        promise: "a probe tells living from ready, and what lacks",
        shown: Tests(&["figures::each_thing", "figures::a_full_disk"]),
    },
    Bar { id: "K8", promise: "figures on a port of their own, true and of nobody", shown: Tests(&["figures::"]) },
    Bar { id: "L4", promise: "code that gives up costs one answer", shown: Tests(&["events::code_that_gives_up"]) },
    Bar { id: "L6", promise: "reading asks as many queries however many rows there are", shown: Tests(&["queries::"]) },
    Bar { id: "L7", promise: "the document says what is asked and recorded", shown: Tests(&["document::"]) },
];

/// Specs of `tests/browser` by the bar that they show, alone or beside tests.
pub const SPECS: &[(&str, &str)] =
    &[("D1", "policy.spec.mjs"), ("D2", "alone/stored-scripts.spec.mjs"), ("D3", "secrets.spec.mjs"), ("SPA", "speed.spec.mjs")];
