//! gzip and zstd.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rolecall_fuzz::read("x.jsonl.gz", None, &[b"\x1f\x8b\x08\x00", bytes].concat());
    let _ = rolecall_fuzz::read("x.jsonl.zst", None, &[b"\x28\xb5\x2f\xfd", bytes].concat());
});
