//! What admins read of what is stored about somebody, and before they erase it.

use std::ops::Range;

use keydesk::chat::dialogue::AdminState;
use keydesk::chat::view::{AdminSubject, PersonFacts};
use keydesk::domain::{AccountId, OrderNumber, Standing, Target};

use super::admin::{VERA, seen, target};
use super::{Scenes, reviewed};

#[test]
fn the_screens_about_what_is_stored_read_well() {
    let person = |orders, open: Range<i64>, standing| {
        let AdminSubject::Target(target) = target(true) else { panic!("somebody") };
        let open = open.map(OrderNumber).collect();
        AdminSubject::Person(PersonFacts {
            target: Target { standing, ..target },
            account: Some(AccountId(17)),
            orders,
            open,
        })
    };
    let AdminSubject::Target(unknown) = target(false) else { panic!("nobody") };
    let gone = || PersonFacts { target: unknown.clone(), account: None, orders: 0, open: Vec::new() };
    let (reading, erasing) = (AdminState::ReadingPerson(VERA), AdminState::ConfirmingErasure(VERA));
    let mut scenes = Scenes::new();
    for (title, place, subject) in [
        ("somebody", &reading, person(1_021, 449..450, Standing::Other)),
        ("an admin without orders", &reading, person(0, 0..0, Standing::Configured)),
        ("nobody any more", &reading, AdminSubject::Person(gone())),
        ("whether to erase without orders", &erasing, person(0, 0..0, Standing::Other)),
        ("whether to erase with one order", &erasing, person(1, 0..0, Standing::Other)),
        ("whether to erase with many orders", &erasing, person(1_025, 0..0, Standing::Other)),
        ("whether to erase with few orders", &erasing, person(2, 0..0, Standing::Other)),
        ("not to be erased yet", &erasing, person(30, 449..471, Standing::Other)),
        ("erased by somebody else", &erasing, AdminSubject::Person(gone())),
    ] {
        scenes.add(title, |texts| seen(place, &subject, texts));
    }
    reviewed!("admin_person", scenes.0);
}
