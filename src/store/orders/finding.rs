//! Searching orders: by number, by the id or a part of the names of who placed them, by a part of the note, by a part of the
//! company or of the tax number of whose they are.

use sqlx::AssertSqlSafe;

use crate::domain::{ActionKind, AdminPage, SearchText};
use crate::store::db::{Driver, Tx, on};
use crate::store::error::StoreError;
use crate::store::orders::listing::{Row, page_of, page_of_orders};
use crate::store::orders::matching::{Texts, pattern, trigrams};

/// People or accounts that fit a text and whose orders are all gathered, in some tens of milliseconds. When more fit, it is
/// found among the newest orders soon.
const GATHERED: i64 = 10_000;

/// How the orders of the people or accounts that fit a text are found.
#[derive(Clone, Copy)]
enum Way {
    /// By all who fit.
    Gathering,
    /// By going through the orders, the newest first.
    Walking,
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
        let is_planned_once = self.plans_once().await?;
        let named = self.part(Some(text.folded())).await?;
        // Nothing is left of quotes.
        let company = self.part(text.folded_company()).await?;
        let by_person = self.way("person", &named).await?;
        let by_account = self.way("account", &company).await?;
        let numbers = format!(
            "SELECT number FROM (
                 SELECT number FROM orders WHERE number = $4
                 UNION SELECT number FROM (SELECT number FROM orders WHERE placed_by = $5 ORDER BY number DESC LIMIT $10) AS own
                 UNION SELECT id FROM (SELECT s.id FROM {} ORDER BY s.id DESC LIMIT $10) AS noted
                 UNION SELECT number FROM ({} ORDER BY o.number DESC LIMIT $10) AS placed
                 UNION SELECT number FROM ({} ORDER BY o.number DESC LIMIT $10) AS theirs
             ) AS found ORDER BY CASE WHEN number = $4 THEN 0 ELSE 1 END, number DESC LIMIT $10",
            named.texts("order", "$6", "$8"),
            orders_of("placed_by", named.texts("person", "$6", "$8"), by_person),
            orders_of("account_id", company.texts("account", "$7", "$9"), by_account),
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
            .persistent(is_planned_once)
            .fetch_all(db)
            .await?);
        page_of(rows, page, per_page)
    }

    /// Whether a statement may keep its plan. PostgreSQL would make one for any text, which suits none.
    async fn plans_once(&mut self) -> Result<bool, StoreError> {
        Ok(matches!(self.opened().await?, Driver::Sqlite(_)))
    }

    async fn part(&mut self, text: Option<String>) -> Result<Part, StoreError> {
        let trigrams = match self.opened().await? {
            Driver::Sqlite(_) => text.as_deref().and_then(trigrams),
            Driver::Postgres(_) => None,
        };
        Ok(Part { pattern: text.as_deref().map(pattern), trigrams })
    }

    async fn way(&mut self, subject: &'static str, part: &Part) -> Result<Way, StoreError> {
        let (texts, is_planned_once) = (part.texts(subject, "$1", "$2"), self.plans_once().await?);
        let statement = format!("SELECT COUNT(*) FROM (SELECT s.id FROM {texts} LIMIT $3) AS fitting");
        let fitting: i64 = on!(self, |db| sqlx::query_scalar(AssertSqlSafe(statement))
            .bind(&part.pattern)
            .bind(&part.trigrams)
            .bind(GATHERED + 1)
            .persistent(is_planned_once)
            .fetch_one(db)
            .await?);
        Ok(if fitting > GATHERED { Way::Walking } else { Way::Gathering })
    }
}

/// The orders, as `o`, of people or accounts that this column has and whose texts fit.
fn orders_of(column: &str, texts: Texts<'_>, way: Way) -> String {
    match way {
        Way::Gathering => format!("SELECT o.number FROM {texts} JOIN orders o ON o.{column} = s.id"),
        Way::Walking => {
            let fits = texts.fit();
            format!(
                "SELECT o.number FROM orders o WHERE EXISTS (SELECT 1 FROM search_texts s WHERE s.id = o.{column} AND {fits})"
            )
        }
    }
}
