//! How the program ends: one status for each kind of failure, so that a script can tell them apart.

use std::error::Error;
use std::io;

use crate::bot::BotError;
use crate::chat::ChatError;
use crate::domain::{Fault, FileFault};
use crate::shop::{NoImport, ShopError};
use crate::store::{BackupError, OpenError, RekeyError, StoreError, TransferError};
use crate::telegram::{CallError, Revoked};

/// What every command's help ends with.
pub const STATUSES: &str = "Exit status:
  0    done
  1    it failed for a reason of its own
  2    the command line is wrong
  3    the data are not sound, or a file or a number that was given is refused
  4    the configuration, the catalogue file or the environment is wrong, the token among it
  5    the database cannot be used
  6    the Bot API cannot be reached
  141  nobody reads the output

`keydesk COMMAND --help` has examples.";

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    Done = 0,
    /// For a reason that has no status of its own.
    Failed = 1,
    /// The command line is wrong; clap says so and ends by itself.
    Usage = 2,
    /// What the database holds is not sound, or what was given is refused.
    Data = 3,
    /// The configuration, the catalogue file or the environment is wrong, the token among it.
    Configuration = 4,
    /// The database cannot be opened, or not be used.
    Database = 5,
    /// The Bot API cannot be reached.
    Network = 6,
    /// What a shell says of a program that wrote to a pipe which nobody reads: 128 and SIGPIPE.
    Unread = 141,
}

/// What was found is said already.
#[derive(Debug, thiserror::Error)]
#[error("the data are not sound")]
pub struct Unsound;

/// A failure whose kind only the command knows, in one sentence with the remedy.
#[derive(Debug, thiserror::Error)]
#[error("{sentence}")]
pub struct Failure {
    exit: Exit,
    sentence: String,
}

impl Failure {
    /// What was given, or what is stored, is refused.
    pub fn data(sentence: impl Into<String>) -> anyhow::Error {
        Failure { exit: Exit::Data, sentence: sentence.into() }.into()
    }

    /// What stands in the configuration is wrong.
    pub fn configuration(sentence: impl Into<String>) -> anyhow::Error {
        Failure { exit: Exit::Configuration, sentence: sentence.into() }.into()
    }

    /// Something is wrong of this kind.
    pub fn of(exit: Exit, sentence: impl Into<String>) -> anyhow::Error {
        Failure { exit, sentence: sentence.into() }.into()
    }
}

impl Exit {
    /// How a command ends that failed so.
    pub fn of(error: &anyhow::Error) -> Exit {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            // Only what writes to the output lets the system's errors through bare.
            return Exit::Unread;
        }
        error.chain().find_map(kind).unwrap_or(Exit::Failed)
    }

    /// Whether what there is to say was said already, or nobody is there to read it.
    pub fn is_silent(error: &anyhow::Error) -> bool {
        error.is::<Unsound>() || Exit::of(error) == Exit::Unread
    }
}

fn kind(error: &(dyn Error + 'static)) -> Option<Exit> {
    if let Some(Failure { exit, .. }) = error.downcast_ref() {
        return Some(*exit);
    }
    let is_data = error.is::<Unsound>() || error.is::<FileFault>();
    if let Some(OpenError::Key(_)) = error.downcast_ref() {
        return Some(Exit::Configuration);
    }
    let is_stored = error.is::<OpenError>() || error.is::<StoreError>();
    let is_call = error.is::<CallError>();
    match (is_data, error.is::<Fault>() || error.is::<Revoked>(), is_stored, is_call) {
        (true, ..) => Some(Exit::Data),
        (_, true, ..) => Some(Exit::Configuration),
        (_, _, true, _) => Some(Exit::Database),
        (_, _, _, true) => Some(Exit::Network),
        _ => None,
    }
    .or_else(|| error.downcast_ref().map(of_import))
    .or_else(|| error.downcast_ref().and_then(of_shop))
    .or_else(|| error.downcast_ref().and_then(of_bot))
    .or_else(|| error.downcast_ref().and_then(of_backup))
    .or_else(|| error.downcast_ref().and_then(of_transfer))
    .or_else(|| error.downcast_ref().map(of_rekeying))
}

fn of_rekeying(error: &RekeyError) -> Exit {
    match error {
        RekeyError::Running(_) | RekeyError::NotScrubbed(_) | RekeyError::Store(_) => Exit::Database,
    }
}

fn of_transfer(error: &TransferError) -> Option<Exit> {
    match error {
        TransferError::NotEmpty(_) | TransferError::NoInstant(_) => Some(Exit::Data),
        TransferError::Running(_)
        | TransferError::OtherTables(_)
        | TransferError::Incomplete { .. }
        | TransferError::Store(_) => Some(Exit::Database),
    }
}

fn of_import(error: &NoImport) -> Exit {
    match error {
        NoImport::Faults(_) => Exit::Data,
        NoImport::Store(_) => Exit::Database,
    }
}

fn of_shop(error: &ShopError) -> Option<Exit> {
    match error {
        ShopError::Store(_) => Some(Exit::Database),
        ShopError::NoPrices(_) => Some(Exit::Configuration),
        ShopError::NoRandomness(_) => None,
    }
}

fn of_bot(error: &BotError) -> Option<Exit> {
    match error {
        BotError::NoIdentity(_) => Some(Exit::Network),
        BotError::Revoked(_) => Some(Exit::Configuration),
        BotError::Store(_) => Some(Exit::Database),
        BotError::Chat(ChatError::Shop(error)) => of_shop(error),
        BotError::Chat(ChatError::Overtaken) => None,
    }
}

fn of_backup(error: &BackupError) -> Option<Exit> {
    match error {
        BackupError::Open(OpenError::Key(_)) => Some(Exit::Configuration),
        BackupError::NotCopied(_)
        | BackupError::Running(_)
        | BackupError::OtherRelease
        | BackupError::Open(_)
        | BackupError::Store(_) => Some(Exit::Database),
        BackupError::Exists(_)
        | BackupError::InUse(_)
        | BackupError::Damaged(_)
        | BackupError::NoBackup(_)
        | BackupError::Strange { .. }
        | BackupError::Foreign { .. }
        | BackupError::Useless { .. }
        | BackupError::OnlyPostgres(_)
        | BackupError::Newer { .. }
        | BackupError::YoungerTables(_)
        | BackupError::Live(_)
        | BackupError::FileHasOrders { .. }
        | BackupError::NotLookedAt { .. }
        | BackupError::ServerHasOrders(_)
        | BackupError::NoFile(_)
        | BackupError::Unreadable { .. } => Some(Exit::Data),
        BackupError::Transfer(error) => of_transfer(error),
        BackupError::Unwritable { .. }
        | BackupError::NoRoom { .. }
        | BackupError::Folder { .. }
        | BackupError::NoTool(_)
        | BackupError::ToolFailed { .. }
        | BackupError::NotDumped(_) => None,
    }
}
