//! keydesk
