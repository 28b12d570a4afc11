//! Searching orders: by number, by the id or a part of the names of who placed them, by a part of the note, by a part of the
//! company or of the tax number of whose they are.

use sqlx::AssertSqlSafe;

use crate::domain::{ActionKind, AdminPage, SearchText};
use crate::store::db::{Driver, Tx, on};
use crate::store::error::StoreError;
use crate::store::orders::listing::{Row, page_of, page_of_orders};
use crate::store::orders::matching::{Texts, pattern, trigrams};

/// People or accounts whose orders are all gathered, in some tens of milliseconds. When more fit, those of enough of them stand
/// among the newest.
const FEW: i64 = 10_000;

/// The people or accounts that fit a text.
enum Fitting {
    Few(Vec<i64>),
    Many,
}

/// What is looked for: `$1` of a statement is its pattern, `$2` its trigrams.
struct Part {
    pattern: Option<String>,
    trigrams: Option<String>,
}

impl Part {
    fn texts<'a>(&self, subject: &'static str, pattern: &'a str, trigrams: &'a str) -> Texts<'a> {
        Texts { subject, pattern, trigrams: self.trigrams.is_some().then_some(trigrams) }
    }
}

impl Tx {
    /// A page of the orders that a text finds, no more than a few beyond [`SearchText::MOST_FOUND`]. The order of this number
    /// comes first, then the newest.
    pub async fn find_orders(&mut self, text: &SearchText, page: u32, per_page: u32) -> Result<AdminPage, StoreError> {
        let per_page = per_page.max(1);
        let named = self.part(Some(text.folded())).await?;
        // Nothing is left of quotes.
        let company = self.part(text.folded_company()).await?;
        let people = self.fitting("person", &named).await?;
        let accounts = self.fitting("account", &company).await?;
        let numbers = format!(
            "SELECT number FROM (
                 SELECT number FROM orders WHERE number = $4
                 UNION SELECT number FROM (SELECT number FROM orders WHERE placed_by = $5 ORDER BY number DESC LIMIT $10) AS own
                 UNION SELECT id FROM (SELECT s.id FROM {} ORDER BY s.id DESC LIMIT $10) AS noted
                 UNION SELECT number FROM ({}) AS placed
                 UNION SELECT number FROM ({}) AS theirs
             ) AS found ORDER BY CASE WHEN number = $4 THEN 0 ELSE 1 END, number DESC LIMIT $10",
            named.texts("order", "$6", "$8"),
            orders_of("placed_by", named.texts("person", "$6", "$8"), &people),
            orders_of("account_id", company.texts("account", "$7", "$9"), &accounts),
        );
        let statement = page_of_orders(&numbers, "CASE WHEN number = $4 THEN 0 ELSE 1 END");
        let rows: Vec<Row> = on!(self, |db| sqlx::query_as(AssertSqlSafe(statement))
            .bind(i64::from(per_page))
            .bind(i64::from(page) * i64::from(per_page))
            .bind(ActionKind::Take.code())
            .bind(text.order().map(|number| number.0))
            .bind(text.person().map(|person| person.0))
            .bind(named.pattern)
            .bind(company.pattern)
            .bind(named.trigrams)
            .bind(company.trigrams)
            .bind(i64::try_from(SearchText::MOST_FOUND + 1).unwrap_or(i64::MAX))
            // It names who fits.
            .persistent(false)
            .fetch_all(db)
            .await?);
        page_of(rows, page, per_page)
    }

    async fn part(&mut self, text: Option<String>) -> Result<Part, StoreError> {
        let trigrams = match self.opened().await? {
            Driver::Sqlite(_) => text.as_deref().and_then(trigrams),
            Driver::Postgres(_) => None,
        };
        Ok(Part { pattern: text.as_deref().map(pattern), trigrams })
    }

    async fn fitting(&mut self, subject: &'static str, part: &Part) -> Result<Fitting, StoreError> {
        let statement = format!("SELECT s.id FROM {} LIMIT $3", part.texts(subject, "$1", "$2"));
        let ids: Vec<i64> = on!(self, |db| sqlx::query_scalar(AssertSqlSafe(statement))
            .bind(&part.pattern)
            .bind(&part.trigrams)
            .bind(FEW + 1)
            // PostgreSQL would keep a plan for any text, which suits none.
            .persistent(false)
            .fetch_all(db)
            .await?);
        Ok(if i64::try_from(ids.len()).is_ok_and(|count| count <= FEW) { Fitting::Few(ids) } else { Fitting::Many })
    }
}

/// The newest orders of the people or accounts that this column has and that fit: by all of those who fit, or, where they are
/// many, by going through the orders until enough are found.
fn orders_of(column: &str, texts: Texts<'_>, fitting: &Fitting) -> String {
    let whose = match fitting {
        Fitting::Few(ids) => {
            let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
            // A list of nobody is none that either database reads.
            format!("o.{column} IN ({})", if ids.is_empty() { "NULL".to_owned() } else { ids.join(", ") })
        }
        Fitting::Many => texts.fit_of(&format!("o.{column}")),
    };
    format!("SELECT o.number FROM orders o WHERE {whose} ORDER BY o.number DESC LIMIT $10")
}
