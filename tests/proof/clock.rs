//! J7: two nodes on one database, one of them five minutes off. Needs faketime and PostgreSQL.

use reqwest::Client;
use serde_json::{Value, json};
use tests::figure;
use tests::ledger::Writer;
use tests::scratch::Scratch;

pub async fn skewed() {
    let scratch = Scratch::new();
    let (writer, right) = Writer::new(&scratch).await;
    let http = Client::new();
    let mut words = Vec::new();
    let mut reached = true;
    for shift in ["+300", "-300"] {
        let wrong = scratch.serve_under(&["faketime", "-f", shift]).await.expect("the other node starts");
        let credentials = json!({"email": "paa@example.fi", "password": writer.password(), "kind": "device"});
        let signed_in: Value = http
            .post(format!("{}/api/v1/sessions", wrong.origin))
            .json(&credentials)
            .send()
            .await
            .expect("an answer")
            .json()
            .await
            .expect("JSON");
        let theirs = signed_in["access_token"].as_str().expect("a token");
        let ask = |origin: &str, token: &str| http.get(format!("{origin}/api/v1/me")).bearer_auth(token.to_owned()).send();
        let here = ask(&right.origin, theirs).await.expect("an answer").status().as_u16();
        let there = ask(&wrong.origin, writer.token()).await.expect("an answer").status().as_u16();
        reached &= here == 200 && there == 200;
        words.push(format!("node {shift} s: its token here {here}, ours there {there}"));
    }
    let words = words.join("; ");
    if reached { figure!("J7", "{words}") } else { crate::missed!("J7", "{words}") }
}
