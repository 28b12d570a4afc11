//! Whether what is stored is sound, and can be read by this release.

use super::answer::Outgoing;
use super::dialogue::{Dialogue, VendorDialogue};
use super::file_purpose::FilePurpose;
use crate::domain::{Draft, LocalName, OrderAction, Stored};
use crate::store::{Check, Finding, Form, Store, StoreError};

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

/// Looks for everything that contradicts what always holds, and says after each check that it is done. Each looks at what holds
/// at one moment: a long transaction would keep the log of a running bot growing.
pub async fn examine(store: &Store, done: impl Fn()) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    for check in Check::ALL {
        let finding = store.read().examine(check, reads).await?;
        // What stands in the place of a table may have no end.
        let is_over = finding.is_some() && check == Check::Tables;
        findings.extend(finding);
        done();
        if is_over {
            break;
        }
    }
    Ok(findings)
}
