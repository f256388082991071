//! Web pages: JSON-LD, microdata, saved JSON, or the page itself.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rolecall_fuzz::read("x.html", None, bytes);
});
