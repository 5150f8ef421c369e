//! Text that was decoded wrongly and encoded again.
