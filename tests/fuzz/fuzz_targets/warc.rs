//! Web archives.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rolecall_fuzz::read("x.warc", Some("warc"), bytes);
});
