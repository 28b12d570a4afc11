//! Who may order: everybody, or those whom the vendor let in.

/// Whether a person is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Admitted,
    /// The vendor has been asked.
    Waiting,
    /// The vendor said no.
    Refused,
    /// An admin shut the person out.
    Blocked,
}

impl Access {
    pub const ALL: [Access; 4] = [Access::Admitted, Access::Waiting, Access::Refused, Access::Blocked];

    /// The word that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Access::Admitted => "admitted",
            Access::Waiting => "waiting",
            Access::Refused => "refused",
            Access::Blocked => "blocked",
        }
    }

    /// Reads [`Access::code`].
    pub fn parse(code: &str) -> Option<Access> {
        Access::ALL.into_iter().find(|access| access.code() == code)
    }
}

/// What a shop does with newcomers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessPolicy {
    Open,
    /// Asks the staff first.
    Approval,
}

impl AccessPolicy {
    /// Reads the word of the configuration.
    pub fn parse(word: &str) -> Option<AccessPolicy> {
        match word {
            "open" => Some(AccessPolicy::Open),
            "approval" => Some(AccessPolicy::Approval),
            _ => None,
        }
    }

    /// The access of a person at first sight.
    pub fn at_first_sight(self) -> Access {
        match self {
            AccessPolicy::Open => Access::Admitted,
            AccessPolicy::Approval => Access::Waiting,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_access_is_read_back() {
        for access in Access::ALL {
            assert_eq!(Access::parse(access.code()), Some(access));
        }
        assert_eq!(Access::parse("Admitted"), None);
    }
}
