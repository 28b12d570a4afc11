//! How a text is found within the texts that orders are searched by.
//!
//! A text is within another one if `LIKE` says so. Which ones to ask it of, an index by trigrams says: on PostgreSQL the planner
//! asks it by itself, if the server has one; on SQLite there is a table of trigrams for each subject, which the statement names.
//! A text of less than three characters has no trigram, and is looked for in all.

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

/// The texts of a subject, as `s`, that fit a pattern; on SQLite those that have these trigrams, if there are any.
pub(in crate::store) fn texts_like(subject: &str, pattern: &str, trigrams: Option<&str>) -> String {
    let fits = format!("s.subject = '{subject}' AND s.folded LIKE {pattern} ESCAPE '~'");
    match trigrams {
        // SQLite keeps the order of a cross join.
        Some(trigrams) => format!(
            "{subject}_trigrams t CROSS JOIN search_texts s
                 ON t.{subject}_trigrams MATCH {trigrams} AND s.id = t.rowid AND {fits}"
        ),
        None => format!("(SELECT s.id FROM search_texts s WHERE {fits}) AS s"),
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
