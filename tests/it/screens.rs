//! Every screen and notice in both languages, as reviewed snapshots: `*bold*`, `_italic_`, `~` for a no-break space.

mod account;
mod admin;
mod admin_person;
mod catalogue_faults;
mod conversation;
mod digest;
mod notices;
mod ordering;
mod pseudo;
mod reading;
mod staff;
mod stats;

use chrono::{DateTime, Utc};
use keydesk::chat::dialogue::{Banner, Dialogue, State};
use keydesk::chat::i18n::Texts;
use keydesk::chat::view::{Facts, Reader, Screen, Subject, screen};
use keydesk::domain::{Catalogue, Draft, DraftId, Sku};

use crate::support::examples;
use crate::support::gallery;
use crate::support::languages::{english, russian};
use crate::support::screens::readable;

/// Compares a folder of snapshots with what stands there now.
macro_rules! reviewed {
    ($name:literal, $text:expr) => {
        crate::support::gallery::file_under($name);
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $text);
        })
    };
}
use reviewed;

/// Scenes one below the other, each with its title, in Russian and in English; other languages change no snapshot.
struct Scenes(String);

impl Scenes {
    fn new() -> Scenes {
        Scenes(String::new())
    }

    /// Appends what a reader of each language sees, if it holds in the language that nobody speaks as well.
    fn add(&mut self, title: &str, show: impl Fn(&Texts) -> String) {
        self.0.push_str(&format!("==== {title}\n"));
        for language in [russian(), english()] {
            let texts = Texts::new(language, chrono_tz::Europe::Moscow);
            gallery::forget_screens();
            self.0.push_str(&format!("-- {}\n{}\n", language.code(), show(&texts)));
        }
        // The pictures are in the last language.
        gallery::add_scene(title);
        pseudo::assert_in_no_language(title, &show(&crate::support::pseudo::texts()));
    }
}

/// A customer in the middle of something.
struct Scene {
    dialogue: Dialogue,
    catalogue: Catalogue,
    reader: Reader,
    subject: Subject,
    shop: keydesk::config::Shop,
}

impl Scene {
    fn at(state: State) -> Scene {
        Scene {
            dialogue: Dialogue { state, ..Dialogue::new() },
            catalogue: examples::catalogue(),
            reader: examples::anna(),
            subject: Subject::Nothing,
            shop: examples::shop(),
        }
    }

    fn with(mut self, chosen: &[(&str, u32)]) -> Scene {
        let mut draft = Draft::new(DraftId(7));
        for (product, quantity) in chosen {
            draft.put(self.catalogue.product(&sku(product)).unwrap(), *quantity).unwrap();
        }
        self.dialogue.draft = Some(draft);
        self
    }

    fn noting(mut self, note: &str) -> Scene {
        self.dialogue.draft.as_mut().unwrap().set_note(Some(note.to_owned()));
        self
    }

    fn saying(mut self, banner: Banner) -> Scene {
        self.dialogue.banner = Some(banner);
        self
    }

    fn showing(mut self, subject: Subject) -> Scene {
        self.subject = subject;
        self
    }

    fn screen(&self, texts: &Texts) -> Screen {
        let facts =
            Facts { shop: &self.shop, catalogue: &self.catalogue, reader: &self.reader, subject: &self.subject };
        screen(&self.dialogue, &facts, texts)
    }

    fn seen(&self, texts: &Texts) -> String {
        let screen = self.screen(texts);
        crate::support::screens::assert_fits(&screen);
        readable(&screen)
    }
}

fn sku(text: &str) -> Sku {
    Sku::parse(text).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
