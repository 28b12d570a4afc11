//! A shop that is set up from nothing by `keydesk init`, up to its first order.

use std::fs;
use std::path::Path;

use keydesk_emulator::Person;

use super::program::{Flood, Premises, Program, STAFF_CHAT, free_port};

/// A folder with nothing in it, and a bot in a group.
pub async fn empty_premises() -> Premises {
    let premises = Premises::on_sqlite(Flood::Unlimited).await;
    for name in ["keydesk.toml", "catalog.toml"] {
        fs::remove_file(premises.file(name)).unwrap();
    }
    premises
}

/// `keydesk init` with these options, whose questions are answered by these lines; the environment names no token.
pub fn begins(premises: &Premises, options: &[&str], answers: &[&str]) -> Program {
    let mut command = premises.command(&[&["init"], options].concat());
    command.env_remove("TELOXIDE_TOKEN").env("LANG", "ru_RU.UTF-8").env_remove("LC_ALL").env("TZ", "Europe/Moscow");
    let answers: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
    Program::start_told(&mut command, &answers)
}

/// Has the bot that `init` set up give its health at a port of this test alone.
pub fn moves_health(config: &Path) {
    let text = fs::read_to_string(config).unwrap();
    let (before, rest) = text.split_once("listen = \"127.0.0.1:94").unwrap();
    let (_, after) = rest.split_once('"').unwrap();
    fs::write(config, format!("{before}listen = \"127.0.0.1:{}\"{after}", free_port())).unwrap();
}

/// Boris orders two of a product, and staff hear of it.
pub async fn boris_orders(premises: &Premises, sku: &str) {
    let (boris, language_code) = (102, Some("ru".to_owned()));
    premises.emulator.add_person(Person { id: boris, language_code, ..Person::default() });
    premises.emulator.say(boris, boris, &format!("/new {sku} 2"));
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
