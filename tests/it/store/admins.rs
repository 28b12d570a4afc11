//! Admins who were appointed, and people by their usernames.

use keydesk::domain::{Access, Person, PersonId};
use keydesk::store::{Appointment, AppointmentChange, Store};

use super::{at, commit, on_both, read};

on_both!(an_appointment_holds_until_the_dismissal, usernames_are_found_in_any_case);

async fn an_appointment_holds_until_the_dismissal(store: &Store) {
    let (zoya, vera, oleg) = (PersonId(1), PersonId(2), PersonId(3));
    assert!(!read!(store, |tx| tx.is_appointed(vera)));
    assert_eq!(commit!(store, |tx| tx.dismiss(vera, zoya, at(0))), AppointmentChange::Already);
    assert_eq!(commit!(store, |tx| tx.appoint(vera, zoya, at(1))), AppointmentChange::Done);
    assert_eq!(commit!(store, |tx| tx.appoint(vera, oleg, at(2))), AppointmentChange::Already);
    assert_eq!(commit!(store, |tx| tx.appoint(oleg, vera, at(3))), AppointmentChange::Done);
    let first = Appointment { person: vera, by: zoya, at: at(1) };
    assert_eq!(read!(store, |tx| tx.appointments()), [first, Appointment { person: oleg, by: vera, at: at(3) }]);
    assert!(read!(store, |tx| tx.is_appointed(oleg)));
    assert_eq!(commit!(store, |tx| tx.dismiss(oleg, zoya, at(4))), AppointmentChange::Done);
    assert_eq!(commit!(store, |tx| tx.dismiss(oleg, zoya, at(5))), AppointmentChange::Already);
    assert!(!read!(store, |tx| tx.is_appointed(oleg)));
    assert_eq!(read!(store, |tx| tx.dismissed()), [oleg]);
    assert_eq!(read!(store, |tx| tx.appointments()), [first]);
    assert_eq!(commit!(store, |tx| tx.appoint(oleg, zoya, at(6))), AppointmentChange::Done);
    assert!(read!(store, |tx| tx.dismissed()).is_empty());
}

async fn usernames_are_found_in_any_case(store: &Store) {
    let named = |id, username: &str| Person {
        id: PersonId(id),
        name: "Anna".to_owned(),
        username: Some(username.to_owned()),
        telegram_language: None,
    };
    commit!(store, |tx| tx.meet(&named(1, "Anna_B"), Access::Admitted, at(0)));
    commit!(store, |tx| tx.meet(&named(2, "anna_b"), Access::Admitted, at(1)));
    assert_eq!(read!(store, |tx| tx.person_named("ANNA_b")), Some(PersonId(2)));
    assert_eq!(read!(store, |tx| tx.person_named("anna%b")), None);
    // Whoever is seen with it again has it again, though nothing about them changed.
    commit!(store, |tx| tx.meet(&named(1, "Anna_B"), Access::Admitted, at(2)));
    assert_eq!(read!(store, |tx| tx.person_named("anna_b")), Some(PersonId(1)));
    assert_eq!(read!(store, |tx| tx.customer(PersonId(2))).unwrap().person.username, None);
}
