//! What is taken for a billing detail, and what is not.

use keydesk::domain::BillingFault;
use keydesk::domain::billing::{CompanyName, Email, ForeignTaxNumber, Inn, InnOf, Kpp};
use proptest::prelude::*;

/// The check digit that the tax service's algorithm gives, worked out once more by hand.
fn check_digit(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11 % 10
}

fn text(digits: &[u32]) -> String {
    digits.iter().map(u32::to_string).collect()
}

fn organisations() -> impl Strategy<Value = Vec<u32>> {
    (1..100_u32, proptest::collection::vec(0..10_u32, 7)).prop_map(|(region, rest)| {
        let mut digits = [vec![region / 10, region % 10], rest].concat();
        digits.push(check_digit(&digits, &[2, 4, 10, 3, 5, 9, 4, 6, 8]));
        digits
    })
}

fn persons() -> impl Strategy<Value = Vec<u32>> {
    (1..100_u32, proptest::collection::vec(0..10_u32, 8)).prop_map(|(region, rest)| {
        let mut digits = [vec![region / 10, region % 10], rest].concat();
        digits.push(check_digit(&digits, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]));
        digits.push(check_digit(&digits, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]));
        digits
    })
}

proptest! {
    #[test]
    fn a_sound_inn_is_taken_with_spaces_too(digits in prop_oneof![organisations(), persons()], at in 0..10_usize) {
        let mut typed = text(&digits);
        let inn = Inn::parse(&typed).unwrap();
        prop_assert_eq!(inn.as_str(), typed.as_str());
        prop_assert_eq!(inn.of() == InnOf::Organisation, digits.len() == 10);
        typed.insert(at, '\u{a0}');
        prop_assert_eq!(Inn::parse(&format!(" {typed} ")), Ok(inn));
    }

    #[test]
    fn a_wrong_check_digit_is_found(digits in prop_oneof![organisations(), persons()], wrong in 1..10_u32) {
        let mut digits = digits;
        let last = digits.last_mut().unwrap();
        *last = (*last + wrong) % 10;
        prop_assert_eq!(Inn::parse(&text(&digits)), Err(BillingFault::InnCheckDigits));
    }

    #[test]
    fn an_inn_in_other_digits_is_none(digits in organisations()) {
        let full_width: String = digits.iter().filter_map(|digit| char::from_u32(0xff10 + digit)).collect();
        prop_assert_eq!(Inn::parse(&full_width), Err(BillingFault::InnLength));
        let arabic: String = digits.iter().filter_map(|digit| char::from_u32(0x660 + digit)).collect();
        prop_assert_eq!(Inn::parse(&arabic), Err(BillingFault::InnLength));
    }

    #[test]
    fn a_sound_kpp_is_taken(kpp in "[0-9]{4}[0-9A-Z]{2}[0-9]{3}") {
        let typed = format!(" {} ", kpp.to_ascii_lowercase());
        prop_assert_eq!(Kpp::parse(&typed).map(String::from), Ok(kpp));
    }

    #[test]
    fn whatever_is_taken_stays_what_it_is(typed in "\\PC{0,40}") {
        if let Ok(company) = CompanyName::parse(&typed) {
            prop_assert_eq!(CompanyName::parse(company.as_str()), Ok(company.clone()));
        }
        if let Ok(number) = ForeignTaxNumber::parse(&typed) {
            prop_assert_eq!(ForeignTaxNumber::parse(number.as_str()), Ok(number.clone()));
        }
        if let Ok(email) = Email::parse(&typed) {
            prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
        }
        let _ = (Inn::parse(&typed), Kpp::parse(&typed));
    }

    #[test]
    fn common_addresses_are_taken(local in "[a-z0-9._+-]{1,20}", domain in "[a-z0-9]{1,10}\\.[a-z]{2,6}") {
        let dots_stand_well = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
        prop_assert_eq!(Email::parse(&format!(" {local}@{domain} ")).is_ok(), dots_stand_well);
    }
}

#[test]
fn real_numbers_are_taken() {
    for inn in ["7707083893", "7736207543", "500100732259", "77 36 207543"] {
        assert!(Inn::parse(inn).is_ok(), "{inn}");
    }
    for not in ["", "0", "770708389", "77070838930", "7707083893a", "+7707083893", "7707-083893", "ИНН 7707083893"] {
        assert_eq!(Inn::parse(not), Err(BillingFault::InnLength), "{not}");
    }
    for not in ["0000000000", "000000000000", "7707083892", "500100732250"] {
        assert_eq!(Inn::parse(not), Err(BillingFault::InnCheckDigits), "{not}");
    }
}

#[test]
fn what_is_no_kpp_is_refused() {
    for not in ["", "77360100", "7736010011", "7736ФЫ001", "77A601001", "7736０1001", "773601-01"] {
        assert_eq!(Kpp::parse(not), Err(BillingFault::Kpp), "{not}");
    }
}

#[test]
fn firms_and_numbers_have_bounds() {
    assert_eq!(CompanyName::parse("ООО\u{202e} «Ромашка»\n").unwrap().as_str(), "ООО «Ромашка»");
    for not in ["", " \u{200b} ", &"я".repeat(161)] {
        assert_eq!(CompanyName::parse(not), Err(BillingFault::Company), "{not}");
    }
    for number in ["УНП 190190190", "DE 123456789", "12-3456789", "27AAPFU0939F1ZV"] {
        assert!(ForeignTaxNumber::parse(number).is_ok(), "{number}");
    }
    for not in ["", "123", "none", "１２３４５", "<b>1234</b>", &"1".repeat(33)] {
        assert_eq!(ForeignTaxNumber::parse(not), Err(BillingFault::ForeignTaxNumber), "{not}");
    }
}

#[test]
fn what_is_no_address_is_refused() {
    for email in ["buh@example.com", "a.b+c@sub.example.co.uk", "бухгалтерия@пример.рф"] {
        assert!(Email::parse(email).is_ok(), "{email}");
    }
    for not in
        ["", "example.com", "a@b", "a@@b.ru", "a b@c.ru", "a@b.ru, c@d.ru", "a@.ru", "a@b..ru", "a@-b.ru", "<a@b.ru>"]
    {
        assert_eq!(Email::parse(not), Err(BillingFault::Email), "{not}");
    }
    assert_eq!(Email::parse(&format!("{}@b.ru", "a".repeat(65))), Err(BillingFault::Email));
}
