//! What one file, or one forged button, may cost everybody else.

use insta::assert_snapshot;
use keydesk::domain::{Currency, Invoice, Money, OrderAction, SerialNumber, Sku, Status};

use crate::store::commit;
use crate::support::files::{document, list};
use crate::support::shop::{CATALOGUE, SP_1, Shop, TRIAL_30000, VERA, on_both};

on_both!(
    a_file_that_ends_its_reader_three_times_is_given_up,
    a_long_list_completes_its_order_and_leaves_nothing_when_it_does_not,
    whoever_completes_the_order_meanwhile_is_first,
    what_is_imported_beside_a_long_list_is_given_by_it_and_not_lost,
    a_list_is_looked_at_anew_as_often_as_its_serial_numbers_are_imported_meanwhile,
    a_price_list_of_more_than_a_megabyte_is_not_read,
    a_forged_wish_for_serial_numbers_makes_no_file,
);

/// More than are stored in one transaction.
const LONG: u32 = 5_200;

fn lines(count: u32) -> String {
    (0..count).map(|number| format!("L-{number:06}\n")).collect()
}

async fn a_file_that_ends_its_reader_three_times_is_given_up(shop: Shop) {
    let admin = shop.admin();
    admin.posts(document("a.txt", b"A-1\n", "/stock sp-1"));
    shop.takes_all_updates().await;
    shop.delivers_until(admin.chat, "Загружаем серийные номера").await;
    for attempt in 1..=3 {
        // Whoever takes it up dies: its lease has ended, and nobody put it off.
        let now = shop.clock.now();
        let job = commit!(shop.store(), |tx| tx.claim_file_job(now, now)).unwrap();
        assert_eq!((job.attempts, job.unfinished), (attempt, attempt));
    }
    shop.delivers().await;
    assert_snapshot!(admin.sentence(), @"Ничего не загружено. Работа с этим файлом несколько раз обрывалась и прекращена. Проверьте его и пришлите еще раз.");
    assert_eq!(shop.calls("getFile"), 0, "it is not even fetched");
    admin.sends(document("a.txt", b"A-1\n", "/stock sp-1")).await;
    assert!(admin.sentence().contains("добавлено на склад 1"), "{}", admin.sentence());
}

/// A shop that sells keys by the thousand, and an order that waits for a file of Vera's.
async fn waits_for_a_long_list(shop: &Shop) {
    shop.applies(&CATALOGUE.replacen("min = 1, max = 10", "min = 1, max = 1000000", 1)).await;
    shop.appoints(&[VERA]).await;
    shop.anna().orders(&[(TRIAL_30000, LONG)]).await;
    let amount = Money::from_minor(1_100_000, Currency::RUB).unwrap();
    shop.staff_did(446, OrderAction::Invoiced(Invoice { amount, due: None, document: None })).await;
    shop.vera().says("/complete 446").await;
}

async fn known(shop: &Shop) -> String {
    shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM serial_numbers").await
}

/// How many of the product the order has.
async fn given(shop: &Shop) -> String {
    let given = "SELECT CAST(COUNT(*) AS TEXT) FROM serial_numbers WHERE order_number = 446 AND sku = 'trial-30000'";
    shop.asks_sql(given).await
}

async fn a_long_list_completes_its_order_and_leaves_nothing_when_it_does_not(shop: Shop) {
    waits_for_a_long_list(&shop).await;
    let vera = shop.vera();
    // Under another product stands one that comes late in the list.
    shop.stocks("sp-3", &["L-005100"]).await;
    vera.replies_with(list("keys.txt", &lines(LONG))).await;
    assert_snapshot!(vera.sentence(), @"Заказ не выполнен. Лицензия Guardant SP Trial, 30 000 активаций: 1 серийный номер из файла числится за другим продуктом.");
    assert_eq!(known(&shop).await, "1");
    vera.replies_with(list("keys.txt", &lines(LONG + 2))).await;
    assert_snapshot!(vera.screen().lines().take(2).collect::<Vec<_>>().join("\n"), @r"
        Заказ не выполнен. Количество не совпадает:
        Лицензия Guardant SP Trial, 30 000 активаций: нужно 5 200, в файле больше
        ");
    vera.replies_with(list("keys.txt", &lines(LONG - 2))).await;
    assert_snapshot!(vera.screen().lines().take(2).collect::<Vec<_>>().join("\n"), @r"
        Заказ не выполнен. Количество не совпадает:
        Лицензия Guardant SP Trial, 30 000 активаций: нужно 5 200, в файле 5 198
        ");
    assert_eq!(known(&shop).await, "1");
    // Two are in stock: they are taken from it.
    shop.stocks("trial-30000", &["M-000001", "M-000002", "M-000003"]).await;
    vera.replies_with(list("keys.txt", &format!("M-000001\nM-000002\n{}", lines(LONG - 2).replace("L-", "N-")))).await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed, "{}", vera.screen());
    assert_eq!(given(&shop).await, LONG.to_string());
    assert_eq!(known(&shop).await, (LONG + 2).to_string());
}

async fn whoever_completes_the_order_meanwhile_is_first(shop: Shop) {
    waits_for_a_long_list(&shop).await;
    // A list that is on its way has stored a part.
    let order = shop.order(446).await;
    let held: Vec<_> =
        ["H-1", "H-2"].map(|text| (order.lines[0].sku.clone(), SerialNumber::parse(text).unwrap())).into();
    let now = shop.clock.now();
    commit!(shop.store(), |tx| tx.hold_serials(order.summary.number, &held, now));
    let anna = shop.anna();
    anna.says("/serials").await;
    assert_snapshot!(anna.screen(), @r"
        Серийные номера

        Серийных номеров пока нет: они придут, когда заказ будет выполнен.
        [Заказы] [Меню]
        ");
    shop.stocks_many("trial-30000", LONG as usize).await;
    shop.vera().taps_starting("Выдать со склада").await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed, "{}", shop.vera().screen());
    assert_eq!(given(&shop).await, LONG.to_string());
    assert_eq!(shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM serial_numbers WHERE serial LIKE 'H-%'").await, "0");
}

async fn what_is_imported_beside_a_long_list_is_given_by_it_and_not_lost(shop: Shop) {
    waits_for_a_long_list(&shop).await;
    let vera = shop.vera();
    shop.emulator.reply_with(vera.chat, vera.id, vera.newest_of_the_bot(), list("keys.txt", &lines(LONG)));
    shop.takes_all_updates().await;
    let imports = async {
        while known(&shop).await == "0" {
            tokio::task::yield_now().await;
        }
        let serials = ["L-000001", "L-000002", "M-000001"].map(|serial| SerialNumber::parse(serial).unwrap());
        let now = shop.clock.now();
        commit!(shop.store(), |tx| tx.import_serials(&Sku::parse("trial-30000").unwrap(), &serials, now));
    };
    shop.delivers_beside(imports).await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed, "{}", vera.screen());
    assert_eq!(given(&shop).await, LONG.to_string());
    assert_eq!(shop.asks_sql("SELECT MIN(serial) FROM serial_numbers WHERE order_number IS NULL").await, "M-000001");
}

async fn a_list_is_looked_at_anew_as_often_as_its_serial_numbers_are_imported_meanwhile(shop: Shop) {
    waits_for_a_long_list(&shop).await;
    // Whenever the whole list is held, its first one that is comes into the stock, five times.
    let when = "NEW.serial = 'L-005199' AND NEW.order_number = 446
        AND (SELECT COUNT(*) FROM serial_numbers WHERE order_number IS NULL) < 5";
    let imports = "UPDATE serial_numbers SET order_number = NULL, issued_at = NULL
        WHERE serial = (SELECT MIN(serial) FROM serial_numbers WHERE order_number = 446)";
    let sqlite = format!("CREATE TRIGGER imports AFTER INSERT ON serial_numbers WHEN {when} BEGIN {imports}; END");
    let postgres = format!(
        "CREATE FUNCTION imports() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN IF {when} THEN {imports}; END IF; RETURN NULL; END $$;
         CREATE TRIGGER imports AFTER INSERT ON serial_numbers FOR EACH ROW EXECUTE FUNCTION imports()"
    );
    shop.runs_sql(&sqlite, &postgres).await;
    let vera = shop.vera();
    vera.replies_with(list("keys.txt", &lines(LONG))).await;
    assert_eq!(shop.order(446).await.summary.status, Status::Completed, "{}", vera.screen());
    assert_eq!((given(&shop).await, known(&shop).await), (LONG.to_string(), LONG.to_string()));
}

async fn a_price_list_of_more_than_a_megabyte_is_not_read(shop: Shop) {
    let admin = shop.admin();
    let mut large = CATALOGUE.replace("11000.00", "12000.00");
    large.push_str(&format!("# {}\n", "x".repeat(1024 * 1024 - large.len() - 3)));
    admin.sends(document("catalog.toml", large.as_bytes(), "/catalog")).await;
    assert!(admin.screen().starts_with("Что изменится в прайс-листе"), "{}", admin.screen());
    large.push('#');
    admin.sends(document("catalog.toml", large.as_bytes(), "/catalog")).await;
    assert_snapshot!(admin.sentence(), @"Файл больше 1 МБ, для прайс-листа это слишком много; пришлите файл поменьше.");
}

async fn a_forged_wish_for_serial_numbers_makes_no_file(shop: Shop) {
    let (anna, boris) = (shop.anna(), shop.boris());
    shop.stocks_many("sp-1", 50).await;
    anna.orders(&[(SP_1, 50)]).await;
    shop.staff_did(446, OrderAction::Completed).await;
    boris.says("/start").await;
    let before = (boris.screen(), posted(&shop).await);
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(boris.forges("serials-file").await.unwrap());
    }
    answers.dedup();
    assert_snapshot!(answers.join("\n"), @"This screen is outdated; here is the current one.");
    assert_eq!((boris.screen(), posted(&shop).await), before, "nothing is posted, and nothing said");
}

async fn posted(shop: &Shop) -> String {
    shop.asks_sql("SELECT CAST(COUNT(*) AS TEXT) FROM outbox_messages").await
}
