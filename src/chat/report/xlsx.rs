//! Reading a workbook (Office Open XML) cell by cell, whatever somebody sends: each part is unpacked no further than to a
//! bound, only what a cell shows is kept, and numbers stay the decimal text that they are written as.

mod number_format;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use super::patience::Patience;
use crate::domain::catalogue::sheet::Cell;
pub use number_format::NumberFormat;

/// The largest part that is kept in memory, unpacked, in bytes: the texts of a price list of a thousand products are a tenth of it.
const LARGEST_KEPT: u64 = 2 << 20;
/// The largest sheet, unpacked, in bytes; it is read as it is unpacked, but a run of spaces is one piece, and is in memory thrice.
const LARGEST_SHEET: u64 = 8 << 20;
/// All sheets together, unpacked, in bytes: packed, a hundred of them may be a few kilobytes.
const LARGEST_SHEETS: u64 = 4 * LARGEST_SHEET;
/// Texts that the cells of a workbook share, and sheets of it.
const MOST_TEXTS: usize = 100_000;
const MOST_SHEETS: usize = 100;
const MOST_FORMATS: usize = 100_000;
/// Characters of a cell that are kept: more than any name may have, so that a longer one is seen to be too long.
const LONGEST_TEXT: usize = 300;

/// Why a workbook cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("it is no workbook")]
    NotAWorkbook,
    #[error("a part of it is too large")]
    TooLarge,
}

pub(super) struct Workbook<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Names of sheets, and the parts that hold them.
    sheets: Vec<(String, String)>,
    /// Bytes of sheets, unpacked, that are still read.
    room: u64,
    texts: Vec<Box<str>>,
    /// What cells of each style show of a number.
    formats: Vec<NumberFormat>,
    patience: Patience,
}

impl From<quick_xml::Error> for Unreadable {
    fn from(_: quick_xml::Error) -> Unreadable {
        Unreadable::NotAWorkbook
    }
}

impl From<quick_xml::events::attributes::AttrError> for Unreadable {
    fn from(_: quick_xml::events::attributes::AttrError) -> Unreadable {
        Unreadable::NotAWorkbook
    }
}

impl<'b> Workbook<'b> {
    pub(super) fn open(bytes: &'b [u8], patience: &Patience) -> Result<Workbook<'b>, Unreadable> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotAWorkbook)?;
        let parts = relationships(&kept(&mut archive, "xl/_rels/workbook.xml.rels")?.ok_or(Unreadable::NotAWorkbook)?)?;
        let book = kept(&mut archive, "xl/workbook.xml")?.ok_or(Unreadable::NotAWorkbook)?;
        let named = |kind: &str, usual: &str| {
            let part = parts.iter().find(|part| part.kind.ends_with(kind));
            part.map_or_else(|| usual.to_owned(), |part| part.target.clone())
        };
        let texts = kept(&mut archive, &named("/sharedStrings", "xl/sharedStrings.xml"))?;
        let styles = kept(&mut archive, &named("/styles", "xl/styles.xml"))?;
        Ok(Workbook {
            sheets: sheets(&book, &parts)?,
            room: LARGEST_SHEETS,
            texts: texts.map_or(Ok(Vec::new()), |part| shared_texts(&part))?,
            formats: styles.map_or(Ok(Vec::new()), |part| formats_of_styles(&part))?,
            archive,
            patience: patience.clone(),
        })
    }

    pub(super) fn sheet_names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(name, _)| name.as_str())
    }

    /// Gives every cell of a sheet that has anything in it to `take`, as they stand in the file, with its row and column
    /// counted from 0 and what it shows of a number, until `take` gives `false`.
    pub(super) fn cells(
        &mut self,
        sheet: &str,
        take: impl FnMut(u32, u16, Cell, NumberFormat) -> bool,
    ) -> Result<(), Unreadable> {
        let part = self.sheets.iter().find(|(name, _)| name == sheet).map(|(_, part)| part.clone());
        let part = part.ok_or(Unreadable::NotAWorkbook)?;
        let file = self.archive.by_name(&part).map_err(|_| Unreadable::NotAWorkbook)?;
        let limit = LARGEST_SHEET.min(self.room);
        let mut file = file.take(limit);
        let read = each_cell(self.patience.through(BufReader::new(&mut file)), &self.formats, &self.texts, take);
        self.room -= limit - file.limit();
        match read {
            // What is left of it lies beyond the bound, or would take too long.
            Err(Unreadable::NotAWorkbook) if file.limit() == 0 || self.patience.is_over() => Err(Unreadable::TooLarge),
            read => read,
        }
    }
}

fn each_cell(
    sheet: impl BufRead,
    formats: &[NumberFormat],
    texts: &[Box<str>],
    mut take: impl FnMut(u32, u16, Cell, NumberFormat) -> bool,
) -> Result<(), Unreadable> {
    let mut reader = reader(sheet);
    let (mut row, mut column) = (0_u32, 0_u16);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "row" => {
                    let numbered = attribute(&element, "r")?.and_then(|row| row.parse::<u32>().ok());
                    row = numbered.and_then(|row| row.checked_sub(1)).unwrap_or(row);
                    column = 0;
                }
                "c" => {
                    let place = attribute(&element, "r")?.and_then(|name| cell_of(&name));
                    (row, column) = place.unwrap_or((row, column));
                    let kind = attribute(&element, "t")?.unwrap_or_default();
                    let style = attribute(&element, "s")?.and_then(|style| style.parse::<usize>().ok());
                    let format = style.and_then(|style| formats.get(style)).copied();
                    let format = format.unwrap_or(NumberFormat::Plain);
                    let content = content_until(&mut reader, "c")?;
                    if let Some(cell) = cell(content, &kind, format, texts)
                        && !take(row, column, cell, format)
                    {
                        return Ok(());
                    }
                    column = column.saturating_add(1);
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "row" => row = row.saturating_add(1),
            Event::End(element) if element.local_name().as_ref() == "sheetData" => return Ok(()),
            Event::Eof => return Err(Unreadable::NotAWorkbook),
            _ => {}
        }
    }
}

/// Whether a file is a workbook or something else that is packed like one, whatever it is called.
pub fn is_packed(file: &[u8]) -> bool {
    file.starts_with(b"PK\x03\x04") || is_former(file)
}

/// Whether it is one of Excel's former form, or locked by a password.
pub(super) fn is_former(file: &[u8]) -> bool {
    file.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// A part that is kept whole; `None` when there is none.
fn kept(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
    let part = match archive.by_name(name) {
        Ok(part) => part,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(_) => return Err(Unreadable::NotAWorkbook),
    };
    let mut bytes = Vec::new();
    part.take(LARGEST_KEPT + 1).read_to_end(&mut bytes).map_err(|_| Unreadable::NotAWorkbook)?;
    if bytes.len() as u64 > LARGEST_KEPT { Err(Unreadable::TooLarge) } else { Ok(Some(bytes)) }
}

fn reader<R: BufRead>(part: R) -> Reader<R> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    reader
}

fn attribute(element: &BytesStart, name: &str) -> Result<Option<String>, Unreadable> {
    // Any prefix may stand for a namespace.
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute?;
        if attribute.key.local_name().as_ref() == name {
            return Ok(Some(attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned()));
        }
    }
    Ok(None)
}

struct Relationship {
    id: String,
    kind: String,
    target: String,
}

/// Every element of this name, from the first to the last.
fn each(
    part: &[u8],
    name: &str,
    mut take: impl FnMut(&BytesStart) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let mut reader = reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(element) if element.local_name().as_ref() == name => take(&element)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn relationships(part: &[u8]) -> Result<Vec<Relationship>, Unreadable> {
    let mut found = Vec::new();
    each(part, "Relationship", |element| {
        let value = |name: &str| attribute(element, name).map(Option::unwrap_or_default);
        let target = value("Target")?;
        // Relative to the workbook's own part, or from the root.
        let target = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        found.push(Relationship { id: value("Id")?, kind: value("Type")?, target });
        if found.len() > MOST_SHEETS * 2 { Err(Unreadable::TooLarge) } else { Ok(()) }
    })?;
    Ok(found)
}

fn sheets(book: &[u8], parts: &[Relationship]) -> Result<Vec<(String, String)>, Unreadable> {
    let mut sheets: Vec<(String, String)> = Vec::new();
    each(book, "sheet", |element| {
        let (name, id) =
            (attribute(element, "name")?.unwrap_or_default(), attribute(element, "id")?.unwrap_or_default());
        // A sheet that holds a chart has no cells.
        let part = parts.iter().find(|part| part.id == id && part.kind.ends_with("/worksheet"));
        let part = part.filter(|part| sheets.iter().all(|(_, known)| *known != part.target));
        sheets.extend(part.map(|part| (name.chars().take(LONGEST_TEXT).collect(), part.target.clone())));
        if sheets.len() > MOST_SHEETS { Err(Unreadable::TooLarge) } else { Ok(()) }
    })?;
    Ok(sheets)
}

fn shared_texts(part: &[u8]) -> Result<Vec<Box<str>>, Unreadable> {
    let mut texts = Vec::new();
    let mut reader = reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(element) if element.local_name().as_ref() == "si" => {
                if texts.len() >= MOST_TEXTS {
                    return Err(Unreadable::TooLarge);
                }
                texts.push(content_until(&mut reader, "si")?.text.into_boxed_str());
            }
            Event::Eof => return Ok(texts),
            _ => {}
        }
    }
}

/// What the cells of each style show: by the number of a format that every program knows, or by its code.
fn formats_of_styles(part: &[u8]) -> Result<Vec<NumberFormat>, Unreadable> {
    let mut custom: BTreeMap<u32, NumberFormat> = BTreeMap::new();
    each(part, "numFmt", |element| {
        let id = attribute(element, "numFmtId")?.and_then(|id| id.parse().ok());
        let code = attribute(element, "formatCode")?.unwrap_or_default();
        if let Some(id) = id {
            custom.entry(id).or_insert_with(|| NumberFormat::of_code(&code));
        }
        if custom.len() > MOST_FORMATS { Err(Unreadable::TooLarge) } else { Ok(()) }
    })?;
    let format = |id: u32| custom.get(&id).copied().unwrap_or_else(|| NumberFormat::built_in(id));
    let mut formats = Vec::new();
    let mut reader = reader(part);
    let mut buffer = Vec::new();
    let mut within = false;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(element) if element.local_name().as_ref() == "cellXfs" => within = true,
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => within = false,
            Event::Start(element) if within && element.local_name().as_ref() == "xf" => {
                if formats.len() >= MOST_FORMATS {
                    return Err(Unreadable::TooLarge);
                }
                let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse().ok());
                formats.push(id.map_or(NumberFormat::Plain, format));
            }
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}

/// What stands in an element that holds a cell or a shared text.
#[derive(Default)]
struct Content {
    /// The value as it is written, or the text.
    text: String,
    has_formula: bool,
}

/// Reads up to the end of an element: values and texts follow each other, formulas and how words are pronounced are left out.
fn content_until<R: BufRead>(reader: &mut Reader<R>, end: &str) -> Result<Content, Unreadable> {
    let mut content = Content::default();
    let (mut room, mut is_shown, mut aside) = (LONGEST_TEXT, false, 0_usize);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "rPh" | "f" => {
                    content.has_formula |= element.local_name().as_ref() == "f";
                    aside += 1;
                }
                "v" | "t" => is_shown = aside == 0,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "rPh" | "f" => aside = aside.saturating_sub(1),
                "v" | "t" => is_shown = false,
                name if name == end => return Ok(content),
                _ => {}
            },
            Event::Text(text) if is_shown => append(&mut content.text, &text.xml10_content(), &mut room),
            Event::CData(text) if is_shown => append(&mut content.text, &text.xml10_content(), &mut room),
            Event::GeneralRef(reference) if is_shown => {
                let named = quick_xml::escape::resolve_xml_entity(&reference).map(str::to_owned);
                let resolved = match named {
                    Some(named) => named,
                    None => reference.resolve_char_ref()?.map(String::from).unwrap_or_default(),
                };
                append(&mut content.text, &resolved, &mut room);
            }
            Event::Eof => return Err(Unreadable::NotAWorkbook),
            _ => {}
        }
    }
}

fn append(text: &mut String, more: &str, room: &mut usize) {
    for c in more.chars().take(*room) {
        text.push(c);
        *room -= 1;
    }
}

/// What a cell shows; `None` when it is empty.
fn cell(content: Content, kind: &str, format: NumberFormat, texts: &[Box<str>]) -> Option<Cell> {
    let Content { text, has_formula } = content;
    let shown = text.trim();
    if shown.is_empty() {
        return has_formula.then_some(Cell::Uncomputed);
    }
    Some(match kind {
        "s" => Cell::Text(
            shown.parse::<usize>().ok().and_then(|at| texts.get(at)).map_or_else(String::new, |text| text.to_string()),
        ),
        "str" | "inlineStr" => Cell::Text(text),
        "e" => Cell::Error(shown.to_owned()),
        "d" => Cell::Date,
        "b" => Cell::Text(if shown == "0" { "FALSE" } else { "TRUE" }.to_owned()),
        _ if format == NumberFormat::Date => Cell::Date,
        _ => Cell::Number(shown.to_owned()),
    })
}

/// The place of a cell by what spreadsheets call it.
fn cell_of(name: &str) -> Option<(u32, u16)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(letter)
    })?;
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, u16::try_from(column.checked_sub(1)?).ok()?))
}
