//! Many serial numbers through the chat: progress, and how long others wait.
//!
//! `KEYDESK_IMPORT_LINES` sets the number of lines of the measured import; a million fill Telegram's 20 MB.

use std::time::{Duration, Instant};

use insta::assert_snapshot;
use keydesk::domain::{Currency, Invoice, Money, OrderAction};

use crate::support::files::{document, list};
use crate::support::shop::{CATALOGUE, Shop, TRIAL_30000, on_both};

on_both!(
    an_import_shows_its_progress_and_then_its_end,
    an_admin_who_went_on_is_not_disturbed_and_hears_of_the_end,
    a_large_import_holds_nobody_up_for_long,
    a_large_completion_holds_nobody_up,
);

/// Lines of the ordinary run of the measured import.
const LINES: u64 = 20_000;
/// Serial numbers that are stored at once; others have their turn between two portions.
const PORTION: u64 = 5_000;
/// Lines that show progress once.
const SHOWN_ONCE: u64 = 60_000;
/// Lines that show progress twice.
const SHOWN_TWICE: u64 = 120_000;

fn lines() -> u64 {
    std::env::var("KEYDESK_IMPORT_LINES").map_or(LINES, |text| text.parse().expect("a whole number"))
}

/// A file whose lines stand in no order.
async fn sends_list(shop: &Shop, lines: u64) {
    let text: String = (0..lines).map(|number| format!("{:019}\n", number * 7_919 % 1_000_003)).collect();
    assert!(lines <= 1_000_003 && text.len() <= 20 * 1024 * 1024, "more than a bot can fetch, or not all different");
    shop.admin().posts(document("serials.txt", text.as_bytes(), "/stock sp-1"));
    shop.takes_all_updates().await;
    shop.delivers_until(shop.admin().chat, "Загружаем серийные номера").await;
}

async fn an_import_shows_its_progress_and_then_its_end(shop: Shop) {
    let admin = shop.admin();
    sends_list(&shop, SHOWN_TWICE).await;
    shop.delivers_beside(async {}).await;
    let shown: Vec<String> =
        shop.shown_in(admin.chat).iter().map(|text| text.lines().next().unwrap().to_owned()).collect();
    assert_snapshot!(shown.join("\n"), @r"
        Загружаем серийные номера: Лицензия Guardant SP, 1 активация
        Загружаем серийные номера: Лицензия Guardant SP, 1 активация, прочитано 50 000 строк
        Загружаем серийные номера: Лицензия Guardant SP, 1 активация, прочитано 100 000 строк
        <i>Лицензия Guardant SP, 1 активация: добавлено на склад 120 000, уже было 0.</i>
        ");
    assert_snapshot!(admin.sentence(), @"Лицензия Guardant SP, 1 активация: добавлено на склад 120 000, уже было 0.");
}

async fn an_admin_who_went_on_is_not_disturbed_and_hears_of_the_end(shop: Shop) {
    let admin = shop.admin();
    sends_list(&shop, SHOWN_ONCE).await;
    let leaves = async {
        let chat = admin.chat;
        let shows_progress = |text: &str| text.replace('\u{a0}', " ").contains("прочитано 50 000 строк");
        shop.emulator
            .until(|world| world.last_message(chat).is_some_and(|message| shows_progress(&message.text)))
            .await;
        admin.writes("/queue");
        shop.takes_all_updates().await;
    };
    shop.delivers_beside(leaves).await;
    let shown = shop.shown_in(admin.chat);
    let left = shown.iter().position(|text| text.contains("Очередь заказов")).unwrap();
    assert_eq!(shown.len(), left + 2, "the queue, and the end of the import: {shown:?}");
    assert_snapshot!(admin.screen(), @"Лицензия Guardant SP, 1 активация: добавлено на склад 60 000, уже было 0.");
    admin.taps("Выставлен счет").await;
    assert!(admin.chat().contains("[• Выставлен счет]"), "the screen still answers: {}", admin.chat());
}

async fn a_large_import_holds_nobody_up_for_long(shop: Shop) {
    let (admin, count) = (shop.admin(), lines());
    sends_list(&shop, count).await;
    let served = served_until(&shop, count, || last(&shop, admin.chat).contains("добавлено на склад")).await;
    let sentence = admin.sentence();
    assert!(sentence.contains("уже было 0"), "{sentence}");
    assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM serial_numbers").await, count.to_string());
    assert!(served >= count / PORTION, "others had {served} turns");
}

async fn a_large_completion_holds_nobody_up(shop: Shop) {
    let (admin, count) = (shop.admin(), lines());
    shop.applies(&CATALOGUE.replacen("min = 1, max = 10", "min = 1, max = 1000000", 1)).await;
    shop.anna().orders(&[(TRIAL_30000, u32::try_from(count).unwrap())]).await;
    let amount = Money::from_minor(1_100_000, Currency::RUB).unwrap();
    shop.staff_did(446, OrderAction::Invoiced(Invoice { amount, due: None, document: None })).await;
    admin.says("/complete 446").await;
    let text: String = (0..count).map(|number| format!("{:019}\n", number * 7_919 % 1_000_003)).collect();
    admin.posts(list("keys.txt", &text));
    shop.takes_all_updates().await;
    let served = served_until(&shop, count, || last(&shop, admin.chat).contains("отправляются клиенту")).await;
    let given = "SELECT CAST(COUNT(*) AS TEXT) FROM serial_numbers WHERE order_number = 446";
    assert_eq!(shop.asks_sql(given).await, count.to_string());
    assert!(served >= count / PORTION, "others had {served} turns");
}

fn last(shop: &Shop, chat: i64) -> String {
    shop.chat(chat).pop().unwrap_or_default()
}

/// How often Oleg is answered until something is over. How long he waits at most is printed.
async fn served_until(shop: &Shop, count: u64, is_over: impl Fn() -> bool) -> u64 {
    let oleg = shop.oleg();
    let before = memory();
    let began = Instant::now();
    let mut longest = Duration::ZERO;
    let mut served = 0_u64;
    let talks = async {
        while !is_over() {
            // It takes a transaction, as a tap does, and no message, which would let the clock run.
            oleg.writes("Доброе утро");
            let said = Instant::now();
            shop.takes_all_updates().await;
            longest = longest.max(said.elapsed());
            served += 1;
            tokio::task::yield_now().await;
        }
    };
    shop.delivers_beside(talks).await;
    let took = began.elapsed();
    eprintln!("{count} serial numbers in {took:?}; of {served} updates meanwhile none waited longer than {longest:?}");
    eprintln!("before: {before}, after: {}", memory());
    served
}

/// The most memory that this process ever had, where the system says so.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown").to_owned()
}
