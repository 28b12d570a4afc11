//! A language's folder of `locales/`, ready to be spoken.

use std::convert::Infallible;
use std::sync::LazyLock;

use fluent_bundle::bundle::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};
use unic_langid::LanguageIdentifier;

use super::value::Value;
use crate::domain::Language;

/// The files of each language by its code.
static FILES: &[(&str, &[&str])] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let language = |(code, files): &(&str, &'static [&str])| Some((Language::with_code(code)?, *files));
    FILES.iter().filter_map(language).map(|(language, files)| Locale::new(language, files)).collect()
});

/// The texts of a language, and how it writes numbers.
pub struct Locale {
    language: Language,
    bundle: FluentBundle<FluentResource, IntlLangMemoizer>,
    group_separator: String,
    decimal_mark: String,
}

impl Locale {
    /// From the text of Fluent files; plural forms and the numbers between words are those of `language`.
    pub fn new<'a>(language: Language, files: impl IntoIterator<Item = &'a &'a str>) -> Locale {
        let mut bundle = FluentBundle::new_concurrent(vec![identifier(language)]);
        // Isolation marks are invisible characters around every value; they break copying a number out of a message.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(grouped_number));
        for file in files {
            // A file that does not parse still gives its sound messages; the tests refuse it.
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        let mut locale = Locale { language, bundle, group_separator: String::new(), decimal_mark: String::new() };
        locale.group_separator = locale.say("number-group-separator", &[]);
        locale.decimal_mark = locale.say("number-decimal-mark", &[]);
        locale
    }

    /// The one that is built in.
    pub(super) fn built_in(language: Language) -> &'static Locale {
        // Never needed: languages and texts are listed from the same folders.
        static SPEECHLESS: LazyLock<Locale> = LazyLock::new(|| Locale::new(Language::FIRST, &[]));
        LOCALES.iter().find(|locale| locale.language == language).unwrap_or(&SPEECHLESS)
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// A missing text shows its key (the tests see to it that none is missing).
    pub(super) fn say(&self, key: &str, variables: &[(&str, Value)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut args = FluentArgs::with_capacity(variables.len());
        for (name, value) in variables {
            args.set(*name, value.fluent());
        }
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    pub(super) fn decimal_mark(&self) -> &str {
        &self.decimal_mark
    }

    /// Digits in groups of three.
    pub(super) fn grouped(&self, digits: &str) -> String {
        grouped(digits, &self.group_separator)
    }
}

fn identifier(language: Language) -> LanguageIdentifier {
    language.code().parse().unwrap_or_default()
}

fn grouped(digits: &str, separator: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push_str(separator);
        }
        grouped.push(digit);
    }
    grouped
}

/// Fluent's formatter is a plain function that knows its bundle's language only through what it may keep there.
struct GroupSeparator(&'static str);

impl Memoizable for GroupSeparator {
    type Args = ();
    type Error = Infallible;

    fn construct(spoken: LanguageIdentifier, (): ()) -> Result<GroupSeparator, Infallible> {
        let locale = LOCALES.iter().find(|locale| identifier(locale.language) == spoken);
        Ok(GroupSeparator(locale.map_or("", |locale| locale.group_separator.as_str())))
    }
}

fn grouped_number(value: &FluentValue, kept: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.as_string();
    kept.with_try_get::<GroupSeparator, _, _>((), |separator| grouped(&digits, separator.0)).ok()
}
