//! The command line as it is typed: the transcripts in `tests/cmd` and in the README.
//!
//! `TRYCMD=overwrite cargo test --test cmd` writes them anew; read the difference before you keep it.

#[test]
fn transcripts_hold() {
    trycmd::TestCases::new().case("tests/cmd/*.toml").case("tests/cmd/*.md").case("README.md");
}
