//! No circle of imports: the files of a crate can be put in an order in which each one knows only those before it, so
//! that whoever reads them in that order never meets a name that is still to come.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    paths::{self, Named, Way},
    source::{Kind, Source, Token},
};

/// The folders that are a crate each.
const CRATES: &[&str] = &["src", "emulator/src"];

/// What is wrong, and what to do about it.
const REMEDY: &str = "move what both need to a file of its own below them";

/// How many facades a name may come through before it is taken to be where it was last seen.
const FACADES: usize = 16;

/// A module of the crate, by its path from the root.
type Module = Vec<String>;

/// From one file to another, by their paths in the crate's folder: the names on the arrow.
type Arrows = BTreeMap<(String, String), BTreeSet<String>>;

/// All circles of the crate in this folder, each with its files and the names on its arrows.
pub fn circles(folder: &str, sources: &[Source]) -> Vec<String> {
    let arrows = Crate::read(folder, sources).arrows(folder);
    let circle = |members: BTreeSet<String>| {
        let within = arrows.iter().filter(|((from, to), _)| members.contains(from) && members.contains(to));
        let lines: Vec<String> = within
            .map(|((from, to), names)| {
                format!("    {from} -> {to}: {}", names.iter().cloned().collect::<Vec<_>>().join(", "))
            })
            .collect();
        let members = members.iter().cloned().collect::<Vec<_>>().join(", ");
        format!("{folder}: a circle of imports ({members}): {REMEDY}\n{}", lines.join("\n"))
    };
    knots(&arrows).into_iter().map(circle).collect()
}

/// One crate's files without its tests.
struct Crate {
    files: BTreeMap<Module, File>,
}

struct File {
    path: String,
    code: Vec<Token>,
    named: Vec<Named>,
}

/// Where a path leads.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Module(Module),
    /// A name that this module's file has.
    Item(Module, String),
}

impl Crate {
    fn read(folder: &str, sources: &[Source]) -> Crate {
        let mut files = BTreeMap::new();
        let mut tests = BTreeSet::new();
        for source in sources {
            // A program's own file is imported by nobody.
            let Some(module) = module_of(folder, &source.path).filter(|module| *module != ["main"]) else { continue };
            tests.extend(test_files(&source.code()).map(|name| [module.as_slice(), &[name]].concat()));
            let code = source.product_code();
            let named = paths::all_named(&code, &module);
            files.insert(module, File { path: source.path.clone(), code, named });
        }
        files.retain(|module, _| !tests.iter().any(|test| module.starts_with(test)));
        Crate { files }
    }

    /// The arrows among the files of the crate in this folder.
    fn arrows(&self, folder: &str) -> Arrows {
        let mut found = Arrows::new();
        let within = |path: &str| path[folder.len() + 1..].to_owned();
        for (home, file) in &self.files {
            for named in &file.named {
                let Some((target, name)) = self.imported(home, file, named) else { continue };
                if target.path != file.path {
                    found.entry((within(&file.path), within(&target.path))).or_default().insert(name);
                }
            }
        }
        found
    }

    /// The file that an import reaches and the name that it wants there, unless it only passes a name on or names the room
    /// that it stands in.
    fn imported(&self, home: &Module, file: &File, named: &Named) -> Option<(&File, String)> {
        if let Way::Export(name) = &named.way
            && !is_used(&file.code, name)
        {
            return None;
        }
        match self.follow(&named.path, FACADES) {
            Target::Item(module, name) => Some((self.files.get(&module)?, name)),
            Target::Module(module) if named.way == Way::Glob => {
                Some((self.files.get(&module)?, format!("{}::*", module.last()?)))
            }
            Target::Module(module) if home.starts_with(&module) => None,
            Target::Module(module) => Some((self.files.get(&module)?, module.last()?.clone())),
        }
    }

    /// Follows a path through modules and the `use` lines that they have.
    fn follow(&self, path: &[String], facades: usize) -> Target {
        let mut module = Module::new();
        for (at, name) in path.iter().enumerate() {
            let child = [module.as_slice(), std::slice::from_ref(name)].concat();
            if self.files.contains_key(&child) {
                module = child;
                continue;
            }
            match self.behind(&module, name, facades) {
                // A module under another name: the rest of the path goes on there.
                Some(Target::Module(other)) if facades > 0 => {
                    return self.follow(&[other.as_slice(), &path[at + 1..]].concat(), facades - 1);
                }
                Some(target) => return target,
                None => return Target::Item(module, name.clone()),
            }
        }
        Target::Module(module)
    }

    /// Where a module has a name from that it does not define, if it has it at all.
    fn behind(&self, module: &Module, name: &str, facades: usize) -> Option<Target> {
        let facades = facades.checked_sub(1)?;
        let named = &self.files.get(module)?.named;
        let gives = |way: &Way| matches!(way, Way::Import(given) | Way::Export(given) if given == name);
        let mut itself = module.clone();
        itself.push(name.to_owned());
        if let Some(import) = named.iter().find(|named| gives(&named.way) && named.path != itself) {
            return Some(self.follow(&import.path, facades));
        }
        (named.iter().filter(|named| named.way == Way::Glob)).find_map(|glob| match self.follow(&glob.path, facades) {
            Target::Module(other) if other != *module => {
                let file = self.files.get(&other)?;
                (self.behind(&other, name, facades))
                    .or_else(|| defines(&file.code, name).then(|| Target::Item(other.clone(), name.to_owned())))
            }
            _ => None,
        })
    }
}

/// The module that a file of the crate is: `src/a/mod.rs` and `src/a.rs` are `a`, `src/lib.rs` is the root.
fn module_of(folder: &str, path: &str) -> Option<Module> {
    let inner = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".rs")?;
    let mut module: Module = inner.split('/').map(str::to_owned).collect();
    if inner == "lib" || module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    Some(module)
}

/// The names of `#[cfg(test)] mod name;`: files of tests.
fn test_files(code: &[Token]) -> impl Iterator<Item = String> {
    code.array_windows().filter_map(|[cfg, _, test, _, _, word, name, end]| {
        let is_test = cfg.is_word("cfg") && test.is_word("test") && word.is_word("mod") && end.is_sign(';');
        Some(name.word().filter(|_| is_test)?.to_owned())
    })
}

/// Whether the code has this word outside of its `use` lines.
fn is_used(code: &[Token], name: &str) -> bool {
    let mut in_use = false;
    for token in code {
        match &token.kind {
            Kind::Word(word) if word == "use" => in_use = true,
            Kind::Sign(';') => in_use = false,
            Kind::Word(word) if word == name && !in_use => return true,
            _ => {}
        }
    }
    false
}

/// Whether the code says what this name is.
fn defines(code: &[Token], name: &str) -> bool {
    const KEYWORDS: &[&str] = &["struct", "enum", "fn", "const", "static", "trait", "type", "union"];
    code.array_windows()
        .any(|[keyword, word]| word.is_word(name) && keyword.word().is_some_and(|it| KEYWORDS.contains(&it)))
}

/// Groups of files that reach each other.
fn knots(arrows: &Arrows) -> Vec<BTreeSet<String>> {
    let reach = |from: &String| {
        let mut reached = BTreeSet::new();
        let mut pending = vec![from];
        while let Some(at) = pending.pop() {
            for (_, to) in arrows.keys().filter(|(from, _)| from == at) {
                if reached.insert(to.clone()) {
                    pending.push(to);
                }
            }
        }
        reached
    };
    let from: BTreeSet<&String> = arrows.keys().map(|(from, _)| from).collect();
    let reached: BTreeMap<&String, BTreeSet<String>> = from.into_iter().map(|from| (from, reach(from))).collect();
    let mut found = BTreeSet::new();
    for (at, there) in &reached {
        let back = |other: &&String| reached.get(other).is_some_and(|here| here.contains(*at));
        let members: BTreeSet<String> = there.iter().filter(back).cloned().collect();
        if !members.is_empty() {
            found.insert(members);
        }
    }
    found.into_iter().collect()
}

#[test]
fn no_crate_has_a_circle_of_imports() {
    let found = CRATES.iter().flat_map(|folder| circles(folder, &super::rust_files(&[folder])));
    super::report(found.collect());
}

/// The circles among these files of a crate, without the remedy.
#[cfg(test)]
fn circles_of(files: &[(&str, &str)]) -> Vec<String> {
    let sources: Vec<Source> = files.iter().map(|(path, text)| Source::new(format!("src/{path}"), *text)).collect();
    circles("src", &sources).into_iter().map(|circle| circle.replace(&format!(": {REMEDY}"), "")).collect()
}

#[test]
fn a_circle_is_named_with_its_files_and_the_names_on_its_arrows() {
    let circle = "src: a circle of imports (a.rs, b.rs)\n    a.rs -> b.rs: B, f\n    b.rs -> a.rs: A";
    let other = ("c.rs", "use crate::a::A; use crate::b::B;");
    assert_eq!(
        circles_of(&[("a.rs", "use crate::b::{B, f};"), ("b.rs", "fn b() { super::a::A::new() }"), other]),
        [circle]
    );
    assert_eq!(circles_of(&[("a.rs", "use crate::b::B;"), ("b.rs", "struct B;"), other]), [""; 0]);
    let three = [("a.rs", "use crate::b;"), ("b.rs", "use crate::d::D;"), ("d.rs", "use crate::a::A;")];
    assert_eq!(circles_of(&three).len(), 1);
    assert_eq!(circles_of(&three[..2]).len(), 0);
}

#[test]
fn a_name_is_looked_up_through_the_facades() {
    let facade = ("x/mod.rs", "mod a; mod b; pub use a::A; pub use self::b::B as C; use crate::y as z; pub use z::*;");
    let circle = ["src: a circle of imports (x/a.rs, x/b.rs)\n    x/a.rs -> x/b.rs: B\n    x/b.rs -> x/a.rs: A"];
    let a = ("x/a.rs", "use crate::x::C; pub struct A;");
    assert_eq!(circles_of(&[facade, a, ("x/b.rs", "use super::A; pub struct B;")]), circle);
    assert_eq!(circles_of(&[facade, a, ("x/b.rs", "use crate::x; fn b() -> x::A {}")]), circle);
    // Another room's names, through a glob: that room is on the arrow.
    let y = ("y.rs", "pub use crate::x::A; pub struct Y;");
    assert_eq!(circles_of(&[facade, a, ("x/b.rs", "use super::Y;"), y]), [""; 0]);
    let y = ("y.rs", "use crate::x::B; pub struct Y;");
    let b = ("x/b.rs", "use super::Y; pub struct B;");
    let facade = ("x/mod.rs", "mod b; pub use b::B; use crate::y as z; pub use z::*;");
    assert_eq!(
        circles_of(&[facade, b, y]),
        ["src: a circle of imports (x/b.rs, y.rs)\n    x/b.rs -> y.rs: Y\n    y.rs -> x/b.rs: B"]
    );
}

#[test]
fn a_facade_is_a_file_like_its_rooms() {
    // What mod.rs defines and its files need is on a circle when mod.rs uses one of them, not when it passes it on.
    let a = ("x/a.rs", "use super::X; pub struct A;");
    assert_eq!(circles_of(&[("x/mod.rs", "mod a; pub use a::A; pub struct X;"), a]), [""; 0]);
    assert_eq!(
        circles_of(&[("x/mod.rs", "mod a; pub use a::A; pub struct X(A);"), a]),
        ["src: a circle of imports (x/a.rs, x/mod.rs)\n    x/a.rs -> x/mod.rs: X\n    x/mod.rs -> x/a.rs: A"]
    );
    assert_eq!(
        circles_of(&[("x/mod.rs", "mod a; fn x() { a::f() }"), ("x/a.rs", "use super::x;")]),
        ["src: a circle of imports (x/a.rs, x/mod.rs)\n    x/a.rs -> x/mod.rs: x\n    x/mod.rs -> x/a.rs: f"]
    );
    // Two folders may know each other through different files.
    let x = [("x/mod.rs", ""), ("x/a.rs", "use crate::y::b::B;"), ("x/c.rs", "")];
    let y = [("y/mod.rs", ""), ("y/b.rs", ""), ("y/d.rs", "use crate::x::c::C;")];
    assert_eq!(circles_of(&[x, y].concat()), [""; 0]);
}

#[test]
fn tests_and_other_crates_are_on_no_circle() {
    let a = ("a.rs", "use crate::b::B;");
    assert_eq!(circles_of(&[a, ("b.rs", "#[cfg(test)] mod tests { use crate::a::A; }")]), [""; 0]);
    assert_eq!(circles_of(&[a, ("b.rs", "#[cfg(test)] mod tests;"), ("b/tests.rs", "use crate::a::A;")]), [""; 0]);
    assert_eq!(circles_of(&[a, ("b.rs", "// crate::a::A\nuse std::a::A; fn b() { a::b(); }")]), [""; 0]);
}
