//! `keydesk maintenance` beside a running bot.

use insta::assert_snapshot;

use super::faults::sober;
use crate::support::program::{Flood, Premises};

#[tokio::test]
async fn a_running_bot_follows_at_once_and_scripts_read_the_status() {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    let bot = premises.runs().await;
    let mut told = Vec::new();
    for arguments in [
        &["maintenance", "status"][..],
        &["maintenance", "on", "We are moving", "--until", "soon"],
        &["maintenance", "on", "We are moving"],
        &["maintenance", "status", "--json"],
    ] {
        let ended = premises.starts(arguments).ends().await;
        told.push(format!("$ keydesk {}\n{}", arguments.join(" "), sober(&premises, &ended)));
    }
    premises.emulator.say(102, 102, "/start");
    premises
        .until("a customer reads why", |world| world.messages(102).any(|said| said.text.contains("We are moving")))
        .await;
    let off = premises.starts(&["maintenance", "off", "--json"]).ends().await;
    told.push(sober(&premises, &off));
    premises.emulator.say(102, 102, "/start");
    premises.until("customers are served", |world| world.messages(102).any(|said| !said.labels().is_empty())).await;
    bot.ends_well().await;
    let told = told.join("\n");
    let since = told.split("\"since\": \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert_snapshot!(told.replace(since, "SINCE"));
}
