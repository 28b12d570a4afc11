//! `keydesk person`: all that is stored about one person, and to erase it.

use std::io::{self, IsTerminal, Write, stderr, stdin};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::json;

use super::ConfigFile;
use super::exit::Failure;
use super::run::close;
use super::said::{AnswerIn, AnswerOption, pretty, say};
use super::startup::{Startup, sentences};
use crate::chat::i18n::Texts;
use crate::chat::person_data::{self, PersonFormat, Written};
use crate::clock::Clock;
use crate::domain::{OrderNumber, PersonId};
use crate::shop::{Erasing, Shop};
use crate::store::{Store, folder_of};

/// What to do with what is stored about a person.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write all that is stored about a person, serial numbers and words included.
    #[command(after_help = "Examples:\n  keydesk person export 101\n  keydesk person export 101 anna.json\n  \
        keydesk person export 101 anna.json --force")]
    Export {
        /// The person's numeric Telegram ID.
        id: i64,
        /// Where to put it: JSON if its name ends in .json, else text; without it, standard output.
        #[arg(value_name = "FILE")]
        to: Option<PathBuf>,
        /// Overwrite a file that is there.
        #[arg(long, requires = "to")]
        force: bool,
        #[command(flatten)]
        answer: AnswerOption,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Erase a person: name, username, words, files, dialogues and messages. Their orders stay in the books without them.
    #[command(
        after_help = "Orders keep their numbers, dates, lines, amounts, invoices and serial numbers, and the account its \
        billing details. What the person did as one of the staff stays in the audit trail. Backups are not changed. Whoever was \
        blocked and writes again is a newcomer.\n\nExamples:\n  keydesk person erase 101\n  keydesk person erase 101 --yes"
    )]
    Erase {
        /// The person's numeric Telegram ID.
        id: i64,
        /// Does not ask.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        answer: AnswerOption,
        #[command(flatten)]
        config: ConfigFile,
    },
}

/// Hands out what is stored about a person, or erases it.
pub async fn person(command: &Command) -> anyhow::Result<()> {
    let (Command::Export { config, .. } | Command::Erase { config, .. }) = command;
    let setting = Startup::read(config).map_err(sentences)?;
    let store = Store::open_beside(setting.database()).await?;
    let outcome = match command {
        Command::Export { id, to, force, answer, .. } => {
            let if_there = if *force { IfThere::Overwrite } else { IfThere::Refuse };
            export(&store, &setting, PersonId(*id), to.as_deref().map(|to| (to, if_there)), answer.form()).await
        }
        Command::Erase { id, yes, answer, .. } => {
            let consent = if *yes { Consent::Given } else { Consent::ToBeAsked };
            erase(&store, &setting, PersonId(*id), consent, answer.form()).await
        }
    };
    close(&store).await;
    outcome
}

/// Whether whoever runs the command has said that they mean it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Consent {
    Given,
    ToBeAsked,
}

/// What becomes of a file that has the name already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IfThere {
    Refuse,
    Overwrite,
}

async fn export(
    store: &Store,
    setting: &Startup,
    person: PersonId,
    to: Option<(&Path, IfThere)>,
    answer: AnswerIn,
) -> anyhow::Result<()> {
    if let Some((to, IfThere::Refuse)) = to
        && to.symlink_metadata().is_ok()
    {
        return Err(in_the_way(to));
    }
    let is_named_json = to.and_then(|(to, _)| to.extension()).is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let format = match answer {
        AnswerIn::Words if !is_named_json => PersonFormat::Text,
        AnswerIn::Words | AnswerIn::Json => PersonFormat::Json,
    };
    let mut file = Vec::new();
    let texts = Texts::new(setting.config.shop.default_language, setting.config.shop.time_zone);
    let Written { tables, rows } = person_data::write(&mut store.read(), person, format, &texts, &mut file).await??;
    if rows == 0 {
        return Err(unknown(person));
    }
    let shop = Shop::new(store.clone(), Clock::system(), setting.config.clone());
    let mut tx = store.begin().await?;
    shop.person_exported(&mut tx, person, None).await?;
    tx.commit().await?;
    let Some((to, if_there)) = to else { return say(&String::from_utf8(file)?) };
    keep(to, if_there, &file)?;
    say(&format!("{}: {rows} rows of {tables} tables\n", to.display()))
}

/// Writes a file of the owner's alone (0600), under a name of its own until it is whole.
fn keep(to: &Path, if_there: IfThere, bytes: &[u8]) -> anyhow::Result<()> {
    let unwritable = |reason: &io::Error| {
        anyhow::anyhow!("{} cannot be written ({reason}); name a file in a folder that you may write to", to.display())
    };
    let folder = folder_of(to);
    let made = tempfile::Builder::new().prefix(".keydesk-").suffix(".part").tempfile_in(folder);
    let mut file = made.map_err(|error| unwritable(&error))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| unwritable(&error))?;
    let kept = match if_there {
        IfThere::Overwrite => file.persist(to),
        IfThere::Refuse => file.persist_noclobber(to),
    };
    match kept {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(in_the_way(to)),
        Err(error) => Err(unwritable(&error.error)),
    }
}

fn in_the_way(to: &Path) -> anyhow::Error {
    Failure::data(format!("{} is there already; name another file, or overwrite it with --force", to.display()))
}

fn unknown(person: PersonId) -> anyhow::Error {
    Failure::data(format!("nothing is stored about {person}; name a person by their numeric Telegram ID"))
}

async fn erase(
    store: &Store,
    setting: &Startup,
    person: PersonId,
    consent: Consent,
    answer: AnswerIn,
) -> anyhow::Result<()> {
    let known = store.read().customer(person).await?.ok_or_else(|| unknown(person))?;
    if consent == Consent::ToBeAsked {
        confirm(person, &known.person.name)?;
    }
    let shop = Shop::new(store.clone(), Clock::system(), setting.config.clone());
    let mut tx = store.begin().await?;
    let (account, orders) = match shop.erase(&mut tx, person, None).await? {
        Erasing::Erased { account, orders } => (account, orders),
        Erasing::Unknown => return Err(unknown(person)),
        Erasing::Admin => {
            return Err(Failure::data(format!(
                "{person} is an admin; dismiss them first, by /staff or in the configuration"
            )));
        }
        Erasing::OpenOrders(numbers) => {
            let numbers = listed(&numbers);
            return Err(Failure::data(format!(
                "{person} has open orders ({numbers}); complete or cancel them first, nothing was changed"
            )));
        }
        Erasing::HasColleagues(count) => {
            return Err(Failure::data(format!(
                "others are in the account of {person} ({count}); let them leave it first, by /settings"
            )));
        }
    };
    tx.commit().await?;
    if answer == AnswerIn::Json {
        return say(&pretty(&json!({ "erased": person.0, "account": account.0, "orders": orders }))?);
    }
    say(&format!("{person} was erased. Orders that stay in the books without them: {orders}, of account {account}.\n"))
}

fn listed(numbers: &[OrderNumber]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Asks in the terminal; what is no terminal cannot agree.
fn confirm(person: PersonId, name: &str) -> anyhow::Result<()> {
    if !stdin().is_terminal() {
        return Err(Failure::data(format!("{person} is {name}; say --yes to erase them, since this is no terminal")));
    }
    write!(stderr(), "This erases {name} ({person}) for good. Type {person} to go on: ")?;
    let mut typed = String::new();
    stdin().read_line(&mut typed)?;
    match typed.trim() == person.to_string() {
        true => Ok(()),
        false => Err(Failure::data("nothing was erased, since something else was typed")),
    }
}
