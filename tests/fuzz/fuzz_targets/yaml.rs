//! YAML of any layout.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rolecall_fuzz::read("x.yaml", Some("yaml"), bytes);
});
