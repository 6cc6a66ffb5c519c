//! Start-up and orderly shutdown: builds what the rooms below need, and serves.
