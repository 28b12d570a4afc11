//! Files of serial numbers, as spreadsheets, scripts and people write them: one to a line, alone or beside its product.
//!
//! Lines end in LF, CRLF or CR. Columns are divided by semicolons, commas or tabs, and may stand in quotes. A serial number
//! is kept as its maker wrote it; whatever else stands in a file is never sold as one:
//!
//! | in the file | what comes of it |
//! | --- | --- |
//! | letters and digits of one alphabet with `- _ . : / + = #` and the like inside, `{…}` around a GUID | a serial number |
//! | a mark of UTF-8, blank lines | passed over |
//! | `sep=;` on the first line | passed over, and it divides the columns |
//! | `-----`, `=====`, `***` | passed over |
//! | `# …` with a space, which no serial number has | passed over; `# sku: …` names the product of what stands below it |
//! | a first line of known words, or a word above serial numbers that have digits or another form | passed over as heading |
//! | `="0001"`, `'0001`, `“0001”`, `'0001'` | unwrapped |
//! | `1.23457E+15`; long numbers that all end in zeros | refused: the digits are lost |
//! | `#…`, `//…`, `- …`, `!…`, `1. …`, `<…>`, `[…]`, `(…)`, `{\…`, `…@…`, `Total: 50`, `key=…`, nothing but marks | refused |
//! | `…!`, `…-USED`, `…-` (unless in letters of both cases) | refused: ticked off, or cut off |
//! | `=A1+1` | refused: a formula |
//! | `%2D`, `&amp;`, `=2D` | refused: escaped |
//! | dates, times, sums, telephone numbers, fewer than six digits; a column of days, 1, 2, 3, … or telephone numbers in digits | refused: figures |
//! | two of one form with `, ; / + & =` between them | refused: write one to a line |
//! | letters of two alphabets, dashes, full width and other look-alikes | refused |
//! | a line unlike the others (a word, a page, half a serial number, two without a gap), a first line that may be a heading or not | refused: remove it, or say the form |
//! | the same serial number twice, also in capitals here and small letters there, or without its braces | refused with both lines (by whoever gathers them) |
//! | a space or what nobody sees, another encoding | refused |
//!
//! A product's `serial_pattern` decides in the place of likeness and marks: what matches is a serial number. All faults name
//! lines and never what stands in them.

mod columns;
mod fault;
mod faults;
mod figures;
mod likeness;
mod lines;
mod marks;
mod products;
mod remarks;
mod words;

use std::collections::{BTreeMap, VecDeque};
use std::io::BufRead;

use columns::{Divider, Field};
pub use fault::{FileFault, Junk};
pub use faults::{FileFaults, LineFault};
pub use figures::are_figures as is_figure;
use figures::is_column_of_figures;
use likeness::{FirstLine, Likeness, Looks, SAMPLE, are_rounded, first_line};
use lines::Lines;
pub use products::ListedProducts;
pub use remarks::{Remarks, SomeLines};

use crate::domain::ids::Sku;
use crate::domain::stock::serial_number::{NotASerial, SerialNumber};

/// Lines without letters and digits that a list may have: far more are no list.
const MAX_RULES: u64 = 10_000;

/// What a line `# sku: …` says of those below it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Section {
    Of(Sku),
    /// A product that may not be listed here, or none at all.
    Unknown,
}

/// A serial number as a file lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its line, counted from 1.
    pub line: u64,
    /// The product that stands beside it, if any does.
    pub sku: Option<Sku>,
    pub serial: SerialNumber,
}

/// Reads a file line by line up to its first fault, with no more in memory than it needs to tell a heading. Lines are also
/// compared with those before them, so that only a file that was read to its end has no fault. What stands twice is for the
/// caller to find.
#[derive(Debug)]
pub struct SerialFile<'s, R> {
    lines: Lines<R>,
    products: &'s ListedProducts,
    divider: Divider,
    place: Place,
    remarks: Remarks,
    /// The block of lines that the reader is in, if the file has such.
    section: Option<Section>,
    /// Read, and not given yet.
    ahead: VecDeque<Entry>,
    likeness: BTreeMap<Option<Sku>, Likeness>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first line that is not blank.
    Top,
    /// Among the lines from which it is told whether the first one is a heading.
    Head,
    Body,
    /// Everything was read.
    End,
    /// At the end, or behind a fault.
    Over,
}

impl<'s, R: BufRead> SerialFile<'s, R> {
    /// A file whose second column, if it has one, names these products.
    pub fn new(reader: R, products: &'s ListedProducts) -> SerialFile<'s, R> {
        SerialFile {
            lines: Lines::new(reader),
            products,
            divider: Divider::Usual,
            place: Place::Top,
            remarks: Remarks::default(),
            section: None,
            ahead: VecDeque::new(),
            likeness: BTreeMap::new(),
        }
    }

    /// What was passed over and unwrapped so far.
    pub fn remarks(&self) -> Remarks {
        self.remarks
    }

    /// What was read to tell a heading and not given yet.
    pub fn read_ahead(&mut self) -> VecDeque<Entry> {
        std::mem::take(&mut self.ahead)
    }

    /// The next line by itself, held against no other, for naming what else is wrong with a file that is refused; from then on it
    /// gives nothing else.
    pub fn next_by_itself(&mut self) -> Option<Result<Entry, FileFault>> {
        self.place = Place::Over;
        match self.ahead.pop_front() {
            Some(entry) => Some(Ok(entry)),
            None => self.read_entry().transpose(),
        }
    }

    /// The entry of the line that was read; `None` for one that is passed over.
    fn entry(&mut self) -> Result<Option<Entry>, FileFault> {
        let (line, bytes) = (self.lines.number(), self.lines.bytes());
        let is_utf8 = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0);
        let text = String::from_utf8_lossy(bytes).into_owned();
        let at_top = self.place == Place::Top;
        if at_top
            && self.remarks.separator.is_none()
            && let Some(divider) = Divider::named_by(&text)
        {
            self.divider = divider;
            self.remarks.separator = Some(line);
            return Ok(None);
        }
        let fields = self.divider.columns(&text);
        if let (true, Some(fields)) = (is_utf8, &fields)
            && fields.iter().all(|field| marks::is_rule(&field.text))
        {
            if !fields.is_empty() && self.remarks.rule(line) > MAX_RULES {
                return Err(junk_at(line));
            }
            return Ok(None);
        }
        if let Some(note) = marks::note(&text) {
            if let Some(name) = marks::name_before_colon(note) {
                self.section = Some(self.products.named(name).map_or(Section::Unknown, Section::Of));
            }
            return if self.remarks.note(line) > MAX_RULES { Err(junk_at(line)) } else { Ok(None) };
        }
        if at_top {
            self.place = Place::Head;
        }
        let letters = if is_utf8 { words::Letters::Known } else { words::Letters::OfAnotherEncoding };
        let names_product = |fields: &[Field]| fields.iter().any(|field| self.products.named(&field.text).is_some());
        if at_top
            && let Some(fields) = &fields
            && !names_product(fields)
            && words::is_heading(fields, letters)
        {
            self.remarks.heading = Some(line);
            return Ok(None);
        }
        if !is_utf8 {
            return Err(FileFault::NotUtf8 { line });
        }
        if marks::is_rounded(&text) {
            return Err(FileFault::Junk { line, kind: Junk::Rounded });
        }
        // A list as programs write it has quotation marks of another kind.
        let is_markup = fields.is_none() && text.trim_start().starts_with(['[', '{']);
        let unread = if is_markup { junk_at(line) } else { FileFault::Quotes { line } };
        let divided = self.divided(line, fields.ok_or(unread)?);
        if divided.is_err() && marks::has_entity(&text) {
            return Err(FileFault::Junk { line, kind: Junk::Escaped });
        }
        let (sku, field) = divided?;
        match self.serial(line, sku.as_ref(), &field) {
            Err(FileFault::Junk { kind: Junk::Pattern, .. }) if at_top && !field.text.chars().any(char::is_numeric) => {
                self.remarks.heading = Some(line);
                Ok(None)
            }
            Err(fault) => Err(fault),
            Ok(serial) => Ok(Some(Entry { line, sku, serial })),
        }
    }

    /// The product and the serial number of a line.
    fn divided(&self, line: u64, fields: Vec<Field>) -> Result<(Option<Sku>, Field), FileFault> {
        let named = |field: &Field| self.products.named(&field.text);
        match <[Field; 2]>::try_from(fields) {
            Ok([one, other]) => match (named(&one), named(&other)) {
                (Some(sku), _) => Ok((Some(sku), other)),
                (None, Some(sku)) => Ok((Some(sku), one)),
                (None, None) => Err(FileFault::NoProduct { line }),
            },
            Err(fields) => match <[Field; 1]>::try_from(fields) {
                // A row of which the other cell was forgotten.
                Ok([one]) if named(&one).is_some() => Err(FileFault::Serial { line, reason: NotASerial::Empty }),
                Ok([one]) => match &self.section {
                    Some(Section::Unknown) => Err(FileFault::NoProduct { line }),
                    Some(Section::Of(sku)) => Ok((Some(sku.clone()), one)),
                    None => Ok((None, one)),
                },
                Err(_) => Err(FileFault::Columns { line }),
            },
        }
    }

    fn serial(&mut self, line: u64, sku: Option<&Sku>, field: &Field) -> Result<SerialNumber, FileFault> {
        let products = self.products;
        let matcher = products.matcher(sku);
        let inner = marks::unwrapped(&field.text);
        let text = match matcher {
            // As it is first: the marks may be its own.
            Some(matcher) if matcher.fits(&field.text) => &field.text,
            _ => inner.unwrap_or(&field.text),
        };
        let junk = match matcher {
            Some(matcher) if !matcher.fits(text) => Some(Junk::Pattern),
            Some(_) => marks::looks_like_others(text).then_some(Junk::LookAlike),
            None => marks::junk(field, text),
        };
        if let Some(kind) = junk {
            // Said as what it is where that is plain to see.
            let is_word = !text.contains(char::is_whitespace);
            let is_plain = |reason: &NotASerial| match reason {
                NotASerial::Invisible => true,
                NotASerial::TooLong if is_word => true,
                _ => kind == Junk::LookAlike,
            };
            let plain = SerialNumber::parse(text).err().filter(is_plain);
            return Err(plain.map_or(FileFault::Junk { line, kind }, |reason| FileFault::Serial { line, reason }));
        }
        let serial = SerialNumber::parse(text).map_err(|reason| FileFault::Serial { line, reason })?;
        if field.forced || text != field.text {
            self.remarks.unwrapped(line);
        }
        Ok(serial)
    }

    /// Reads on to the next entry.
    fn read_entry(&mut self) -> Result<Option<Entry>, FileFault> {
        while self.lines.advance()? {
            // A spreadsheet may have saved a million of them.
            if self.lines.bytes().is_empty() {
                continue;
            }
            if let Some(entry) = self.entry()? {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    fn next_entry(&mut self) -> Result<Option<Entry>, FileFault> {
        if matches!(self.place, Place::Top | Place::Head) {
            self.read_head()?;
        }
        if self.ahead.is_empty() && self.place == Place::Body {
            match self.read_entry()? {
                Some(entry) => {
                    self.compare(&entry)?;
                    return Ok(Some(entry));
                }
                None => self.end()?,
            }
        }
        Ok(self.ahead.pop_front())
    }

    /// Reads as much as shows what the serial numbers look like, and tells a heading from them.
    fn read_head(&mut self) -> Result<(), FileFault> {
        while self.ahead.len() < SAMPLE {
            match self.read_entry()? {
                Some(entry) => self.ahead.push_back(entry),
                None => break,
            }
        }
        let was_all = self.ahead.len() < SAMPLE;
        self.judge_head()?;
        self.place = Place::Body;
        let ahead = std::mem::take(&mut self.ahead);
        ahead.iter().try_for_each(|entry| self.compare(entry))?;
        self.ahead = ahead;
        if was_all { self.end() } else { Ok(()) }
    }

    fn judge_head(&mut self) -> Result<(), FileFault> {
        let Some(first) = self.ahead.front() else { return Ok(()) };
        let line = first.line;
        // A product beside it is no heading's, and a pattern has decided.
        if self.products.matcher(first.sku.as_ref()).is_some() {
            return Ok(());
        }
        let sample: Vec<Looks> = self.ahead.iter().map(|entry| Looks::of(entry.line, entry.serial.as_str())).collect();
        let junk = |kind| Err(FileFault::Junk { line, kind });
        if are_rounded(&sample) {
            return junk(Junk::Rounded);
        }
        if self.is_numbered_list() {
            return junk(Junk::Marks);
        }
        match first_line(&sample) {
            _ if first.sku.is_some() => {}
            FirstLine::Serial => {}
            FirstLine::Unsure => return junk(Junk::Unlike),
            FirstLine::Heading if self.remarks.heading.is_some() => return junk(Junk::Unlike),
            FirstLine::Heading => {
                self.remarks.heading = Some(line);
                self.ahead.pop_front();
            }
        }
        let texts: Vec<&str> = self.ahead.iter().map(|entry| entry.serial.as_str()).collect();
        match self.ahead.front() {
            Some(first) if is_column_of_figures(&texts) => {
                Err(FileFault::Junk { line: first.line, kind: Junk::Figures })
            }
            _ => Ok(()),
        }
    }

    /// `1.KEY`, `2.KEY`, …
    fn is_numbered_list(&self) -> bool {
        let is_numbered = |(index, entry): (usize, &Entry)| {
            let rest = entry.serial.as_str().strip_prefix(&(index + 1).to_string());
            rest.is_some_and(|rest| rest.starts_with(['.', ')']))
        };
        self.ahead.len() > 1 && self.ahead.iter().enumerate().all(is_numbered)
    }

    /// Holds an entry against the others of its product.
    fn compare(&mut self, entry: &Entry) -> Result<(), FileFault> {
        if self.products.matcher(entry.sku.as_ref()).is_some() {
            return Ok(());
        }
        let likeness = self.likeness.entry(entry.sku.clone()).or_insert_with(|| Likeness::Learning(Vec::new()));
        likeness.compare(Looks::of(entry.line, entry.serial.as_str())).map_err(unlike)
    }

    fn end(&mut self) -> Result<(), FileFault> {
        self.place = Place::End;
        self.likeness.values_mut().try_for_each(Likeness::finish).map_err(unlike)
    }
}

fn junk_at(line: u64) -> FileFault {
    FileFault::Junk { line, kind: Junk::Marks }
}

fn unlike(line: u64) -> FileFault {
    FileFault::Junk { line, kind: Junk::Unlike }
}

impl<R: BufRead> Iterator for SerialFile<'_, R> {
    type Item = Result<Entry, FileFault>;

    fn next(&mut self) -> Option<Result<Entry, FileFault>> {
        if self.place == Place::Over {
            return None;
        }
        let next = self.next_entry();
        if !matches!(next, Ok(Some(_))) {
            self.place = Place::Over;
        }
        next.transpose()
    }
}
