//! A screen on its way, and what is known of it beside what it shows.

use super::view::Screen;
use crate::domain::OrderNumber;
use crate::store::{Lasting, MessageKind};

/// A screen, and whether people look for it later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screenful {
    pub screen: Screen,
    /// Whether its message stays when another takes its place.
    pub lasting: Lasting,
    /// The order that it is about, and what it is to whoever answers it, if that is to be found by its message.
    pub about: Option<(OrderNumber, MessageKind)>,
}

impl Screenful {
    pub(super) fn transient(screen: Screen) -> Screenful {
        Screenful { screen, lasting: Lasting::Transient, about: None }
    }
}
