//! What the serial numbers of a product have in common, and what stands among them that has not.

use std::collections::{BTreeMap, BTreeSet};

use super::marks::alphabet_of;
use crate::domain::stock::alphabet::Alphabet;

/// Lines that are looked at together: enough that what they have in common is no chance.
pub(super) const SAMPLE: usize = 50;

/// What a serial number looks like.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    pub line: u64,
    length: usize,
    has_digit: bool,
    has_letter: bool,
    has_upper: bool,
    has_lower: bool,
    marks: BTreeSet<char>,
    /// Each letter and digit as `x`.
    form: String,
    /// Each run of letters as `A`, each run of digits as `9`.
    outline: String,
    /// Each run of letters and digits as `x`.
    groups: String,
    alphabet: Option<Alphabet>,
    /// Digits only, more than a spreadsheet keeps, and only zeros behind those.
    zeros: Option<usize>,
}

/// How a first line relates to those below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstLine {
    Serial,
    Heading,
    Unsure,
}

impl Looks {
    pub(super) fn of(line: u64, text: &str) -> Looks {
        let has = |test: fn(char) -> bool| text.chars().any(test);
        // Where they stand says nothing: they are digits like any other.
        let is_base64 = text.ends_with('=') || (has(char::is_uppercase) && has(char::is_lowercase));
        let is_digit_of_base64 = |c| is_base64 && matches!(c, '+' | '/' | '-' | '_');
        let (mut outline, mut groups) = (String::new(), String::new());
        for c in text.chars() {
            let group = if c.is_alphanumeric() { 'x' } else { c };
            if !groups.ends_with(group) {
                groups.push(group);
            }
            let kind = if c.is_alphabetic() {
                'A'
            } else if c.is_numeric() {
                '9'
            } else {
                c
            };
            if !outline.ends_with(kind) {
                outline.push(kind);
            }
        }
        Looks {
            line,
            length: text.chars().count(),
            has_digit: has(char::is_numeric),
            has_letter: has(char::is_alphabetic),
            has_upper: has(char::is_uppercase),
            has_lower: has(char::is_lowercase),
            marks: text.chars().filter(|c| !c.is_alphanumeric()).collect(),
            form: text.chars().map(|c| if c.is_alphanumeric() || is_digit_of_base64(c) { 'x' } else { c }).collect(),
            outline,
            groups,
            alphabet: alphabet_of(text),
            zeros: rounded_zeros(text),
        }
    }

    /// Whether it could be a day or a time.
    fn is_date(&self) -> bool {
        self.length <= 10 && matches!(self.outline.as_str(), "9-9-9" | "9.9.9" | "9/9/9" | "9:9" | "9:9:9")
    }

    /// Whether it could be a word, or words with something between them.
    fn is_word(&self) -> bool {
        !self.has_digit && self.has_letter && self.marks.iter().all(|c| matches!(c, '_' | '-' | '.' | '/'))
    }
}

/// Digits that a spreadsheet has lost of a long number: it keeps fifteen and writes zeros behind them.
fn rounded_zeros(text: &str) -> Option<usize> {
    const KEPT: usize = 15;
    let lost = text.get(KEPT..).filter(|lost| !lost.is_empty() && lost.bytes().all(|byte| byte == b'0'))?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(lost.len())
}

/// What most lines have in common.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    count: usize,
    digits: bool,
    no_letters: bool,
    no_upper: bool,
    no_lower: bool,
    form: Option<String>,
    length: Option<usize>,
    median: usize,
    outlines: BTreeSet<String>,
    /// What all have in common.
    all: Alike,
    common_marks: BTreeSet<char>,
    marks: BTreeSet<char>,
    alphabet: Option<Alphabet>,
}

/// What every single line has in common with the others.
#[derive(Debug, Clone, Default)]
struct Alike {
    form: Option<String>,
    length: Option<usize>,
    groups: Option<String>,
}

impl Alike {
    fn of<'l>(mut looks: impl Iterator<Item = &'l Looks>) -> Alike {
        let Some(first) = looks.next() else { return Alike::default() };
        let mut alike = Alike {
            form: Some(first.form.clone()),
            length: Some(first.length),
            groups: Some(first.groups.clone()).filter(|groups| has_parts(groups)),
        };
        for one in looks {
            alike.form = alike.form.filter(|form| *form == one.form);
            alike.length = alike.length.filter(|length| *length == one.length);
            alike.groups = alike.groups.filter(|groups| *groups == one.groups);
        }
        alike
    }
}

/// Three groups or more, with hyphens and the like between them.
fn has_parts(groups: &str) -> bool {
    let between = |c: &char| matches!(c, '-' | '_' | '.' | ':' | '#');
    groups.chars().filter(between).count() > 1 && groups.chars().all(|c| c == 'x' || between(&c))
}

impl Profile {
    fn of<'l>(looks: impl Iterator<Item = &'l Looks> + Clone) -> Profile {
        let count = looks.clone().count();
        // Four of five.
        let most = |some: usize| count > 0 && some * 5 >= count * 4;
        let is_so = |test: fn(&Looks) -> bool| most(looks.clone().filter(|looks| test(looks)).count());
        let (mut forms, mut sizes, mut marks) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for one in looks.clone() {
            *forms.entry(one.form.as_str()).or_insert(0) += 1;
            *sizes.entry(one.length).or_insert(0) += 1;
            one.marks.iter().for_each(|mark| *marks.entry(*mark).or_insert(0) += 1);
        }
        let mut lengths: Vec<usize> = looks.clone().map(|one| one.length).collect();
        lengths.sort_unstable();
        let alphabets: Vec<Alphabet> = looks.clone().filter_map(|one| one.alphabet).collect();
        let same_alphabet = |first: &Alphabet| alphabets.iter().all(|other| other == first);
        Profile {
            count,
            digits: is_so(|one| one.has_digit),
            no_letters: is_so(|one| !one.has_letter),
            no_upper: is_so(|one| !one.has_upper),
            no_lower: is_so(|one| !one.has_lower),
            form: forms.iter().find(|(_, some)| most(**some)).map(|(form, _)| (*form).to_owned()),
            length: sizes.iter().find(|(_, some)| most(**some)).map(|(length, _)| *length),
            median: lengths.get(count / 2).copied().unwrap_or_default(),
            outlines: looks.clone().map(|one| one.outline.clone()).collect(),
            all: Alike::of(looks.clone()),
            common_marks: marks.iter().filter(|(_, some)| most(**some)).map(|(mark, _)| *mark).collect(),
            marks: marks.into_keys().collect(),
            alphabet: alphabets.first().copied().filter(same_alphabet),
        }
    }

    /// Whether a line has nothing to do among these: one of three others shows little, unless it is a word.
    fn is_foreign(&self, one: &Looks) -> bool {
        const SHOWS: usize = 3;
        if self.count == 0 {
            return false;
        }
        if let (Some(usual), Some(other)) = (self.alphabet, one.alphabet)
            && usual != other
        {
            return true;
        }
        if one.is_date() && !self.outlines.contains(&one.outline) {
            return true;
        }
        if self.count < SHOWS && !one.is_word() {
            return false;
        }
        if self.count >= SHOWS && self.is_another_many(one) {
            return true;
        }
        let other_case = (self.no_lower && one.has_lower) || (self.no_upper && one.has_upper);
        if self.form.as_ref() == Some(&one.form) {
            return other_case && self.count >= SHOWS;
        }
        let other_length = self.length != Some(one.length);
        let lacks_digits = self.digits && !one.has_digit && other_length;
        let lacks_marks = !self.common_marks.is_subset(&one.marks) && (other_length || one.is_word());
        let is_out_of_size =
            !self.outlines.contains(&one.outline) && (one.length * 3 < self.median || one.length > self.median * 3);
        // A date, a sum, a page.
        let is_number = !one.has_letter && !self.no_letters && (lacks_marks || !one.marks.is_subset(&self.marks));
        let shows = other_case
            || lacks_marks
            || is_out_of_size
            || is_number
            // Among numbers of one length another one is a count, a date or a stump.
            || (self.no_letters && other_length && (one.has_letter || self.length.is_some()));
        lacks_digits || (shows && self.count >= SHOWS)
    }
}

impl Profile {
    /// Whether a line has a part of a serial number, or two of them, where all others have one. Numbers that count on grow.
    fn is_another_many(&self, one: &Looks) -> bool {
        const LONG: usize = 8;
        /// Of so many, chance makes no two base64 texts alike.
        const MANY: usize = 8;
        if self.outlines.contains(&one.outline) {
            return false;
        }
        let is_other_size = |length: &usize| {
            *length >= LONG
                && self.marks.is_empty()
                && (one.length * 10 <= length * 6 || one.length * 10 >= length * 16)
        };
        self.all.length.as_ref().is_some_and(is_other_size)
            || self.all.groups.as_ref().is_some_and(|groups| *groups != one.groups)
            || (self.count >= MANY && self.all.form.as_ref().is_some_and(|form| *form != one.form))
    }
}

/// What the first line is to the others of the sample.
pub(super) fn first_line(sample: &[Looks]) -> FirstLine {
    let Some((first, others)) = sample.split_first() else { return FirstLine::Serial };
    if is_prose(sample) {
        return FirstLine::Unsure;
    }
    if !first.is_word() || others.is_empty() {
        return FirstLine::Serial;
    }
    let profile = Profile::of(others.iter());
    let other_case = (profile.no_lower && first.has_lower) || (profile.no_upper && first.has_upper);
    match profile.form.as_ref() == Some(&first.form) {
        // Groups of a serial number's lengths are no heading, one word may be one of the serial numbers' length.
        true if !first.marks.is_empty() && !other_case => FirstLine::Serial,
        true if profile.digits => FirstLine::Unsure,
        false if profile.digits || other_case || profile.is_foreign(first) => FirstLine::Heading,
        _ => FirstLine::Serial,
    }
}

/// Words of a text: letters of ordinary writing only, and not all of one length.
fn is_prose(sample: &[Looks]) -> bool {
    let same_length = sample.windows(2).all(|pair| matches!(pair, [one, other] if one.length == other.length));
    let are_words = sample.iter().all(|one| one.is_word() && one.has_lower && one.marks.is_empty());
    are_words && !(same_length && sample.len() > 2)
}

/// Whether a spreadsheet has rounded all of these: each ends in zeros where it keeps no digits, and too many of them do.
pub(super) fn are_rounded(sample: &[Looks]) -> bool {
    const NO_CHANCE: usize = 4;
    let zeros: Option<usize> = sample.iter().map(|one| one.zeros).sum();
    zeros.is_some_and(|zeros| zeros >= NO_CHANCE)
}

/// What is known of the serial numbers of a product so far.
#[derive(Debug)]
pub(super) enum Likeness {
    Learning(Vec<Looks>),
    Known(Box<Profile>),
}

impl Likeness {
    /// Compares a line with the others, once there are enough; the error is a line that is unlike them.
    pub(super) fn compare(&mut self, looks: Looks) -> Result<(), u64> {
        match self {
            Likeness::Known(profile) if profile.is_foreign(&looks) => Err(looks.line),
            Likeness::Known(_) => Ok(()),
            Likeness::Learning(sample) => {
                sample.push(looks);
                if sample.len() < SAMPLE { Ok(()) } else { self.finish() }
            }
        }
    }

    /// Compares those that were too few until the file's end.
    pub(super) fn finish(&mut self) -> Result<(), u64> {
        let Likeness::Learning(sample) = self else { return Ok(()) };
        for (index, looks) in sample.iter().enumerate() {
            let others = sample.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, looks)| looks);
            if Profile::of(others).is_foreign(looks) {
                return Err(looks.line);
            }
        }
        *self = Likeness::Known(Box::new(Profile::of(sample.iter())));
        Ok(())
    }
}
