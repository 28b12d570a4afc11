//! Who acts: a person in a role, or the shop itself.

use crate::domain::ids::PersonId;
use crate::domain::orders::status::Role;

/// Who does something to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Person {
        id: PersonId,
        /// Their name at that time.
        name: String,
        /// In which capacity they act.
        role: Role,
    },
    /// The shop itself, for instance when a payment arrives.
    System,
}

/// In which capacity somebody acts, which is all that permission asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Capacity {
    /// A person in this role.
    Person(Role),
    System,
}

impl Actor {
    /// The person; `None` for the shop itself.
    pub fn id(&self) -> Option<PersonId> {
        match self {
            Actor::Person { id, .. } => Some(*id),
            Actor::System => None,
        }
    }

    /// The person's name at that time; `None` for the shop itself.
    pub fn name(&self) -> Option<&str> {
        match self {
            Actor::Person { name, .. } => Some(name),
            Actor::System => None,
        }
    }

    /// In which capacity they act.
    pub fn capacity(&self) -> Capacity {
        match self {
            Actor::Person { role, .. } => Capacity::Person(*role),
            Actor::System => Capacity::System,
        }
    }

    /// Whether it is this very person, in whatever role.
    pub fn is(&self, person: PersonId) -> bool {
        self.id() == Some(person)
    }
}

impl Capacity {
    /// Whether somebody of the vendor's acts, and not a customer or the shop itself.
    pub fn is_vendor(self) -> bool {
        matches!(self, Capacity::Person(Role::Staff | Role::Admin))
    }
}

impl From<Role> for Capacity {
    fn from(role: Role) -> Capacity {
        Capacity::Person(role)
    }
}

impl From<&Actor> for Capacity {
    fn from(actor: &Actor) -> Capacity {
        actor.capacity()
    }
}
