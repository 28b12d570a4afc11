//! What `keydesk demo` starts with: who plays in it, and what the shop has in stock.

use keydesk::clock::Clock;
use keydesk::config::StaffTopics;
use keydesk::demo::{Rehearsal, Standing, Wishes, fill_stock};
use keydesk::domain::{Language, PersonId};
use keydesk::store::Store;

#[tokio::test]
async fn one_of_two_people_in_the_staff_chat_is_an_admin_of_the_bot() {
    let rehearsal = Rehearsal::start(Wishes::default()).await.unwrap();
    let staff = rehearsal.cast.panes.iter().find(|pane| pane.key == "staff").unwrap();
    assert_eq!(staff.people.len(), 2);
    let admins = staff.people.iter().filter(|person| person.standing == Standing::Admin);
    let admins: Vec<PersonId> = admins.map(|person| PersonId(person.id)).collect();
    assert_eq!(admins.len(), 1);
    assert_eq!(rehearsal.config.telegram.admins.into_iter().collect::<Vec<_>>(), admins);
    assert_eq!(rehearsal.config.telegram.staff_chat.0, staff.chat);
}

#[tokio::test]
async fn everybody_speaks_the_language_that_the_visitor_chose() {
    for code in ["en", "ru"] {
        let language = Language::with_code(code);
        let rehearsal = Rehearsal::start(Wishes { language, ..Wishes::default() }).await.unwrap();
        assert_eq!(Some(rehearsal.config.shop.default_language), language);
        for pane in rehearsal.cast.panes {
            assert_eq!(pane.language, code);
            let names = pane.people.iter().map(|person| person.name.as_str());
            let words: String = names.chain([pane.title.as_str(), pane.subtitle.as_str()]).collect();
            assert_eq!(words.is_ascii(), code == "en", "{words}");
        }
    }
}

#[tokio::test]
async fn the_staff_chat_has_topics_if_the_visitor_wants_them() {
    for (topics, names) in [(StaffTopics::Shared, &[][..]), (StaffTopics::Order, &["General"])] {
        let rehearsal = Rehearsal::start(Wishes { topics, ..Wishes::default() }).await.unwrap();
        let staff = rehearsal.config.telegram.staff_chat.0;
        let found = rehearsal.emulator.look(|world| world.topics(staff));
        assert_eq!(found.iter().map(|topic| topic.name.as_str()).collect::<Vec<_>>(), names);
        assert_eq!(rehearsal.config.telegram.staff_topics, topics);
    }
}

#[tokio::test]
async fn in_the_staff_chat_the_bot_sees_only_what_is_meant_for_it() {
    let Rehearsal { emulator, cast, .. } = Rehearsal::start(Wishes::default()).await.unwrap();
    let staff = cast.panes.iter().find(|pane| pane.key == "staff").unwrap();
    let [command, bare, remark] =
        ["/queue@keydesk_bot", "/queue", "кто возьмет?"].map(|text| emulator.say(staff.chat, staff.people[0].id, text));
    let seen = |id| emulator.look(|world| world.message(staff.chat, id).is_some_and(|message| world.bot_sees(message)));
    assert_eq!((seen(command), seen(bare), seen(remark)), (true, false, false));
}

#[tokio::test]
async fn the_stock_is_filled_once_and_one_product_has_too_little() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("keydesk.db").display())).await.unwrap();
    for _ in 0..2 {
        fill_stock(&store, &Clock::system()).await.unwrap();
    }
    let mut tx = store.begin().await.unwrap();
    let stock = tx.stock().await.unwrap();
    let stock: Vec<(&str, u64)> = stock.iter().map(|product| (product.sku.as_str(), product.available)).collect();
    assert_eq!(stock, [("sp-1", 150), ("sp-3", 100), ("sp-5", 37), ("trial-100000", 20), ("trial-30000", 20)]);
}
