//! Examples that were cut, spliced and mixed with what matters in their place.

use std::fmt::Debug;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Edits of one input: few leave most of an example as it was, many leave nothing.
const MOST_EDITS: usize = 8;
/// What a splice or a repetition takes at once.
const LONGEST_STRETCH: usize = 40;
/// Times that a stretch is repeated.
const MOST_TIMES: usize = 100;

#[derive(Debug, Clone)]
enum Edit<T> {
    Set(Index, T),
    Insert(Index, Vec<T>),
    Remove(Index, usize),
    Repeat(Index, usize, usize),
    Move(Index, usize, Index),
    /// From here on it goes on like another example.
    GoOnLike(Index, Index, Index),
}

/// Characters of a message, as Telegram takes it.
const MESSAGE: usize = 4_096;

/// What somebody may write in a message, made of these examples, with these words among them.
pub fn messages(examples: &[&str], words: &[&str]) -> impl Strategy<Value = String> {
    texts(examples, words).prop_map(|text| text.chars().take(MESSAGE).collect())
}

/// Texts made of these examples, with these words among them.
pub fn texts(examples: &[&str], words: &[&str]) -> impl Strategy<Value = String> {
    let letters = |text: &&str| text.chars().collect();
    let any = prop_oneof![
        any::<char>(),
        proptest::char::range(' ', '~'),
        // What hides, turns around, separates or is written with two code units.
        select(vec!['\0', '\n', '\r', '\t', '\u{a0}', '\u{200b}', '\u{202e}', '\u{2028}', '\u{feff}', 'ё', '№', '😀'])
    ];
    mutated(examples.iter().map(letters).collect(), words.iter().map(letters).collect(), any)
        .prop_map(|letters| letters.into_iter().collect())
}

/// Bytes made of these examples, with these words among them.
pub fn bytes(examples: Vec<Vec<u8>>, words: &[&[u8]]) -> impl Strategy<Value = Vec<u8>> {
    mutated(examples, words.iter().map(|word| word.to_vec()).collect(), any::<u8>())
}

fn mutated<T: Clone + Debug + 'static>(
    examples: Vec<Vec<T>>,
    words: Vec<Vec<T>>,
    single: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Vec<T>> {
    let inserted = prop_oneof![select(words), vec(single.clone(), 1..6)];
    let edit = prop_oneof![
        2 => (any::<Index>(), single).prop_map(|(at, one)| Edit::Set(at, one)),
        4 => (any::<Index>(), inserted).prop_map(|(at, some)| Edit::Insert(at, some)),
        2 => (any::<Index>(), 1..LONGEST_STRETCH).prop_map(|(at, count)| Edit::Remove(at, count)),
        1 => (any::<Index>(), 1..LONGEST_STRETCH, 2..MOST_TIMES).prop_map(|(at, count, times)| Edit::Repeat(at, count, times)),
        1 => (any::<Index>(), 1..LONGEST_STRETCH, any::<Index>()).prop_map(|(at, count, to)| Edit::Move(at, count, to)),
        1 => any::<(Index, Index, Index)>().prop_map(|(at, other, from)| Edit::GoOnLike(at, other, from)),
    ];
    (any::<Index>(), vec(edit, 0..MOST_EDITS)).prop_map(move |(example, edits)| {
        edits.into_iter().fold(example.get(&examples).clone(), |text, edit| edited(text, edit, &examples))
    })
}

fn edited<T: Clone>(mut text: Vec<T>, edit: Edit<T>, examples: &[Vec<T>]) -> Vec<T> {
    let gap = |index: Index, text: &[T]| index.index(text.len() + 1);
    let stretch = |at: usize, count: usize, text: &[T]| at..(at + count).min(text.len());
    match edit {
        Edit::Set(at, one) if !text.is_empty() => *at.get_mut(&mut text[..]) = one,
        Edit::Set(_, one) => text.push(one),
        Edit::Insert(at, some) => {
            let at = gap(at, &text);
            text.splice(at..at, some);
        }
        Edit::Remove(at, count) => drop(text.drain(stretch(gap(at, &text), count, &text))),
        Edit::Repeat(at, count, times) => {
            let stretch = stretch(gap(at, &text), count, &text);
            let again = text[stretch.clone()].iter().cloned().cycle().take(stretch.len() * times).collect::<Vec<_>>();
            text.splice(stretch, again);
        }
        Edit::Move(at, count, to) => {
            let moved: Vec<T> = text.drain(stretch(gap(at, &text), count, &text)).collect();
            let to = gap(to, &text);
            text.splice(to..to, moved);
        }
        Edit::GoOnLike(at, other, from) => {
            let other = other.get(examples);
            text.truncate(gap(at, &text));
            text.extend_from_slice(&other[gap(from, other)..]);
        }
    }
    text
}
