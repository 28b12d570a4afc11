//! Section `[limits]`.

use serde::Deserialize;

use crate::domain::Limits;

/// More than people need who order and ask by hand, and less than a staff chat and a small server can stand.
const USUAL: Limits =
    Limits { open_orders: 20, orders_per_hour: 10, messages_to_staff_per_hour: 30, serial_requests_per_hour: 60 };
/// As good as no limit.
const MOST: u32 = 1_000_000;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitsForm {
    open_orders: Option<u32>,
    orders_per_hour: Option<u32>,
    messages_to_staff_per_hour: Option<u32>,
    serial_requests_per_hour: Option<u32>,
}

impl LimitsForm {
    pub(super) const REMEDY: &str = "use a whole number from 1 to 1000000";

    pub(super) fn limits(&self) -> Limits {
        Limits {
            open_orders: self.open_orders.unwrap_or(USUAL.open_orders),
            orders_per_hour: self.orders_per_hour.unwrap_or(USUAL.orders_per_hour),
            messages_to_staff_per_hour: self.messages_to_staff_per_hour.unwrap_or(USUAL.messages_to_staff_per_hour),
            serial_requests_per_hour: self.serial_requests_per_hour.unwrap_or(USUAL.serial_requests_per_hour),
        }
    }

    /// The keys whose numbers are out of bounds.
    pub(super) fn faults(&self) -> Vec<String> {
        let Limits { open_orders, orders_per_hour, messages_to_staff_per_hour, serial_requests_per_hour } =
            self.limits();
        let keys = [
            ("open_orders", open_orders),
            ("orders_per_hour", orders_per_hour),
            ("messages_to_staff_per_hour", messages_to_staff_per_hour),
            ("serial_requests_per_hour", serial_requests_per_hour),
        ];
        let wrong = keys.into_iter().filter(|(_, most)| !(1..=MOST).contains(most));
        wrong.map(|(key, _)| format!("limits.{key}")).collect()
    }
}
