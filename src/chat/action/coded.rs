//! Buttons whose meaning is one of a few: the words that stand for them, written once.

/// Gives an enum its `code`, the `parse` that reads it, and the list of its values. A value without a word does not compile.
macro_rules! coded {
    ($name:ident { $($variant:ident $(($with:path))? = $code:literal,)+ }) => {
        impl $name {
            pub(super) const ALL: &[$name] = &[$($name::$variant $(($with))?),+];

            pub(super) fn code(self) -> &'static str {
                match self {
                    $($name::$variant $(($with))? => $code,)+
                }
            }

            pub(super) fn parse(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|action| action.code() == code)
            }
        }
    };
}

pub(super) use coded;
