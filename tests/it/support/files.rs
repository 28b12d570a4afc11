//! Files that people send.

use keydesk_emulator::Content;

/// An invoice, with the text below it.
pub fn pdf(caption: &str) -> Content {
    document("Счет.pdf", b"%PDF-1.4 an invoice", caption)
}

/// A file of serial numbers.
pub fn list(name: &str, text: &str) -> Content {
    document(name, text.as_bytes(), "")
}

/// Any file.
pub fn document(name: &str, bytes: &[u8], caption: &str) -> Content {
    Content::Document {
        name: name.to_owned(),
        mime: "application/octet-stream".to_owned(),
        bytes: bytes.to_vec(),
        caption: (!caption.is_empty()).then(|| caption.to_owned()),
    }
}
