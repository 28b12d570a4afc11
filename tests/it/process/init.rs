//! `keydesk init`: from nothing but a token to the first order, with no file edited.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use keydesk_emulator::Person;

use super::faults::sober;
use crate::support::program::{Ended, Flood, Premises, Program, STAFF_CHAT, free_port};

/// A folder with nothing in it, and a bot in a group.
pub(super) async fn empty_premises() -> Premises {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    for name in ["keydesk.toml", "catalog.toml"] {
        fs::remove_file(premises.file(name)).unwrap();
    }
    premises
}

/// `keydesk init` with these options, whose questions are answered by these lines; the environment names no token.
pub(super) fn begins(premises: &Premises, options: &[&str], answers: &[&str]) -> Program {
    let mut command = premises.command(&[&["init"], options].concat());
    command.env_remove("TELOXIDE_TOKEN").env("LANG", "ru_RU.UTF-8").env_remove("LC_ALL").env("TZ", "Europe/Moscow");
    let answers: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
    Program::start_told(&mut command, &answers)
}

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

    moves_health(&premises);
    let bot = Program::start(premises.command(&["run"]).env_remove("TELOXIDE_TOKEN"));
    bot.says("serving as").await;
    let health = Program::start(premises.command(&["health"]).env_remove("TELOXIDE_TOKEN")).ends().await;
    assert!(health.stdout.starts_with("keydesk serves: "), "{health:#?}");
    boris_orders(&premises).await;
    bot.ends_well().await;
}

/// Has the bot that `init` set up give its health at a port of this test alone.
pub(super) fn moves_health(premises: &Premises) {
    let config = fs::read_to_string(premises.file("keydesk.toml")).unwrap();
    let (before, rest) = config.split_once("listen = \"127.0.0.1:94").unwrap();
    let (_, after) = rest.split_once('"').unwrap();
    premises.writes("keydesk.toml", &format!("{before}listen = \"127.0.0.1:{}\"{after}", free_port()));
}

/// Boris orders two of the first product, and staff hear of it.
pub(super) async fn boris_orders(premises: &Premises) {
    let (boris, language_code) = (102, Some("ru".to_owned()));
    premises.emulator.add_person(Person { id: boris, language_code, ..Person::default() });
    premises.emulator.say(boris, boris, "/new key-1 2");
    let send = "Отправить заказ";
    premises
        .until("the order can be sent", |world| {
            world.messages(boris).any(|message| message.labels().concat().contains(&send))
        })
        .await;
    let summary = premises.emulator.last_message(boris).unwrap().id;
    premises.emulator.tap(boris, boris, summary, send).unwrap();
    premises
        .until("staff hear of it", |world| world.messages(STAFF_CHAT).any(|alert| !alert.labels().is_empty()))
        .await;
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
