//! What an admin asked to have as a file, made when it is delivered.

use super::answer::{Answer, OrdersFormat, PersonFormat, ReportNotification};
use super::dispatch::Dispatch;
use super::exporting;
use super::person_data::{self, Written};
use super::{Chat, ChatError};
use crate::chat::i18n::{Texts, Value};
use crate::chat::report::{self, ExportError, Sendable};
use crate::chat::view::{Attachment, Html, Keyboard, OutgoingMessage, Screen, stats};
use crate::domain::{ChatId, ExportRow, LARGEST_DOCUMENT, Media, Period, PersonId, Role};
use crate::shop::Rows;
use crate::store::Tx;

impl Chat {
    /// A file for an admin; `None` for who is none any more.
    pub(super) async fn render_report(
        &self,
        chat: ChatId,
        report: &ReportNotification,
    ) -> Result<Option<Dispatch>, ChatError> {
        let person = report.reader();
        let _place = if report.reads_for_long() { exporting::place().await } else { None };
        let mut tx = self.store().read();
        if self.role_in(&mut tx, chat, person).await? != Some(Role::Admin) {
            return Ok(None);
        }
        let texts = self.texts_at(&mut tx, chat, person).await?;
        let message = match report {
            ReportNotification::Catalogue { .. } => match tx.current_price_list().await? {
                Some(list) => document("catalog.toml", list.source.into_bytes()),
                None => return Ok(None),
            },
            ReportNotification::PriceBook { .. } => {
                let (catalogue, made_at) = (self.shop.catalogue(&mut tx).await?, self.clock().now());
                drop(tx);
                let made = on_a_thread(move || report::price_book::write(&catalogue, made_at, &texts)).await;
                made.map_or_else(|error| failed(&error, &texts), |bytes| document("catalog.xlsx", bytes))
            }
            ReportNotification::Stats { period, .. } => self.stats_message(tx, *period, texts).await?,
            ReportNotification::Workbook { period, .. } => {
                return self.orders(tx, report, *period, OrdersFormat::Workbook, &texts).await.map(Some);
            }
            ReportNotification::Table { period, .. } => {
                return self.orders(tx, report, *period, OrdersFormat::Table, &texts).await.map(Some);
            }
            ReportNotification::Person { about, format, .. } => person_file(&mut tx, *about, *format, &texts).await?,
            ReportNotification::OrdersPart { period, format, .. } => {
                return self.orders(tx, report, *period, *format, &texts).await.map(Some);
            }
        };
        Ok(Some(Dispatch::Send(message)))
    }

    /// What an admin hears instead of a file that cannot be had; `None` for who is none any more.
    pub async fn render_failure(
        &self,
        chat: ChatId,
        report: &ReportNotification,
    ) -> Result<Option<Dispatch>, ChatError> {
        let mut tx = self.store().read();
        if self.role_in(&mut tx, chat, report.reader()).await? != Some(Role::Admin) {
            return Ok(None);
        }
        let texts = self.texts_at(&mut tx, chat, report.reader()).await?;
        Ok(Some(Dispatch::Send(OutgoingMessage::plain(Screen::sentence(&texts.say("export-not-sent"))))))
    }

    async fn stats_message(&self, mut tx: Tx, period: Period, texts: Texts) -> Result<OutgoingMessage, ChatError> {
        let stats = self.shop.stats(&mut tx, period).await?;
        drop(tx);
        let message = OutgoingMessage::plain(stats::figures(&stats, &texts));
        if stats.figures.standing().orders == 0 {
            return Ok(message);
        }
        match on_a_thread(move || report::chart(&stats, &texts)).await {
            Ok(bytes) => {
                let name = "orders.png".to_owned();
                Ok(message.attaching(Attachment::Fresh { media: Media::Photo, name, bytes }))
            }
            Err(error) => {
                tracing::error!("the picture of the orders cannot be made, the figures go alone: {error:#}");
                Ok(message)
            }
        }
    }

    /// A file of a period's orders; of more than a file may have, a sentence that says so, and the files of its parts behind it.
    async fn orders(
        &self,
        mut tx: Tx,
        report: &ReportNotification,
        period: Period,
        format: OrdersFormat,
        texts: &Texts,
    ) -> Result<Dispatch, ChatError> {
        let to = report.reader();
        let parts = self.shop.parts_of(&mut tx, period, format.most_orders()).await?;
        if parts.len() > 1 {
            return Ok(in_parts(to, &parts, format, texts));
        }
        let (made_at, texts) = (self.clock().now(), *texts);
        let made = match format {
            OrdersFormat::Workbook => {
                self.export(tx, period, move |rows| report::workbook(rows, made_at, &texts)).await?
            }
            OrdersFormat::Table => self.export(tx, period, move |rows| report::table(rows, &texts)).await?,
        };
        let error = match made {
            Ok(bytes) => return Ok(Dispatch::Send(document(&file_name(report, period, format), bytes))),
            Err(error) => error,
        };
        if matches!(error.downcast_ref(), Some(ExportError::TooLarge)) {
            let parts = self.shop.divided(&mut self.store().read(), period).await?;
            if !parts.is_empty() {
                return Ok(in_parts(to, &parts, format, &texts));
            }
        }
        Ok(Dispatch::Send(failed(&error, &texts)))
    }

    /// A file of the period's orders as they are at one moment, written while they are read: only a few pages of them are
    /// in memory.
    async fn export<W>(&self, tx: Tx, period: Period, write: W) -> Result<anyhow::Result<Vec<u8>>, ChatError>
    where
        W: FnOnce(Rows<ExportRow>) -> Result<Vec<u8>, ExportError> + Send + 'static,
    {
        let (rows, sending) = self.shop.rows(tx, period);
        let (sent, written) = tokio::join!(sending, on_a_thread(move || write(rows)));
        // What was written before reading failed is no export.
        sent?;
        Ok(written)
    }
}

/// What is stored about somebody at this moment; they may have been erased since it was asked for.
async fn person_file(
    tx: &mut Tx,
    person: PersonId,
    format: PersonFormat,
    texts: &Texts,
) -> Result<OutgoingMessage, ChatError> {
    let mut file = Sendable::default();
    let written = person_data::write(tx, person, format, texts, &mut file).await?;
    if matches!(written, Ok(Written { rows: 0, .. })) {
        return Ok(OutgoingMessage::plain(Screen::sentence(&texts.say("person-gone"))));
    }
    let extension = match format {
        PersonFormat::Text => "txt",
        PersonFormat::Json => "json",
    };
    Ok(match file.finish(written.map(drop).map_err(ExportError::File)) {
        Ok(bytes) => document(&format!("person-{person}.{extension}"), bytes),
        Err(ExportError::TooLarge) => {
            let variables = [limit(), ("id", person.to_string().into())];
            OutgoingMessage::plain(Screen::sentence(&texts.say_with("person-data-over-limit", &variables)))
        }
        Err(error) => failed(&error.into(), texts),
    })
}

/// Drawing and packing take long for very many orders; the other workers go on meanwhile.
pub(super) async fn on_a_thread<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> anyhow::Result<T>
where
    T: Send + 'static,
    E: std::error::Error + Send + Sync + 'static,
{
    Ok(tokio::task::spawn_blocking(work).await??)
}

/// A report that cannot be made is not tried again: the chat has other messages to come.
pub(super) fn failed(error: &anyhow::Error, texts: &Texts) -> OutgoingMessage {
    tracing::error!("an export cannot be made: {error:#}");
    let sentence = match error.downcast_ref() {
        Some(ExportError::TooLarge) => texts.say_with("export-over-limit", &[limit()]),
        _ => texts.say("export-failed"),
    };
    OutgoingMessage::plain(Screen::sentence(&sentence))
}

/// What bots can send, in megabytes.
fn limit() -> (&'static str, Value) {
    ("limit", (LARGEST_DOCUMENT as u64 / 1_000_000).into())
}

fn in_parts(to: PersonId, parts: &[Period], format: OrdersFormat, texts: &Texts) -> Dispatch {
    let part = |period: &Period| Answer::Report(ReportNotification::OrdersPart { to, period: *period, format });
    let name = format.extension().into();
    let variables = [limit(), ("format", name), ("count", (parts.len() as u64).into())];
    let sentence = Screen::sentence(&texts.say_with("export-in-parts", &variables));
    Dispatch::SendFirst(OutgoingMessage::plain(sentence), parts.iter().map(part).collect())
}

/// A part is named by its period, so that one is told from the other where they are saved.
fn file_name(report: &ReportNotification, period: Period, format: OrdersFormat) -> String {
    let of = match report {
        ReportNotification::OrdersPart { .. } => format!("-{}", period.written().replace(' ', "-to-")),
        _ => String::new(),
    };
    format!("orders{of}.{}", format.extension())
}

impl ReportNotification {
    /// Whether it is written while it is read.
    fn reads_for_long(&self) -> bool {
        match self {
            ReportNotification::Workbook { .. }
            | ReportNotification::Table { .. }
            | ReportNotification::OrdersPart { .. }
            | ReportNotification::Person { .. } => true,
            ReportNotification::Catalogue { .. }
            | ReportNotification::PriceBook { .. }
            | ReportNotification::Stats { .. } => false,
        }
    }
}

impl OrdersFormat {
    fn extension(self) -> &'static str {
        match self {
            OrdersFormat::Workbook => "xlsx",
            OrdersFormat::Table => "csv",
        }
    }

    /// Orders of two lines and short notes that fit what a bot can send, with room to spare: more are divided before a file
    /// is made in vain, which takes up to half a minute.
    fn most_orders(self) -> u64 {
        match self {
            OrdersFormat::Workbook => 250_000,
            OrdersFormat::Table => 60_000,
        }
    }
}

fn document(name: &str, bytes: Vec<u8>) -> OutgoingMessage {
    let screen = Screen { text: Html::new(), keyboard: Keyboard::new() };
    OutgoingMessage::plain(screen).attaching(Attachment::Fresh { media: Media::Document, name: name.to_owned(), bytes })
}
