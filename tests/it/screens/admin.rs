//! What only admins read.

use keydesk::dialogue::{AdminNotice, AdminPlace, FileRefusal, Named, Naming, StaffNotice};
use keydesk::domain::catalogue_diff::differences;
use keydesk::domain::{
    AdminEntry, AdminRight, CatalogueFault, CataloguePlace, CatalogueProblem, DeskOrder, DeskPage, FileFault, Findings,
    Period, Person, PersonId, ProposalId, SearchText, SerialTrace, Sku, Standing, Status, Target,
};
use keydesk::i18n::Texts;
use keydesk::view::{AdminFacts, AdminSubject, admin};

use super::reading::summaries;
use super::{Scenes, at, reviewed, sku};
use crate::support::examples;
use crate::support::screens::{assert_fits, readable};

const VERA: PersonId = PersonId(201);

fn drawn(place: &AdminPlace, subject: &AdminSubject, texts: &Texts) -> keydesk::view::Screen {
    let catalogue = examples::catalogue();
    let facts = AdminFacts { name: "Зоя <З>", catalogue: &catalogue, now: at("2015-04-03T10:30:00Z"), subject };
    admin::screen(place, None, &facts, texts)
}

fn seen(place: &AdminPlace, subject: &AdminSubject, texts: &Texts) -> String {
    let screen = drawn(place, subject, texts);
    assert_fits(&screen);
    readable(&screen)
}

fn page(numbers: &[usize], page: u32, pages: u32) -> DeskPage {
    let order = |index: &usize| DeskOrder {
        summary: summaries()[*index].clone(),
        customer: "Анна <Иванова>".to_owned(),
        taken_by: (*index == 1).then(|| "Вера".to_owned()),
    };
    let orders: Vec<_> = numbers.iter().map(order).collect();
    let total = orders.len() as u64;
    DeskPage { orders, page, pages, total }
}

fn target(known: bool) -> AdminSubject {
    let person =
        Person {
            id: VERA, name: "Вера <В>".to_owned(), username: Some("vera".to_owned()), telegram_language: None
        };
    AdminSubject::Target(Target { id: VERA, known: known.then_some(person), standing: Standing::Other })
}

#[test]
fn the_lists_of_orders_read_well() {
    let queue = |status| AdminPlace::ReadingQueue { status, page: 0 };
    let found = || AdminPlace::ReadingFindings { text: SearchText::parse("x").unwrap(), page: 0 };
    let findings = |order: Option<i64>, orders| {
        let order = order.map(keydesk::domain::OrderNumber);
        AdminSubject::Findings(Findings { serial: Some(SerialTrace { sku: sku("sp-1"), order }), orders })
    };
    let without_serial = |orders| AdminSubject::Findings(Findings { serial: None, orders });
    let mut scenes = Scenes::new();
    for (title, place, subject) in [
        ("nothing waits", queue(None), AdminSubject::Queue(page(&[], 0, 1))),
        ("one order waits", queue(Some(Status::Invoiced)), AdminSubject::Queue(page(&[1], 0, 1))),
        ("several wait, the first page", queue(None), AdminSubject::Queue(page(&[1, 2, 0], 0, 3))),
        ("several wait, a page between", queue(None), AdminSubject::Queue(page(&[1, 2], 1, 3))),
        ("nothing is found", found(), without_serial(page(&[], 0, 1))),
        ("one order is found", found(), without_serial(page(&[0], 0, 1))),
        ("several are found", found(), without_serial(page(&[0, 1], 0, 2))),
        ("a serial number that was given", found(), findings(Some(450), page(&[], 0, 1))),
        ("a serial number in stock, and an order", found(), findings(None, page(&[3], 0, 1))),
    ] {
        scenes.add(title, |texts| seen(&place, &subject, texts));
    }
    reviewed!("admin_orders", scenes.0);
}

#[test]
fn the_stock_and_the_price_list_read_well() {
    let stock: Vec<(Sku, u64)> = vec![(sku("sp-1"), 1), (sku("sp-3"), 1_021), (sku("old-key"), 5)];
    let (old, mut new) = (examples::catalogue(), examples::catalogue());
    let mut added = new.products[0].clone();
    added.sku = sku("sp-9");
    new.products.remove(1);
    new.products[0].name.ru = "Лицензия <SP>".to_owned();
    new.products[0].name.en = "SP <licence>".to_owned();
    new.products[0].group = None;
    new.products[0].packages.remove(1);
    for tier in new.products.iter_mut().filter_map(|product| product.free.as_mut()) {
        tier.max += 10;
    }
    new.products.push(added);
    new.groups.reverse();
    let changes = differences(&old, &new);
    let mut scenes = Scenes::new();
    for (title, place, subject) in [
        ("the stock", AdminPlace::ReadingStock { page: 0 }, AdminSubject::Stock(stock)),
        ("serial numbers are asked for", AdminPlace::WaitingForSerials(sku("sp-1")), AdminSubject::Nothing),
        ("the price list", AdminPlace::ReadingCatalogue, AdminSubject::Nothing),
        ("a proposal", AdminPlace::ConfirmingCatalogue(ProposalId(7)), AdminSubject::Differences(Some(changes))),
        ("a proposal of the same", AdminPlace::ConfirmingCatalogue(ProposalId(7)), {
            AdminSubject::Differences(Some(Vec::new()))
        }),
    ] {
        scenes.add(title, |texts| seen(&place, &subject, texts));
    }
    // What is on its way has no buttons.
    for (title, place) in [
        ("an import begins", AdminPlace::ImportingSerials { sku: sku("sp-1"), lines: 0 }),
        ("an import of one line", AdminPlace::ImportingSerials { sku: sku("sp-1"), lines: 1 }),
        ("an import goes on", AdminPlace::ImportingSerials { sku: sku("sp-1"), lines: 20_000 }),
        ("a price list is read", AdminPlace::CheckingCatalogue),
        ("a proposal that is gone", AdminPlace::ConfirmingCatalogue(ProposalId(7))),
    ] {
        scenes.add(title, |texts| readable(&drawn(&place, &AdminSubject::Nothing, texts)));
    }
    reviewed!("admin_stock", scenes.0);
}

#[test]
fn the_screens_about_people_read_well() {
    let named = |id, name: Option<&str>, right| AdminEntry { id: PersonId(id), name: name.map(str::to_owned), right };
    let by_zoya = || AdminRight::Appointed { by: "Зоя".to_owned(), at: at("2015-04-01T09:30:00Z") };
    let few = vec![
        named(111, Some("Зоя <З>"), AdminRight::Configured),
        named(112, None, AdminRight::Configured),
        named(201, Some("Вера"), by_zoya()),
        named(987, None, by_zoya()),
    ];
    let many = (0..12).map(|id| named(300 + id, None, AdminRight::Configured)).collect();
    let mut scenes = Scenes::new();
    for (title, place, subject) in [
        ("the admins", AdminPlace::ReadingAdmins, AdminSubject::Admins(few)),
        ("many admins of the configuration", AdminPlace::ReadingAdmins, AdminSubject::Admins(many)),
        ("whether to appoint", AdminPlace::ConfirmingAppointment(VERA), target(true)),
        ("whether to appoint somebody unknown", AdminPlace::ConfirmingAppointment(VERA), target(false)),
        ("whether to dismiss", AdminPlace::ConfirmingDismissal(VERA), target(true)),
        ("whether to block", AdminPlace::ConfirmingBlock(VERA), target(true)),
        ("whether to unblock", AdminPlace::ConfirmingUnblock(VERA), target(false)),
    ] {
        scenes.add(title, |texts| seen(&place, &subject, texts));
    }
    reviewed!("admin_people", scenes.0);
}

#[test]
fn every_sentence_to_an_admin_reads_well() {
    let catalogue = examples::catalogue();
    let vera = |name: Option<&str>| Named { id: VERA, name: name.map(str::to_owned) };
    let imported = |added, known, heading| AdminNotice::Imported { sku: sku("sp-1"), added, known, heading };
    let faults = |count| {
        let place = |number| CataloguePlace::Product { number, sku: "sp-3".to_owned(), key: "sku".to_owned() };
        let fault = |number| CatalogueFault { place: place(number), problem: CatalogueProblem::IdTwice };
        AdminNotice::faults_of_catalogue((1..=count).map(fault).collect())
    };
    let mut scenes = Scenes::new();
    for notice in [
        AdminNotice::UseButtons,
        AdminNotice::StatusExpected,
        AdminNotice::TextExpected,
        AdminNotice::SkuExpected,
        AdminNotice::CatalogueExpected,
        AdminNotice::PersonExpected(Naming::Appoint),
        AdminNotice::PersonExpected(Naming::Block),
        AdminNotice::PersonExpected(Naming::Unblock),
        AdminNotice::NobodyFound,
        AdminNotice::AlreadyAdmin,
        AdminNotice::NotAdmin,
        AdminNotice::ConfiguredStays,
        AdminNotice::NotYourself,
        AdminNotice::AdminsStay,
        AdminNotice::TooManyAdmins,
        AdminNotice::Appointed(vera(Some("Вера <В>"))),
        AdminNotice::Appointed(vera(None)),
        AdminNotice::Dismissed(vera(Some("Вера"))),
        AdminNotice::Dismissed(vera(None)),
        AdminNotice::Blocked(vera(Some("Вера"))),
        AdminNotice::Blocked(vera(None)),
        AdminNotice::Unblocked(vera(Some("Вера"))),
        AdminNotice::Unblocked(vera(None)),
        imported(1, 0, None),
        imported(20_000, 3, Some(1)),
        AdminNotice::ImportRefused(FileRefusal::TooLarge),
        AdminNotice::ImportRefused(FileRefusal::Fault(FileFault::NotUtf8 { line: 7 })),
        AdminNotice::OtherProductAt(7),
        AdminNotice::CatalogueNotFetched(FileRefusal::NotThere),
        AdminNotice::CatalogueNotText,
        faults(1),
        AdminNotice::CatalogueCompared(ProposalId(7)),
        faults(12),
        AdminNotice::CatalogueSame,
        AdminNotice::CatalogueApplied,
        AdminNotice::CatalogueOvertaken,
        AdminNotice::ProposalGone,
        AdminNotice::ProposalDropped,
        AdminNotice::PeriodExpected,
        AdminNotice::PeriodReversed("01.04.2026 01.05.2026".to_owned()),
        AdminNotice::ExportFollows(Period::All),
        AdminNotice::FileFollows,
    ] {
        scenes.add(&format!("{notice:?}"), |texts| {
            let sentence = StaffNotice::Admin(notice.clone());
            keydesk::view::staff_notice::sentence(&sentence, &catalogue, texts).replace('\u{a0}', "~")
        });
    }
    reviewed!("admin_notices", scenes.0);
}
