//! Money, dates, numbers and plural forms, as each language writes them.

use crate::support::languages::{each_language, english, russian};
use chrono::{DateTime, Utc};
use keydesk::chat::i18n::Texts;
use keydesk::domain::{Currency, Language, Money};

fn texts(language: Language) -> Texts {
    Texts::new(language, chrono_tz::Europe::Moscow)
}

fn both(say: impl Fn(&Texts) -> String) -> [String; 2] {
    each_language(|language| say(&texts(language)))
}

#[test]
fn money_is_written_as_its_readers_write_it() {
    let cases = [
        ("RUB", 0, "0,00 ₽", "RUB 0.00"),
        ("RUB", 1, "0,01 ₽", "RUB 0.01"),
        ("RUB", 99_999, "999,99 ₽", "RUB 999.99"),
        ("RUB", 100_000, "1 000,00 ₽", "RUB 1,000.00"),
        ("RUB", 1_100_000, "11 000,00 ₽", "RUB 11,000.00"),
        ("RUB", Money::MAX_MINOR, "1 000 000 000 000,00 ₽", "RUB 1,000,000,000,000.00"),
        ("USD", 2_500_050, "25 000,50 USD", "USD 25,000.50"),
        ("JPY", 500, "500 JPY", "JPY 500"),
        ("JPY", 1_234_567, "1 234 567 JPY", "JPY 1,234,567"),
        ("KWD", 1_234_567, "1 234,567 KWD", "KWD 1,234.567"),
        ("KWD", 5, "0,005 KWD", "KWD 0.005"),
    ];
    for (code, minor, russian, english) in cases {
        let money = Money::from_minor(minor, Currency::parse(code).unwrap()).unwrap();
        let shown = both(|texts| texts.money(money));
        // Written with plain spaces above, with no-break spaces on the screen, so that an amount never breaks in two.
        assert_eq!(shown, [russian.replace(' ', "\u{a0}"), english.replace(' ', "\u{a0}")]);
    }
}

#[test]
fn numbers_are_grouped_by_thousands() {
    let cases = [(0, "0", "0"), (999, "999", "999"), (1_000, "1 000", "1,000"), (1_234_567, "1 234 567", "1,234,567")];
    for (number, russian, english) in cases {
        assert_eq!(both(|texts| texts.number(number)), [russian.replace(' ', "\u{a0}"), english.to_owned()]);
    }
}

#[test]
fn a_day_of_a_month_is_in_the_genitive() {
    let short =
        |month: u64| both(|texts| texts.say_with("date-short", &[("day", "5".into()), ("month", month.into())]));
    assert_eq!([short(4), short(5)], [["5 апр", "5 Apr"], ["5 мая", "5 May"]]);
}

#[test]
fn a_day_begins_at_midnight_in_moscow() {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let cases = [
        ("2015-03-31T20:59:59Z", "31.03.2015", "31 Mar 2015", "23:59"),
        ("2015-03-31T21:00:00Z", "01.04.2015", "1 Apr 2015", "00:00"),
        ("2015-12-31T21:00:00Z", "01.01.2016", "1 Jan 2016", "00:00"),
        // Moscow kept summer time until 2011 and was at UTC+4 until October 2014.
        ("2014-07-01T20:00:00Z", "02.07.2014", "2 Jul 2014", "00:00"),
        ("2016-02-28T21:30:00Z", "29.02.2016", "29 Feb 2016", "00:30"),
    ];
    for (instant, russian, english, time) in cases {
        assert_eq!(both(|texts| texts.date(at(instant))), [russian, english]);
        assert_eq!(
            both(|texts| texts.date_time(at(instant))),
            [format!("{russian} {time}"), format!("{english} {time}")]
        );
    }
}

#[test]
fn counted_words_take_the_form_of_their_number() {
    let cases = [
        (0, "0 номеров", "0 serial numbers"),
        (1, "1 номер", "1 serial number"),
        (2, "2 номера", "2 serial numbers"),
        (5, "5 номеров", "5 serial numbers"),
        (11, "11 номеров", "11 serial numbers"),
        (14, "14 номеров", "14 serial numbers"),
        (21, "21 номер", "21 serial numbers"),
        (22, "22 номера", "22 serial numbers"),
        (111, "111 номеров", "111 serial numbers"),
        (1_000, "1\u{a0}000 номеров", "1,000 serial numbers"),
        (1_001, "1\u{a0}001 номер", "1,001 serial numbers"),
    ];
    for (count, russian, english) in cases {
        let [ru, en] = both(|texts| texts.say_with("home-draft", &[("count", count.into()), ("price", "P".into())]));
        assert_eq!(ru, format!("В неотправленном заказе {russian} на P."));
        assert_eq!(en, format!("Your unsent order has {english} for P."));
    }
}

#[test]
fn a_telegram_language_is_understood_or_left_to_the_shop() {
    for (tag, language) in [
        ("ru", Some(russian())),
        ("ru-RU", Some(russian())),
        ("EN", Some(english())),
        ("en_GB", Some(english())),
        ("pt-br", None),
        ("eng", None),
        ("", None),
    ] {
        assert_eq!(Language::parse(tag), language, "{tag}");
    }
}
