//! The backups that a shop's bot takes by itself, step by step.

use std::fs;
use std::path::Path;

use chrono::TimeDelta;
use keydesk::backups::Backups;
use keydesk::config::{BackupSettings, PreferredForm};
use keydesk::store::Database;

use super::shop::Shop;

impl Shop {
    /// What takes a backup a day into this folder and keeps two of them.
    pub fn backups(&self, folder: &Path) -> Backups {
        let (every, form) = (TimeDelta::hours(24), PreferredForm::Usual);
        let settings = BackupSettings { every, keep: 2, folder: folder.to_owned(), form };
        Backups::new(self.bot.chat().clone(), Database::from(&self.address), &settings)
    }
}

/// The instants of the backups in a folder, the oldest first.
pub fn taken(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let instant = |name: String| Some(name.strip_suffix("Z.backup")?.split_once('-')?.1.to_owned());
    let mut instants: Vec<String> = names.filter_map(instant).collect();
    instants.sort();
    instants
}
