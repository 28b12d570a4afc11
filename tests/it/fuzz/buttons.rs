//! `callback_data`: whoever speaks to Telegram without its app sends anything.

use keydesk::chat::action::Action;

use super::harness::{Read, fuzz};
use super::mutation::texts;

/// A button of every kind.
pub const DATA: &[&str] = &[
    "home",
    "new",
    "prices:0",
    "products:sp:1",
    "product:sp-1",
    "orders:all:0",
    "orders:invoiced:2",
    "order:446",
    "serials",
    "serials-file",
    "sn:m",
    "repeat:446",
    "c:446:ask",
    "c:446:cancel-silent",
    "s:446:take",
    "s:446:i:placed:0",
    "unfold:446",
    "a:q::0",
    "a:b:101",
    "a:ca:0",
    "speak:auto",
    "speak:ru",
    "acc:j:0123456789abcdef",
    "acc:r:101",
    "bill:change",
    "access:101:admit",
    "d:1:f::0",
    "d:1:p:sp-1",
    "d:1:q:sp-1:50",
    "d:1:r:sp-1",
    "d:1:c",
    "d:1:n",
    "d:1:s:1",
    "d:7fffffffffffffff:ta",
];

const WORDS: &[&str] =
    &[":", "::", "-1", "0", "00", "+5", "18446744073709551616", "999999999999999", "sp-1", "d:", "a:", "s:446:"];

#[test]
fn what_a_press_brings_is_one_of_our_buttons_or_nothing() {
    fuzz("callback data", 1_024, &texts(DATA, WORDS), |data| {
        let Some(action) = Action::parse(&data) else { return Read::Refused };
        assert_eq!(action.encode(), data, "one spelling each");
        Read::Taken
    });
}
