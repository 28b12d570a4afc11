//! Serial numbers that customers choose, and those of which they want to know what they are.

use std::collections::BTreeMap;

use super::answer::{Answer, Part};
use super::dialogue::{FileRefusal, FoundSerials, LookUp};
use super::dispatch::Dispatch;
use super::exporting;
use super::fetched::Fetched;
use super::reports::{failed, on_a_thread};
use super::{Chat, ChatError};
use crate::chat::i18n::Texts;
use crate::chat::report::serial_book::Reading;
use crate::chat::report::{self, SerialRow};
use crate::chat::view::{OutgoingMessage, Screen, serial_files, serials};
use crate::domain::reports::period::day_of;
use crate::domain::{Access, ChatId, FileFault, PersonId, SerialNumber, SerialsChoice, SerialsFormat};
use crate::store::{Customer, GivenFilter, GivenSerial, Tx};

/// Rows of one file: far from what a message takes as a file, and little to hold in memory.
const ROWS_OF_FILE: u64 = 50_000;
/// Lines of a file that somebody wants to have looked up.
const MOST_LOOKED_UP: usize = 20_000;
/// Cells of a line that may be one: no table has more columns that somebody would look through.
const MOST_CELLS: usize = 16;
/// Bytes of such a file.
pub const LARGEST_LOOK_UP: usize = 2 << 20;

impl Chat {
    /// A file of chosen serial numbers, and the answers with the further ones.
    pub(super) async fn render_chosen(
        &self,
        tx: &mut Tx,
        customer: &Customer,
        (choice, format): (&SerialsChoice, SerialsFormat),
        part: Option<Part>,
    ) -> Result<Option<Dispatch>, ChatError> {
        if customer.access != Access::Admitted {
            return Ok(None);
        }
        let (catalogue, texts) = (self.shop.catalogue(tx).await?, self.texts_for(customer));
        let filter = self.filter(choice);
        let part = match part {
            Some(part) => part,
            None => {
                let count = tx.count_given(customer.account, &filter).await?;
                Part { number: 1, of: count.div_ceil(ROWS_OF_FILE).max(1), each: ROWS_OF_FILE }
            }
        };
        let from = part.each * part.number.saturating_sub(1);
        // The last one has the rest, should there be more by then.
        let to = if part.number == part.of { u64::MAX } else { from + part.each };
        let name = match part.of {
            1 => format!("serial-numbers.{}", format.extension()),
            of => format!("serial-numbers-{}-of-{of}.{}", part.number, format.extension()),
        };
        let (rows, sending) = self.shop.given(tx, customer.account, &filter, from..to);
        let (sent, made) = tokio::join!(sending, self.file(rows, format, texts));
        // What was written before reading failed is not all.
        sent?;
        let (bytes, count) = match made {
            Ok(made) => made,
            Err(error) => return Ok(Some(Dispatch::Send(failed(&error, &texts)))),
        };
        if count == 0 {
            return Ok(Some(Dispatch::Send(serials::none_chosen(choice, &catalogue, &texts))));
        }
        let numbered = (part.of > 1).then_some((part.number, part.of));
        let file = serials::ChosenFile { name, bytes, count, part: numbered };
        let further = match part.number {
            1 => part
                .further()
                .map(|part| Answer::Serials { choice: choice.clone(), format, part: Some(part) })
                .collect(),
            _ => Vec::new(),
        };
        let message = self.shared(serials::chosen(choice, file, &catalogue, &texts));
        Ok(Some(Dispatch::SendFirst(message, further)))
    }

    fn filter(&self, choice: &SerialsChoice) -> GivenFilter {
        match choice {
            SerialsChoice::Order(number) => GivenFilter { order: Some(*number), ..GivenFilter::default() },
            SerialsChoice::Product(sku) => GivenFilter { sku: Some(sku.clone()), ..GivenFilter::default() },
            SerialsChoice::Period(period) => {
                let span = period.span(self.config().shop.time_zone);
                GivenFilter { span: Some((span.from, span.to)), ..GivenFilter::default() }
            }
        }
    }

    /// The bytes of a file, and how many serial numbers are in it.
    async fn file(
        &self,
        given: impl Iterator<Item = GivenSerial> + Send + 'static,
        format: SerialsFormat,
        texts: Texts,
    ) -> anyhow::Result<(Vec<u8>, u64)> {
        let (zone, made_at) = (self.config().shop.time_zone, self.clock().now());
        let row = move |one: GivenSerial| {
            let name = one.name.as_ref().map(|name| name.in_language(texts.language()));
            let product = name.unwrap_or(one.sku.as_str()).to_owned();
            SerialRow { serial: one.serial.as_str().to_owned(), product, order: one.order.0, day: day_of(one.at, zone) }
        };
        on_a_thread(move || report::serials(given.map(row), format, made_at, &texts)).await
    }

    /// Posts the answer to what somebody wants to have looked up. No serial number stands in it.
    pub(super) async fn look_up(&self, tx: &mut Tx, customer: &Customer, what: &LookUp) -> Result<(), ChatError> {
        let chat = customer.person.id.private_chat();
        let answer = match what {
            LookUp::File(file) => Answer::LookUpFile(file.clone()),
            LookUp::Typed(message, typed) => {
                let known = by_serial(tx.given_among(customer.account, typed).await?);
                let mut found: Vec<FoundSerials> = Vec::new();
                let mut unknown = 0;
                for (place, serial) in (1_u64..).zip(typed) {
                    let Some(one) = known.get(serial) else {
                        unknown += 1;
                        continue;
                    };
                    match found.last_mut() {
                        Some(last) if last.last + 1 == place && last.order == one.order && last.sku == one.sku => {
                            last.last = place;
                        }
                        _ => found.push(FoundSerials {
                            first: place,
                            last: place,
                            order: one.order,
                            sku: one.sku.clone(),
                            at: one.at,
                        }),
                    }
                }
                Answer::SerialsFound { message: *message, found, unknown }
            }
        };
        self.post_once(tx, chat, None, &answer).await
    }

    /// What the serial numbers of a file are that a customer sent, fetched just now.
    pub async fn render_look_up(&self, chat: ChatId, fetched: &Fetched) -> Result<Option<Dispatch>, ChatError> {
        let admitted = async |tx: &mut Tx| -> Result<Option<Customer>, ChatError> {
            let customer = tx.customer(PersonId(chat.0)).await?;
            Ok(customer.filter(|customer| customer.access == Access::Admitted))
        };
        if admitted(&mut self.store().read()).await?.is_none() {
            return Ok(None);
        }
        // Outside any transaction: there are few, and others wait for one.
        let list = fetched.list(Reading::Lenient).await;
        let _place = exporting::place().await;
        let mut tx = self.store().read();
        let Some(customer) = admitted(&mut tx).await? else { return Ok(None) };
        let texts = self.texts_for(&customer);
        let refused = |sentence: &str| Ok(Some(Dispatch::Send(OutgoingMessage::plain(Screen::sentence(sentence)))));
        let bytes = match list {
            Ok(bytes) => bytes,
            Err(FileRefusal::TooLarge) => return refused(&too_long(&texts)),
            Err(refusal) => {
                let catalogue = self.shop.catalogue(&mut tx).await?;
                return refused(&serial_files::refused(&refusal, &catalogue, &texts));
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let filled = || text.lines().map(cells).filter(|cells| !cells.is_empty());
        // Of a text in another encoding nothing is left that could be a serial number.
        let strange = text.lines().position(|line| line.contains(['\u{fffd}', '\0']));
        if let (None, Some(place)) = (filled().next(), strange) {
            let fault = FileFault::NotUtf8 { line: place as u64 + 1 };
            return refused(&serial_files::file_fault(fault, &texts));
        }
        let has_digit = |cell: &SerialNumber| cell.as_str().chars().any(char::is_numeric);
        let is_heading = |first: Vec<SerialNumber>| !first.iter().any(has_digit) && filled().nth(1).is_some();
        let heading = usize::from(filled().next().is_some_and(is_heading));
        if filled().nth(heading + MOST_LOOKED_UP).is_some() {
            return refused(&too_long(&texts));
        }
        let (rows, looking) = self.shop.given_among(&mut tx, customer.account, filled().skip(heading));
        let (unknown, made) = tokio::join!(looking, self.file(rows, SerialsFormat::Table, texts));
        let unknown = unknown?;
        let (bytes, count) = match made {
            Ok(made) => made,
            Err(error) => return Ok(Some(Dispatch::Send(failed(&error, &texts)))),
        };
        let name = "serial-numbers.csv".to_owned();
        let file = (count > 0).then_some(serials::ChosenFile { name, bytes, count, part: None });
        Ok(Some(Dispatch::Send(self.shared(serials::found_in_file(file, unknown, &texts)))))
    }

    /// A message with serial numbers, as the shop lets them be passed on.
    fn shared(&self, message: OutgoingMessage) -> OutgoingMessage {
        message.shared(self.config().shop.serials_sharing)
    }
}

fn too_long(texts: &Texts) -> String {
    texts.say_with("serials-look-up-too-long", &[("limit", (MOST_LOOKED_UP as u64).into())])
}

fn by_serial(given: Vec<GivenSerial>) -> BTreeMap<SerialNumber, GivenSerial> {
    given.into_iter().map(|one| (one.serial.clone(), one)).collect()
}

/// What may be a serial number in a line, however the file came about.
fn cells(line: &str) -> Vec<SerialNumber> {
    let bare = |cell: &str| {
        SerialNumber::parse(cell.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\u{feff}')).ok()
    };
    line.split([';', ',', '\t']).filter_map(bare).take(MOST_CELLS).collect()
}
