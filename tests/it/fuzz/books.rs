//! Workbooks with something in them that no spreadsheet program writes: in the packing, or in a part that is packed well.

use std::io::{Cursor, Read};

use proptest::prelude::*;
use proptest::sample::Index;
use zip::ZipArchive;

use super::mutation::bytes;
use crate::support::workbooks::packed;

type Parts = Vec<(String, Vec<u8>)>;

const WORDS: &[&[u8]] = &[
    b"<row>",
    b"</row>",
    b"<c t=\"s\"><v>",
    b"<v>99999999999</v>",
    b"<v>-1</v>",
    b"r=\"XFD1048576\"",
    b"r=\"A0\"",
    b"&#0;",
    b"&lt;",
    b"&b;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
    b"t=\"inlineStr\"",
    b"<is><t>",
    b"</t></is>",
    b"1E+308",
    b"NaN",
    b"../../",
    b"PK\x05\x06",
    b"\xff\xff\xff\xff",
    b"\0",
];

/// Workbooks made of these examples.
pub fn books_made_of(examples: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let unpacked: Vec<Parts> = examples.iter().map(|book| parts(book)).collect();
    let all = unpacked.iter().flatten().map(|(_, bytes)| bytes.clone()).collect();
    let replaced = (any::<Index>(), any::<Index>(), bytes(all, WORDS)).prop_map(move |(book, part, bytes)| {
        let mut parts = book.get(&unpacked).clone();
        part.get_mut(&mut parts).1 = bytes;
        packed(&parts)
    });
    prop_oneof![bytes(examples, WORDS), replaced]
}

/// Those of a workbook whose content is read.
fn parts(book: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let unpack = |name: String| {
        let mut bytes = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        (name, bytes)
    };
    names.into_iter().filter(|name| name.starts_with("xl/")).map(unpack).collect()
}
