//! Serial numbers, and whatever may hold some, written anew: with a key for the first time, with another one, or without.

use sqlx::QueryBuilder;

use crate::domain::{PersonId, UpdateId};
use crate::store::codes::{count, read_count};
use crate::store::db::{Store, Tx, on};
use crate::store::error::StoreError;
use crate::store::pools::Pools;
use crate::store::stock::import::ROWS;
use crate::store::vault::{KeyFault, Purpose, Script, StockKey, Written};

/// Every table in which some were.
const REWRITE_ON_POSTGRES: &str = "VACUUM (FULL) serial_numbers, withdrawn_serials, dialogues, broken_dialogues, \
     waiting_updates, dead_letters";

/// Texts that are in memory at once; they are a few kilobytes each.
const AT_ONCE: i64 = 100;

/// Why serial numbers were not written anew, in one sentence with the remedy.
#[derive(Debug, thiserror::Error)]
pub enum RekeyError {
    #[error("keydesk runs on the database (replicas: {0}): stop it first")]
    Running(usize),
    #[error(
        "all of it is done, but what stood there before may still be found in the database's files ({0}): have the new key in \
         the configuration, stop whatever uses the database, and run `keydesk stock encrypt`, which cleans them"
    )]
    NotScrubbed(StoreError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<KeyFault> for RekeyError {
    fn from(fault: KeyFault) -> RekeyError {
        RekeyError::Store(fault.into())
    }
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rewritten {
    pub serials: u64,
    pub of: u64,
}

/// A table of serial numbers.
struct Serials {
    /// Selects the rows behind a name: the name, that of the spelling, and what is sealed or else itself.
    page: &'static str,
    update: &'static str,
    is_behind: &'static str,
}

const STOCK: Serials = Serials {
    page: "SELECT serial, COALESCE(spelling, serial), COALESCE(sealed, serial) FROM serial_numbers
           WHERE serial > $1 ORDER BY serial LIMIT $2",
    update: "UPDATE serial_numbers SET serial = v.column2, spelling = NULLIF(v.column3, v.column2), sealed = v.column4,
                 place = CASE WHEN v.column5 = 0 OR serial_numbers.place = 0 THEN v.column5 ELSE serial_numbers.place END
             FROM (",
    is_behind: ") AS v WHERE serial_numbers.serial = v.column1",
};
const WITHDRAWN: Serials = Serials {
    page: "SELECT spelling, spelling, COALESCE(sealed, spelling) FROM withdrawn_serials
           WHERE spelling > $1 ORDER BY spelling LIMIT $2",
    update: "UPDATE withdrawn_serials SET spelling = v.column3, sealed = v.column4 FROM (",
    is_behind: ") AS v WHERE withdrawn_serials.spelling = v.column1",
};

/// A table of texts that may hold some.
struct Texts {
    /// Selects the rows behind a number: that, the number that they are sealed for, and the text.
    page: &'static str,
    update: &'static str,
    purpose: fn(i64) -> Purpose<'static>,
}

const TEXTS: [Texts; 3] = [
    Texts {
        page: "SELECT id, person_id, state FROM broken_dialogues WHERE seat = 'vendor' AND id > $1 ORDER BY id LIMIT $2",
        update: "UPDATE broken_dialogues SET state = $2 WHERE id = $1",
        purpose: |person| Purpose::Dialogue(PersonId(person)),
    },
    Texts {
        page: "SELECT update_id, update_id, raw FROM waiting_updates WHERE update_id > $1 ORDER BY update_id LIMIT $2",
        update: "UPDATE waiting_updates SET raw = $2 WHERE update_id = $1",
        purpose: |update| Purpose::Update(UpdateId(update)),
    },
    Texts {
        page: "SELECT update_id, update_id, raw FROM dead_letters WHERE update_id > $1 ORDER BY update_id LIMIT $2",
        update: "UPDATE dead_letters SET raw = $2 WHERE update_id = $1",
        purpose: |update| Purpose::Update(UpdateId(update)),
    },
];

impl Store {
    /// Writes every serial number, and every text that may hold one, with this key from now on, or without one: all of it or
    /// nothing. Gives how many serial numbers there are. Then the database is closed and opened with what it has now.
    pub async fn rekey(&self, key: Option<&StockKey>, progress: impl Fn(Rewritten)) -> Result<u64, RekeyError> {
        let (from, to) = (self.script.clone(), Script::of(key));
        let mut tx = self.begin().await?;
        match tx.living().await? {
            0 => {}
            living => return Err(RekeyError::Running(living)),
        }
        tx.lock_stock().await?;
        let of = tx.count_serials().await?;
        let mut serials = 0;
        for table in [STOCK, WITHDRAWN] {
            serials += tx
                .rewrite_serials(&table, (&from, &to), |more| progress(Rewritten { serials: serials + more, of }))
                .await?;
        }
        for table in TEXTS {
            tx.rewrite_texts(&table, (&from, &to)).await?;
        }
        tx.rewrite_dialogues((&from, &to)).await?;
        tx.set_fingerprint(to.fingerprint()).await?;
        tx.commit().await?;
        if key.is_some() {
            self.scrub().await?;
        }
        Ok(serials)
    }

    /// Sees to it that nothing is left in the database's own files of what stood there before.
    pub async fn scrub(&self) -> Result<(), RekeyError> {
        self.rewrite_files().await.map_err(RekeyError::NotScrubbed)
    }

    async fn rewrite_files(&self) -> Result<(), StoreError> {
        match &self.pools {
            Pools::Sqlite { importer, .. } => {
                // The writer has what is temporary in memory, and the copy would be the whole database.
                let mut connection = importer.acquire().await?;
                sqlx::raw_sql("VACUUM").execute(&mut *connection).await?;
                let (busy, ..): (i64, i64, i64) =
                    sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await?;
                match busy {
                    0 => Ok(()),
                    _ => Err(StoreError::Unavailable(sqlx::Error::Protocol("somebody reads the file".to_owned()))),
                }
            }
            Pools::Postgres(pool) => pool.run(REWRITE_ON_POSTGRES).await,
        }
    }
}

impl Tx {
    async fn count_serials(&mut self) -> Result<u64, StoreError> {
        let all: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT (SELECT COUNT(*) FROM serial_numbers) + (SELECT COUNT(*) FROM withdrawn_serials)"
        )
        .fetch_one(db)
        .await?);
        read_count(all)
    }

    /// Goes through the names in their order, which is kept as their places. New ones that come to stand behind are passed over.
    async fn rewrite_serials(
        &mut self,
        table: &Serials,
        (from, to): (&Script, &Script),
        progress: impl Fn(u64),
    ) -> Result<u64, StoreError> {
        let (mut last, mut rewritten, mut place) = (String::new(), 0, 0);
        loop {
            let rows: Vec<(String, String, String)> = on!(self, |db| sqlx::query_as(table.page)
                .bind(&last)
                .bind(i64::try_from(ROWS).unwrap_or(i64::MAX))
                .fetch_all(db)
                .await?);
            let Some((name, ..)) = rows.last() else { return Ok(rewritten) };
            last.clone_from(name);
            let mut anew: Vec<(String, Written, i64)> = Vec::with_capacity(rows.len());
            for (name, spelling, text) in rows {
                match from.read(&spelling, &text) {
                    Ok(serial) => {
                        place += i64::from(to.is_sealing());
                        anew.push((name, to.write(&serial)?, place));
                    }
                    Err(error) => drop(to.read(&spelling, &text).map_err(|_| error)?),
                }
            }
            if !anew.is_empty() {
                on!(self, |db| {
                    let mut query = QueryBuilder::new(table.update);
                    query.push_values(&anew, |mut row, (name, written, place)| {
                        row.push_bind(name).push_bind(&written.serial).push_bind(&written.spelling);
                        row.push_bind(&written.sealed).push_bind(*place);
                    });
                    query.push(table.is_behind);
                    query.build().execute(db).await?.rows_affected()
                });
            }
            rewritten += count(anew.len());
            progress(rewritten);
        }
    }

    async fn rewrite_texts(&mut self, table: &Texts, scripts: (&Script, &Script)) -> Result<(), StoreError> {
        let mut last = i64::MIN;
        loop {
            let rows: Vec<(i64, i64, String)> =
                on!(self, |db| sqlx::query_as(table.page).bind(last).bind(AT_ONCE).fetch_all(db).await?);
            let Some((number, ..)) = rows.last() else { return Ok(()) };
            last = *number;
            for (number, of, text) in rows {
                let Some(text) = rewritten(text, (table.purpose)(of), scripts)? else { continue };
                on!(self, |db| sqlx::query(table.update).bind(number).bind(&text).execute(db).await.map(drop)?);
            }
        }
    }

    /// Those of the vendor's people, who are few.
    async fn rewrite_dialogues(&mut self, scripts: (&Script, &Script)) -> Result<(), StoreError> {
        let rows: Vec<(i64, i64, String)> = on!(self, |db| sqlx::query_as(
            "SELECT chat_id, person_id, state FROM dialogues WHERE seat = 'vendor' ORDER BY chat_id, person_id"
        )
        .fetch_all(db)
        .await?);
        for (chat, person, state) in rows {
            let Some(state) = rewritten(state, Purpose::Dialogue(PersonId(person)), scripts)? else { continue };
            on!(self, |db| sqlx::query(
                "UPDATE dialogues SET state = $3 WHERE seat = 'vendor' AND chat_id = $1 AND person_id = $2"
            )
            .bind(chat)
            .bind(person)
            .bind(&state)
            .execute(db)
            .await
            .map(drop)?);
        }
        Ok(())
    }

    async fn set_fingerprint(&mut self, fingerprint: i64) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("UPDATE counters SET value = $1 WHERE name = 'stock'")
            .bind(fingerprint)
            .execute(db)
            .await
            .map(drop)?);
        Ok(())
    }
}

/// A text with the other key; none for one that could not be read before either.
fn rewritten(text: String, purpose: Purpose<'_>, (from, to): (&Script, &Script)) -> Result<Option<String>, KeyFault> {
    from.open(text, purpose).ok().map(|text| to.seal(&text, purpose)).transpose()
}
