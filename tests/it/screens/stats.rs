//! The figures of a period.

use keydesk::chat::i18n::Texts;
use keydesk::chat::view::stats::figures;
use keydesk::domain::{Currency, Money, OrderSummary, Period};

use super::reading::summaries;
use super::{Scenes, reviewed};
use crate::support::screens::readable;
use crate::support::stats::counted;

/// Characters of a picture's caption (<https://core.telegram.org/bots/api#sendphoto>).
const LONGEST_CAPTION: usize = 1024;

fn seen(orders: &[OrderSummary], period: &str, texts: &Texts) -> String {
    let period = Period::parse(period, "2015-04-15".parse().unwrap()).unwrap();
    let seen = readable(&figures(&counted(orders, period), texts));
    let length = seen.encode_utf16().count();
    assert!(length <= LONGEST_CAPTION, "{length} characters");
    seen
}

#[test]
fn the_figures_read_well() {
    let orders = summaries();
    let mut dollars = orders[2].clone();
    dollars.total = Money::from_minor(250_050, Currency::parse("USD").unwrap()).unwrap();
    let two_currencies = [orders.clone(), vec![dollars]].concat();
    let mut scenes = Scenes::new();
    scenes.add("everything", |texts| seen(&orders, "all", texts));
    scenes.add("a month, two currencies", |texts| seen(&two_currencies, "", texts));
    scenes.add("a day", |texts| seen(&orders, "01.04.2015", texts));
    scenes.add("only a cancelled order", |texts| seen(&orders[3..], "2015-03", texts));
    scenes.add("a year without orders", |texts| seen(&orders, "2014", texts));
    scenes.add("some days without orders", |texts| seen(&orders, "05.04.2015 10.04.2015", texts));
    reviewed!("stats", scenes.0);
}
