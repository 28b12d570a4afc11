//! The one JSON codec of whatever is stored and outlives a release.
//!
//! A stored text says the version of its type's schema: `{"v":1,"body":…}`. A newer release brings older bodies up to date
//! step by step as it reads them, so that each step is written once and never touched again.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// Where the version stands.
const VERSION: &str = "v";
/// Where the value stands.
const BODY: &str = "body";

/// A stored text that this release cannot read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it cannot be read: {0}")]
pub struct Unreadable(pub String);

/// A value that has no JSON form, such as a map whose keys are no texts.
#[derive(Debug, thiserror::Error)]
#[error("it cannot be written as JSON: {0}")]
pub struct Unwritable(#[from] serde_json::Error);

/// A type whose values are stored as JSON with the version of their schema.
pub trait Stored: Serialize + DeserializeOwned {
    /// The version that this release writes, from 1. It rises whenever older texts would not read back as they were meant,
    /// and whenever an older release would misread new ones.
    const SCHEMA: u32;

    /// Brings a body of version `from` to the version after it. A type that is still at version 1 has nothing to bring up.
    fn upcast(from: u32, body: Value) -> Result<Value, Unreadable> {
        let _ = body;
        Err(Unreadable(format!("nothing leads on from schema version {from}")))
    }

    /// The text to store.
    fn encode(&self) -> Result<String, Unwritable> {
        #[derive(Serialize)]
        struct Envelope<'a, T> {
            v: u32,
            body: &'a T,
        }
        Ok(serde_json::to_string(&Envelope { v: Self::SCHEMA, body: self })?)
    }

    /// Reads what [`Stored::encode`] wrote, in this release or an older one.
    fn decode(text: &str) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct Envelope<'a> {
            v: u32,
            #[serde(borrow)]
            body: &'a RawValue,
        }
        // By far the most was written by this release, and need not become a tree of values first.
        if let Ok(Envelope { v, body }) = serde_json::from_str(text)
            && v == Self::SCHEMA
        {
            return serde_json::from_str(body.get()).map_err(told);
        }
        let (version, mut body) = open(serde_json::from_str(text).map_err(told)?)?;
        if version == 0 || version > Self::SCHEMA {
            return Err(Unreadable(format!("schema version {version}, this release reads 1 to {}", Self::SCHEMA)));
        }
        for from in version..Self::SCHEMA {
            body = Self::upcast(from, body)?;
        }
        serde_json::from_value(body).map_err(told)
    }
}

fn told(error: serde_json::Error) -> Unreadable {
    let what = fault_of(&error);
    match error.classify() {
        // Its place is one in the body, which nobody sees alone.
        Category::Data => Unreadable(what.to_owned()),
        _ => Unreadable(format!("{what}, {}", place_of(&error))),
    }
}

/// Why a JSON text cannot be read, without what stands in it: that may be anybody's words, and the reason is logged and stored.
pub fn fault_of(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        Category::Data => "what it holds has another form than this release reads",
        Category::Eof => "it ends too early",
        Category::Syntax | Category::Io => "it is no JSON",
    }
}

/// Where in the text that is.
pub fn place_of(error: &serde_json::Error) -> String {
    format!("at line {}, column {}", error.line(), error.column())
}

/// The version of a text, and the body. The first release stored some types without an envelope, and others under a key
/// that was named after the type.
fn open(value: Value) -> Result<(u32, Value), Unreadable> {
    match value {
        Value::Object(mut envelope) if envelope.contains_key(VERSION) => {
            let version = envelope.remove(VERSION).and_then(|version| version.as_u64());
            let version = version.and_then(|version| u32::try_from(version).ok());
            let version = version.ok_or_else(|| Unreadable("its schema version is no number".to_owned()))?;
            Ok((version, take_body(envelope)?))
        }
        bare => Ok((1, bare)),
    }
}

fn take_body(mut envelope: Map<String, Value>) -> Result<Value, Unreadable> {
    if let Some(body) = envelope.remove(BODY) {
        return Ok(body);
    }
    let mut others = envelope.into_iter();
    match (others.next(), others.next()) {
        (Some((_, body)), None) => Ok(body),
        _ => Err(Unreadable("it has no body".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Version 1 was a bare number, version 2 had it under `kilos`.
    #[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
    struct Weight {
        grams: u64,
    }

    impl Stored for Weight {
        const SCHEMA: u32 = 3;

        fn upcast(from: u32, body: Value) -> Result<Value, Unreadable> {
            match from {
                1 => Ok(json!({ "kilos": body })),
                _ => Ok(json!({ "grams": body["kilos"].as_u64().map(|kilos| kilos * 1000) })),
            }
        }
    }

    #[test]
    fn what_is_written_says_its_version_and_reads_back() {
        let text = Weight { grams: 5 }.encode().unwrap();
        assert_eq!(text, r#"{"v":3,"body":{"grams":5}}"#);
        assert_eq!(Weight::decode(&text), Ok(Weight { grams: 5 }));
    }

    #[test]
    fn every_older_form_is_brought_up_version_by_version() {
        let older = ["2", r#"{"v":1,"body":2}"#, r#"{"v":1,"weight":2}"#, r#"{"v":2,"body":{"kilos":2}}"#];
        for text in older {
            assert_eq!(Weight::decode(text), Ok(Weight { grams: 2000 }), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let why = |text: &str| Weight::decode(text).unwrap_err().to_string();
        assert_eq!(why(r#"{"v":4,"body":1}"#), "it cannot be read: schema version 4, this release reads 1 to 3");
        assert_eq!(why(r#"{"v":0,"body":1}"#), "it cannot be read: schema version 0, this release reads 1 to 3");
        assert_eq!(why(r#"{"v":-1,"body":1}"#), "it cannot be read: its schema version is no number");
        assert_eq!(why(r#"{"v":3}"#), "it cannot be read: it has no body");
        assert_eq!(why(r#"{"v":3,"a":1,"b":2}"#), "it cannot be read: it has no body");
        assert_eq!(why(""), "it cannot be read: it ends too early, at line 1, column 0");
        assert_eq!(why("{\n secret"), "it cannot be read: it is no JSON, at line 2, column 2");
        let form = "it cannot be read: what it holds has another form than this release reads";
        for body in [r#""secret""#, r#"{"grams":"secret"}"#, r#"{"secret":1}"#] {
            assert_eq!(why(&format!(r#"{{"v":3,"body":{body}}}"#)), form, "nothing of it is quoted");
        }
    }
}
