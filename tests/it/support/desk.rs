//! An order's alert, for tests that watch it change.

use keydesk::chat::i18n::Texts;

use super::languages::russian;
use super::shop::Shop;
use super::visitor::{Visitor, plain};

/// Stands for what was fixed when the order was placed.
const FIXED: &str = "…";

impl Shop {
    /// The part of an order's alert that changes. When, by whom and for what it was placed has to stand on it as well, and is
    /// shown as three dots.
    pub async fn desk(&self, number: i64) -> String {
        self.changing(number, &self.alert(number)).await
    }

    async fn changing(&self, number: i64, alert: &str) -> String {
        let order = self.order(number).await;
        let customer = self.store().read().customer(order.placed_by).await.unwrap().unwrap().person;
        let username = customer.username.map_or_else(String::new, |username| format!(", @{username}"));
        let texts = Texts::new(russian(), chrono_tz::Europe::Moscow);
        let priced = |quantity: u64, price| format!("{quantity} шт. — {}", texts.money(price));
        let lines = order.lines.iter().map(|line| {
            format!("{}\n{}\n", line.name.in_language(russian()), priced(line.quantity.into(), line.price))
        });
        let fixed = [
            format!("Дата размещения: {}", texts.date_time(order.summary.placed_at)),
            format!("Клиент: {}{username}, учетная запись {}", customer.name, order.account),
            format!("\n{}\nИтого: {}", lines.collect::<String>(), priced(order.summary.keys, order.summary.total)),
        ];
        let (mut changing, mut rest) = (String::new(), alert);
        for part in fixed.iter().map(|part| plain(part)) {
            let (before, after) = rest.split_once(&part).unwrap_or_else(|| panic!("«{part}» is missing in:\n{alert}"));
            changing += before;
            if !changing.ends_with(&format!("{FIXED}\n")) {
                changing = changing + FIXED + "\n";
            }
            rest = after.strip_prefix('\n').unwrap_or(after);
        }
        (changing + rest).trim_end().to_owned()
    }
}

impl Visitor<'_> {
    /// The same of the newest message, which has to be that alert.
    pub async fn desk(&self, number: i64) -> String {
        self.shop.changing(number, &self.screen()).await
    }
}
