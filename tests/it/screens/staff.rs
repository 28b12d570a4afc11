//! What the staff chat reads.

use keydesk::domain::{Person, PersonId, Sending, Status};
use keydesk::view::alert::{self, Background};

use super::reading::order;
use super::{Scenes, reviewed};
use crate::support::screens::readable;

#[test]
fn the_alert_reads_well() {
    let person = |name: &str, username: Option<&str>| Person {
        id: PersonId(42),
        name: name.to_owned(),
        username: username.map(str::to_owned),
        telegram_language: None,
    };
    let (anna, nameless) = (person("Анна <Иванова>", Some("anna")), person("", None));
    let mut scenes = Scenes::new();
    scenes.add("a new order", |texts| {
        readable(&alert::order(&order(Status::Placed), &about(&anna), Sending::First, texts))
    });
    scenes.add("sent again, by somebody without a name", |texts| {
        readable(&alert::order(&order(Status::Placed), &about(&nameless), Sending::PerhapsSeen, texts))
    });
    reviewed!("alert", scenes.0);
}

fn about(customer: &Person) -> Background<'_> {
    Background { customer, billing: None, unreached: Vec::new() }
}
