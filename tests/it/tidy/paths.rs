//! Paths into this crate, however they are spelled: `crate::…`, `super::…`, `use` trees, in line.

use super::arrows::layer_of;
use super::source::{Kind, Token};

/// The layers of all paths into this crate, with their lines; `home` is the module that the file is.
pub fn layers_named(code: &[Token], home: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut module = home.to_vec();
    let mut depth = 0;
    let mut inline_modules = Vec::new();
    for (at, token) in code.iter().enumerate() {
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
            Kind::Word(word) if ["crate", "super", "self", "keydesk"].contains(&word.as_str()) => {
                let starts_a_path = at == 0 || code[at - 1].kind != Kind::Path || word == "keydesk";
                if starts_a_path && code.get(at + 1).is_some_and(|next| next.kind == Kind::Path) {
                    let mut paths = Vec::new();
                    expand(code, at, &module, &mut paths);
                    found.extend(paths.into_iter().filter_map(|(line, path)| Some((line, layer_of(&path)?))));
                }
            }
            _ => {}
        }
    }
    found
}

/// Reads the path or the `use` tree that begins at `at`, within `module`; returns where it ends.
fn expand(code: &[Token], mut at: usize, module: &[String], paths: &mut Vec<(usize, Vec<String>)>) -> usize {
    let mut path = module.to_vec();
    while let Some(token) = code.get(at) {
        match &token.kind {
            Kind::Word(word) => match word.as_str() {
                "crate" | "keydesk" => path.clear(),
                "super" => drop(path.pop()),
                "self" => {}
                _ if code.get(at + 1).is_some_and(|next| next.is_sign('!')) => return at + 1, // a macro has no layer
                name => path.push(name.to_owned()),
            },
            Kind::Sign('{') => return expand_group(code, at + 1, &path, paths),
            Kind::Sign('*') if path.is_empty() => path.push("*".to_owned()),
            _ => break,
        }
        if code.get(at + 1).is_none_or(|next| next.kind != Kind::Path) {
            paths.push((token.line, path));
            return at + 1;
        }
        at += 2;
    }
    // `crate::path::<T>` and `crate::path::*`: what was read is what is named.
    let line = code.get(at).or(code.last()).map_or(1, |token| token.line);
    paths.push((line, path));
    at + 1
}

fn expand_group(code: &[Token], mut at: usize, path: &[String], paths: &mut Vec<(usize, Vec<String>)>) -> usize {
    while let Some(token) = code.get(at) {
        at = match token.kind {
            Kind::Sign('}') => return at + 1,
            Kind::Sign(',') => at + 1,
            _ if token.is_word("as") => at + 2,
            _ => expand(code, at, path, paths),
        };
    }
    at
}
