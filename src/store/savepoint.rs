//! Points within a transaction to go back to.

use sqlx::AssertSqlSafe;

use crate::store::changes::Changes;
use crate::store::db::{Tx, on};
use crate::store::dialogues::loaded::Loaded;
use crate::store::error::StoreError;
use crate::store::known::Facts;
use crate::store::orders::placed::Placed;

/// A point within a transaction, with what it had changed until then. It is ended by [`Tx::roll_back_to`] or
/// [`Tx::release`]; ending one ends those that were made after it.
#[derive(Debug)]
#[must_use = "a savepoint that is never ended does nothing"]
pub struct Savepoint {
    name: u32,
    changes: Changes,
    loaded: Loaded,
    facts: Facts,
    placed: Placed,
}

impl Tx {
    /// Marks a point to go back to, as before something that may be refused halfway.
    pub async fn savepoint(&mut self) -> Result<Savepoint, StoreError> {
        let name = self.savepoints;
        self.savepoints += 1;
        self.execute(format!("SAVEPOINT s{name}")).await?;
        let (changes, loaded) = (self.changes.clone(), self.loaded.clone());
        Ok(Savepoint { name, changes, loaded, facts: self.facts.clone(), placed: self.placed.clone() })
    }

    /// Makes everything undone since the savepoint, whether or not a statement failed in between.
    pub async fn roll_back_to(&mut self, savepoint: Savepoint) -> Result<(), StoreError> {
        let Savepoint { name, .. } = savepoint;
        (self.changes, self.loaded, self.facts) = (savepoint.changes, savepoint.loaded, savepoint.facts);
        self.placed = savepoint.placed;
        self.execute(format!("ROLLBACK TO SAVEPOINT s{name}")).await?;
        self.execute(format!("RELEASE SAVEPOINT s{name}")).await
    }

    /// Gives a savepoint up; what was done since then stays part of the transaction.
    pub async fn release(&mut self, savepoint: Savepoint) -> Result<(), StoreError> {
        self.execute(format!("RELEASE SAVEPOINT s{}", savepoint.name)).await
    }

    /// Runs a statement that consists of keywords and a number of our own.
    async fn execute(&mut self, statement: String) -> Result<(), StoreError> {
        on!(self, |db| sqlx::raw_sql(AssertSqlSafe(statement)).execute(db).await.map(drop)?);
        Ok(())
    }
}
