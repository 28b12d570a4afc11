//! Several new orders in one message.

use keydesk::chat::view::digest::{digest, fitting};
use keydesk::domain::{AdminOrder, OrderSummary, Sending, Status};

use super::reading::summaries;
use super::{Scenes, reviewed};
use crate::support::languages::russian;
use crate::support::screens::{assert_fits, readable};

fn orders() -> Vec<AdminOrder> {
    let order = |(index, summary): (usize, OrderSummary)| AdminOrder {
        since: summary.placed_at,
        summary,
        customer: "Анна <Иванова>, анна.рф".to_owned(),
        taken_by: (index == 1).then(|| "Вера".to_owned()),
    };
    let mut orders: Vec<_> = summaries().into_iter().enumerate().map(order).collect();
    orders.sort_by_key(|order| order.summary.number);
    orders
}

#[test]
fn several_orders_in_one_message_read_well() {
    let mut scenes = Scenes::new();
    scenes.add("as they stand", |texts| readable(&digest(&orders(), Sending::First, texts)));
    scenes.add("sent again", |texts| readable(&digest(&orders()[..2], Sending::PossibleDuplicate, texts)));
    reviewed!("digest", scenes.0);
}

#[test]
fn one_message_names_forty_orders_and_has_room_for_what_becomes_of_them() {
    let texts = keydesk::chat::i18n::Texts::new(russian(), chrono_tz::Europe::Moscow);
    let named = |name: &str, taken_by: Option<String>| {
        let mut order = orders().remove(0);
        order.summary.status = Status::Placed;
        AdminOrder { customer: name.to_owned(), taken_by, ..order }
    };
    let astral = "𝕏".repeat(64);
    for (name, least) in [("Покупатель", 60), ("Общество с ограниченной ответственностью", 40), (astral.as_str(), 30)]
    {
        let waiting = vec![named(name, None); 300];
        let fits = fitting(&waiting, &texts);
        assert!(fits >= least, "{fits} of «{name}»");
        let mut grown =
            vec![named(name, Some("Вера, которая взяла все заказы".to_owned())); fits];
        assert_fits(&digest(&grown, Sending::PossibleDuplicate, &texts));
        grown.iter_mut().for_each(|order| order.summary.status = Status::Invoiced);
        assert_fits(&digest(&grown, Sending::PossibleDuplicate, &texts));
    }
}
