use super::{Mark, cleaned, fixed, is_empty};
use crate::entities::EntityKind;

fn bold(offset: i64, length: i64) -> Mark {
    Mark { kind: EntityKind::Bold, offset, length }
}

fn after(text: &str, marks: Vec<Mark>) -> Result<(String, Vec<(usize, usize)>), String> {
    let (text, entities) = fixed(text, marks)?;
    Ok((text, entities.iter().map(|entity| (entity.offset, entity.length)).collect()))
}

#[test]
fn control_characters_and_overrides_go_away() {
    assert_eq!(cleaned("a\r\n\tb\u{202e}c\u{b}d\u{7f}"), "a\n bc d\u{7f}");
    assert_eq!(cleaned("e\u{333}\u{33f}\u{30a}\u{301}"), "e\u{301}");
    assert_eq!(cleaned("a\u{200e}\u{200f}\u{200e}b\u{200f}"), "a\u{200c}\u{200c}\u{200e}b\u{200f}");
}

#[test]
fn what_cannot_be_seen_is_empty() {
    for text in ["", " \n", "\u{200b}", "\u{2800}", "\u{a0}", "\u{feff}\u{200d}", "\u{3000}\u{e0020}", "\u{fffc}"] {
        assert!(is_empty(text), "{text:?}");
    }
    for text in [".", "\u{ad}", "\u{2060}", "\u{115f}", "\u{3164}", "\u{200b}я"] {
        assert!(!is_empty(text), "{text:?}");
    }
}

#[test]
fn marks_move_with_what_goes_away_before_and_within_them() {
    assert_eq!(after("\r\na\rbc", vec![bold(2, 3)]), Ok(("abc".into(), vec![(0, 2)])));
    assert_eq!(after("🏟\u{2028}x", vec![bold(0, 3), bold(3, 1)]), Ok(("🏟x".into(), vec![(0, 2), (2, 1)])));
    assert_eq!(after("a\rb", vec![bold(1, 1)]), Ok(("ab".into(), vec![])));
}

#[test]
fn blanks_are_cut_but_not_those_within_the_first_mark() {
    assert_eq!(after("  ab \n", vec![]), Ok(("ab".into(), vec![])));
    assert_eq!(after("  ab \n", vec![bold(2, 4)]), Ok(("ab".into(), vec![(0, 2)])));
    assert_eq!(after("  ab \n", vec![bold(1, 3)]), Ok((" ab".into(), vec![(0, 3)])));
    assert_eq!(after(" \n", vec![bold(0, 2)]), Ok((String::new(), vec![])));
}

#[test]
fn marks_that_do_not_fit_are_refused_with_telegrams_words() {
    let cases = [
        (bold(-1, 1), "Receive an entity with incorrect offset -1"),
        (bold(0, 1_000_001), "Receive an entity with incorrect length 1000001"),
        (bold(1, 1), "Entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        (bold(0, 1), "Entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4"),
        (bold(4, 1), "Entity begins after the end of the text at UTF-16 offset 4"),
        (bold(3, 1), "Entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 4"),
    ];
    for (mark, text) in cases {
        assert_eq!(after("🏟x", vec![mark]), Err(text.to_owned()));
    }
    assert_eq!(after("🏟x", vec![bold(9, 0)]), Ok(("🏟x".into(), vec![])));
}
