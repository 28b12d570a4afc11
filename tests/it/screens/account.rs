//! The screens about an account: colleagues, invitations, billing details, access.

use keydesk::chat::dialogue::{AccountState, AfterBilling, BillingState, Picking, State};
use keydesk::chat::view::account::{access_request, admitted, held_back, joined, left, removed};
use keydesk::chat::view::{AccountView, Facts, ReplyKeyboard, SettingsView, Subject, contacts, orders};
use keydesk::domain::billing::BillingDetail;
use keydesk::domain::billing::{CompanyName, Email, ForeignTaxNumber, Inn, Kpp, TaxNumber};
use keydesk::domain::{
    Access, Account, AccountId, Billing, Invitation, InvitationToken, Inviter, Member, Person, PersonId, Sending,
    Status,
};

use super::reading::order;
use super::{Scene, Scenes, at, reviewed};
use crate::support::examples;
use crate::support::screens::readable;

const ANNA: PersonId = PersonId(101);
const OLEG: PersonId = PersonId(301);

fn account(reader: PersonId, members: &[(PersonId, &str, Option<&str>)], invitations: u8) -> Subject {
    let member = |(id, name, username): &(PersonId, &str, Option<&str>)| Member {
        id: *id,
        name: (*name).to_owned(),
        username: username.map(str::to_owned),
    };
    let invitation = |seed: u8| {
        let token = InvitationToken::from_random([seed; 16]);
        let link = format!("https://t.me/keydesk_bot?start=join_{token}");
        // The second one is for somebody who was picked.
        let invited = (seed == 1).then(|| "Олег <Н>".to_owned());
        (Invitation { token, expires_at: at("2015-04-03T09:30:00Z"), invited }, link)
    };
    Subject::Account(AccountView {
        account: Account { id: AccountId(12), owner: ANNA, members: members.iter().map(member).collect() },
        reader,
        invitations: (0..invitations).map(invitation).collect(),
    })
}

fn billing(tax: TaxNumber) -> Billing {
    let company = CompanyName::parse("ООО «Ромашка» & <Ко>").unwrap();
    Billing { company, tax, email: Email::parse("buh@example.com").unwrap() }
}

#[test]
fn the_account_reads_well() {
    let anna = (ANNA, "Анна <Иванова>", Some("anna"));
    let both = [anna, (OLEG, "", None)];
    let scene = |place, subject| Scene::at(State::Account(place)).showing(subject);
    let members = |subject| scene(AccountState::ReadingMembers, subject);
    let mut scenes = Scenes::new();
    scenes.add("alone", |texts| members(account(ANNA, &[anna], 0)).seen(texts));
    scenes.add("the owner, two invitations", |texts| members(account(ANNA, &both, 2)).seen(texts));
    scenes.add("a member", |texts| members(account(OLEG, &both, 0)).seen(texts));
    let removal = scene(AccountState::ConfirmingRemoval(OLEG), account(ANNA, &both, 0));
    scenes.add("whether to remove", |texts| removal.seen(texts));
    scenes.add("whether to leave", |texts| scene(AccountState::ConfirmingLeave, account(OLEG, &both, 0)).seen(texts));
    for (title, place, subject) in [
        ("a member cannot remove", AccountState::ConfirmingRemoval(ANNA), account(OLEG, &both, 0)),
        ("nobody removes a stranger", AccountState::ConfirmingRemoval(PersonId(666)), account(ANNA, &both, 0)),
        ("an owner cannot leave", AccountState::ConfirmingLeave, account(ANNA, &both, 0)),
    ] {
        let shown = scene(place, subject.clone());
        scenes.add(title, |texts| {
            assert_eq!(shown.seen(texts), members(subject.clone()).seen(texts));
            "the list".to_owned()
        });
    }
    let joining = |inviter| {
        let token = InvitationToken::from_random([7; 16]);
        scene(AccountState::Joining(token), Subject::Invitation(inviter))
    };
    let inviter = |company: Option<&str>| {
        Some(Inviter { owner_name: "Анна <Иванова>".to_owned(), company: company.map(str::to_owned) })
    };
    scenes.add("an invitation", |texts| joining(inviter(None)).seen(texts));
    scenes.add("an invitation of a firm", |texts| joining(inviter(Some("ООО «Ромашка»"))).seen(texts));
    scenes.add("an invitation that is not valid any more", |texts| joining(None).seen(texts));
    let mut colleague = examples::anna();
    colleague.has_colleagues = true;
    scenes
        .add("somebody is picked", |texts| scene(AccountState::PickingColleague, account(ANNA, &both, 0)).seen(texts));
    for for_what in [Picking::Colleague, Picking::Admin] {
        scenes.add(&format!("the contacts for {for_what:?}"), |texts| {
            let message = contacts::offered(for_what, texts);
            let Some(ReplyKeyboard::Contacts { pick, give_up, .. }) = &message.reply_keyboard else {
                panic!("no buttons")
            };
            format!("{}\n[ {pick} ]\n[ {give_up} ]", readable(&message.screen))
        });
    }
    for picked in [Some("Олег <Н>"), None] {
        scenes.add(&format!("the contacts are closed, {picked:?}"), |texts| {
            readable(&contacts::closed(picked, texts).screen)
        });
    }
    scenes.add("a card among colleagues", |texts| readable(&orders::card(&order(Status::Placed), &colleague, texts)));
    scenes.add("to the owner: joined", |texts| readable(&joined("Олег <Н>", texts)));
    scenes.add("to the owner: left", |texts| readable(&left("Олег <Н>", texts)));
    scenes.add("to a former member", |texts| readable(&removed("Анна <Иванова>", texts)));
    reviewed!("account", scenes.0);
}

#[test]
fn a_full_account_with_all_invitations_fits_one_screen() {
    let name = "«".repeat(Person::MAX_NAME);
    let crowd: Vec<_> =
        (101..121).map(|id| (PersonId(id), name.as_str(), Some("a_username_of_thirty_two_chars_"))).collect();
    let texts = keydesk::chat::i18n::Texts::new(crate::support::languages::russian(), chrono_tz::Europe::Moscow);
    let full = account(ANNA, &crowd, 5);
    Scene::at(State::Account(AccountState::ReadingMembers)).showing(full).seen(&texts);
}

#[test]
fn the_billing_details_read_well() {
    let company = || CompanyName::parse("ООО «Ромашка»").unwrap();
    let inn = || Inn::parse("7707083893").unwrap();
    let organisation = || TaxNumber::Organisation { inn: inn(), kpp: Kpp::parse("773601001").unwrap() };
    let person = TaxNumber::Person { inn: Inn::parse("500100732259").unwrap() };
    let foreign = || TaxNumber::Foreign(ForeignTaxNumber::parse("NO 923 609 016").unwrap());
    let mut scenes = Scenes::new();
    let then = AfterBilling::Details;
    for (title, place) in [
        ("the first question", BillingState::WaitingForCompany(then)),
        ("the first question before an order", BillingState::WaitingForCompany(AfterBilling::Summary)),
        ("the INN", BillingState::WaitingForInn(then, company())),
        ("a number from elsewhere", BillingState::WaitingForForeignNumber(then, company())),
        ("the KPP", BillingState::WaitingForKpp(then, company(), inn())),
        ("the e-mail", BillingState::WaitingForEmail(then, company(), organisation())),
        ("the confirmation", BillingState::Confirming(then, billing(organisation()))),
    ] {
        let scene = Scene::at(State::Billing(place)).showing(Subject::Billing(None));
        scenes.add(title, |texts| scene.seen(texts));
    }
    for (title, kept) in [
        ("none yet", None),
        ("an organisation's", Some(billing(organisation()))),
        ("a sole trader's", Some(billing(person))),
        ("a foreign company's", Some(billing(foreign()))),
    ] {
        let scene = Scene::at(State::Billing(BillingState::Reading)).showing(Subject::Billing(kept));
        scenes.add(title, |texts| scene.seen(texts));
    }
    let both =
        [("an organisation's", Some(billing(organisation()))), ("a foreign company's", Some(billing(foreign())))];
    for (title, kept) in both {
        for detail in kept.as_ref().unwrap().details() {
            let scene =
                Scene::at(State::Billing(BillingState::Changing(detail))).showing(Subject::Billing(kept.clone()));
            scenes.add(&format!("{detail:?}, {title}"), |texts| scene.seen(texts));
        }
    }
    for (title, place) in [
        ("to a foreign number", BillingState::Changing(BillingDetail::ForeignNumber)),
        ("the KPP that is missing", BillingState::CompletingInn(inn())),
    ] {
        let scene = Scene::at(State::Billing(place)).showing(Subject::Billing(Some(billing(organisation()))));
        scenes.add(title, |texts| scene.seen(texts));
    }
    reviewed!("billing", scenes.0);
}

#[test]
fn the_settings_read_well() {
    let anna = (ANNA, "Анна <Иванова>", Some("anna"));
    let member = |id: i64| (PersonId(300 + id), "Олег", None);
    let crowd = |count: i64| [vec![anna], (1..count).map(member).collect()].concat();
    let settings = |reader, people: &[_], billing| {
        let Subject::Account(account) = account(reader, people, 0) else { unreachable!("an account") };
        Scene::at(State::ChoosingLanguage).showing(Subject::Settings(SettingsView { account, billing }))
    };
    let organisation =
        TaxNumber::Organisation { inn: Inn::parse("7707083893").unwrap(), kpp: Kpp::parse("773601001").unwrap() };
    let mut scenes = Scenes::new();
    scenes.add("alone, no details", |texts| settings(ANNA, &crowd(1), None).seen(texts));
    scenes.add("the owner of two", |texts| settings(ANNA, &crowd(2), Some(billing(organisation.clone()))).seen(texts));
    scenes.add("a member among five", |texts| settings(OLEG, &crowd(5), None).seen(texts));
    reviewed!("settings", scenes.0);
}

#[test]
fn the_screens_of_people_who_are_not_served_read_well() {
    let scene = Scene::at(State::Home);
    let (shop, subject) = (&scene.shop, &Subject::Nothing);
    let facts = Facts { shop, catalogue: &scene.catalogue, reader: &scene.reader, subject };
    let anna = Person {
        id: ANNA,
        name: "Анна <Иванова>".to_owned(),
        username: Some("anna".to_owned()),
        telegram_language: None,
    };
    let mut scenes = Scenes::new();
    for access in [Access::Waiting, Access::Refused, Access::Blocked] {
        scenes.add(&format!("{access:?}"), |texts| readable(&held_back(access, &facts, texts)));
    }
    scenes.add("let in", |texts| readable(&admitted("Guardant", texts)));
    for (access, sending) in [
        (Access::Waiting, Sending::First),
        (Access::Waiting, Sending::PossibleDuplicate),
        (Access::Admitted, Sending::First),
        (Access::Refused, Sending::First),
        (Access::Blocked, Sending::First),
    ] {
        let title = format!("to the staff: {access:?}, {sending:?}");
        scenes.add(&title, |texts| readable(&access_request(&anna, (access, None), sending, texts)));
    }
    reviewed!("access", scenes.0);
}
