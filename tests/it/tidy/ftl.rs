//! A Fluent file as the checks see it: for every message its variables, references and plural forms.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{
        CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
    },
    parser,
};

/// The CLDR plural categories; a selector with one of them is a plural.
const PLURALS: &[&str] = &["zero", "one", "two", "few", "many"];

/// A message, an attribute (`message.attribute`) or a term (`-term`).
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Message {
    pub line: usize,
    pub variables: BTreeSet<String>,
    pub references: BTreeSet<String>,
    /// The variants of each plural in it.
    pub plurals: Vec<BTreeSet<String>>,
}

/// The messages of one file by key; an error names its line.
pub fn messages(text: &str) -> Result<BTreeMap<String, Message>, String> {
    let resource = parser::parse(text).map_err(|(_, errors)| {
        let first = errors
            .first()
            .map_or(0, |error| error.slice.as_ref().unwrap_or(&error.pos).start);
        let line = 1 + text.as_bytes()[..first.min(text.len())]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        format!(
            "{line}: not Fluent: {}",
            errors.first().map_or_else(String::new, ToString::to_string)
        )
    })?;
    let mut found = BTreeMap::new();
    let mut add = |key: String, parts: Vec<&Pattern<&str>>| {
        let mut message = Message {
            line: line_of(text, &key),
            ..Message::default()
        };
        parts.into_iter().for_each(|pattern| message.read(pattern));
        match found.insert(key.clone(), message) {
            Some(first) => Err(format!(
                "{}: {key} is defined twice: delete one",
                first.line
            )),
            None => Ok(()),
        }
    };
    for entry in &resource.body {
        let (key, value, attributes) = match entry {
            Entry::Message(message) => (
                message.id.name.to_owned(),
                message.value.as_ref(),
                &message.attributes,
            ),
            Entry::Term(term) => (
                format!("-{}", term.id.name),
                Some(&term.value),
                &term.attributes,
            ),
            _ => continue,
        };
        for attribute in attributes {
            add(
                format!("{key}.{}", attribute.id.name),
                vec![&attribute.value],
            )?;
        }
        add(key, value.into_iter().collect())?;
    }
    Ok(found)
}

fn line_of(text: &str, key: &str) -> usize {
    let head = key.split('.').next().unwrap_or(key);
    let defines = |line: &str| {
        line.strip_prefix(head)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines().position(defines).map_or(1, |at| at + 1)
}

impl Message {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.read_expression(expression);
            }
        }
    }

    fn read_expression(&mut self, expression: &Expression<&str>) {
        let (selector, variants) = match expression {
            Expression::Inline(inline) => return self.read_inline(inline),
            Expression::Select { selector, variants } => (selector, variants),
        };
        self.read_inline(selector);
        let mut names = BTreeSet::new();
        for variant in variants {
            let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) =
                &variant.key;
            names.insert((*name).to_owned());
            self.read(&variant.value);
        }
        if PLURALS.iter().any(|plural| names.contains(*plural)) {
            self.plurals.push(names);
        }
    }

    fn read_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute
                    .as_ref()
                    .map_or_else(String::new, |a| format!(".{}", a.name));
                self.references.insert(format!("{}{attribute}", id.name));
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.references.insert(format!("-{}", id.name));
                arguments
                    .iter()
                    .for_each(|arguments| self.read_arguments(arguments));
            }
            InlineExpression::FunctionReference { arguments, .. } => self.read_arguments(arguments),
            InlineExpression::Placeable { expression } => self.read_expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn read_arguments(&mut self, arguments: &CallArguments<&str>) {
        let named = arguments.named.iter().map(|argument| &argument.value);
        arguments
            .positional
            .iter()
            .chain(named)
            .for_each(|value| self.read_inline(value));
    }
}

#[test]
fn a_message_is_read_with_all_its_parts() {
    let found = messages(
        "# comment\n-shop = Guardant\n\ncount =\n    { $n ->\n        [one] { $n } of { -shop }\n       *[other] { title.short }\n    }\n    .hint = { NUMBER($m) }\n",
    )
    .unwrap();
    let set = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        ["-shop", "count", "count.hint"]
    );
    assert_eq!(found["count"].line, 4);
    assert_eq!(found["count"].variables, set(&["n"]));
    assert_eq!(found["count"].references, set(&["-shop", "title.short"]));
    assert_eq!(found["count"].plurals, [set(&["one", "other"])]);
    assert_eq!(found["count.hint"].variables, set(&["m"]));
}

#[test]
fn a_broken_file_is_named_with_its_line() {
    assert!(
        messages("a = b\n\nc = {\n")
            .unwrap_err()
            .starts_with("3: not Fluent")
    );
    assert_eq!(
        messages("a = b\na = c\n").unwrap_err(),
        "1: a is defined twice: delete one"
    );
}
