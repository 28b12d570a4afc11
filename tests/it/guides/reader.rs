//! Somebody who follows a guide, command by command, and does between them what its sentences say.

use std::fs;
use std::path::PathBuf;

use chrono::Utc;
use clap::Parser;
use clap::error::ErrorKind;
use keydesk::cli::{Arguments, exit::Exit};
use keydesk::domain::{PersonId, UpdateId};
use keydesk::store::{DeadLetter, Store};
use keydesk_emulator::Person;

use super::elsewhere::is_elsewhere;
use super::pages::{Call, Command};
use crate::store::commit;
use crate::support::postgres::Database;
use crate::support::program::{Ended, Premises, Program, STAFF_CHAT, free_port};
use crate::support::setting_up::{begins, boris_orders, empty_premises, moves_health};

/// The customer, the order and the update that the guides speak of.
const ANNA: i64 = 101;
const ORDER: &str = "449";
const UPDATE: i64 = 734_911_206;
/// Whoever answers `init`'s questions and chooses the group.
const ADMIN: i64 = 201;
/// Where the unit runs the bot.
const SERVICE: &str = "/var/lib/keydesk";
const SECTION_OF_KEY: &str = "\n[stock]\n";

/// A reader at a terminal, and what they have by now.
pub struct Reader {
    premises: Premises,
    /// The folder in which they type.
    folder: PathBuf,
    /// What they have exported.
    variables: Vec<(String, String)>,
    /// Where `init` put the configuration.
    config: Option<PathBuf>,
    /// The product that the guide imports serial numbers of.
    sku: String,
    bot: Option<Program>,
    has_orders: bool,
    /// The key that was made last, as the configuration calls it.
    key: String,
    /// How many updates could not be handled beside the one that the guides speak of.
    lost: i64,
    servers: Vec<Database>,
    typed: Vec<Vec<String>>,
}

impl Reader {
    /// Somebody who is going to follow these commands.
    pub async fn of(commands: &[Command]) -> Reader {
        let premises = empty_premises().await;
        let calls = commands.iter().filter_map(Command::call).map(|call| call.arguments);
        let imports = calls.filter(|words| words.starts_with(&["serials".to_owned(), "import".to_owned()]));
        let mut skus = imports.filter_map(|words| words.into_iter().nth(2));
        let sku = skus.rfind(|sku| sku != "SKU").unwrap_or("key-1".to_owned());
        Reader {
            folder: premises.file(""),
            premises,
            variables: Vec::new(),
            config: None,
            sku,
            bot: None,
            has_orders: false,
            key: String::new(),
            lost: 0,
            servers: Vec::new(),
            typed: Vec::new(),
        }
    }

    /// Does what a guide says, unless that is done elsewhere.
    pub async fn follows(&mut self, command: &Command) {
        if is_elsewhere(command.words()).is_some() {
            return;
        }
        let words: Vec<&str> = command.words().iter().map(String::as_str).collect();
        match words[..] {
            ["export", assignment] => self.exports(assignment),
            ["cd", folder] => self.goes_to(folder),
            ["systemctl", "stop", ..] => self.stops().await,
            ["systemctl", "start" | "restart" | "enable", ..] => {
                self.goes_to(SERVICE);
                self.serves().await;
            }
            _ => match command.call() {
                Some(call) => self.calls(command, call).await,
                None => panic!("«{}» is neither run nor named in ELSEWHERE with a reason", words.join(" ")),
            },
        }
    }

    fn exports(&mut self, assignment: &str) {
        let (name, value) = assignment.split_once('=').unwrap();
        // The guide's token is nobody's.
        let value = if name == "TELOXIDE_TOKEN" { self.premises.emulator.token() } else { value.to_owned() };
        self.variables.push((name.to_owned(), value));
    }

    fn goes_to(&mut self, folder: &str) {
        self.folder = PathBuf::from(self.here(folder));
        fs::create_dir_all(&self.folder).unwrap();
    }

    /// A path of the system, within the reader's folder.
    fn here(&self, word: &str) -> String {
        match word.strip_prefix('/') {
            Some(path) => self.premises.file(path).display().to_string(),
            None => word.to_owned(),
        }
    }

    async fn calls(&mut self, command: &Command, mut call: Call) {
        let is_named = matches!(command, Command::Named(_));
        for at in 0..call.arguments.len() {
            call.arguments[at] = self.meant(&call.arguments, at).await;
        }
        for (_, value) in &mut call.variables {
            *value = self.here(value);
        }
        let arguments = call.arguments.clone();
        if is_named && (lacks_something(&arguments) || self.typed.contains(&arguments)) {
            return;
        }
        self.typed.push(arguments.clone());
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        self.prepares(&words).await;
        if is_named {
            // A sentence does not say where the configuration is.
            call.arguments.extend(self.option_of_config());
        }
        match words[..] {
            ["demo", ..] => self.plays(&words).await,
            ["init"] | ["init", "--config", _] => self.sets_up(&words[1..]).await,
            ["run", ..] => self.runs(&call).await,
            ["restore", ..] if self.would_overwrite(&words) => {
                let refused = self.types(&call).await;
                assert!(refused.stderr.contains("--force"), "{refused:#?}");
                assert_eq!(refused.status.code(), Some(Exit::Data as i32), "{refused:#?}");
                call.arguments.push("--force".to_owned());
                self.succeeds(&call).await;
            }
            // What is no terminal is not asked.
            ["person", "erase", _] => {
                call.arguments.push("--yes".to_owned());
                self.succeeds(&call).await;
            }
            _ => {
                let said = self.succeeds(&call).await;
                if let Command::Whole { answer: Some(answer), .. } = command {
                    assert!(said.starts_with(answer), "{answer}: {said}");
                }
            }
        }
        self.completes(&words);
    }

    /// What a reader writes in the place of a word.
    async fn meant(&mut self, arguments: &[String], at: usize) -> String {
        let file = match (arguments[0].as_str(), arguments.get(1).map_or("", String::as_str)) {
            ("catalog", _) => "catalog.toml",
            ("orders", _) => "orders.csv",
            ("person", _) => "anna.json",
            ("serials", _) => "serials.csv",
            ("stock", "key") => "first.key",
            ("stock", _) => "second.key",
            _ => "named.backup",
        };
        match arguments[at].as_str() {
            "FILE" => file.to_owned(),
            "FOLDER" => "pages".to_owned(),
            "ID" => ANNA.to_string(),
            "N" => ORDER.to_owned(),
            // What was tried again is none any more.
            "NUMBER" => {
                self.lost += 1;
                (UPDATE + self.lost).to_string()
            }
            "SKU" => self.sku.clone(),
            "TEXT" => "A pause.".to_owned(),
            // Whatever the address, the database there is the reader's own, and empty.
            word if word == "URL" || word.starts_with("postgres://") => {
                let server = Database::create().await;
                let url = server.url.clone();
                self.servers.push(server);
                url
            }
            word => self.here(word),
        }
    }

    /// What has to be so before a command, as its guide says.
    async fn prepares(&mut self, words: &[&str]) {
        if self.config.is_none() && !matches!(words[0], "demo" | "init") {
            self.sets_up(&[]).await;
            self.typed.push(vec!["init".to_owned()]);
        }
        if !self.has_orders && !matches!(words[0], "demo" | "init" | "check" | "run") {
            self.serves().await;
        }
        match *words {
            ["restore", ..] | ["db", "copy", ..] | ["stock", "encrypt" | "rekey" | "decrypt", ..] => self.stops().await,
            ["health", ..] if self.bot.is_none() => self.serves().await,
            ["serials", "import", _, file, ..] => {
                let file = self.folder.join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, "AAAA-0001\nAAAA-0002\nAAAA-0003\n").unwrap();
            }
            ["dead-letters", _, number] => self.loses(number.parse().unwrap_or(UPDATE)).await,
            ["dead-letters", ..] => self.loses(UPDATE).await,
            _ => {}
        }
        match *words {
            ["stock", "encrypt", ..] => {
                if self.key.is_empty() {
                    self.makes_key("stock.key").await;
                    self.key = "stock.key".to_owned();
                }
                self.names_key();
            }
            ["stock", "rekey", file, ..] if !self.folder.join(file).exists() => self.makes_key(file).await,
            _ => {}
        }
    }

    /// What a guide says to do after a command.
    fn completes(&mut self, words: &[&str]) {
        match *words {
            ["stock", "key", file, ..] => self.key = name_of(file),
            ["stock", "rekey", file, ..] => {
                self.key = name_of(file);
                self.names_key();
            }
            ["stock", "decrypt", ..] => self.writes_config(|config| config.to_owned()),
            _ => {}
        }
    }

    async fn makes_key(&self, file: &str) {
        let arguments = ["stock", "key", file].map(str::to_owned).to_vec();
        self.succeeds(&Call { variables: Vec::new(), arguments }).await;
    }

    fn names_key(&self) {
        let section = format!("{SECTION_OF_KEY}key_file = \"{}\"\n", self.key);
        self.writes_config(|config| format!("{config}{section}"));
    }

    /// Changes the configuration, from which the key is taken out first.
    fn writes_config(&self, change: impl FnOnce(&str) -> String) {
        let path = self.config.as_ref().unwrap();
        let config = fs::read_to_string(path).unwrap();
        let without = config.split(SECTION_OF_KEY).next().unwrap();
        fs::write(path, change(without)).unwrap();
    }

    /// A fault of the program, which nobody can provoke: it is in the database at once.
    async fn loses(&self, update: i64) {
        let database = format!("sqlite://{}", self.folder.join("keydesk.db").display());
        let store = Store::open_beside(&database).await.unwrap();
        let raw = format!("{{\"update_id\":{update}}}");
        let (update, person) = (UpdateId(update), Some(PersonId(ANNA)));
        // Newer than what the running bot prunes.
        let letter = DeadLetter { update, person, raw, error: "out of paper".to_owned(), at: Utc::now() };
        commit!(store, |tx| tx.dead_letter(&letter));
        store.close().await;
    }

    async fn plays(&self, words: &[&str]) {
        let port = free_port().to_string();
        let demo = self.premises.starts(&[words, &["--port", &port]].concat());
        demo.says("The demo is at").await;
        demo.ends_well().await;
    }

    /// Answers the questions, and chooses the group.
    async fn sets_up(&mut self, options: &[&str]) {
        let config = options.last().map_or(self.folder.join("keydesk.toml"), PathBuf::from);
        fs::create_dir_all(config.parent().unwrap()).unwrap();
        let token = self.premises.emulator.token();
        let answers = [&token, "Guardant", "en", "EUR", "", "Licence", &self.sku, "15"];
        let init = begins(&self.premises, options, &answers);
        let line = init.says("/start@").await;
        let code = line.trim().rsplit(' ').next().unwrap();
        self.premises.emulator.say(STAFF_CHAT, ADMIN, &format!("/start@keydesk_bot {code}"));
        let ended = init.ends().await;
        assert_eq!(ended.status.code(), Some(0), "{ended:#?}");
        moves_health(&config);
        self.config = Some(config);
        self.writes_config(|config| config.replace("[shop]\n", &format!("[shop]\nfirst_order_number = {ORDER}\n")));
    }

    async fn stops(&mut self) {
        if let Some(bot) = self.bot.take() {
            bot.ends_well().await;
        }
    }

    /// Has the bot run; to one whose configuration lies elsewhere, systemd hands the token.
    async fn serves(&mut self) {
        let elsewhere = self.config_elsewhere().map(|config| config.with_file_name("keydesk.token"));
        let token = elsewhere.map(|token| ("TELOXIDE_TOKEN_FILE".to_owned(), token.display().to_string()));
        let variables = token.into_iter().collect();
        let arguments = ["run".to_owned()].into_iter().chain(self.option_of_config()).collect();
        self.runs(&Call { variables, arguments }).await;
    }

    /// Starts the bot, which a bot of the same folder makes room for; its first customers come at once.
    async fn runs(&mut self, call: &Call) {
        self.stops().await;
        let bot = Program::start(&mut self.command(call));
        bot.says("serving as").await;
        if !self.has_orders {
            let anna = Person { id: ANNA, first_name: "Anna".to_owned(), ..Person::default() };
            self.premises.emulator.add_person(anna);
            self.premises.emulator.say(ANNA, ANNA, "/start");
            boris_orders(&self.premises, &self.sku).await;
            bot.says("took the backup").await;
            self.has_orders = true;
        }
        self.bot = Some(bot);
    }

    /// Whether a restoration finds orders where it is to go, and was not told that this is meant.
    fn would_overwrite(&self, words: &[&str]) -> bool {
        let is_elsewhere = self.variables.iter().any(|(name, _)| name == "DATABASE_URL");
        !words.contains(&"--force") && !is_elsewhere
    }

    /// The configuration, where it has to be named.
    fn config_elsewhere(&self) -> Option<&PathBuf> {
        self.config.as_ref().filter(|config| **config != self.folder.join("keydesk.toml"))
    }

    fn option_of_config(&self) -> Vec<String> {
        let option = self.config_elsewhere().map(|config| ["--config".to_owned(), config.display().to_string()]);
        option.into_iter().flatten().collect()
    }

    fn command(&self, call: &Call) -> std::process::Command {
        let arguments: Vec<&str> = call.arguments.iter().map(String::as_str).collect();
        let mut command = self.premises.command(&arguments);
        command.current_dir(&self.folder).env_remove("TELOXIDE_TOKEN").env_remove("DATABASE_URL");
        command.envs(self.variables.iter().cloned());
        command.envs(call.variables.iter().cloned());
        command
    }

    async fn types(&self, call: &Call) -> Ended {
        Program::start(&mut self.command(call)).ends().await
    }

    /// Types what has to succeed; gives the answer.
    async fn succeeds(&self, call: &Call) -> String {
        let ended = self.types(call).await;
        assert_eq!(ended.status.code(), Some(0), "keydesk {}: {ended:#?}", call.arguments.join(" "));
        ended.stdout
    }
}

/// Whether it is the name of a command rather than one.
fn lacks_something(arguments: &[String]) -> bool {
    let parsed = Arguments::try_parse_from([&["keydesk".to_owned()], arguments].concat());
    parsed.is_err_and(|error| error.kind() != ErrorKind::DisplayHelp)
}

fn name_of(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}
