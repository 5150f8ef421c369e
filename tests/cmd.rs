//! Command cases as data: `tests/cmd/*.toml`, and the examples of the README.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // a test that cannot go on should say so

#[test]
fn commands_do_as_their_cases_say() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.toml")
        .case("README.md")
        .register_bin("cleanfilter", trycmd::cargo::cargo_bin!("cleanfilter"));
}
