//! How much of the vendor's attention one account may take up.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// What one account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Orders that are neither completed nor cancelled, at once.
    pub open_orders: u32,
    pub orders_per_hour: u32,
    /// Questions and whatever else is passed on to staff.
    pub messages_to_staff_per_hour: u32,
    /// Files of serial numbers, and lists of them that are looked up.
    pub serial_requests_per_hour: u32,
}

/// A limit that an account has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitReached {
    OpenOrders { most: u32 },
    OrdersPerHour { most: u32, until: DateTime<Utc> },
    MessagesPerHour { most: u32, until: DateTime<Utc> },
    SerialRequestsPerHour { most: u32, until: DateTime<Utc> },
}

impl Limits {
    /// The hour of the limits that count by the hour.
    pub const HOUR: TimeDelta = TimeDelta::hours(1);
}

impl LimitReached {
    /// When one of `most` things may be done again, if the first of the last so many was done at `first`.
    pub fn hour_ends(first: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        Some(first + Limits::HOUR).filter(|until| *until > now)
    }
}
