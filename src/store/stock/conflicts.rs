//! What stands between a list of serial numbers and the stock beside their rows: other spellings of theirs that are stored,
//! and serial numbers that were withdrawn. And whether a text is a serial number that is known at all.

use sqlx::QueryBuilder;

use crate::domain::{SerialNumber, SerialRefusal};
use crate::store::codes::read_count;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::vault::Written;

impl Tx {
    /// What forbids to store or to issue staged serial numbers, if anything does.
    pub(in crate::store) async fn conflict_of_staged(&mut self) -> Result<Option<SerialRefusal>, StoreError> {
        let withdrawn: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT COUNT(*) FROM staged_serials s JOIN withdrawn_serials w ON w.spelling = s.spelling"
        )
        .fetch_one(db)
        .await?);
        // SQLite keeps the order of a cross join: the list first, however long the stock is.
        let respelled: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT (SELECT COUNT(*) FROM staged_serials s CROSS JOIN serial_numbers n
                     WHERE n.spelling = s.spelling AND n.serial <> s.serial)
                  + (SELECT COUNT(*) FROM staged_serials s CROSS JOIN serial_numbers n
                     WHERE s.spelling <> s.serial AND n.serial = s.spelling)"
        )
        .fetch_one(db)
        .await?);
        Ok(refusal(read_count(withdrawn)?, read_count(respelled)?))
    }

    /// The same for some that are not staged.
    pub(in crate::store) async fn conflict_of(
        &mut self,
        serials: &[Written],
    ) -> Result<Option<SerialRefusal>, StoreError> {
        let all: Vec<&str> = serials.iter().map(|written| written.spelling.as_str()).collect();
        let own: Vec<&str> = serials.iter().map(|written| written.serial.as_str()).collect();
        let other: Vec<&str> =
            all.iter().zip(&own).filter(|(spelling, own)| spelling != own).map(|(spelling, _)| *spelling).collect();
        let withdrawn =
            self.count_listed("SELECT COUNT(*) FROM withdrawn_serials WHERE spelling IN (", &all, &[]).await?;
        let respelled =
            self.count_listed("SELECT COUNT(*) FROM serial_numbers WHERE spelling IN (", &all, &own).await?;
        let plain = match other.is_empty() {
            true => 0,
            false => self.count_listed("SELECT COUNT(*) FROM serial_numbers WHERE serial IN (", &other, &[]).await?,
        };
        Ok(refusal(withdrawn, respelled + plain))
    }

    /// Whether any of these is a serial number that was ever in the stock or given, in whatever spelling.
    pub async fn knows_any_serial(&mut self, serials: &[SerialNumber]) -> Result<bool, StoreError> {
        if serials.is_empty() {
            return Ok(false);
        }
        let script = self.script();
        let own: Vec<String> = serials.iter().map(|serial| script.name(serial.as_str())).collect();
        let spellings: Vec<String> = serials.iter().map(|serial| script.name(&serial.spelling())).collect();
        let spellings: Vec<&str> = spellings.iter().map(AsRef::as_ref).collect();
        let all: Vec<&str> = own.iter().map(AsRef::as_ref).chain(spellings.iter().copied()).collect();
        Ok(self.count_listed("SELECT COUNT(*) FROM serial_numbers WHERE serial IN (", &all, &[]).await? > 0
            || self.count_listed("SELECT COUNT(*) FROM serial_numbers WHERE spelling IN (", &spellings, &[]).await? > 0
            || self.count_listed("SELECT COUNT(*) FROM withdrawn_serials WHERE spelling IN (", &spellings, &[]).await?
                > 0)
    }

    /// Counts the rows of these texts, but for those of serial numbers that are `own`.
    async fn count_listed(&mut self, select: &'static str, texts: &[&str], own: &[&str]) -> Result<u64, StoreError> {
        let count: i64 = on!(self, |db| {
            let mut query = QueryBuilder::new(select);
            let mut list = query.separated(", ");
            for text in texts {
                list.push_bind(*text);
            }
            query.push(")");
            if !own.is_empty() {
                query.push(" AND serial NOT IN (");
                let mut list = query.separated(", ");
                for text in own {
                    list.push_bind(*text);
                }
                query.push(")");
            }
            query.build_query_scalar().fetch_one(db).await?
        });
        read_count(count)
    }
}

fn refusal(withdrawn: u64, respelled: u64) -> Option<SerialRefusal> {
    match (withdrawn, respelled) {
        (0, 0) => None,
        (0, count) => Some(SerialRefusal::Respelled { count }),
        (count, _) => Some(SerialRefusal::Withdrawn { count }),
    }
}
