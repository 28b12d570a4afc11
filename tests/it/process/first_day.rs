//! An administrator's first day, command by command: set up, mistakes that `check` names, an order, a backup, the database
//! destroyed, and all of it back. What they read stands in the snapshot.

use std::fs;

use insta::assert_snapshot;
use keydesk::cli::exit::Exit;
use keydesk_emulator::{Sender, World};
use regex::Regex;

use super::faults::sober;
use crate::support::program::{Premises, Program, STAFF_CHAT};
use crate::support::setting_up::{begins, boris_orders, empty_premises, moves_health};

/// What stands on the administrator's screen.
struct Terminal<'a> {
    premises: &'a Premises,
    screen: String,
}

impl Terminal<'_> {
    /// A command that ends by itself. No token is in the environment: it lies where `init` left it.
    async fn types(&mut self, arguments: &[&str], expected: Option<Exit>) {
        let ended = Program::start(self.premises.command(arguments).env_remove("TELOXIDE_TOKEN")).ends().await;
        let status = ended.status.code();
        self.screen += &format!("$ keydesk {}\n{}", arguments.join(" "), sober(self.premises, &ended));
        self.screen += &format!("[{}]\n\n", status.map_or("killed".to_owned(), |status| status.to_string()));
        assert_eq!(status, Some(expected.map_or(0, |exit| exit as i32)), "{}", self.screen);
    }

    /// A mistake in a file, which `check` names until it is mended.
    async fn errs(&mut self, mistake: &str, (file, old, new): (&str, &str, &str), expected: Exit) {
        let sound = fs::read_to_string(self.premises.file(file)).unwrap();
        self.premises.replaces(file, old, new);
        self.screen += &format!("# {mistake}\n");
        self.types(&["check"], Some(expected)).await;
        self.premises.writes(file, &sound);
    }

    /// What is the same every day.
    fn shown(&self) -> String {
        let instants = Regex::new(r"\d{4}-\d\d-\d\dT\d\d[:-]\d\d[:-]\d\d(\.\d+)?Z").unwrap();
        let days = Regex::new(r"\d{4}-\d\d-\d\d \d\d:\d\d").unwrap();
        let ages = Regex::new(r"\(\d+ (seconds?|minutes?) ago\)").unwrap();
        let addresses = Regex::new(r"http://127\.0\.0\.1:\d+").unwrap();
        let shown = [(instants, "INSTANT"), (days, "DAY AND TIME"), (ages, "(JUST NOW)"), (addresses, "ADDRESS")];
        shown
            .into_iter()
            .fold(self.screen.clone(), |screen, (changing, same)| changing.replace_all(&screen, same).into_owned())
    }
}

#[tokio::test]
async fn from_an_empty_folder_to_an_order_that_survives_the_loss_of_the_database() {
    let premises = empty_premises().await;
    let mut terminal = Terminal { premises: &premises, screen: String::new() };
    terminal.screen += "# before there is anything\n";
    terminal.types(&["check"], Some(Exit::Configuration)).await;

    let token = premises.emulator.token();
    let init = begins(&premises, &[], &[&token, "Guardant", "en", "EUR", "", "Licence", "", "15"]);
    let line = init.says("/start@").await;
    let code = line.trim().rsplit(' ').next().unwrap().to_owned();
    premises.emulator.say(STAFF_CHAT, 201, &format!("/start@keydesk_bot {code}"));
    let ended = init.ends().await;
    assert_eq!(ended.status.code(), Some(0), "{ended:#?}");
    terminal.screen += &format!("$ keydesk init\n{}\n", sober(&premises, &ended).replace(&code, "CODE"));

    moves_health(&premises.file("keydesk.toml"));
    let staff_chat = STAFF_CHAT.to_string();
    for (mistake, edit, expected) in [
        ("a group's id without its sign", ("keydesk.toml", staff_chat.as_str(), &staff_chat[1..]), Exit::Configuration),
        ("a key that is misspelt", ("keydesk.toml", "default_language", "defualt_language"), Exit::Configuration),
        ("a price with two commas", ("catalog.toml", "\"15.00\"", "\"1,500,00\""), Exit::Configuration),
        ("a token of another bot", ("keydesk.token", token.as_str(), "42:of-another-bot"), Exit::Configuration),
        (
            "a group that the bot is not in",
            ("keydesk.toml", staff_chat.as_str(), "-1009999999999"),
            Exit::Configuration,
        ),
    ] {
        terminal.errs(mistake, edit, expected).await;
    }
    terminal.screen += "# all mended\n";
    terminal.types(&["check"], None).await;

    let bot = Program::start(premises.command(&["run"]).env_remove("TELOXIDE_TOKEN"));
    bot.says("serving as").await;
    // The message by which `init` found the group waits for the bot as well; whoever is met first gets the first account.
    let answers = |world: &World| world.messages(STAFF_CHAT).any(|message| message.from == Sender::Bot);
    premises.until("the admin is answered", answers).await;
    terminal.screen += "$ keydesk run &\n# Boris orders two licences, and the staff chat hears of it\n\n";
    boris_orders(&premises, "key-1").await;
    premises.writes("keys.txt", "AAAA-0001\nAAAA-0002\nAAAA-0003\n");
    terminal.types(&["serials", "import", "key-1", "keys.txt"], None).await;
    terminal.types(&["orders", "list"], None).await;
    terminal.types(&["backup", "shop.backup"], None).await;
    bot.says("took the backup").await;

    bot.killed().await;
    terminal.screen += "# the machine dies, and the database with it\n";
    premises.writes("keydesk.db", "nothing that SQLite knows");
    let _ = fs::remove_file(premises.file("keydesk.db-wal"));
    terminal.types(&["run"], Some(Exit::Database)).await;
    terminal.types(&["check"], Some(Exit::Database)).await;
    terminal.types(&["restore", "shop.backup"], Some(Exit::Data)).await;
    terminal.types(&["restore", "shop.backup", "--force"], None).await;
    terminal.types(&["doctor"], None).await;
    terminal.types(&["orders", "list"], None).await;
    terminal.types(&["stock"], None).await;
    let bot = Program::start(premises.command(&["run"]).env_remove("TELOXIDE_TOKEN"));
    bot.says("serving as").await;
    bot.ends_well().await;
    assert_snapshot!(terminal.shown());
}
