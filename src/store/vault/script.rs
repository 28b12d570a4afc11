//! How serial numbers are written in the database.

use std::sync::Arc;

use super::cipher::{Purpose, Vault, is_sealed};
use super::fault::KeyFault;
use super::key::StockKey;
use crate::domain::SerialNumber;
use crate::store::codes::read_serial;
use crate::store::error::StoreError;

/// How serial numbers are written: as they are, or, with a key, under names that say nothing, sealed. Every column that tells two
/// of them apart then holds names, and statements compare names as they compare serial numbers otherwise.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Script(Option<Arc<Vault>>);

/// A serial number as its row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Written {
    /// Its own name, or itself.
    pub(in crate::store) serial: String,
    /// That of its spelling.
    pub(in crate::store) spelling: String,
    pub(in crate::store) sealed: Option<String>,
}

impl Script {
    /// With a key, or without one.
    pub(in crate::store) fn of(key: Option<&StockKey>) -> Script {
        Script(key.map(|key| Arc::new(Vault::new(key))))
    }

    pub(in crate::store) fn is_sealing(&self) -> bool {
        self.0.is_some()
    }

    /// What the row `stock` of `counters` has where serial numbers are written so.
    pub(in crate::store) fn fingerprint(&self) -> i64 {
        self.0.as_ref().map_or(0, |vault| vault.fingerprint())
    }

    /// Whether the serial numbers of a database whose row `stock` has this are written so.
    pub(in crate::store) fn suits(&self, found: i64) -> Result<(), KeyFault> {
        match (found, self.fingerprint()) {
            (found, own) if found == own => Ok(()),
            (0, _) => Err(KeyFault::Needless),
            (_, 0) => Err(KeyFault::Missing),
            _ => Err(KeyFault::Wrong),
        }
    }

    /// What a serial number, or its spelling, is looked for by.
    pub(in crate::store) fn name(&self, text: &str) -> String {
        self.0.as_ref().map_or_else(|| text.to_owned(), |vault| vault.name(text))
    }

    pub(in crate::store) fn write(&self, serial: &SerialNumber) -> Result<Written, KeyFault> {
        let name = self.name(serial.as_str());
        let spelling = match &*serial.spelling() {
            same if same == serial.as_str() => name.clone(),
            spelling => self.name(spelling),
        };
        let sealed = match &self.0 {
            Some(vault) => Some(vault.seal(serial.as_str(), Purpose::Serial(&spelling))?),
            None => None,
        };
        Ok(Written { serial: name, spelling, sealed })
    }

    /// Reads a serial number of its row: the name of its spelling, and what is sealed or else the serial number.
    pub(in crate::store) fn read(&self, spelling: &str, text: &str) -> Result<SerialNumber, StoreError> {
        match &self.0 {
            Some(vault) => read_serial(&vault.open(text, Purpose::Serial(spelling))?),
            None if is_sealed(text) => Err(KeyFault::Missing.into()),
            None => read_serial(text),
        }
    }

    /// A text that may hold serial numbers, as it is stored.
    pub(in crate::store) fn seal(&self, text: &str, purpose: Purpose<'_>) -> Result<String, KeyFault> {
        self.0.as_ref().map_or_else(|| Ok(text.to_owned()), |vault| vault.seal(text, purpose))
    }

    /// Such a text again. One that is not sealed was stored before there was a key.
    pub(in crate::store) fn open(&self, stored: String, purpose: Purpose<'_>) -> Result<String, KeyFault> {
        match &self.0 {
            _ if !is_sealed(&stored) => Ok(stored),
            Some(vault) => vault.open(&stored, purpose),
            None => Err(KeyFault::Missing),
        }
    }

    /// The same. One that cannot be opened stays as it is: nobody can read it, and what stands beside it is served all the same.
    pub(in crate::store) fn open_or_leave(&self, stored: String, purpose: Purpose<'_>) -> String {
        match is_sealed(&stored) {
            true => self.open(stored.clone(), purpose).unwrap_or(stored),
            false => stored,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripts() -> [Script; 2] {
        [Script::default(), Script::of(Some(&StockKey::generate().unwrap()))]
    }

    #[test]
    fn a_serial_number_is_read_as_it_was_written() {
        for script in scripts() {
            for text in ["A-1", "a-1", "{a-1}", "aB"] {
                let serial = SerialNumber::parse(text).unwrap();
                let Written { serial: name, spelling, sealed } = script.write(&serial).unwrap();
                assert_eq!(name, script.name(text));
                assert_eq!(spelling, script.name(&serial.spelling()));
                assert_eq!(script.read(&spelling, &sealed.unwrap_or(name)).unwrap(), serial);
            }
        }
    }

    #[test]
    fn what_is_sealed_is_never_taken_for_a_serial_number_nor_the_other_way_round() {
        let [plain, sealing] = scripts();
        let written = sealing.write(&SerialNumber::parse("A-1").unwrap()).unwrap();
        assert!(plain.read(&written.spelling, &written.sealed.unwrap()).is_err());
        assert!(sealing.read("A-1", "A-1").is_err());
        assert!(sealing.read(&written.spelling, &written.serial).is_err());
    }

    #[test]
    fn other_texts_are_sealed_as_well_and_those_of_before_are_still_read() {
        let [plain, sealing] = scripts();
        let purpose = Purpose::Update(crate::domain::UpdateId(1));
        let sealed = sealing.seal("{}", purpose).unwrap();
        assert_eq!(sealing.open(sealed.clone(), purpose).unwrap(), "{}");
        assert_eq!(sealing.open("{}".to_owned(), purpose).unwrap(), "{}");
        assert_eq!(plain.open(sealed.clone(), purpose), Err(KeyFault::Missing));
        assert_eq!(plain.open_or_leave(sealed.clone(), purpose), sealed);
        assert_eq!(sealing.open_or_leave(sealed, purpose), "{}");
        assert_eq!(plain.open(plain.seal("{}", purpose).unwrap(), purpose).unwrap(), "{}");
    }
}
