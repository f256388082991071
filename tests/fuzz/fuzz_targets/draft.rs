//! Markdown and text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rolecall_fuzz::read("x.md", Some("markdown"), bytes);
    let _ = rolecall_fuzz::read("x.txt", Some("text"), bytes);
});
