//! What an admin asked to have as a file, made when it is delivered.

use std::vec::IntoIter;

use tokio::sync::mpsc::{self, Receiver, Sender};

use super::fact::ReportNotification;
use super::letters::Dispatch;
use super::{Desk, DeskError};
use crate::chat::i18n::Texts;
use crate::chat::report::{self, ExportError};
use crate::chat::view::{Attachment, Html, Keyboard, OutgoingMessage, Screen, stats};
use crate::domain::reports::buckets;
use crate::domain::reports::figures::Bucket;
use crate::domain::reports::period::Span;
use crate::domain::{ChatId, ExportRow, LARGEST_DOCUMENT, Mark, Media, Period, PersonId, Role, Stats};
use crate::store::{DialogueKey, Seat, Tx};

/// Orders of one page: few enough to be nothing in memory, many enough that asking for them is not what takes long.
const ORDERS_AT_ONCE: u32 = 500;

impl Desk {
    /// A file for an admin; `None` for who is none any more.
    pub(super) async fn render_for_admin(
        &self,
        chat: ChatId,
        fact: &ReportNotification,
    ) -> Result<Option<Dispatch>, DeskError> {
        let person = fact.reader();
        let mut tx = self.store().read().await?;
        if self.role_in(&mut tx, chat, person).await? != Some(Role::Admin) {
            return Ok(None);
        }
        let texts = self.texts_at(&mut tx, DialogueKey { chat, person, seat: Seat::Vendor }).await?;
        let letter = match fact {
            ReportNotification::Catalogue { .. } => match tx.current_price_list().await? {
                Some(list) => document("catalog.toml", list.source.into_bytes()),
                None => return Ok(None),
            },
            ReportNotification::Stats { period, .. } => self.stats_letter(tx, *period, texts).await?,
            ReportNotification::Workbook { period, .. } => {
                let made_at = self.clock().now();
                let made = self.export(tx, *period, move |rows| report::workbook(rows, made_at, &texts)).await?;
                made.map_or_else(|error| failed(&error, &texts), |bytes| document("orders.xlsx", bytes))
            }
            ReportNotification::Table { period, .. } => {
                let made = self.export(tx, *period, move |rows| report::table(rows, &texts)).await?;
                made.map_or_else(|error| failed(&error, &texts), |bytes| document("orders.csv", bytes))
            }
        };
        Ok(Some(Dispatch::Send(letter)))
    }

    async fn stats_letter(&self, mut tx: Tx, period: Period, texts: Texts) -> Result<OutgoingMessage, DeskError> {
        let zone = self.config().shop.time_zone;
        let whole = period.span(zone);
        let (grain, days) = buckets::divide(period, tx.reached(whole).await?, zone);
        let mut counted = Vec::with_capacity(days.len());
        for (days, span) in buckets::spans(days, whole, zone) {
            counted.push(Bucket { days, figures: tx.figures(span).await? });
        }
        drop(tx);
        let stats = Stats::of(period, grain, counted);
        let letter = OutgoingMessage::plain(stats::figures(&stats, &texts));
        if stats.figures.total().orders == 0 {
            return Ok(letter);
        }
        match on_a_thread(move || report::chart(&stats, &texts)).await {
            Ok(bytes) => {
                let name = "orders.png".to_owned();
                Ok(letter.enclosing(Attachment::Fresh { media: Media::Photo, name, bytes }))
            }
            Err(error) => {
                tracing::error!("the picture of the orders cannot be made, the figures go alone: {error:#}");
                Ok(letter)
            }
        }
    }

    /// A file of the period's orders as they are at one moment, written while they are read: only a few pages of them are
    /// in memory.
    async fn export<W>(&self, tx: Tx, period: Period, write: W) -> Result<anyhow::Result<Vec<u8>>, DeskError>
    where
        W: FnOnce(Rows) -> Result<Vec<u8>, ExportError> + Send + 'static,
    {
        let (pages, read) = mpsc::channel(1);
        let rows = Rows { pages: read, page: Vec::new().into_iter() };
        let span = period.span(self.config().shop.time_zone);
        let (sent, written) = tokio::join!(send_rows(tx, span, pages), on_a_thread(move || write(rows)));
        // What was written before reading failed is no export.
        sent?;
        Ok(written)
    }
}

/// The rows of an export, for a thread that may block: it waits for pages.
struct Rows {
    pages: Receiver<Vec<ExportRow>>,
    page: IntoIter<ExportRow>,
}

impl Iterator for Rows {
    type Item = ExportRow;

    fn next(&mut self) -> Option<ExportRow> {
        loop {
            if let Some(row) = self.page.next() {
                return Some(row);
            }
            self.page = self.pages.blocking_recv()?.into_iter();
        }
    }
}

async fn send_rows(mut tx: Tx, span: Span, pages: Sender<Vec<ExportRow>>) -> Result<(), DeskError> {
    let mut after = None;
    loop {
        let page = tx.export_rows(span, after, ORDERS_AT_ONCE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(Mark { at: last.placed_at, number: last.order });
        // Whoever writes no longer has said why.
        if pages.send(page).await.is_err() {
            return Ok(());
        }
    }
}

impl ReportNotification {
    pub(super) fn reader(&self) -> PersonId {
        match self {
            ReportNotification::Catalogue { to }
            | ReportNotification::Stats { to, .. }
            | ReportNotification::Workbook { to, .. }
            | ReportNotification::Table { to, .. } => *to,
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
fn failed(error: &anyhow::Error, texts: &Texts) -> OutgoingMessage {
    tracing::error!("an export cannot be made: {error:#}");
    let sentence = match error.downcast_ref() {
        Some(ExportError::TooManyRows(_)) => texts.say("export-too-large"),
        Some(ExportError::TooLarge) => {
            texts.say_with("export-over-limit", &[("limit", (LARGEST_DOCUMENT as u64 / 1_000_000).into())])
        }
        _ => texts.say("export-failed"),
    };
    OutgoingMessage::plain(Screen { text: Html::new().text(&sentence), keyboard: Keyboard::new() })
}

fn document(name: &str, bytes: Vec<u8>) -> OutgoingMessage {
    let screen = Screen { text: Html::new(), keyboard: Keyboard::new() };
    OutgoingMessage::plain(screen).enclosing(Attachment::Fresh { media: Media::Document, name: name.to_owned(), bytes })
}
