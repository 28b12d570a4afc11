//! JSON whose values were put in each other's places, or have others than they should.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

const MOST_EDITS: usize = 5;
/// Within what a parser bears.
const DEEP: usize = 100;

#[derive(Debug, Clone)]
enum Edit {
    Put(Index, Value),
    /// A value from another place of this or another example.
    Copy(Index, Index, Index),
    Remove(Index),
    /// One more of what an array has, or a list of what was one.
    Double(Index),
    Nest(Index),
}

/// JSON made of these examples, with these values among it.
pub fn values(examples: Vec<Value>, matter: Vec<Value>) -> impl Strategy<Value = Value> {
    let odd = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(0.5),
        json!(1e300),
        json!(""),
        json!("\0\u{202e}\u{feff}"),
        json!("я".repeat(5_000)),
        json!([]),
        json!({}),
    ];
    let put = prop_oneof![select(odd), select(matter)];
    let edit = prop_oneof![
        4 => (any::<Index>(), put).prop_map(|(at, value)| Edit::Put(at, value)),
        2 => any::<(Index, Index, Index)>().prop_map(|(at, other, from)| Edit::Copy(at, other, from)),
        2 => any::<Index>().prop_map(Edit::Remove),
        1 => any::<Index>().prop_map(Edit::Double),
        1 => any::<Index>().prop_map(Edit::Nest),
    ];
    (any::<Index>(), vec(edit, 0..MOST_EDITS)).prop_map(move |(example, edits)| {
        let mut value = example.get(&examples).clone();
        for edit in edits {
            apply(&mut value, edit, &examples);
        }
        value
    })
}

fn apply(value: &mut Value, edit: Edit, examples: &[Value]) {
    let paths = paths(value);
    let target = |index: &Index| -> String { index.get(&paths).clone() };
    match edit {
        Edit::Put(at, new) => *value.pointer_mut(&target(&at)).unwrap() = new,
        Edit::Copy(at, other, from) => {
            let other = other.get(examples);
            let places = self::paths(other);
            let from: &String = from.get(&places);
            let copied = other.pointer(from).unwrap().clone();
            *value.pointer_mut(&target(&at)).unwrap() = copied;
        }
        Edit::Remove(at) => remove(value, &target(&at)),
        Edit::Double(at) => match value.pointer_mut(&target(&at)).unwrap() {
            Value::Array(list) if !list.is_empty() => list.push(list[0].clone()),
            one => *one = json!([one.clone(), one.clone()]),
        },
        Edit::Nest(at) => {
            let one = value.pointer_mut(&target(&at)).unwrap();
            *one = (0..DEEP).fold(one.take(), |inner, _| json!([inner]));
        }
    }
}

fn remove(value: &mut Value, path: &str) {
    let Some((parent, name)) = path.rsplit_once('/') else { return };
    match value.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.remove(&name.replace("~1", "/").replace("~0", "~"))),
        Value::Array(list) => drop(list.remove(name.parse().unwrap())),
        _ => {}
    }
}

/// The JSON pointers of all values.
fn paths(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    gather(value, "", &mut found);
    found
}

fn gather(value: &Value, path: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), value))
            .collect(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(index, value)| (format!("{path}/{index}"), value)).collect()
        }
        _ => Vec::new(),
    };
    for (path, value) in inner {
        gather(value, &path, found);
        found.push(path);
    }
}
