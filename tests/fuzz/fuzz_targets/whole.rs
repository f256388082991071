//! From bytes to every output.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rolecall_fuzz::whole("x", bytes);
});
