//! What Telegram makes of a text before it is sent: characters that go away, ends that are cut, emptiness.

use super::entities::{Entity, EntityKind, utf16_len};

/// A stretch that is marked as its sender counted it: it may lie anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub kind: EntityKind,
    pub offset: i64,
    pub length: i64,
}

/// Further away no mark may begin, and no longer may it be.
const FARTHEST: i64 = 1_000_000;

/// The text without what Telegram takes out of every text: control characters become spaces; carriage returns, line
/// separators, bidi overrides and three combining lines vanish.
pub fn cleaned(text: &str) -> String {
    let kept: String = text.chars().filter_map(kept).collect();
    without_runs_of_direction_marks(&kept)
}

/// A text as an app sends it: cleaned, without spaces and line breaks at its ends.
pub fn typed(text: &str) -> String {
    cleaned(text).trim_matches(is_blank).to_owned()
}

/// Whether nothing of it can be seen.
pub fn is_empty(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(
            c,
            ' ' | '\n'
                | '\u{a0}'
                | '\u{1680}'
                | '\u{180e}'
                | '\u{2000}'..='\u{200f}'
                | '\u{202e}'
                | '\u{202f}'
                | '\u{205f}'
                | '\u{2800}'
                | '\u{3000}'
                | '\u{feff}'
                | '\u{fffc}'
                | '\u{e0000}'..='\u{e007f}'
        )
    })
}

/// Cleans a text, moves its marks along and cuts its ends; the error is Telegram's text.
pub fn fixed(text: &str, marks: Vec<Mark>) -> Result<(String, Vec<Entity>), String> {
    let (text, entities) = moved(text, marks)?;
    Ok(cut(&text, entities))
}

fn kept(c: char) -> Option<char> {
    match c {
        '\n' => Some(c),
        '\r' | '\u{2028}'..='\u{202e}' | '\u{30a}' | '\u{333}' | '\u{33f}' => None,
        '\0'..='\u{1f}' => Some(' '),
        _ => Some(c),
    }
}

/// Of several direction marks in a row, only the last one works.
fn without_runs_of_direction_marks(text: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{200e}' | '\u{200f}');
    let mut chars = text.chars().peekable();
    let mut result = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        let is_followed = chars.peek().copied().is_some_and(is_mark);
        result.push(if is_mark(c) && is_followed { '\u{200c}' } else { c });
    }
    result
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\n'
}

/// Where a character begins, counted in UTF-16 units before and after cleaning, and in bytes.
struct Step {
    unit: i64,
    new_unit: usize,
    byte: usize,
}

fn moved(text: &str, marks: Vec<Mark>) -> Result<(String, Vec<Entity>), String> {
    for mark in &marks {
        if !(0..=FARTHEST).contains(&mark.offset) {
            return Err(format!("Receive an entity with incorrect offset {}", mark.offset));
        }
        if !(0..=FARTHEST).contains(&mark.length) {
            return Err(format!("Receive an entity with incorrect length {}", mark.length));
        }
    }
    let mut marks: Vec<Mark> = marks.into_iter().filter(|mark| mark.length > 0).collect();
    marks.sort_by_key(|mark| (mark.offset, std::cmp::Reverse(mark.length)));
    let (mut unit, mut new_unit) = (0, 0);
    let mut steps = Vec::with_capacity(text.len() + 1);
    for (byte, c) in text.char_indices() {
        steps.push(Step { unit, new_unit, byte });
        unit += if c.len_utf16() == 1 { 1 } else { 2 };
        new_unit += kept(c).map_or(0, char::len_utf16);
    }
    steps.push(Step { unit, new_unit, byte: text.len() });
    let entities = marks.into_iter().filter_map(|mark| placed(mark, &steps).transpose());
    Ok((cleaned(text), entities.collect::<Result<_, _>>()?))
}

/// The mark on the cleaned text; none where all of it vanished.
fn placed(mark: Mark, steps: &[Step]) -> Result<Option<Entity>, String> {
    let Mark { kind, offset, length } = mark;
    let stop = offset + length;
    let at = |unit: i64| steps.get(steps.partition_point(|step| step.unit < unit));
    let Some(first) = at(offset) else {
        return Err(format!("Entity begins after the end of the text at UTF-16 offset {offset}"));
    };
    if first.unit != offset {
        return Err(format!("Entity begins in a middle of a UTF-16 symbol at byte offset {}", first.byte));
    }
    let Some(last) = at(stop) else {
        return Err(format!(
            "Entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {stop}"
        ));
    };
    if last.unit != stop {
        let byte = last.byte;
        return Err(format!(
            "Entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol at byte offset {byte}"
        ));
    }
    let (offset, length) = (first.new_unit, last.new_unit - first.new_unit);
    Ok((length > 0).then_some(Entity { kind, offset, length }))
}

/// Cuts blanks off: all at the end, and those at the beginning that stand before the first mark.
fn cut(text: &str, mut entities: Vec<Entity>) -> (String, Vec<Entity>) {
    let kept = text.trim_end_matches(is_blank);
    let end = utf16_len(kept);
    entities.retain(|entity| entity.offset < end);
    let blanks = kept.len() - kept.trim_start_matches(is_blank).len();
    let cut = entities.first().map_or(blanks, |first| first.offset.min(blanks));
    for entity in &mut entities {
        entity.length = entity.length.min(end - entity.offset);
        entity.offset -= cut;
    }
    (kept.get(cut..).unwrap_or_default().to_owned(), entities)
}

#[cfg(test)]
mod tests;
