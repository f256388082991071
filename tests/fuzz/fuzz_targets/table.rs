//! CSV and TSV.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rolecall_fuzz::read("x.csv", Some("csv"), bytes);
    let _ = rolecall_fuzz::read("x.tsv", Some("tsv"), bytes);
});
