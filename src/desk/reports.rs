//! What an admin asked to have as a file, made when it is delivered.

use super::fact::DeskFact;
use super::letters::Errand;
use super::{Desk, DeskError};
use crate::domain::{ChatId, ExportRow, Media, Period, PersonId, Role, Stats};
use crate::i18n::Texts;
use crate::report;
use crate::store::{DialogueKey, Tx};
use crate::view::{Enclosure, Html, Keyboard, Letter, Screen, stats};

impl Desk {
    /// A file for an admin; `None` for who is none any more.
    pub(super) async fn word_for_admin(&self, chat: ChatId, fact: &DeskFact) -> Result<Option<Errand>, DeskError> {
        let person = fact.reader();
        let mut tx = self.store().read().await?;
        if self.role_in(&mut tx, chat, person).await? != Some(Role::Admin) {
            return Ok(None);
        }
        let texts = self.texts_at(&mut tx, DialogueKey { chat, person }).await?;
        let letter = match fact {
            DeskFact::Catalogue { .. } => match tx.current_price_list().await? {
                Some(list) => document("catalog.toml", list.source.into_bytes()),
                None => return Ok(None),
            },
            DeskFact::Stats { period, .. } => self.stats_letter(tx, *period, texts).await?,
            DeskFact::Workbook { period, .. } => {
                let (rows, made_at) = (self.rows(tx, *period).await?, self.clock().now());
                match on_a_thread(move || report::workbook(&rows, made_at, &texts)).await {
                    Ok(bytes) => document("orders.xlsx", bytes),
                    Err(error) => failed(&error, &texts),
                }
            }
            DeskFact::Table { period, .. } => {
                let rows = self.rows(tx, *period).await?;
                match on_a_thread(move || report::table(&rows, &texts)).await {
                    Ok(bytes) => document("orders.csv", bytes),
                    Err(error) => failed(&error, &texts),
                }
            }
        };
        Ok(Some(Errand::Send(letter)))
    }

    async fn stats_letter(&self, mut tx: Tx, period: Period, texts: Texts) -> Result<Letter, DeskError> {
        let zone = self.config().shop.time_zone;
        let orders = tx.order_figures(period.span(zone)).await?;
        drop(tx);
        let stats = Stats::of(&orders, period, zone);
        let letter = Letter::plain(stats::figures(&stats, &texts));
        if stats.figures.total().orders == 0 {
            return Ok(letter);
        }
        match on_a_thread(move || report::chart(&stats, &texts)).await {
            Ok(bytes) => {
                let name = "orders.png".to_owned();
                Ok(letter.enclosing(Enclosure::Fresh { media: Media::Photo, name, bytes }))
            }
            Err(error) => {
                tracing::error!("the picture of the orders cannot be made, the figures go alone: {error:#}");
                Ok(letter)
            }
        }
    }

    async fn rows(&self, mut tx: Tx, period: Period) -> Result<Vec<ExportRow>, DeskError> {
        Ok(tx.export_rows(period.span(self.config().shop.time_zone)).await?)
    }
}

impl DeskFact {
    pub(super) fn reader(&self) -> PersonId {
        match self {
            DeskFact::Catalogue { to }
            | DeskFact::Stats { to, .. }
            | DeskFact::Workbook { to, .. }
            | DeskFact::Table { to, .. } => *to,
        }
    }
}

/// Drawing and packing take long for very many orders; the other hands go on meanwhile.
async fn on_a_thread<E>(work: impl FnOnce() -> Result<Vec<u8>, E> + Send + 'static) -> anyhow::Result<Vec<u8>>
where
    E: std::error::Error + Send + Sync + 'static,
{
    Ok(tokio::task::spawn_blocking(work).await??)
}

/// A report that cannot be made is not tried again: the chat has other messages to come.
fn failed(error: &anyhow::Error, texts: &Texts) -> Letter {
    tracing::error!("an export cannot be made: {error:#}");
    let too_many = matches!(error.downcast_ref(), Some(report::WorkbookError::TooManyRows(_)));
    let sentence = texts.say(if too_many { "export-too-large" } else { "export-failed" });
    Letter::plain(Screen { text: Html::new().text(&sentence), keyboard: Keyboard::new() })
}

fn document(name: &str, bytes: Vec<u8>) -> Letter {
    let screen = Screen { text: Html::new(), keyboard: Keyboard::new() };
    Letter::plain(screen).enclosing(Enclosure::Fresh { media: Media::Document, name: name.to_owned(), bytes })
}
