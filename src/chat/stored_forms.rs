//! Whether what is stored can be read by this release.

use super::answer::Outgoing;
use super::dialogue::{Dialogue, VendorDialogue};
use super::file_purpose::FilePurpose;
use crate::domain::{Draft, LocalName, OrderAction, Stored};
use crate::store::Form;

/// Whether this release reads a stored form.
pub fn reads(form: Form, stored: &str) -> bool {
    match form {
        Form::Event => OrderAction::decode(stored).is_ok(),
        Form::Line => serde_json::from_str::<LocalName>(stored).is_ok(),
        Form::Draft => Draft::decode(stored).is_ok(),
        Form::CustomerDialogue => Dialogue::decode(stored).is_ok(),
        Form::VendorDialogue => VendorDialogue::decode(stored).is_ok(),
        Form::Message => Outgoing::read(stored).is_ok(),
        Form::FileJob => FilePurpose::decode(stored).is_ok(),
    }
}
