//! How a text is found within the texts that orders are searched by.
//!
//! A text is within another one if `LIKE` says so. Which ones to ask it of, an index by trigrams says: on PostgreSQL the planner
//! asks it by itself, if the server has one; on SQLite there is a table of trigrams for each subject, which the statement names.
//! A text of less than three characters has no trigram, and is looked for in all.

use std::fmt;

/// A pattern for `LIKE … ESCAPE '~'` that finds exactly this text anywhere.
pub(in crate::store) fn pattern(text: &str) -> String {
    let escaped: String =
        text.chars().flat_map(|c| matches!(c, '%' | '_' | '~').then_some('~').into_iter().chain([c])).collect();
    format!("%{escaped}%")
}

/// A question for SQLite's tables of trigrams: which texts have each three characters that follow each other in this one. `None`
/// if it is too short.
pub(in crate::store) fn trigrams(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut quoted: Vec<String> = Vec::new();
    for three in chars.windows(3) {
        // In quotes nothing but a quote means anything, and that is doubled.
        let term = format!("\"{}\"", three.iter().collect::<String>().replace('"', "\"\""));
        if !quoted.contains(&term) {
            quoted.push(term);
        }
    }
    (!quoted.is_empty()).then(|| quoted.join(" AND "))
}

/// The texts of a subject that fit, as `s` after a FROM.
#[derive(Clone, Copy)]
pub(in crate::store) struct Texts<'a> {
    pub(in crate::store) subject: &'static str,
    /// The parameter that has the pattern.
    pub(in crate::store) pattern: &'a str,
    /// The parameter that has the trigrams, if there are any to ask for.
    pub(in crate::store) trigrams: Option<&'a str>,
}

impl Texts<'_> {
    /// The condition that `s` is such a text.
    fn fit(&self) -> String {
        let Texts { subject, pattern, .. } = self;
        format!("s.subject = '{subject}' AND s.folded LIKE {pattern} ESCAPE '~'")
    }

    /// The condition that the text of this id fits. A planner asks it of one row at a time, as it must be here; it would read all
    /// that fit for an EXISTS.
    pub(in crate::store) fn fit_of(&self, id: &str) -> String {
        let Texts { subject, pattern, .. } = self;
        format!(
            "(SELECT s.folded FROM search_texts s WHERE s.subject = '{subject}' AND s.id = {id}) LIKE {pattern} ESCAPE '~'"
        )
    }
}

impl fmt::Display for Texts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (subject, fit) = (self.subject, self.fit());
        match self.trigrams {
            // SQLite keeps the order of a cross join.
            Some(trigrams) => write!(
                f,
                "(SELECT t.rowid AS id FROM {subject}_trigrams t CROSS JOIN search_texts s
                  WHERE t.{subject}_trigrams MATCH {trigrams} AND s.id = t.rowid AND {fit}) AS s"
            ),
            None => write!(f, "(SELECT s.id FROM search_texts s WHERE {fit}) AS s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_themselves() {
        assert_eq!(pattern("50%_~"), "%50~%~_~~%");
    }

    #[test]
    fn trigrams_are_each_three_characters_once_in_quotes() {
        assert_eq!(trigrams("щуки").as_deref(), Some("\"щук\" AND \"уки\""));
        assert_eq!(trigrams("аааа").as_deref(), Some("\"ааа\""));
        assert_eq!(trigrams("a\"*b").as_deref(), Some("\"a\"\"*\" AND \"\"\"*b\""));
        assert_eq!(trigrams("ки"), None);
    }
}
