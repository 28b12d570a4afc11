//! What only admins read.

use keydesk::chat::dialogue::{
    AdminBanner, AdminState, FileRefusal, Named, Naming, PriceBookRefusal, VendorBanner, Withdrawal, WithdrawalState,
};
use keydesk::chat::i18n::Texts;
use keydesk::chat::view::{AdminFacts, AdminSubject, admin};
use keydesk::domain::catalogue::diff::differences;
use keydesk::domain::catalogue::revision::Value;
use keydesk::domain::{
    Access, AccountId, Actor, AdminEntry, AdminNotification, AdminOrder, AdminPage, AdminRight, AuditAction,
    AuditEntry, AuditPage, CatalogueFault, CataloguePlace, CatalogueProblem, Currency, FileFault, FileFaults, Findings,
    KeptFile, LineFault, Media, Money, Offer, Openness, OrderNumber, Period, Person, PersonId, ProposalId, Queue,
    Remarks, Revision, Role, SearchText, SerialPattern, SerialTrace, Sku, SomeLines, Standing, Status, Target,
    WithdrawalReason,
};

use super::reading::summaries;
use super::{Scenes, at, reviewed, sku};
use crate::support::examples;
use crate::support::languages::{named, russian};
use crate::support::screens::{assert_fits, readable};

pub const VERA: PersonId = PersonId(201);

fn drawn(place: &AdminState, subject: &AdminSubject, texts: &Texts) -> keydesk::chat::view::Screen {
    let catalogue = examples::catalogue();
    let facts = AdminFacts { name: "Зоя <З>", role: Role::Admin, is_alone: true, catalogue: &catalogue, subject };
    admin::screen(place, None, &facts, texts)
}

pub fn seen(place: &AdminState, subject: &AdminSubject, texts: &Texts) -> String {
    let screen = drawn(place, subject, texts);
    assert_fits(&screen);
    readable(&screen)
}

fn page(numbers: &[usize], page: u32, pages: u32) -> AdminPage {
    let order = |index: &usize| AdminOrder {
        summary: summaries()[*index].clone(),
        customer: "Анна <Иванова>".to_owned(),
        taken_by: (*index == 1).then(|| "Вера".to_owned()),
        since: summaries()[*index].placed_at,
    };
    let orders: Vec<_> = numbers.iter().map(order).collect();
    let total = orders.len() as u64 * u64::from(pages);
    AdminPage { orders, page, pages, total }
}

fn queued(listed: AdminPage, placed: u64, invoiced: u64) -> AdminSubject {
    AdminSubject::Queue(Queue { listed, placed, invoiced })
}

pub fn target(known: bool) -> AdminSubject {
    let person =
        Person {
            id: VERA, name: "Вера <В>".to_owned(), username: Some("vera".to_owned()), telegram_language: None
        };
    AdminSubject::Target(Target {
        id: VERA,
        known: known.then_some(person),
        access: known.then_some(Access::Admitted),
        standing: Standing::Other,
    })
}

#[test]
fn the_lists_of_orders_read_well() {
    let queue = |status| AdminState::ReadingQueue { status, page: 0 };
    let found = || AdminState::ReadingFindings { text: SearchText::parse("x").unwrap(), page: 0 };
    let findings = |order: Option<i64>, orders| {
        let order = order.map(keydesk::domain::OrderNumber);
        AdminSubject::Findings(Findings { serial: Some(SerialTrace { sku: sku("sp-1"), order }), orders })
    };
    let without_serial = |orders| AdminSubject::Findings(Findings { serial: None, orders });
    let mut scenes = Scenes::new();
    for (title, place, subject) in [
        ("nothing waits", queue(None), queued(page(&[], 0, 1), 0, 0)),
        ("nothing waits in this status", queue(Some(Status::Placed)), queued(page(&[], 0, 1), 0, 2)),
        ("one order waits", queue(Some(Status::Invoiced)), queued(page(&[1], 0, 1), 1_020, 1)),
        ("several wait, the first page", queue(None), queued(page(&[1, 2, 0], 0, 3), 4, 5)),
        ("several wait, a page between", queue(None), queued(page(&[1, 2], 1, 3), 6, 0)),
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
fn a_search_that_finds_more_than_it_lists_says_so() {
    let place = AdminState::ReadingFindings { text: SearchText::parse("x").unwrap(), page: 0 };
    let says = |total| {
        let orders = AdminPage { total, ..page(&[0, 1], 0, 126) };
        let subject = AdminSubject::Findings(Findings { serial: None, orders });
        seen(&place, &subject, &Texts::new(russian(), chrono_tz::Europe::Moscow))
    };
    let all = says(SearchText::MOST_FOUND);
    assert!(all.contains("Найдено 1~000 заказов."), "{all}");
    let more = says(SearchText::MOST_FOUND + 1);
    assert!(more.contains("Найдено больше 1~000 заказов, сначала новые; напишите запрос подробнее."), "{more}");
}

#[test]
fn the_stock_and_the_price_list_read_well() {
    let stock: Vec<(Sku, u64)> = vec![(sku("sp-1"), 1), (sku("sp-3"), 1_021), (sku("old-key"), 5)];
    let (old, mut new) = (examples::catalogue(), examples::catalogue());
    let mut added = new.products[0].clone();
    added.sku = sku("sp-9");
    new.products.remove(1);
    new.products[0].name = named("Лицензия <SP>".to_owned(), "SP <licence>".to_owned());
    new.products[0].group = None;
    new.products[0].packages.remove(1);
    for tier in new.products.iter_mut().filter_map(|product| product.free.as_mut()) {
        tier.max += 10;
    }
    new.products.push(added);
    new.products[1].serial_pattern = SerialPattern::parse("[A-Z]{5}<SP>").ok();
    new.groups.reverse();
    let changes = differences(&old, &new);
    let mut scenes = Scenes::new();
    for (title, place, subject) in [
        ("the stock", AdminState::ReadingStock { page: 0 }, AdminSubject::Stock(stock)),
        ("serial numbers are asked for", AdminState::WaitingForSerials(sku("sp-1")), AdminSubject::Nothing),
        (
            "a reason is asked for",
            AdminState::Withdrawing(WithdrawalState::WaitingForReason(sku("sp-1"))),
            AdminSubject::Nothing,
        ),
        (
            "what to withdraw is asked for",
            AdminState::Withdrawing(WithdrawalState::WaitingForFile(sku("sp-1"), WithdrawalReason::Lost)),
            AdminSubject::Nothing,
        ),
        ("whether to withdraw one", withdrawing(1, WithdrawalReason::Spoiled), AdminSubject::Nothing),
        (
            "whether to withdraw many",
            withdrawing(1_021, WithdrawalReason::Other("Ошибка <партии>".to_owned())),
            AdminSubject::Nothing,
        ),
        ("the price list", AdminState::ReadingCatalogue { page: 0 }, AdminSubject::Nothing),
        ("a product's prices", AdminState::ChoosingPrice(sku("trial-100000")), AdminSubject::Nothing),
        ("a price is asked for", AdminState::WaitingForPrice(sku("sp-1"), Offer::Package(50)), AdminSubject::Nothing),
        (
            "a quantity is asked for",
            AdminState::WaitingForQuantity(sku("sp-1"), Offer::Package(50)),
            AdminSubject::Nothing,
        ),
        (
            "a volume is asked for",
            AdminState::WaitingForQuantity(sku("trial-100000"), Offer::Tier(5)),
            AdminSubject::Nothing,
        ),
        ("a price that is gone", AdminState::WaitingForPrice(sku("sp-1"), Offer::Tier(5)), AdminSubject::Nothing),
        ("a proposal", AdminState::ConfirmingCatalogue(ProposalId(7)), AdminSubject::Differences(Some(changes))),
        ("a proposal of the same", AdminState::ConfirmingCatalogue(ProposalId(7)), {
            AdminSubject::Differences(Some(Vec::new()))
        }),
    ] {
        scenes.add(title, |texts| seen(&place, &subject, texts));
    }
    let stock = AdminSubject::Stock(vec![(sku("sp-1"), 1)]);
    scenes.add("the stock, to staff", |texts| {
        let facts =
            AdminFacts { name: "Вера", role: Role::Staff, is_alone: false, catalogue: &old, subject: &stock };
        readable(&admin::screen(&AdminState::ReadingStock { page: 0 }, None, &facts, texts))
    });
    // What is on its way has no buttons.
    for (title, place) in [
        ("an import begins", AdminState::ImportingSerials { sku: sku("sp-1"), lines: 0 }),
        ("an import of one line", AdminState::ImportingSerials { sku: sku("sp-1"), lines: 1 }),
        ("an import goes on", AdminState::ImportingSerials { sku: sku("sp-1"), lines: 20_000 }),
        ("a withdrawal is compared", AdminState::Withdrawing(WithdrawalState::InWork(sku("sp-1")))),
        ("a price list is read", AdminState::CheckingCatalogue),
        ("a proposal that is gone", AdminState::ConfirmingCatalogue(ProposalId(7))),
    ] {
        scenes.add(title, |texts| readable(&drawn(&place, &AdminSubject::Nothing, texts)));
    }
    reviewed!("admin_stock", scenes.0);
}

fn withdrawing(count: u64, reason: WithdrawalReason) -> AdminState {
    let file = KeptFile {
        media: Media::Document,
        file_id: "F".to_owned(),
        unique_id: String::new(),
        name: "lost.txt".to_owned(),
    };
    let withdrawal = Withdrawal { sku: sku("sp-1"), reason, file, count: Some(count) };
    AdminState::Withdrawing(WithdrawalState::Confirming(withdrawal))
}

fn lines(first: u64, count: u64) -> Option<SomeLines> {
    Some(SomeLines { first, count })
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
        ("the admins", AdminState::ReadingAdmins, AdminSubject::Admins(few)),
        ("many admins of the configuration", AdminState::ReadingAdmins, AdminSubject::Admins(many)),
        ("somebody is picked", AdminState::PickingAdmin, AdminSubject::Nothing),
        ("whether to appoint", AdminState::ConfirmingAppointment(VERA), target(true)),
        ("whether to appoint somebody unknown", AdminState::ConfirmingAppointment(VERA), target(false)),
        ("whether to dismiss", AdminState::ConfirmingDismissal(VERA), target(true)),
        ("whether to block", AdminState::ConfirmingBlock(VERA), target(true)),
        ("whether to unblock", AdminState::ConfirmingUnblock(VERA), target(false)),
    ] {
        scenes.add(title, |texts| seen(&place, &subject, texts));
    }
    reviewed!("admin_people", scenes.0);
}

#[test]
fn the_audit_and_what_admins_are_told_read_well() {
    let zoya = Actor::Person { id: PersonId(111), name: "Зоя <З>".to_owned(), role: Role::Admin };
    let done = |actor: &Actor, action: AuditAction, subject: Option<&str>| AuditEntry {
        at: at("2015-04-01T09:30:00Z"),
        actor: actor.clone(),
        action,
        subject_name: subject.map(str::to_owned),
    };
    let imported = AuditAction::Imported { sku: Sku::parse("sp-1").unwrap(), added: 49, known: 1 };
    let revised = |offer, to| AuditAction::PriceListRevised(Revision { sku: sku("sp-1"), offer, to });
    let entries = vec![
        done(&zoya, AuditAction::Appointed(VERA), Some("Вера")),
        done(&zoya, AuditAction::Dismissed(PersonId(404)), None),
        done(&zoya, AuditAction::Blocked(VERA), Some("Вера")),
        done(&zoya, AuditAction::Unblocked(VERA), Some("Вера")),
        done(&zoya, AuditAction::PersonExported(VERA), Some("Вера")),
        done(&Actor::System, AuditAction::Blocked(PersonId::erased(AccountId(17))), Some("—")),
        done(&zoya, AuditAction::Erased(AccountId(17)), None),
        done(&zoya, AuditAction::Exported(Period::All), None),
        done(&zoya, imported.clone(), None),
        done(&Actor::System, imported, None),
        done(&Actor::System, AuditAction::PriceListApplied, None),
        done(
            &zoya,
            revised(Offer::Package(50), Value::Price(Money::from_minor(1_200_050, Currency::RUB).unwrap())),
            None,
        ),
        done(&zoya, revised(Offer::Tier(5), Value::Quantity(7)), None),
    ];
    let reading = AdminState::ReadingAudit { page: 1 };
    let mut scenes = Scenes::new();
    for (title, page) in [
        ("the audit", AuditPage { entries, page: 1, pages: 3 }),
        ("an empty audit", AuditPage { entries: Vec::new(), page: 0, pages: 1 }),
    ] {
        scenes.add(title, |texts| seen(&reading, &AdminSubject::Audit(page.clone()), texts));
    }
    let by = || "Зоя <З>".to_owned();
    for told in [
        AdminNotification::Appointed { by: by(), person: VERA },
        AdminNotification::Exported { by: by(), period: Period::All },
        AdminNotification::StaffChatOpen(Openness::Channel),
        AdminNotification::StaffChatOpen(Openness::PublicGroup),
        AdminNotification::StaffChatPrivate,
    ] {
        scenes
            .add(&format!("{told:?}"), |texts| readable(&keydesk::chat::view::admin::audit::told(&told, None, texts)));
    }
    reviewed!("admin_audit", scenes.0);
}

#[test]
fn every_sentence_to_an_admin_reads_well() {
    let catalogue = examples::catalogue();
    let vera = |name: Option<&str>| Named { id: VERA, name: name.map(str::to_owned) };
    let imported = |added, known, remarks| AdminBanner::Imported { sku: sku("sp-1"), added, known, given: 0, remarks };
    let heading = Remarks { heading: Some(1), ..Remarks::default() };
    let faults = |count| {
        let place =
            |number| CataloguePlace::Product { number, sku: "sp-3".to_owned(), key: "sku".to_owned(), line: Some(7) };
        let fault = |number| CatalogueFault { place: place(number), problem: CatalogueProblem::IdTwice };
        AdminBanner::faults_of_catalogue("catalog.toml", (1..=count).map(fault).collect())
    };
    let mut scenes = Scenes::new();
    for notice in [
        AdminBanner::UseButtons,
        AdminBanner::StatusExpected,
        AdminBanner::TextExpected,
        AdminBanner::SkuExpected,
        AdminBanner::CatalogueExpected,
        AdminBanner::PriceExpected,
        AdminBanner::NewQuantityExpected,
        AdminBanner::OfferGone,
        AdminBanner::OfferSame,
        AdminBanner::NotRevised(CatalogueProblem::QuantityTwice),
        AdminBanner::PriceBookRefused(PriceBookRefusal::NotAWorkbook),
        AdminBanner::PriceBookRefused(PriceBookRefusal::Former),
        AdminBanner::PriceBookRefused(PriceBookRefusal::TooLarge),
        AdminBanner::PriceBookRefused(PriceBookRefusal::NoTable),
        AdminBanner::PriceBookRefused(PriceBookRefusal::SeveralTables(vec!["SP".to_owned(), "PO-77".to_owned()])),
        AdminBanner::PersonExpected(Naming::Appoint),
        AdminBanner::PersonExpected(Naming::Block),
        AdminBanner::PersonExpected(Naming::Unblock),
        AdminBanner::PersonExpected(Naming::Show),
        AdminBanner::PersonGone,
        AdminBanner::PersonDataFollows,
        AdminBanner::PersonDataFollowsInPrivate,
        AdminBanner::Erased { orders: 0 },
        AdminBanner::Erased { orders: 1 },
        AdminBanner::Erased { orders: 22 },
        AdminBanner::Erased { orders: 1_025 },
        AdminBanner::ErasureOfAdmin,
        AdminBanner::ErasureWaits { orders: vec![OrderNumber(449)] },
        AdminBanner::ErasureSharesAccount { others: 1 },
        AdminBanner::ErasureSharesAccount { others: 3 },
        AdminBanner::ErasureSharesAccount { others: 12 },
        AdminBanner::NobodyFound,
        AdminBanner::AlreadyAdmin,
        AdminBanner::NotAdmin,
        AdminBanner::ConfiguredStays,
        AdminBanner::NotYourself,
        AdminBanner::AdminsStay,
        AdminBanner::TooManyAdmins,
        AdminBanner::Appointed(vera(Some("Вера <В>"))),
        AdminBanner::Appointed(vera(None)),
        AdminBanner::Dismissed(vera(Some("Вера"))),
        AdminBanner::Dismissed(vera(None)),
        AdminBanner::Blocked(vera(Some("Вера"))),
        AdminBanner::Blocked(vera(None)),
        AdminBanner::Unblocked(vera(Some("Вера"))),
        AdminBanner::Unblocked(vera(None)),
        AdminBanner::NotBlocked(vera(Some("Вера"))),
        AdminBanner::AlreadyBlocked(vera(Some("Вера"))),
        imported(1, 0, Remarks::default()),
        imported(20_000, 3, heading),
        AdminBanner::ImportRefused(FileRefusal::TooLarge),
        AdminBanner::ImportRefused(FileRefusal::Fault(FileFault::NotUtf8 { line: 7 })),
        AdminBanner::OtherProductAt(7),
        AdminBanner::ImportFaults(Box::new(FileFaults {
            first: FileFault::Columns { line: 7 }.into(),
            next: vec![LineFault::OtherProduct { line: 8, sku: sku("sp-1") }],
            more: 21,
        })),
        AdminBanner::WithdrawalReasonExpected,
        AdminBanner::WithdrawalMatched { sku: sku("sp-1"), count: 1 },
        AdminBanner::WithdrawalMatched { sku: sku("sp-1"), count: 1_021 },
        AdminBanner::Withdrawn { sku: sku("sp-1"), count: 1 },
        AdminBanner::Withdrawn { sku: sku("sp-1"), count: 5 },
        AdminBanner::WithdrawalMismatch { sku: sku("sp-1"), sold: lines(7, 1), absent: lines(9, 2) },
        AdminBanner::WithdrawalMismatch { sku: sku("sp-1"), sold: lines(7, 22), absent: None },
        AdminBanner::WithdrawalRefused(FileRefusal::TooLarge),
        AdminBanner::WithdrawalFaults(Box::new(LineFault::from(FileFault::Columns { line: 7 }).into())),
        AdminBanner::WithdrawalFaults(Box::new(FileFaults {
            first: FileFault::Columns { line: 7 }.into(),
            next: vec![LineFault::OtherProduct { line: 8, sku: sku("sp-1") }],
            more: 21,
        })),
        AdminBanner::CatalogueNotFetched(FileRefusal::NotThere),
        AdminBanner::CatalogueNotText,
        faults(1),
        AdminBanner::CatalogueCompared(ProposalId(7)),
        faults(12),
        AdminBanner::CatalogueSame,
        AdminBanner::CatalogueApplied,
        AdminBanner::CatalogueOvertaken,
        AdminBanner::ProposalGone,
        AdminBanner::ProposalDropped,
        AdminBanner::PeriodExpected,
        AdminBanner::PeriodReversed("01.04.2026 01.05.2026".to_owned()),
        AdminBanner::ExportFollows(Period::All),
        AdminBanner::FileFollows,
    ] {
        scenes.add(&format!("{notice:?}"), |texts| {
            let sentence = VendorBanner::Admin(notice.clone());
            keydesk::chat::view::vendor_banner::sentence(&sentence, &catalogue, texts).replace('\u{a0}', "~")
        });
    }
    reviewed!("admin_notices", scenes.0);
}
