//! The floor that `scan` is measured against: one Aho–Corasick pass over a file with every form of the lexicon, and
//! nothing else. No JSON, no zones, no actors.
//!
//! ```text
//! rolecall lexicon list --forms > forms.txt
//! cargo run --release --example automaton -- forms.txt board.jsonl 2
//! ```

use std::io::Write as _;
use std::process::ExitCode;
use std::{env, fs, io, thread};

use aho_corasick::AhoCorasick;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let told = match words.as_slice() {
        [forms, file, threads] => run(forms, file, threads),
        _ => Err("usage: automaton FORMS FILE THREADS".into()),
    };
    match told {
        Ok(found) => {
            // Nobody may be reading.
            let _ = writeln!(io::stdout(), "{found} matches");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

fn run(forms: &str, file: &str, threads: &str) -> Result<usize, Box<dyn std::error::Error>> {
    let forms = fs::read_to_string(forms)?;
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(forms.lines())?;
    let (automaton, text) = (&automaton, fs::read(file)?);
    let threads = threads.parse::<usize>()?.max(1);
    let automaton = &automaton;
    let found = thread::scope(|scope| {
        let workers: Vec<_> = parts(&text, threads)
            .into_iter()
            .map(|part| scope.spawn(move || automaton.find_overlapping_iter(part).count()))
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or(0)).sum()
    });
    Ok(found)
}

/// The text in so many parts of about one size, cut at line ends.
fn parts(text: &[u8], count: usize) -> Vec<&[u8]> {
    let mut parts = Vec::with_capacity(count);
    let mut rest = text;
    for left in (1..=count).rev() {
        let middle = rest.len() / left;
        let end = memchr::memchr(b'\n', &rest[middle..]).map_or(rest.len(), |at| middle + at + 1);
        let (part, after) = rest.split_at(if left == 1 { rest.len() } else { end });
        parts.push(part);
        rest = after;
    }
    parts
}
