//! Workbooks as people make them of what the bot sent.

use std::io::{Cursor, Write};

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What somebody left in a cell.
#[derive(Clone, Debug)]
pub enum Left {
    Nothing,
    Text(String),
    Number(f64),
    /// A number that the program shows as a date.
    Date(f64),
    /// A number that the program shows with zeros before it.
    Padded(f64),
    /// A formula, and what it came to.
    Formula(&'static str, &'static str),
}

pub fn text(text: &str) -> Left {
    Left::Text(text.to_owned())
}

/// The cells of a workbook's first sheet, and what it is called.
pub fn opened(file: &[u8]) -> (String, Vec<Vec<Left>>) {
    let mut book = Xlsx::new(Cursor::new(file.to_vec())).unwrap();
    let name = book.sheet_names()[0].clone();
    let cells = book.worksheet_range_at(0).unwrap().unwrap();
    let left = |cell: &Data| match cell {
        Data::Empty => Left::Nothing,
        Data::Float(number) => Left::Number(*number),
        other => text(&other.to_string()),
    };
    (name, cells.rows().map(|row| row.iter().map(left).collect()).collect())
}

/// A workbook with these sheets.
pub fn saved(sheets: &[(&str, Vec<Vec<Left>>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let padded = Format::new().set_num_format("00000000");
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Left::Nothing => continue,
                    Left::Text(text) => sheet.write_string(row, column, text),
                    Left::Number(number) => sheet.write_number(row, column, *number),
                    Left::Date(number) => sheet.write_number_with_format(row, column, *number, &date),
                    Left::Padded(number) => sheet.write_number_with_format(row, column, *number, &padded),
                    Left::Formula(formula, value) => {
                        sheet.write_formula(row, column, Formula::new(*formula).set_result(*value))
                    }
                }
                .unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Parts packed as a workbook is.
pub fn packed(parts: &[(impl AsRef<str>, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name.as_ref(), SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The parts of a workbook with one sheet, whose XML and whose shared texts are these.
fn parts(sheet: Vec<u8>, texts: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    parts_of_many((1, 1), &sheet, texts)
}

/// The same of so many sheets alike, which share so many parts.
fn parts_of_many((sheets, kept): (usize, usize), sheet: &[u8], texts: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let type_of = |kind: &str| format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
    let (mut relationships, mut named) = (String::new(), String::new());
    let mut parts: Vec<_> = (0..kept).map(|n| (format!("xl/worksheets/sheet{n}.xml"), sheet.to_vec())).collect();
    for n in 0..sheets {
        let (kind, part) = (type_of("worksheet"), n % kept);
        relationships += &format!("<Relationship Id=\"r{n}\" Type=\"{kind}\" Target=\"worksheets/sheet{part}.xml\"/>");
        named += &format!("<sheet name=\"Прайс-лист {n}\" sheetId=\"{n}\" r:id=\"r{n}\"/>");
    }
    let kind = type_of("sharedStrings");
    relationships += &format!("<Relationship Id=\"texts\" Type=\"{kind}\" Target=\"sharedStrings.xml\"/>");
    let relationships = format!("<Relationships>{relationships}</Relationships>").into_bytes();
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relationships));
    let book = format!("<workbook><sheets>{named}</sheets></workbook>").into_bytes();
    parts.push(("xl/workbook.xml".to_owned(), book));
    parts.push(("xl/sharedStrings.xml".to_owned(), texts));
    parts
}

fn parts_with_format(sheet: &[u8], code: &str) -> Vec<(String, Vec<u8>)> {
    let styles =
        format!("<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"{code}\"/></numFmts></styleSheet>");
    let mut parts = parts(sheet.to_vec(), b"<sst/>".to_vec());
    parts.push(("xl/styles.xml".to_owned(), styles.into_bytes()));
    parts
}

/// A workbook with one serial number whose number formats have this one among them.
pub fn with_format(code: &str) -> Vec<u8> {
    let sheet = b"<worksheet><sheetData><row><c t=\"str\"><v>TR-0001</v></c></row></sheetData></worksheet>";
    packed(&parts_with_format(sheet, code))
}

/// Workbooks that ask for more than they are worth, and what is hostile about each.
pub fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let texts = |inner: &str| format!("<sst uniqueCount=\"99999999999999\">{inner}</sst>").into_bytes();
    let sheet = |rows: &str| format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes();
    let headings = "<row><c t=\"inlineStr\"><is><t>Артикул</t></is></c><c t=\"inlineStr\"><is><t>Цена</t></is></c>\
                    <c t=\"inlineStr\"><is><t>Как продается</t></is></c>\
                    <c t=\"inlineStr\"><is><t>Количество или от</t></is></c></row>";
    let shared = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>";
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row><row r=\"99999999999\"><c r=\"ZZZZZZZ0\"><v>1</v></c></row>";
    let shared_formula =
        "<row><c r=\"A2\"><f t=\"shared\" si=\"4294967295\" ref=\"A1:XFD1048576\">1</f><v>1</v></c></row>";
    let entity = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\">]>";
    let long = format!("<si><t>{}</t></si>", "ы".repeat(300));
    // A little less than a reader keeps of one sheet.
    let full = sheet(&format!("{headings}{}", shared.repeat(6_000)));
    let all = [
        ("spaces that unpack to a thousand times", parts(sheet(&" ".repeat(64 << 20)), texts(""))),
        (
            "texts that unpack to a thousand times",
            parts(sheet(""), texts(&format!("<si><t>{}</t></si>", "x".repeat(8 << 20)))),
        ),
        ("a million texts", parts(sheet(""), texts(&"<si/>".repeat(300_000)))),
        ("one text in a million cells", parts(sheet(&format!("{headings}{}", shared.repeat(400_000))), texts(&long))),
        ("one part under a hundred names", parts_of_many((100, 1), &full, texts(&long))),
        ("a hundred sheets", parts_of_many((100, 100), &full, texts(&long))),
        ("cells that lie far apart", parts(sheet(&format!("{headings}{far}{shared_formula}")), texts(""))),
        ("entities", parts(format!("{entity}<worksheet>&b;</worksheet>").into_bytes(), texts("<si><t>&b;</t></si>"))),
        ("nothing that reads", parts(b"\xff\xfe<<<".to_vec(), b"]]>".to_vec())),
        ("elements within elements", parts("<a>".repeat(2_000_000).into_bytes(), texts(""))),
        ("a number format of megabytes", parts_with_format(&sheet(headings), &"g".repeat(2_000_000))),
    ];
    all.into_iter().map(|(title, parts)| (title, packed(&parts))).collect()
}
