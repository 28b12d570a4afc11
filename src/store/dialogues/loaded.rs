//! The rows of dialogues and drafts that a transaction has at hand: each is read once and written once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::PersonId;
use crate::store::dialogues::key::{DialogueKey, Seat};
use crate::store::dialogues::row::Row;
use crate::store::dialogues::stored::StoredDraft;

/// What is known of a row: one and the same until somebody changes it.
#[derive(Debug)]
struct Known<T> {
    /// As the database has it.
    stored: Option<Arc<T>>,
    /// As it will be.
    current: Option<Arc<T>>,
}

/// The rows of a transaction.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Loaded {
    dialogues: BTreeMap<DialogueKey, Known<Row>>,
    drafts: BTreeMap<PersonId, Known<StoredDraft>>,
}

impl<T: Clone + PartialEq> Known<T> {
    fn of(stored: Option<Arc<T>>) -> Known<T> {
        Known { current: stored.clone(), stored }
    }

    fn is_changed(&self) -> bool {
        match (&self.stored, &self.current) {
            (Some(stored), Some(current)) => !Arc::ptr_eq(stored, current) && stored != current,
            (stored, current) => stored.is_some() != current.is_some(),
        }
    }
}

impl<T> Clone for Known<T> {
    fn clone(&self) -> Known<T> {
        Known { stored: self.stored.clone(), current: self.current.clone() }
    }
}

impl Loaded {
    pub(in crate::store) fn has_row(&self, key: DialogueKey) -> bool {
        self.dialogues.contains_key(&key)
    }

    pub(in crate::store) fn has_draft(&self, person: PersonId) -> bool {
        self.drafts.contains_key(&person)
    }

    /// The row of a dialogue as it is by now.
    pub(in crate::store) fn row(&self, key: DialogueKey) -> Option<&Row> {
        self.dialogues.get(&key)?.current.as_deref()
    }

    pub(in crate::store) fn row_mut(&mut self, key: DialogueKey) -> Option<&mut Row> {
        self.dialogues.get_mut(&key)?.current.as_mut().map(Arc::make_mut)
    }

    /// The rows whose screens are behind, as they are by now.
    pub(in crate::store) fn rows_behind_mut(&mut self) -> impl Iterator<Item = &mut Row> {
        let rows = self.dialogues.values_mut().filter_map(|known| known.current.as_mut());
        rows.filter(|row| row.is_behind()).map(Arc::make_mut)
    }

    /// The row of a dialogue as the database has it.
    pub(in crate::store) fn read_row(&mut self, key: DialogueKey, row: Option<Row>) {
        self.dialogues.insert(key, Known::of(row.map(Arc::new)));
    }

    /// Puts the row of a dialogue in as it is to be.
    pub(in crate::store) fn put_row(&mut self, key: DialogueKey, row: Row) -> &mut Row {
        let known = self.dialogues.entry(key).or_insert_with(|| Known::of(None));
        Arc::make_mut(known.current.insert(Arc::new(row)))
    }

    /// A person's draft as it is by now; `None` when it was not read.
    pub(in crate::store) fn draft(&self, person: PersonId) -> Option<&Option<Arc<StoredDraft>>> {
        self.drafts.get(&person).map(|known| &known.current)
    }

    pub(in crate::store) fn draft_mut(&mut self, person: PersonId) -> &mut Option<Arc<StoredDraft>> {
        &mut self.drafts.entry(person).or_insert_with(|| Known::of(None)).current
    }

    /// A person's draft as the database has it.
    pub(in crate::store) fn read_draft(&mut self, person: PersonId, draft: Option<Arc<StoredDraft>>) {
        self.drafts.insert(person, Known::of(draft));
    }

    /// Whether a dialogue of this seat has changed.
    pub(in crate::store) fn has_changed(&self, seat: Seat) -> bool {
        self.dialogues.iter().any(|(key, known)| key.seat == seat && known.is_changed())
    }

    /// Whether a screen is left to be drawn that nobody has a lease of.
    pub(in crate::store) fn leaves_redraws(&self) -> bool {
        let changed = self.dialogues.values().filter(|known| known.is_changed());
        changed.filter_map(|known| known.current.as_ref()).any(|row| row.is_behind() && row.leased_until.is_none())
    }

    /// What has changed since it was read; from now on the database has it.
    pub(in crate::store) fn take_changes(&mut self) -> Changed {
        let mut changed = Changed::default();
        for known in self.dialogues.values_mut().filter(|known| known.is_changed()) {
            let rows = if known.stored.is_none() { &mut changed.new_rows } else { &mut changed.rows };
            rows.extend(known.current.clone());
            known.stored.clone_from(&known.current);
        }
        for (person, known) in self.drafts.iter_mut().filter(|(_, known)| known.is_changed()) {
            match &known.current {
                Some(draft) => changed.drafts.push(draft.clone()),
                None => changed.dropped.push(*person),
            }
            known.stored.clone_from(&known.current);
        }
        changed
    }
}

/// What is to be written.
#[derive(Debug, Default)]
pub(in crate::store) struct Changed {
    pub(in crate::store) new_rows: Vec<Arc<Row>>,
    pub(in crate::store) rows: Vec<Arc<Row>>,
    pub(in crate::store) drafts: Vec<Arc<StoredDraft>>,
    /// People whose drafts are deleted.
    pub(in crate::store) dropped: Vec<PersonId>,
}
