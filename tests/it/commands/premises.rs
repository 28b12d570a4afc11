//! A folder with everything that a command needs.

use std::{fs, path::PathBuf, process::Command};

use keydesk::store::Store;
use tempfile::TempDir;

use crate::support::postgres::Database;

/// Where commands are run; it goes away with the value.
pub struct Premises {
    folder: TempDir,
    database_url: String,
    _database: Option<Database>,
}

/// What a command came to.
#[derive(Debug)]
pub struct Outcome {
    pub succeeded: bool,
    /// None when a signal ended it.
    pub status: Option<i32>,
    pub said: String,
    pub complained: String,
}

impl Premises {
    pub fn on_sqlite() -> Premises {
        let folder = TempDir::new().unwrap();
        let database_url = format!("sqlite://{}", folder.path().join("keydesk.db").display());
        Premises::furnished(folder, database_url, None)
    }

    pub async fn on_postgres() -> Premises {
        let database = Database::create().await;
        Premises::furnished(TempDir::new().unwrap(), database.url.clone(), Some(database))
    }

    fn furnished(folder: TempDir, database_url: String, database: Option<Database>) -> Premises {
        let premises = Premises { folder, database_url, _database: database };
        premises.write("keydesk.toml", include_str!("../../../keydesk.example.toml"));
        premises.write("catalog.toml", include_str!("../../../catalog.example.toml"));
        premises
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.folder.path().join(name), content).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The names in the folder that begin so.
    pub fn names(&self, beginning: &str) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| name.starts_with(beginning));
        names.sort();
        names
    }

    /// `keydesk` with these arguments, in the folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keydesk"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().env("DATABASE_URL", &self.database_url);
        command
    }

    /// Runs `keydesk` with these arguments.
    pub fn keydesk(&self, arguments: &[&str]) -> Outcome {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Outcome {
            succeeded: output.status.success(),
            status: output.status.code(),
            said: text(output.stdout),
            complained: text(output.stderr),
        }
    }

    /// What a successful command says.
    #[track_caller]
    pub fn says(&self, arguments: &[&str]) -> String {
        let outcome = self.keydesk(arguments);
        assert!(outcome.succeeded && outcome.complained.is_empty(), "{outcome:?}");
        outcome.said
    }

    /// What a command that is refused complains of.
    #[track_caller]
    pub fn refusal(&self, arguments: &[&str]) -> String {
        let outcome = self.keydesk(arguments);
        assert!(!outcome.succeeded && outcome.said.is_empty(), "{outcome:?}");
        outcome.complained
    }

    pub fn database_url(&self) -> &str {
        &self.database_url
    }

    /// Makes the database, as the bot's first start does.
    pub async fn started(self) -> Premises {
        self.bot_store().await.close().await;
        self
    }

    /// The database, as the bot that runs has it.
    pub async fn bot_store(&self) -> Store {
        Store::open(&self.database_url).await.unwrap()
    }
}
