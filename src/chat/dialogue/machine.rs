//! The dialogue of the vendor's people: an admin has a machine of their own and that of the staff; staff have theirs, and of the
//! admins' what is only to be read.

use super::admin::{self, AdminTurn};
use super::input::VendorInput;
use super::staff::{self, StaffState, StaffTurn};
use super::stage::{Asked, Loaded, Stage};
use super::vendor::{VendorContext, VendorOutcome, VendorRequest, VendorState, VendorStep};
use crate::domain::Role;

/// An input with what it is about.
pub enum VendorTurn<S: Stage> {
    Staff(StaffTurn<S>),
    Admin(AdminTurn<S>),
}

/// What has to be loaded for an input of somebody in this role.
pub fn needs(state: &VendorState, role: Role, input: &VendorInput) -> VendorTurn<Asked> {
    let (staff, admin) = match state {
        VendorState::Staff(state) => (state, None),
        VendorState::Admin(state) => (&StaffState::Idle, Some(state)),
    };
    let admins = admin::needs(admin, input).and_then(|turn| match role {
        Role::Admin => Some(turn),
        Role::Staff | Role::Customer => turn.reading(),
    });
    admins.map_or_else(|| VendorTurn::Staff(staff::needs(staff, role, input)), VendorTurn::Admin)
}

/// Moves the dialogue on by one input.
pub fn step(state: &VendorState, turn: VendorTurn<Loaded>, context: &VendorContext) -> VendorStep {
    match turn {
        VendorTurn::Staff(turn) => {
            let staff = match state {
                VendorState::Staff(state) => state,
                VendorState::Admin(_) => &StaffState::Idle,
            };
            staff::step(staff, turn, context)
        }
        VendorTurn::Admin(turn) => {
            let admin = match state {
                VendorState::Staff(_) => None,
                VendorState::Admin(state) => Some(state),
            };
            admin::step(admin, turn, context)
        }
    }
}

/// Goes on when the shop has done, or refused, what a step asked for.
pub fn resume(step: VendorStep, request: &VendorRequest, outcome: VendorOutcome) -> VendorStep {
    match request {
        VendorRequest::Staff(request) => staff::resume(step, request, outcome),
        VendorRequest::Admin(request) => admin::resume(step, request, outcome),
    }
}
