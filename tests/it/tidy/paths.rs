//! Paths of this crate's code, however they are spelled: `crate::…`, `super::…`, `use` trees, in line.

use super::arrows::layer_of;
use super::source::{Kind, Token};

/// The words that begin a path into this crate; any other may be a crate's, or a name that the file imported.
const OWN: &[&str] = &["crate", "super", "self", "keydesk"];

/// A path in the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    /// As it reads from the crate's root; when the head is another word, the module it stands in comes first.
    pub path: Vec<String>,
    pub head: Head,
    pub way: Way,
}

/// What a path begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// `crate`, `super` and their like.
    Own,
    Other,
}

/// How a path is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    Code,
    Macro,
    /// A `use`, which gives the module this name.
    Import(String),
    /// A `use` that others see.
    Export(String),
    /// A `use` of all names.
    Glob,
}

/// The layers of all paths into this crate, with their lines; `home` is the module that the file is.
pub fn layers_named(code: &[Token], home: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for Named { line, mut path, head, way } in all_named(code, home) {
        if way == Way::Glob && path.is_empty() {
            path.push("*".to_owned());
        }
        if head == Head::Own && way != Way::Macro {
            found.extend(layer_of(&path).map(|layer| (line, layer)));
        }
    }
    found
}

/// All paths of two words and more, and all that `use` names.
pub fn all_named(code: &[Token], home: &[String]) -> Vec<Named> {
    let mut module = home.to_vec();
    let mut depth = 0;
    let mut inline_modules = Vec::new();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = code.get(at) {
        let next = code.get(at + 1);
        match &token.kind {
            Kind::Sign('{') => {
                if let [.., before, name] = &code[..at]
                    && before.is_word("mod")
                    && let Some(name) = name.word()
                {
                    module.push(name.to_owned());
                    inline_modules.push(depth);
                }
                depth += 1;
            }
            Kind::Sign('}') => {
                depth -= 1;
                if inline_modules.last() == Some(&depth) {
                    inline_modules.pop();
                    module.pop();
                }
            }
            Kind::Word(word) if word == "use" && next.is_some_and(|next| next.word().is_some()) => {
                let is_seen = at > 0 && (code[at - 1].is_word("pub") || code[at - 1].is_sign(')'));
                let mut reader = Reader {
                    code,
                    head: head_of(&code[at + 1]),
                    statement: if is_seen { Statement::PubUse } else { Statement::Use },
                    found: &mut found,
                };
                at = reader.expand(at + 1, &module);
                continue;
            }
            Kind::Word(word) => {
                let starts_a_path = at == 0 || code[at - 1].kind != Kind::Path || word == "keydesk";
                if starts_a_path && next.is_some_and(|next| next.kind == Kind::Path) {
                    Reader { code, head: head_of(token), statement: Statement::Other, found: &mut found }
                        .expand(at, &module);
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn head_of(token: &Token) -> Head {
    if token.word().is_some_and(|word| OWN.contains(&word)) { Head::Own } else { Head::Other }
}

/// Reads one path, or one `use` tree.
struct Reader<'c> {
    code: &'c [Token],
    head: Head,
    statement: Statement,
    found: &'c mut Vec<Named>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Statement {
    Other,
    Use,
    PubUse,
}

impl Reader<'_> {
    /// Reads what begins at `at`, within `module`; returns where it ends.
    fn expand(&mut self, mut at: usize, module: &[String]) -> usize {
        let mut path = module.to_vec();
        while let Some(token) = self.code.get(at) {
            match &token.kind {
                Kind::Word(word) => match word.as_str() {
                    "crate" | "keydesk" => path.clear(),
                    "super" => drop(path.pop()),
                    "self" => {}
                    name => path.push(name.to_owned()),
                },
                Kind::Sign('{') => return self.expand_group(at + 1, &path),
                Kind::Sign('*') => {
                    self.found.push(Named { line: token.line, path, head: self.head, way: Way::Glob });
                    return at + 1;
                }
                _ => break,
            }
            if self.code.get(at + 1).is_none_or(|next| next.kind != Kind::Path) {
                return self.close(at, path);
            }
            at += 2;
        }
        // `crate::path::<T>`: what was read is what is named.
        self.close(at.min(self.code.len() - 1), path)
    }

    /// Takes down a path that ends at this token, with the name that a `use` gives it.
    fn close(&mut self, at: usize, path: Vec<String>) -> usize {
        let is = |offset: usize, sign: char| self.code.get(at + offset).is_some_and(|token| token.is_sign(sign));
        let is_use = self.statement != Statement::Other;
        let alias = (self.code.get(at + 1).filter(|next| is_use && next.is_word("as")))
            .and_then(|_| self.code.get(at + 2)?.word());
        let name = alias.or(path.last().map(String::as_str)).unwrap_or_default().to_owned();
        let way = match self.statement {
            Statement::Other if is(1, '!') && !is(2, '=') => Way::Macro,
            Statement::Other => Way::Code,
            Statement::Use => Way::Import(name),
            Statement::PubUse => Way::Export(name),
        };
        self.found.push(Named { line: self.code[at].line, path, head: self.head, way });
        at + if alias.is_some() { 3 } else { 1 }
    }

    fn expand_group(&mut self, mut at: usize, path: &[String]) -> usize {
        while let Some(token) = self.code.get(at) {
            at = match token.kind {
                Kind::Sign('}') => return at + 1,
                Kind::Sign(',') => at + 1,
                _ => self.expand(at, path),
            };
        }
        at
    }
}

#[test]
fn a_comparison_is_no_macro_and_an_alias_is_the_name_that_counts() {
    let named = |text: &str| all_named(&super::source::Source::new("src/a.rs", text).code(), &["a".to_owned()]);
    let ways = |text: &str| named(text).into_iter().map(|named| (named.path.join("::"), named.way)).collect::<Vec<_>>();
    let (import, export) = (|name: &str| Way::Import(name.to_owned()), |name: &str| Way::Export(name.to_owned()));
    assert_eq!(ways("crate::b::C != d"), [("b::C".to_owned(), Way::Code)]);
    assert_eq!(ways("crate::b::c!(d)"), [("b::c".to_owned(), Way::Macro)]);
    assert_eq!(
        ways("use super::{b as c, d::*}; pub(crate) use e::F;"),
        [("b".to_owned(), import("c")), ("d".to_owned(), Way::Glob), ("a::e::F".to_owned(), export("F"))]
    );
}
