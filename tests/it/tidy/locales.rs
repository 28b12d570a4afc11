//! The texts in locales/: equal in every language, used, and written in the house's tone.

use std::collections::{BTreeMap, BTreeSet};

use intl_pluralrules::{PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use super::{
    ftl::{self, Message},
    source::Source,
};

/// Calls whose first argument is a key.
const TEXT_CALLS: &[&str] = &["say", "say_with"];

/// Beginnings of keys that Rust builds by `format!`: (prefix, where).
const BUILT_KEYS: &[(&str, &str)] = &[];

/// Where a language says how it writes: its patterns take what they need of the variables that they are given.
const FORMATS: &str = "format.ftl";

/// Every plural form that a language has for whole numbers has come up below this one, except forms for millions, which
/// nobody counts here.
const COUNTED: u32 = 1_000;

/// One language's texts.
pub struct Locale {
    name: String,
    files: BTreeMap<String, String>,
}

impl Locale {
    fn path(&self, file: &str) -> String {
        format!("locales/{}/{file}", self.name)
    }

    fn messages(&self, file: &str) -> BTreeMap<String, Message> {
        ftl::messages(&self.files[file]).unwrap_or_default()
    }

    fn all_messages(&self) -> BTreeMap<String, (String, Message)> {
        let of_file = |file: &String| {
            let path = self.path(file);
            self.messages(file).into_iter().map(move |(key, message)| (key, (path.clone(), message)))
        };
        self.files.keys().flat_map(of_file).collect()
    }
}

/// Files that are no Fluent.
pub fn broken(locales: &[Locale]) -> Vec<String> {
    let of_locale = |locale: &Locale| -> Vec<String> {
        let faults = locale.files.iter().filter_map(|(file, text)| Some((file, ftl::messages(text).err()?)));
        faults.map(|(file, fault)| format!("{}:{fault}", locale.path(file))).collect()
    };
    locales.iter().flat_map(of_locale).collect()
}

/// Files, keys and variables that one language has and another lacks.
pub fn unequal(locales: &[Locale]) -> Vec<String> {
    let pairs = locales.iter().flat_map(|one| locales.iter().map(move |other| (one, other)));
    pairs.filter(|(one, other)| one.name != other.name).flat_map(|(one, other)| lacking(one, other)).collect()
}

/// What `one` has and `other` lacks.
fn lacking(one: &Locale, other: &Locale) -> Vec<String> {
    let mut found = Vec::new();
    for file in one.files.keys() {
        let path = other.path(file);
        if !other.files.contains_key(file) {
            found.push(format!("{path}:1: missing, but {} has it: add it", one.path(file)));
            continue;
        }
        let theirs = other.messages(file);
        for (key, message) in one.messages(file).into_iter().filter(|(key, _)| !key.starts_with('-')) {
            let here = format!("{}:{}", one.path(file), message.line);
            let Some(their) = theirs.get(&key) else {
                found.push(format!("{path}:1: {key} is missing, but stands in {here}: add it"));
                continue;
            };
            let missing = message.variables.difference(&their.variables).filter(|_| file != FORMATS);
            for variable in missing {
                found.push(format!("{path}:{}: {key} lacks ${variable}, which {here} has: use it", their.line));
            }
        }
    }
    found
}

/// Keys that Rust asks for in vain, keys that nothing asks for, and references to nothing.
pub fn unmatched(locales: &[Locale], sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    let mut known = BTreeSet::new();
    let literals: BTreeSet<String> =
        (sources.iter()).flat_map(Source::product_code).filter_map(|token| Some(token.text()?.to_owned())).collect();
    for locale in locales {
        let messages = locale.all_messages();
        let referenced: BTreeSet<_> = messages.values().flat_map(|(_, message)| message.references.clone()).collect();
        for (key, (path, message)) in &messages {
            let at = format!("{path}:{}", message.line);
            for missing in message.references.iter().filter(|reference| !messages.contains_key(*reference)) {
                found.push(format!("{at}: {key} refers to {missing}, which does not exist"));
            }
            let is_built = BUILT_KEYS.iter().any(|(prefix, _)| key.starts_with(prefix));
            let head = key.split('.').next().unwrap_or(key);
            if !is_built && !literals.contains(key) && !literals.contains(head) && !referenced.contains(key) {
                found.push(format!("{at}: nothing uses {key}: delete it, or add its prefix to BUILT_KEYS"));
            }
        }
        known.extend(messages.into_keys());
    }
    for source in sources {
        let code = source.product_code();
        for [call, bracket, argument] in code.array_windows() {
            let is_call = call.word().is_some_and(|word| TEXT_CALLS.contains(&word)) && bracket.is_sign('(');
            if let Some(key) = argument.text().filter(|key| is_call && !known.contains(*key)) {
                found.push(source.at(argument.line, &format!("no locale has the key {key}: add it to all of them")));
            }
        }
    }
    found
}

/// Plurals that lack a form which their language has. The default stands for `many` where no whole number is `other`.
pub fn incomplete_plurals(locales: &[Locale]) -> Vec<String> {
    let mut found = Vec::new();
    for locale in locales {
        let wanted = plural_forms(&locale.name);
        for (key, (path, message)) in locale.all_messages() {
            for (plural, form) in
                message.plurals.iter().flat_map(|plural| wanted.iter().map(move |form| (plural, form)))
            {
                let is_default = form == "many" && !wanted.contains("other") && plural.contains("other");
                if !plural.contains(form) && !is_default {
                    found.push(format!("{path}:{}: a plural of {key} lacks [{form}]: add it", message.line));
                }
            }
        }
    }
    found
}

/// As CLDR has them.
fn plural_forms(language: &str) -> BTreeSet<String> {
    let rules = PluralRules::create(language.parse::<LanguageIdentifier>().unwrap(), PluralRuleType::CARDINAL).unwrap();
    (0..COUNTED).map(|number| format!("{:?}", rules.select(number).unwrap()).to_lowercase()).collect()
}

/// Exclamation marks and emoji.
pub fn loud(locales: &[Locale]) -> Vec<String> {
    let mut found = Vec::new();
    for locale in locales {
        for (file, text) in &locale.files {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#'));
            for (number, line) in lines {
                if let Some(c) = line.chars().find(|c| *c == '!' || is_emoji(*c)) {
                    found.push(format!("{}:{number}: '{c}': the shop speaks calmly, leave it out", locale.path(file)));
                }
            }
        }
    }
    found
}

/// Signs that a language's texts do without here: Russian the letter that many leave out, English the sign of Russian numbers
/// and letters of the other alphabet.
pub fn misspelt(locales: &[Locale]) -> Vec<String> {
    let is_out_of_place = |language: &str, c: char| match language {
        "ru" => matches!(c, 'ё' | 'Ё'),
        "en" => matches!(c, '№' | 'А'..='я'),
        _ => false,
    };
    let mut found = Vec::new();
    for locale in locales {
        for (file, text) in &locale.files {
            let lines = (1..).zip(text.lines());
            for (number, line) in lines {
                if let Some(c) = line.chars().find(|c| is_out_of_place(&locale.name, *c)) {
                    found.push(format!("{}:{number}: '{c}': this language does without it here", locale.path(file)));
                }
            }
        }
    }
    found
}

/// Pictographs and what turns other signs into them; arrows and mathematical signs are none.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23fa}'
        | '\u{2b05}'..='\u{2b55}' | '\u{fe0f}' | '\u{20e3}')
}

fn locales() -> Vec<Locale> {
    let mut found: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for path in super::files(&["locales"], "ftl") {
        if let [_, name, file] = path.splitn(3, '/').collect::<Vec<_>>()[..] {
            found.entry(name.to_owned()).or_default().insert(file.to_owned(), super::read(&path));
        }
    }
    found.into_iter().map(|(name, files)| Locale { name, files }).collect()
}

#[test]
fn every_locale_is_fluent() {
    super::report(broken(&locales()));
}

#[test]
fn all_locales_have_the_same_keys_and_variables() {
    super::report(unequal(&locales()));
}

#[test]
fn every_key_exists_and_is_used() {
    let mut sources = super::rust_files(&["src"]);
    sources.push(Source::new("build.rs", super::read("build.rs")));
    super::report(unmatched(&locales(), &sources));
}

#[test]
fn plurals_have_all_forms_of_their_language() {
    super::report(incomplete_plurals(&locales()));
}

#[test]
fn texts_are_calm() {
    super::report(loud(&locales()));
}

#[test]
fn texts_have_no_signs_of_another_language() {
    super::report(misspelt(&locales()));
}

#[cfg(test)]
mod fixtures {
    use super::*;

    fn locale(name: &str, text: &str) -> Locale {
        Locale { name: name.to_owned(), files: BTreeMap::from([("a.ftl".to_owned(), text.to_owned())]) }
    }

    #[test]
    fn a_difference_between_languages_is_found_in_the_poorer_one() {
        let found = unequal(&[locale("ru", "a = { $n }\nb = B\n-t = T\n"), locale("en", "\na = A\n")]);
        let expected = [
            "locales/en/a.ftl:2: a lacks $n, which locales/ru/a.ftl:1 has: use it",
            "locales/en/a.ftl:1: b is missing, but stands in locales/ru/a.ftl:2: add it",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn unknown_and_unused_keys_are_found() {
        let sources = [Source::new("src/view/card.rs", "texts.say(\"used\", a);\ntexts.say(\"unknown\", b);")];
        let found = unmatched(&[locale("ru", "used = { part } { -none }\npart = P\nunused = U\n")], &sources);
        let expected = [
            "locales/ru/a.ftl:3: nothing uses unused: delete it, or add its prefix to BUILT_KEYS",
            "locales/ru/a.ftl:1: used refers to -none, which does not exist",
            "src/view/card.rs:2: no locale has the key unknown: add it to all of them",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_russian_plural_without_few_is_found() {
        let plural = |forms: &str| locale("ru", &format!("a = {{ $n ->{forms}\n *[other] x\n }}\n"));
        assert_eq!(
            incomplete_plurals(&[plural("\n [one] x")]),
            ["locales/ru/a.ftl:1: a plural of a lacks [few]: add it"]
        );
        assert_eq!(incomplete_plurals(&[plural("\n [one] x\n [few] x")]), [""; 0]);
        assert_eq!(incomplete_plurals(&[plural("\n [card] x")]), [""; 0]);
    }

    #[test]
    fn loud_texts_are_found() {
        assert_eq!(loud(&[locale("en", "# Comment!\na = A.\nb = B!\nc = ← № 5 ×\nd = \u{2705}\n")]).len(), 2);
    }

    #[test]
    fn signs_out_of_place_are_found() {
        let found =
            misspelt(&[locale("en", "a = Order №5\nb = Заказ\nc = Order #5\n"), locale("ru", "a = №5\nb = ещё\n")]);
        let expected = [
            "locales/en/a.ftl:1: '№': this language does without it here",
            "locales/en/a.ftl:2: 'З': this language does without it here",
            "locales/ru/a.ftl:2: 'ё': this language does without it here",
        ];
        assert_eq!(found, expected);
    }
}
