//! Orders that wait, and orders that are searched.

use keydesk::domain::billing::{CompanyName, ForeignTaxNumber, Inn, TaxNumber};
use keydesk::domain::{
    Access, Actor, AdminPage, Billing, NewOrder, OrderAction, OrderNumber, Person, PersonId, Role, SearchText, Status,
};
use keydesk::store::{NewEvent, Readiness, Store};

use super::billing::billing;
use super::{anna, at, boris, commit, new_order, on_both, placed, read, runs};
use crate::support::postgres::Database;

on_both!(
    the_queue_has_open_orders_oldest_first,
    a_search_finds_by_number_id_name_and_note,
    a_search_finds_by_the_firm_and_its_tax_number,
    wildcards_and_hostile_texts_find_what_they_say,
    a_search_finds_a_text_as_it_stands_and_nothing_like_it,
    what_a_search_language_would_understand_is_only_text,
    a_text_that_changed_is_found_as_it_is,
    what_very_many_have_finds_the_newest_orders_of_theirs,
    what_an_older_release_stored_becomes_searchable,
    every_page_is_had_once,
);

fn numbers(page: &AdminPage) -> Vec<i64> {
    page.orders.iter().map(|order| order.summary.number.0).collect()
}

async fn found(store: &Store, text: &str) -> Vec<i64> {
    let text = SearchText::parse(text).unwrap();
    numbers(&read!(store, |tx| tx.find_orders(&text, 0, 8)))
}

async fn did(store: &Store, number: i64, from: Status, to: Status, action: OrderAction) {
    let actor = Actor::Person { id: PersonId(9), name: "Vera".to_owned(), role: Role::Staff };
    let event = NewEvent { from, to, action: &action, actor: &actor };
    commit!(store, |tx| tx.record(OrderNumber(number), &event, at(50)));
}

async fn the_queue_has_open_orders_oldest_first(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    for draft in 1..=4 {
        placed(store, if draft == 2 { &boris } else { &anna }, draft, draft).await;
    }
    did(store, 2, Status::Placed, Status::Placed, OrderAction::Taken).await;
    did(store, 3, Status::Placed, Status::Invoiced, OrderAction::Completed).await;
    did(store, 4, Status::Placed, Status::Completed, OrderAction::Completed).await;
    let page = read!(store, |tx| tx.open_orders(None, 0, 8));
    assert_eq!((numbers(&page), page.total, page.pages), (vec![1, 2, 3], 3, 1));
    assert_eq!(page.orders[1].taken_by.as_deref(), Some("Vera"));
    assert_eq!(page.orders[1].customer, "Boris");
    assert_eq!((page.orders[0].taken_by.as_deref(), page.orders[0].summary.keys), (None, 53));
    assert_eq!(numbers(&read!(store, |tx| tx.open_orders(Some(Status::Invoiced), 0, 8))), [3]);
    assert!(numbers(&read!(store, |tx| tx.open_orders(Some(Status::Completed), 0, 8))).is_empty());
}

async fn a_search_finds_by_number_id_name_and_note(store: &Store) {
    let pyotr = Person {
        id: PersonId(777),
        name: "Пётр ЩУКИН".to_owned(),
        username: Some("Shchukin".to_owned()),
        telegram_language: None,
    };
    let (anna, pyotr) = (anna(store).await, commit!(store, |tx| tx.meet(&pyotr, Access::Admitted, at(0))));
    placed(store, &anna, 1, 1).await;
    placed(store, &pyotr, 2, 2).await;
    placed(store, &anna, 3, 3).await;
    assert_eq!(found(store, "2").await, [2]);
    assert_eq!(found(store, "№3").await, [3]);
    assert_eq!(found(store, "777").await, [2]);
    assert_eq!(found(store, "петр щук").await, [2]);
    assert_eq!(found(store, "@SHCHUK").await, [2]);
    assert_eq!(found(store, "anna").await, [3, 1]);
    assert_eq!(found(store, "po 17").await, [3, 2, 1], "the note of every order");
    assert_eq!(found(store, "17").await, [3, 2, 1]);
    assert!(found(store, "Борис").await.is_empty());
    let renamed = Person { name: "Ольга".to_owned(), ..pyotr.person };
    commit!(store, |tx| tx.meet(&renamed, Access::Admitted, at(5)));
    assert_eq!(found(store, "ОЛЬГА").await, [2]);
    assert!(found(store, "щукин").await.is_empty());
}

async fn a_search_finds_by_the_firm_and_its_tax_number(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    for (draft, customer) in [(1, &anna), (2, &boris), (3, &anna)] {
        placed(store, customer, draft, draft).await;
    }
    let company = billing(TaxNumber::Person { inn: Inn::parse("500100732259").unwrap() });
    commit!(store, |tx| tx.keep_billing(anna.account, &company, anna.person.id, at(5)));
    for text in ["ромашка", "ООО «РОМАШКА»", "ооо \"ромашка\"", "ООО Ромашка", "500100732259", "0073225"]
    {
        assert_eq!(found(store, text).await, [3, 1], "{text}");
    }
    for text in ["\"", "«»", "7707083893", "buh@example.com"] {
        assert!(found(store, text).await.is_empty(), "{text}");
    }
    let foreign = Billing {
        company: CompanyName::parse("Нордлюс ЁЛ").unwrap(),
        tax: TaxNumber::Foreign(ForeignTaxNumber::parse("NO 923 609 016").unwrap()),
        email: company.email.clone(),
    };
    commit!(store, |tx| tx.keep_billing(anna.account, &foreign, anna.person.id, at(6)));
    assert!(found(store, "ромашка").await.is_empty(), "the company has another name");
    for text in ["нордлюс ел", "no 923 609"] {
        assert_eq!(found(store, text).await, [3, 1], "{text}");
    }
    commit!(store, |tx| tx.keep_billing(boris.account, &company, boris.person.id, at(7)));
    assert_eq!(found(store, "Ромашка").await, [2]);
}

async fn wildcards_and_hostile_texts_find_what_they_say(store: &Store) {
    let anna = anna(store).await;
    placed(store, &anna, 1, 1).await;
    for hostile in ["%", "_", "A_na", "~", "~%", "' OR 1=1 --", "\\", "\"", "999999999999999", "99999999999999999999"] {
        assert!(found(store, hostile).await.is_empty(), "{hostile}");
    }
    let odd = Person { name: "100% ~ a_b".to_owned(), ..anna.person };
    commit!(store, |tx| tx.meet(&odd, Access::Admitted, at(2)));
    for exact in ["100%", "% ~", "a_b", "~"] {
        assert_eq!(found(store, exact).await, [1], "{exact}");
    }
}

/// Anna places an order with this note.
async fn noted(store: &Store, draft: i64, note: &str) {
    let anna = anna(store).await;
    let order = NewOrder { note: Some(note.to_owned()), ..new_order(&anna, draft) };
    commit!(store, |tx| tx.place_order(&order, "Anna", at(draft)));
}

async fn a_search_finds_a_text_as_it_stands_and_nothing_like_it(store: &Store) {
    noted(store, 1, "ДОСТАВЬТЕ до ёлки, «срочно»").await;
    // Every three characters of «abcde» stand in it, and it does not.
    noted(store, 2, "abcd bcde").await;
    noted(store, 3, "xabcdex ааа").await;
    for (text, numbers) in [
        ("доставьте", vec![1]),
        ("Ёлки", vec![1]),
        ("елки", vec![1]),
        ("«СРОЧНО»", vec![1]),
        ("\"срочно\"", vec![]),
        ("авь", vec![1]),
        ("до", vec![1]),
        ("д", vec![1]),
        ("ЁЛ", vec![1]),
        (", ", vec![1]),
        ("abcde", vec![3]),
        ("bcd", vec![3, 2]),
        ("аа", vec![3]),
        ("ааа", vec![3]),
        ("аааа", vec![]),
        ("до ёлки срочно", vec![]),
    ] {
        assert_eq!(found(store, text).await, numbers, "{text}");
    }
}

async fn what_a_search_language_would_understand_is_only_text(store: &Store) {
    let hostile = [
        "abc AND xyz",
        "abc OR xyz",
        "NOT abc",
        "NEAR(abc xyz)",
        "abc*",
        "^abc",
        "folded:abc",
        "- folded : abc",
        "{a b}: abc",
        "(abc",
        "abc)",
        "abc + xyz",
        "\"abc\" xyz",
        "abc\"",
        "\"\"\"",
        "'abc'",
        "''abc",
        "abc;--",
        "100%abc",
        "ab_c",
        "~abc~",
        "\\abc",
        "$1abc",
    ];
    noted(store, 1, "abc xyz").await;
    for text in hostile {
        assert!(found(store, text).await.is_empty(), "{text}");
    }
    for (draft, text) in (2..).zip(hostile) {
        noted(store, draft, &format!("so {text} so")).await;
        let within = |other: &&(i64, &str)| other.1.to_lowercase().contains(&text.to_lowercase());
        let drafts: Vec<_> = (2..=draft).zip(hostile).collect();
        let expected: Vec<_> = drafts.iter().rev().filter(within).map(|(draft, _)| *draft).collect();
        assert_eq!(found(store, text).await, expected, "{text}");
    }
}

async fn a_text_that_changed_is_found_as_it_is(store: &Store) {
    let anna = anna(store).await;
    placed(store, &anna, 1, 1).await;
    for (seconds, name) in (2..).zip(["Ольга Вторая", "Ольга Третья", "Ольга Вторая"])
    {
        let renamed = Person { name: name.to_owned(), ..anna.person.clone() };
        commit!(store, |tx| tx.meet(&renamed, Access::Admitted, at(seconds)));
        let finds =
            [found(store, "вторая").await.len(), found(store, "третья").await.len(), found(store, "anna").await.len()];
        assert_eq!(finds, if name == "Ольга Вторая" { [1, 0, 0] } else { [0, 1, 0] }, "{name}");
    }
    let mut tx = store.begin().await.unwrap();
    runs(&mut tx, "DELETE FROM search_texts").await;
    tx.commit().await.unwrap();
    assert!(found(store, "вторая").await.is_empty());
}

/// So many that their orders are not gathered, though few of them have any.
const CROWD: [&str; 5] = [
    "INSERT INTO accounts (founder, created_at)
     WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 11001)
     SELECT i, '2015-04-01T07:00:00+00:00' FROM n",
    "INSERT INTO people (id, account_id, name, reachability, reachability_since, met_at)
     SELECT founder, id, 'Щукин', 'reachable', created_at, created_at FROM accounts WHERE founder >= 1000",
    "INSERT INTO search_texts (subject, id, folded)
     SELECT 'person', founder, 'щукин' FROM accounts WHERE founder >= 1000",
    "INSERT INTO search_texts (subject, id, folded)
     SELECT 'account', id, 'ооо ромашка' FROM accounts WHERE founder >= 1000",
    "INSERT INTO orders (number, draft_id, account_id, placed_by, placed_at, status, currency, total)
     SELECT founder, founder, id, founder, created_at, 'placed', 'RUB', 100 FROM accounts
     WHERE founder >= 1000 AND founder < 2200",
];

async fn what_very_many_have_finds_the_newest_orders_of_theirs(store: &Store) {
    placed(store, &anna(store).await, 1, 1).await;
    let mut tx = store.begin().await.unwrap();
    for statement in CROWD {
        runs(&mut tx, statement).await;
    }
    tx.commit().await.unwrap();
    for word in ["щукин", "Ромашка"] {
        let text = SearchText::parse(word).unwrap();
        let page = read!(store, |tx| tx.find_orders(&text, 1, 8));
        assert_eq!(numbers(&page), [2191, 2190, 2189, 2188, 2187, 2186, 2185, 2184], "{word}");
        assert_eq!(page.total, SearchText::MOST_FOUND + 1, "{word}");
    }
    assert_eq!(found(store, "anna").await, [1]);
    assert_eq!(found(store, "1500").await, [1500]);
}

async fn what_an_older_release_stored_becomes_searchable(store: &Store) {
    let anna = anna(store).await;
    placed(store, &anna, 1, 1).await;
    let company = billing(TaxNumber::Person { inn: Inn::parse("500100732259").unwrap() });
    commit!(store, |tx| tx.keep_billing(anna.account, &company, anna.person.id, at(5)));
    let mut tx = store.begin().await.unwrap();
    runs(&mut tx, "DELETE FROM search_texts").await;
    tx.commit().await.unwrap();
    assert!(found(store, "anna").await.is_empty());
    assert_eq!(commit!(store, |tx| tx.index_unsearchable(10)), 3);
    assert_eq!(commit!(store, |tx| tx.index_unsearchable(10)), 0);
    assert_eq!(found(store, "anna").await, [1]);
    assert_eq!(found(store, "PO 17").await, [1]);
    assert_eq!(found(store, "ромашка").await, [1]);
    assert_eq!(found(store, "500100732259").await, [1]);
}

async fn every_page_is_had_once(store: &Store) {
    let anna = anna(store).await;
    for draft in 1..=5 {
        placed(store, &anna, draft, draft).await;
    }
    let text = SearchText::parse("anna").unwrap();
    let mut seen = Vec::new();
    for page in 0..3 {
        let page = read!(store, |tx| tx.find_orders(&text, page, 2));
        assert_eq!((page.pages, page.total), (3, 5));
        seen.extend(numbers(&page));
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
    assert_eq!(read!(store, |tx| tx.find_orders(&text, u32::MAX, 2)).page, 2);
    assert_eq!(read!(store, |tx| tx.open_orders(None, u32::MAX, 2)).page, 2);
    let nothing = SearchText::parse("Boris").unwrap();
    let page = read!(store, |tx| tx.find_orders(&nothing, u32::MAX, 1));
    assert_eq!((page.page, page.pages, page.total, page.orders.len()), (0, 1, 0, 0));
}

#[tokio::test]
async fn a_server_without_trigrams_is_searched_all_the_same() {
    let database = Database::create().await;
    let url = database.for_a_stranger().await;
    database.runs(&format!("GRANT CREATE ON SCHEMA public TO {}", database.name())).await;
    let store = Store::open(&url).await.unwrap();
    assert_eq!(Store::probe(&url).await.unwrap(), Readiness::WithoutTrigrams);
    noted(&store, 1, "ДОСТАВЬТЕ до ёлки").await;
    assert_eq!([found(&store, "доставьте").await, found(&store, "ЕЛ").await], [[1], [1]]);
    store.close().await;
    // What `check` says that an administrator can do.
    database.runs("CREATE EXTENSION pg_trgm").await;
    let store = Store::open(&url).await.unwrap();
    assert_eq!(Store::probe(&url).await.unwrap(), Readiness::UpToDate);
    assert_eq!([found(&store, "доставьте").await, found(&store, "ЕЛ").await], [[1], [1]]);
}
