//! `keydesk serials import`.

use keydesk::store::Stock;

use super::premises::Premises;
use crate::store::{anna, at, commit, placed, read};
use crate::support::workbooks::{Left, saved, text};

const IMPORT: [&str; 4] = ["serials", "import", "sp-1", "stock.csv"];

async fn stock(premises: &Premises) -> Vec<(String, u64)> {
    let stock = read!(premises.bot_store().await, |tx| tx.stock());
    stock.into_iter().map(|Stock { sku, available }| (sku.to_string(), available)).collect()
}

fn list(numbers: std::ops::Range<u32>) -> String {
    numbers.map(|number| format!("GSP-{number:05}\r\n")).collect()
}

async fn a_file_is_imported_once_however_often(premises: Premises) {
    premises.write("stock.csv", format!("\u{feff}\"Серийный номер\"\r\n{}", list(0..12_000)));
    let heading = "Line 1 was taken as a heading.\n";
    assert_eq!(premises.says(&IMPORT), format!("{heading}sp-1: 12000 added to the stock, 0 known before\n"));
    assert_eq!(premises.says(&IMPORT), format!("{heading}sp-1: 0 added to the stock, 12000 known before\n"));
    assert_eq!(stock(&premises).await, [("sp-1".to_owned(), 12_000)]);
}

#[tokio::test]
async fn a_file_is_imported_once_however_often_on_sqlite() {
    a_file_is_imported_once_however_often(Premises::on_sqlite().started().await).await;
}

#[tokio::test]
async fn a_file_is_imported_once_however_often_on_postgres() {
    a_file_is_imported_once_however_often(Premises::on_postgres().await.started().await).await;
}

#[tokio::test]
async fn a_file_is_imported_beside_a_running_bot() {
    let premises = Premises::on_sqlite().started().await;
    let bot = premises.bot_store().await;
    let order = placed(&bot, &anna(&bot).await, 100, 0).await;
    premises.write("stock.csv", list(0..60));
    premises.says(&IMPORT);
    let sku = keydesk::domain::Sku::parse("sp-1").unwrap();
    commit!(bot, |tx| tx.issue_from_stock(order, &sku, 50, at(1)));
    premises.write("stock.csv", list(40..70));
    assert_eq!(premises.says(&IMPORT), "sp-1: 10 added to the stock, 20 known before\n");
    assert_eq!(read!(bot, |tx| tx.stock())[0].available, 20);
}

#[tokio::test]
async fn a_faulty_file_is_refused_whole_and_the_refusal_tells_no_serial_number() {
    let premises = Premises::on_sqlite().started().await;
    let many = list(0..7_000);
    let cases: [(Vec<u8>, &str); 7] = [
        (
            format!("{many}GSP-1 2").into(),
            "line 7001 has a space: remove it, or the whole line if it has more than a serial number",
        ),
        (format!("{many}GSP-00003").into(), "line 7001 repeats the serial number of line 4; remove one of them"),
        (
            format!("{many}sp-3;GSP-9").into(),
            "line 7001 is of another product than sp-1; import each product from its own file",
        ),
        (
            format!("{many}nothing;GSP-9").into(),
            "line 7001 has two columns and neither is a SKU of the price list; correct the SKU, or keep only the serial number",
        ),
        (
            [many.as_bytes(), b"GSP-\xcf"].concat(),
            "line 7001 is not UTF-8 text; save the file as UTF-8, in a spreadsheet as \"CSV UTF-8\"",
        ),
        (b"GSP-1;sp-1;x".to_vec(), "line 1 has more than two columns; keep the serial number, and its SKU if you wish"),
        (b"Serial number\n".to_vec(), "the file has no serial number; write one per line"),
    ];
    for (content, problem) in cases {
        premises.write("stock.csv", content);
        let outcome = premises.keydesk(&IMPORT);
        let refusal = format!("keydesk: stock.csv, nothing was imported: {problem}\n");
        assert_eq!((outcome.status, outcome.complained), (Some(3), refusal), "its status is that of data");
    }
    assert_eq!(stock(&premises).await, []);
}

#[tokio::test]
async fn the_first_faulty_lines_are_named_at_once_and_the_rest_is_counted() {
    let premises = Premises::on_sqlite().started().await;
    let few = "Serial number\nGSP-00001\nGSP 1\nsp-3;GSP-00002\nGSP-00003\n\nGSP-00004;x;y\n";
    // Behind more than are gathered at a time.
    let many = list(0..6_000) + &"GSP-1 2\r\n".repeat(7) + &list(6_000..12_000) + &"a;b;c\r\n".repeat(7);
    // What ends the reading, and what one remedy is for.
    let endless = format!("GSP 1\nGSP-{}\nGSP 2\n", "1".repeat(5_000));
    let told = [few, &many, &endless].map(|content| {
        premises.write("stock.csv", content);
        premises.refusal(&IMPORT)
    });
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(stock(&premises).await, []);
}

#[tokio::test]
async fn a_workbook_is_imported_and_refused_as_in_the_chat() {
    let premises = Premises::on_sqlite().started().await;
    let import = ["serials", "import", "sp-1", "stock.xlsx"];
    let rows = |cells: &[&str]| cells.iter().map(|cell| vec![text(cell)]).collect::<Vec<_>>();
    let numbers = rows(&["Serial number", "GSP-00001", "GSP-00002"]);
    premises.write("stock.xlsx", saved(&[("Stock", numbers.clone())]));
    assert_eq!(premises.says(&import), "Line 1 was taken as a heading.\nsp-1: 2 added to the stock, 0 known before\n");
    let rounded = [numbers.clone(), vec![vec![Left::Number(1.234_567_890_123_456_7e17)]]].concat();
    let mut told = String::new();
    for content in [
        saved(&[("Stock", rounded)]),
        saved(&[("Stock", numbers.clone()), ("Old", numbers)]),
        b"PK\x03\x04 and nothing that follows".to_vec(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
    ] {
        premises.write("stock.xlsx", content);
        let outcome = premises.keydesk(&import);
        assert_eq!(outcome.status, Some(3), "{outcome:?}");
        told += &outcome.complained;
    }
    insta::assert_snapshot!(told);
    assert_eq!(stock(&premises).await, [("sp-1".to_owned(), 2)]);
}

#[tokio::test]
async fn what_stands_under_another_product_is_refused() {
    let premises = Premises::on_sqlite().started().await;
    premises.write("stock.csv", list(0..10));
    premises.says(&IMPORT);
    let refusal = premises.refusal(&["serials", "import", "sp-3", "stock.csv"]);
    assert_eq!(
        refusal,
        "keydesk: stock.csv, nothing was imported: serial numbers that stand under another product already: 10; \
         take them out, or correct the SKU\n"
    );
    assert_eq!(stock(&premises).await, [("sp-1".to_owned(), 10)]);
}

#[tokio::test]
async fn what_is_missing_is_named_with_its_remedy() {
    let premises = Premises::on_sqlite().started().await;
    assert_eq!(
        premises.refusal(&["serials", "import", "SP-9", "stock.csv"]),
        "keydesk: the price list has no product with this SKU; it has sp-1, sp-3, sp-5, trial-30000, trial-100000\n"
    );
    assert_eq!(
        premises.refusal(&IMPORT),
        "keydesk: stock.csv cannot be opened (No such file or directory (os error 2)); name a file that you may read\n"
    );
    assert_eq!(
        premises.refusal(&["serials", "import", "sp-1", "."]),
        "keydesk: ., nothing was imported: line 1 cannot be read (is a directory); try again\n"
    );
    let unconfigured = premises.refusal(&["serials", "import", "sp-1", "stock.csv", "--config", "none.toml"]);
    assert!(unconfigured.starts_with("keydesk: none.toml"), "{unconfigured}");
}
