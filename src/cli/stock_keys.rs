//! `keydesk stock key`, `encrypt`, `rekey` and `decrypt`: the key that serial numbers are encrypted with.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};

use super::ConfigFile;
use super::exit::Failure;
use super::run::close;
use super::said::say;
use super::startup::{Startup, parsed_key, sentences};
use crate::config::read_key;
use crate::store::{Database, KeyFault, OpenError, Rewritten, StockKey, Store};

/// What to do with the key of the stock.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new key, in a file of its own that nobody else can read.
    #[command(
        after_help = "Then name the file in section [stock] of the configuration, and run `keydesk stock encrypt`. Keep a copy of \
        it, apart from the backups of the database: without it nobody can read the serial numbers any more.\n\n\
        Example:\n  keydesk stock key /etc/keydesk/stock.key"
    )]
    Key {
        /// Where to put it; a file that is there is not overwritten.
        #[arg(value_name = "FILE")]
        to: PathBuf,
    },
    /// Encrypt the serial numbers of the database with the key that is configured; no bot may run.
    #[command(
        after_help = "All of them or none. Then the database's own files are cleaned of what stood there. Backups and other \
        copies that were made before keep the serial numbers as they were.\n\nExample:\n  systemctl stop keydesk && keydesk \
        stock encrypt && systemctl start keydesk"
    )]
    Encrypt {
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Encrypt the serial numbers with another key than the one that is configured; no bot may run.
    #[command(
        after_help = "All of them or none. Then put the new key into the configuration. Backups that were made before need the \
        former key.\n\nExample:\n  keydesk stock key new.key && keydesk stock rekey new.key"
    )]
    Rekey {
        /// The file of the new key.
        #[arg(value_name = "NEW_KEY_FILE")]
        to: PathBuf,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Store the serial numbers as they are again; no bot may run. Then take the key out of the configuration.
    #[command(after_help = "Example:\n  keydesk stock decrypt")]
    Decrypt {
        #[command(flatten)]
        config: ConfigFile,
    },
}

/// Makes a key, or writes the serial numbers with one or without.
pub(super) async fn keys(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Key { to } => make_key(to),
        Command::Encrypt { config } => encrypt(&Startup::read(config).map_err(sentences)?).await,
        Command::Rekey { to, config } => rekey(&Startup::read(config).map_err(sentences)?, to).await,
        Command::Decrypt { config } => decrypt(&Startup::read(config).map_err(sentences)?).await,
    }
}

fn make_key(to: &Path) -> anyhow::Result<()> {
    let shown = to.display();
    let key = StockKey::generate().map_err(|_| KeyFault::NoRandomness)?;
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to);
    let mut file = made.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::data(format!(
            "{shown} is there already, and may hold the key that serial numbers are encrypted with; name another file"
        )),
        _ => Failure::data(format!("{shown} cannot be made ({error}); name a file in a folder that you may write to")),
    })?;
    let written = file.write_all(format!("{}\n", *key.reveal()).as_bytes()).and_then(|()| file.sync_all());
    if let Err(error) = written {
        // Half a key is none.
        let _ = fs::remove_file(to);
        return Err(Failure::data(format!(
            "{shown} cannot be written ({error}); make room, and run the command again"
        )));
    }
    say(&format!(
        "{shown} holds a new key: name it as `key_file` in section [stock] of the configuration and run `keydesk stock encrypt`, \
         or, if the serial numbers are encrypted already, run `keydesk stock rekey {shown}` and change `key_file` afterwards; \
         keep a copy of it apart from the backups\n"
    ))
}

async fn encrypt(setting: &Startup) -> anyhow::Result<()> {
    let Some(key) = &setting.key else {
        return Err(Failure::configuration(
            "no key is configured: make one with `keydesk stock key FILE`, and name it as `key_file` in section [stock]",
        ));
    };
    let Database { url, .. } = setting.database();
    match Store::open_alone(url).await {
        Ok(store) => {
            let serials = rewritten(&store, Some(key), "encrypting").await?;
            say(&format!("{serials} serial numbers are encrypted; keep a copy of the key apart from the backups\n"))
        }
        // Perhaps it was cut off before it came to the files.
        Err(OpenError::Key(KeyFault::Missing)) => {
            let store = encrypted(setting).await?;
            let outcome = store.scrub().await;
            close(&store).await;
            outcome?;
            let done = "the serial numbers were encrypted before; the database's files were cleaned\n";
            say(done)
        }
        Err(error) => Err(error.into()),
    }
}

async fn rekey(setting: &Startup, to: &Path) -> anyhow::Result<()> {
    let new =
        read_key(to, "the new key").and_then(|found| parsed_key(&found)).map_err(|fault| sentences(vec![fault]))?;
    if setting.key.as_ref().is_some_and(|key| key.reveal() == new.reveal()) {
        return Err(Failure::data(format!("{} holds the key that is configured; name another one", to.display())));
    }
    let store = encrypted(setting).await?;
    let serials = rewritten(&store, Some(&new), "changing the key").await?;
    say(&format!(
        "{serials} serial numbers are encrypted with the new key: name {} as `key_file` in section [stock], and keep the former \
         key as long as earlier backups\n",
        to.display()
    ))
}

async fn decrypt(setting: &Startup) -> anyhow::Result<()> {
    let store = encrypted(setting).await?;
    let serials = rewritten(&store, None, "decrypting").await?;
    say(&format!(
        "{serials} serial numbers are stored as they are: take `key_file` out of section [stock] of the configuration\n"
    ))
}

/// The database whose serial numbers are encrypted with the key that is configured.
async fn encrypted(setting: &Startup) -> anyhow::Result<Store> {
    if setting.key.is_none() {
        return Err(Failure::configuration(
            "no key is configured; name the one that the serial numbers are encrypted with as `key_file` in section [stock]",
        ));
    }
    Ok(Store::open_alone(setting.database()).await?)
}

async fn rewritten(store: &Store, key: Option<&StockKey>, what: &'static str) -> anyhow::Result<u64> {
    let bar = bar(what);
    let outcome = store
        .rekey(key, |Rewritten { serials, of }| {
            bar.set_length(of);
            bar.set_position(serials);
        })
        .await;
    bar.finish_and_clear();
    close(store).await;
    Ok(outcome?)
}

/// Shows nothing unless standard error is a terminal.
fn bar(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos} of {human_len} serial numbers, {eta} left");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style).with_message(what)
}
