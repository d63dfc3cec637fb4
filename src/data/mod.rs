//! Files to domain.
