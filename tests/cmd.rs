//! Command cases as data: `tests/cmd/*.toml`, and the examples of the README.

#[test]
fn commands_do_as_their_cases_say() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.toml")
        .case("README.md")
        .register_bin("cleanfilter", trycmd::cargo::cargo_bin!("cleanfilter"));
}
