//! `keydesk init`: from nothing but a token to the first order, with no file edited.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use super::faults::sober;
use crate::support::program::{Ended, Premises, Program, STAFF_CHAT};
use crate::support::setting_up::{begins, boris_orders, empty_premises, moves_health};

fn told(premises: &Premises, ended: &Ended, code: &str) -> String {
    sober(premises, ended).replace(code, "CODE")
}

#[tokio::test]
async fn an_administrator_answers_a_few_questions_and_the_first_order_arrives() {
    let premises = empty_premises().await;
    let token = premises.emulator.token();
    let answers = [token.as_str(), "Гардант", "", "", "", "Лицензия", "", "1500"];
    let init = begins(&premises, &[], &answers);
    let line = init.says("/start@").await;
    let code = line.trim().rsplit(' ').next().unwrap().to_owned();
    premises.emulator.say(201, 201, &format!("/start {code}"));
    init.says("That was in a private chat").await;
    premises.emulator.say(STAFF_CHAT, 201, "/start@keydesk_bot 00000000");
    premises.emulator.say_as_anonymous_admin(STAFF_CHAT, &format!("/start@keydesk_bot {code}"));
    init.says("is anonymous there").await;
    premises.emulator.say(STAFF_CHAT, 201, &format!("/start@keydesk_bot {code}"));
    let ended = init.ends().await;
    assert_eq!(ended.status.code(), Some(0), "{ended:#?}");
    assert_snapshot!(told(&premises, &ended, &code));
    let mode = |name: &str| fs::metadata(premises.file(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!([mode("keydesk.token"), mode("keydesk.toml"), mode("catalog.toml")], [0o600, 0o640, 0o640]);

    moves_health(&premises.file("keydesk.toml"));
    let bot = Program::start(premises.command(&["run"]).env_remove("TELOXIDE_TOKEN"));
    bot.says("serving as").await;
    let health = Program::start(premises.command(&["health"]).env_remove("TELOXIDE_TOKEN")).ends().await;
    assert!(health.stdout.starts_with("keydesk serves: "), "{health:#?}");
    boris_orders(&premises, "key-1").await;
    bot.ends_well().await;
}

#[tokio::test]
async fn a_script_answers_by_options_and_nothing_that_is_there_is_overwritten() {
    let premises = empty_premises().await;
    let staff_chat = STAFF_CHAT.to_string();
    let options = ["--staff-chat", &staff_chat, "--admin", "201", "--name", "A", "--product", "K", "--price", "1"];
    let token = premises.emulator.token();
    let first = begins(&premises, &options, &[&token]).ends().await;
    assert_eq!(first.status.code(), Some(0), "{first:#?}");
    assert!(fs::read_to_string(premises.file("keydesk.toml")).unwrap().contains("admins = [201]"));
    let mut said = Vec::new();
    let again = begins(&premises, &options, &[]).ends().await;
    said.push((again.status.code(), sober(&premises, &again)));
    let forced = begins(&premises, &[&options[..], &["--force", "--currency", "roubles"]].concat(), &[]).ends().await;
    said.push((forced.status.code(), sober(&premises, &forced)));
    fs::remove_file(premises.file("keydesk.token")).unwrap();
    for token in ["a token", "1:refused"] {
        let refused = begins(&premises, &[&options[..], &["--force"]].concat(), &[token]).ends().await;
        said.push((refused.status.code(), sober(&premises, &refused)));
    }
    let silent = begins(&premises, &[&options[..], &["--force"]].concat(), &[]).ends().await;
    said.push((silent.status.code(), sober(&premises, &silent)));
    let named = begins(&premises, &["--staff-chat", &staff_chat, "--admin", "@anna"], &[]).ends().await;
    said.push((named.status.code(), sober(&premises, &named)));
    let said: Vec<String> = said.into_iter().map(|(status, said)| format!("{status:?}\n{said}")).collect();
    assert_snapshot!(said.join("\n"));
}
