//! Serial numbers stand with their customer, and nowhere else.

use keydesk_emulator::Sender;

use crate::support::files::list;
use crate::support::shop::{ADMIN, SP_1, STAFF_CHAT, Shop, TRIAL_30000, VERA};

const ANNA: i64 = 101;

/// Completes orders from the stock and from files, with whatever can go wrong, and asks for the serial numbers again.
async fn serial_numbers_come_and_go(shop: &Shop) {
    shop.appoints(&[VERA]).await;
    let (anna, vera) = (shop.anna(), shop.vera());
    shop.stocks("sp-1", &(0..50).map(secret).collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>()).await;
    anna.orders(&[(SP_1, 50)]).await;
    vera.says("/invoice 446 11000").await.says("/complete 446").await.taps_starting("Выдать со склада").await;
    anna.orders(&[(TRIAL_30000, 2)]).await;
    vera.says("/invoice 447 9200").await.says("/complete 447").await;
    let repeated = format!("{0}\n{0}\n", secret(70));
    let (given, other) =
        (format!("{}\n{}\n", secret(0), secret(71)), format!("{};sp-1\n{};sp-1", secret(72), secret(73)));
    let (spaced, short) = (format!("{} x\n{}\n", secret(74), secret(75)), format!("{}\n", secret(76)));
    for wrong in [repeated, given, other, spaced, short, format!("{};{};{}\n", secret(77), secret(78), secret(79))] {
        vera.replies_with(list("keys.txt", &wrong)).await;
        assert!(vera.screen().contains("Заказ не выполнен"), "{}", vera.screen());
    }
    // Typed, not sent as a file.
    vera.replies(&secret(80)).await;
    assert!(vera.screen().starts_with("Похоже на серийные номера"), "{}", vera.screen());
    let named = format!("Анна спрашивает о «{}», что ответить?", secret(0).to_lowercase());
    vera.replies(&named).await;
    assert!(vera.screen().starts_with("В сообщении есть серийный номер"), "{}", vera.screen());
    // Written into words that are offered to be sent.
    let offered =
        ["Завтра", "Послезавтра"].map(|words| shop.emulator.reply(STAFF_CHAT, VERA, vera.newest_of_the_bot(), words));
    shop.settle().await;
    for message in offered {
        shop.emulator.edit(STAFF_CHAT, VERA, message, &named);
        shop.settle().await;
        assert!(vera.screen().starts_with("В сообщении есть серийный номер"), "{}", vera.screen());
    }
    vera.replies_with(list("keys.csv", &format!("{};trial-30000\n{};trial-30000\n", secret(81), secret(82)))).await;
    assert!(shop.alert(447).contains("выполнен"), "{}", shop.alert(447));
    for order in [446, 447] {
        anna.says(&format!("/order {order}")).await.taps("Серийные номера файлом").await;
    }
    vera.says("/order 446").await.says("/order 447").await;
    shop.admin().says("/start").await.says("/order 447").await;
}

fn secret(number: u32) -> String {
    format!("SECRET-{number:04}")
}

/// Everything that a log with every level open would say.
#[derive(Clone, Default)]
struct Log(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn serial_numbers_stand_nowhere_else(shop: Shop, log: Log) {
    serial_numbers_come_and_go(&shop).await;
    let said = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(said.contains("order 447 went from invoiced to completed"), "the log is not read");
    assert!(!said.contains("SECRET"), "a log has serial numbers");
    assert!(texts_of(&shop, ANNA).contains(&secret(82)), "what is theirs stands in customers' messages");
    let mut places = vec![("the staff chat", texts_of(&shop, STAFF_CHAT)), ("an admin's chat", texts_of(&shop, ADMIN))];
    for (table, column) in [
        ("dialogues", "state"),
        ("broken_dialogues", "state"),
        ("outbox_messages", "body"),
        ("file_jobs", "purpose"),
        ("order_events", "action"),
        ("dead_letters", "raw"),
        ("waiting_updates", "raw"),
    ] {
        let all = format!("SELECT COALESCE(STRING_AGG({column}, ' '), '') FROM {table}");
        places.push((table, shop.asks_sql(&all).await));
    }
    for (place, text) in places {
        assert!(!text.contains("SECRET"), "serial numbers stand in {place}: {text}");
    }
}

/// Texts, captions and file names that the bot sent to a chat, files' contents too in the chats of the vendor.
fn texts_of(shop: &Shop, chat: i64) -> String {
    let messages = shop.emulator.messages(chat).into_iter().filter(|message| message.from == Sender::Bot);
    let texts = messages.map(|message| {
        let document = message.document().cloned();
        let name = document.as_ref().map_or_else(String::new, |document| document.name.clone());
        let file = document.filter(|_| chat != ANNA).and_then(|document| shop.emulator.file(&document.file_id));
        let content = file.map_or_else(String::new, |(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
        format!("{} {name} {content}\n", message.html())
    });
    texts.collect()
}

mod serial_numbers_stand_with_their_customer_alone {
    use super::{Log, Shop};

    fn listens() -> (Log, tracing::subscriber::DefaultGuard) {
        let log = Log::default();
        let writer = log.clone();
        let subscriber =
            tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone());
        (log, tracing::subscriber::set_default(subscriber.finish()))
    }

    #[tokio::test]
    async fn on_sqlite() {
        let (log, _guard) = listens();
        super::serial_numbers_stand_nowhere_else(Shop::open().await, log).await;
    }

    #[tokio::test]
    async fn on_postgres() {
        let (log, _guard) = listens();
        super::serial_numbers_stand_nowhere_else(Shop::open_on_postgres().await, log).await;
    }
}
