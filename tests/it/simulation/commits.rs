//! How many transactions were committed, to be seen between two polls of a future: where it stops is then no chance.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use sqlx::{Connection, PgConnection};
use tokio::runtime::Builder;

pub enum Commits {
    /// The index of the write-ahead log counts them (<https://www.sqlite.org/walformat.html#the_wal_index_header>).
    Sqlite { index: String },
    /// Asked on a thread of its own, since whoever polls a future cannot wait for another.
    Postgres { asks: Sender<()>, told: Receiver<u64> },
}

/// The end of a hand's work, after so many commits.
pub struct Stop {
    commits: Rc<Commits>,
    seen: u64,
    left: u64,
}

impl Commits {
    pub fn on_sqlite(address: &str) -> Commits {
        Commits::Sqlite { index: format!("{}-shm", address.trim_start_matches("sqlite://")) }
    }

    pub fn on_postgres(address: &str) -> Commits {
        let (asks, asked) = channel();
        let (tells, told) = channel();
        let address = address.to_owned();
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut connection = None;
                while asked.recv().is_ok() {
                    let count = match count(&mut connection, &address).await {
                        Ok(count) => count,
                        // Its connection was ended.
                        Err(_) => {
                            connection = None;
                            count(&mut connection, &address).await.unwrap_or_default()
                        }
                    };
                    if tells.send(count).is_err() {
                        return;
                    }
                }
            });
        });
        Commits::Postgres { asks, told }
    }

    fn count(&self) -> u64 {
        match self {
            Commits::Sqlite { index } => {
                let mut changes = [0; 4];
                let read = File::open(index).and_then(|file| file.read_exact_at(&mut changes, 8));
                read.map_or(0, |()| u32::from_ne_bytes(changes).into())
            }
            Commits::Postgres { asks, told } => {
                asks.send(()).unwrap();
                told.recv().unwrap()
            }
        }
    }
}

/// One above the newest transaction that ended.
async fn count(connection: &mut Option<PgConnection>, address: &str) -> sqlx::Result<u64> {
    if connection.is_none() {
        *connection = Some(PgConnection::connect(address).await?);
    }
    let Some(connection) = connection else { return Ok(0) };
    let newest: i64 =
        sqlx::query_scalar("SELECT txid_snapshot_xmax(txid_current_snapshot())").fetch_one(connection).await?;
    Ok(newest.unsigned_abs())
}

impl Stop {
    pub fn after(commits: &Rc<Commits>, left: u64) -> Stop {
        Stop { seen: commits.count(), commits: Rc::clone(commits), left }
    }

    pub fn is_reached(&mut self) -> bool {
        let count = self.commits.count();
        self.left = self.left.saturating_sub(count.saturating_sub(self.seen));
        self.seen = count;
        self.left == 0
    }
}
