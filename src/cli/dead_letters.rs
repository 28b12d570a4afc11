//! `keydesk dead-letters`: messages and presses that the bot could not handle: what they are, and to try them again.

use clap::Subcommand;
use serde::Serialize;

use super::ConfigFile;
use super::exit::Failure;
use super::run::close;
use super::said::{instant, pretty, say};
use super::startup::{Startup, sentences};
use crate::clock::Clock;
use crate::domain::UpdateId;
use crate::store::{DeadLetter, Store, WaitingUpdate};
use crate::telegram::incoming::kind_of;

/// What to do with updates that could not be handled.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List what could not be handled, and what still waits to be tried again.
    #[command(after_help = "Example:\n  keydesk dead-letters list --json | jq length")]
    List {
        /// Writes JSON, for scripts.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Show one of them with the reason.
    #[command(
        after_help = "Examples:\n  keydesk dead-letters show 734911206\n  keydesk dead-letters show 734911206 --raw"
    )]
    Show {
        /// The update's number, from the list.
        id: i64,
        /// All that Telegram sent, as it came: it holds people's words.
        #[arg(long)]
        raw: bool,
        /// Writes JSON, for scripts.
        #[arg(long, conflicts_with = "raw")]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Let the bot try one of them again, or all: at once if it runs, else when it starts.
    #[command(after_help = "Examples:\n  keydesk dead-letters retry 734911206\n  keydesk dead-letters retry --all")]
    Retry {
        /// The update's number, from the list.
        #[arg(required_unless_present = "all")]
        id: Option<i64>,
        /// All of them.
        #[arg(long, conflicts_with = "id")]
        all: bool,
        /// Writes JSON, for scripts.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
}

/// One of them, without anybody's words.
#[derive(Debug, Serialize)]
struct Entry {
    update: i64,
    /// What the bot does about it: `dead` is nothing, `waits` that it tries again by itself.
    state: &'static str,
    since: String,
    person: Option<i64>,
    /// What Telegram calls it, such as `callback_query`.
    kind: String,
    #[serde(skip)]
    error: String,
    #[serde(skip)]
    raw: String,
}

/// Lists them, shows one, or lets the bot try again.
pub async fn dead_letters(command: &Command) -> anyhow::Result<()> {
    let (Command::List { config, .. } | Command::Show { config, .. } | Command::Retry { config, .. }) = command;
    let setting = Startup::read(config).map_err(sentences)?;
    let store = Store::open_beside(setting.database()).await?;
    let outcome = run(&store, command).await;
    close(&store).await;
    outcome
}

async fn run(store: &Store, command: &Command) -> anyhow::Result<()> {
    let text = match command {
        Command::List { json, .. } => {
            let entries = entries(store).await?;
            if *json { pretty(&entries)? } else { table(&entries) }
        }
        Command::Show { id, raw, json, .. } => {
            let entry =
                entries(store).await?.into_iter().find(|entry| entry.update == *id).ok_or_else(|| unknown(*id))?;
            match (raw, json) {
                (true, _) => format!("{}\n", entry.raw),
                (false, true) => pretty(&serde_json::json!({ "letter": entry, "error": entry.error }))?,
                (false, false) => shown(&entry),
            }
        }
        Command::Retry { id, json, .. } => {
            let mut tx = store.begin().await?;
            let count = tx.retry_dead_letters(id.map(UpdateId), Clock::system().now()).await?;
            tx.commit().await?;
            match (id, count) {
                (Some(id), 0) => return Err(unknown(*id)),
                _ if *json => pretty(&serde_json::json!({ "retried": count }))?,
                _ => format!(
                    "To be tried again: {count}. A running bot does it at once, otherwise the next start does.\n"
                ),
            }
        }
    };
    say(&text)
}

fn unknown(id: i64) -> anyhow::Error {
    Failure::data(format!("there is no dead letter {id}; `keydesk dead-letters list` shows those that there are"))
}

/// The oldest first, those that the bot tries again by itself behind the others.
async fn entries(store: &Store) -> anyhow::Result<Vec<Entry>> {
    let mut tx = store.read();
    let (mut dead, waiting) = (tx.dead_letters().await?, tx.waiting_updates().await?);
    dead.reverse();
    Ok(dead.into_iter().map(Entry::from).chain(waiting.into_iter().map(Entry::from)).collect())
}

impl From<DeadLetter> for Entry {
    fn from(letter: DeadLetter) -> Entry {
        let DeadLetter { update, person, raw, error, at } = letter;
        let (since, kind) = (instant(at), kind_of(&raw));
        Entry { update: update.0, state: "dead", since, person: person.map(|person| person.0), kind, error, raw }
    }
}

impl From<WaitingUpdate> for Entry {
    fn from(waiting: WaitingUpdate) -> Entry {
        let WaitingUpdate { update, person, raw, error, since, .. } = waiting;
        let (since, kind) = (instant(since), kind_of(&raw));
        Entry { update: update.0, state: "waits", since, person: person.map(|person| person.0), kind, error, raw }
    }
}

fn table(entries: &[Entry]) -> String {
    if entries.is_empty() {
        return "There are no dead letters.\n".to_owned();
    }
    let row = |update: &str, state: &str, since: &str, person: &str, kind: &str| {
        format!("{update:<12}  {state:<5}  {since:<20}  {person:<12}  {kind}\n")
    };
    let rows = entries
        .iter()
        .map(|entry| row(&entry.update.to_string(), entry.state, &entry.since, &person(entry), &entry.kind));
    row("UPDATE", "STATE", "SINCE", "PERSON", "KIND") + &rows.collect::<String>()
}

fn person(entry: &Entry) -> String {
    entry.person.map_or_else(|| "-".to_owned(), |person| person.to_string())
}

fn shown(entry: &Entry) -> String {
    format!(
        "update  {}\nstate   {}\nsince   {}\nperson  {}\nkind    {}\nerror   {}\n\n\
         All that Telegram sent: keydesk dead-letters show {} --raw\n",
        entry.update,
        entry.state,
        entry.since,
        person(entry),
        entry.kind,
        entry.error,
        entry.update
    )
}
