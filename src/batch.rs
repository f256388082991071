//! Judges many records at once and hands the outcomes over in input order.
//!
//! One thread reads chunks of records, a pool judges them, and the calling thread takes the outcomes; the
//! three overlap. Only so many chunks are on their way at a time, so memory does not grow with the input, and
//! what comes out does not depend on the number of threads.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::mpsc;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::guard::guarded;
use crate::outcome::Failed;
use crate::source::Raw;

/// A chunk is handed to the pool when it holds this many bytes …
const CHUNK_BYTES: usize = 256 * 1024;

/// … or this many records.
const CHUNK_RECORDS: usize = 256;

/// Chunks on their way for each thread of the pool; one with a long record counts as several.
const AHEAD: usize = 3;

/// Judges every record with `judge` on `jobs` threads (0: one for each core) and gives each outcome to `sink`, in order.
///
/// A record on which `judge` panics ends as failed. `sink` may end the run by breaking; otherwise the number of
/// records is returned, and `sink` has seen as many outcomes.
///
/// ```
/// use std::ops::ControlFlow;
/// use rolecall::outcome::{Failed, Fault, Outcome};
/// use rolecall::source::Raw;
///
/// let judge = |raw: Raw| {
///     let error = Fault { code: "example".to_owned(), message: "not judged".to_owned() };
///     Outcome::Failed(Failed { source: raw.source, error })
/// };
/// let sink = |_: Outcome| ControlFlow::<()>::Continue(());
/// assert_eq!(rolecall::batch::run(std::iter::empty(), judge, 2, sink), ControlFlow::Continue(0));
/// ```
pub fn run<T: From<Failed> + Send, B>(
    records: impl Iterator<Item = Raw> + Send,
    judge: impl Fn(Raw) -> T + Sync,
    jobs: usize,
    mut sink: impl FnMut(T) -> ControlFlow<B>,
) -> ControlFlow<B, u64> {
    let judge = |raw: Raw| {
        let source = raw.source.clone();
        guarded(|| judge(raw)).unwrap_or_else(|error| T::from(Failed { source, error }))
    };
    let jobs = if jobs == 0 { thread::available_parallelism().map_or(1, NonZero::get) } else { jobs };
    let pool = match jobs {
        1 => None,
        _ => ThreadPoolBuilder::new().num_threads(jobs).thread_name(|n| format!("judge-{n}")).build().ok(),
    };
    if let Some(pool) = pool {
        return in_pool(&pool, records, &judge, sink);
    }
    let mut count = 0;
    for raw in records {
        count += 1;
        sink(judge(raw))?;
    }
    ControlFlow::Continue(count)
}

fn in_pool<T: Send, B>(
    pool: &ThreadPool,
    records: impl Iterator<Item = Raw> + Send,
    judge: &(impl Fn(Raw) -> T + Sync),
    mut sink: impl FnMut(T) -> ControlFlow<B>,
) -> ControlFlow<B, u64> {
    // A token is a leave to read one more chunk.
    let (give, tokens) = mpsc::channel::<()>();
    let most = pool.current_num_threads() * AHEAD;
    for _ in 0..most {
        let _ = give.send(());
    }
    let (judged, outcomes) = mpsc::channel::<(u64, usize, Vec<T>)>();
    pool.in_place_scope(|workers| {
        thread::scope(|threads| {
            threads.spawn(move || {
                let mut records = records.fuse();
                for number in 0.. {
                    let chunk = match tokens.recv() {
                        Ok(()) => chunk(&mut records),
                        Err(_) => break,
                    };
                    if chunk.is_empty() {
                        break;
                    }
                    let weight = (chunk.iter().map(Raw::bytes).sum::<usize>() / CHUNK_BYTES).clamp(1, most);
                    if (1..weight).any(|_| tokens.recv().is_err()) {
                        break;
                    }
                    let judged = judged.clone();
                    workers.spawn(move |_| {
                        let outcomes = chunk.into_iter().map(judge).collect();
                        // Nobody listens any more when the sink has ended the run.
                        let _ = judged.send((number, weight, outcomes));
                    });
                }
            });
            let mut early = BTreeMap::new();
            let mut next = 0;
            let mut count = 0;
            for (number, weight, chunk) in outcomes {
                early.insert(number, (weight, chunk));
                while let Some((weight, chunk)) = early.remove(&next) {
                    next += 1;
                    for outcome in chunk {
                        count += 1;
                        if let ControlFlow::Break(value) = sink(outcome) {
                            // Dropping it stops the reader at its next chunk.
                            drop(give);
                            return ControlFlow::Break(value);
                        }
                    }
                    for _ in 0..weight {
                        let _ = give.send(());
                    }
                }
            }
            ControlFlow::Continue(count)
        })
    })
}

/// The next chunk; empty at the end.
fn chunk(records: &mut impl Iterator<Item = Raw>) -> Vec<Raw> {
    let mut chunk = Vec::new();
    let mut bytes = 0;
    while bytes < CHUNK_BYTES
        && chunk.len() < CHUNK_RECORDS
        && let Some(raw) = records.next()
    {
        bytes += raw.bytes();
        chunk.push(raw);
    }
    chunk
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::outcome::{Fault, Outcome};
    use crate::source::{Input, Options, Records};

    /// A judge that fails every record with its own text, and panics on some.
    fn echo(raw: Raw) -> Outcome {
        let message = raw.text().trim().to_owned();
        assert!(!message.contains("\"panic\""), "told to");
        if message.contains('7') {
            thread::sleep(Duration::from_micros(50));
        }
        Outcome::Failed(Failed { source: raw.source, error: Fault { code: "echo".to_owned(), message } })
    }

    fn records(count: usize) -> (tempfile::TempDir, Records) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.jsonl");
        let text: String =
            (0..count)
                .map(|n| {
                    if n % 500 == 9 { "{\"id\":\"panic\"}\n".to_owned() } else { format!("{{\"id\":{n}}}\n") }
                })
                .collect();
        std::fs::write(&path, text).unwrap();
        let records = Records::new(vec![Input::named(&path).unwrap()], Options::default());
        (folder, records)
    }

    fn run_all(count: usize, jobs: usize) -> (u64, Vec<Outcome>) {
        let (_folder, records) = records(count);
        let mut outcomes = Vec::new();
        let run = run(records, echo, jobs, |outcome| {
            outcomes.push(outcome);
            ControlFlow::<()>::Continue(())
        });
        let ControlFlow::Continue(count) = run else { panic!("the sink never breaks") };
        (count, outcomes)
    }

    #[test]
    fn outcomes_come_in_input_order_whatever_the_threads() {
        let (count, one) = run_all(3000, 1);
        assert_eq!((count, one.len()), (3000, 3000));
        assert!(one.iter().zip(1..).all(|(outcome, number)| outcome.source().record == number));
        for jobs in [0, 2, 5] {
            let (other, many) = run_all(3000, jobs);
            assert_eq!(other, count);
            let key = |outcomes: &[Outcome]| {
                outcomes
                    .iter()
                    .map(|outcome| (outcome.source().record, format!("{outcome:?}").len()))
                    .collect::<Vec<_>>()
            };
            assert!(key(&one) == key(&many), "{jobs} jobs");
        }
    }

    #[test]
    fn a_panic_costs_one_record() {
        let (_, outcomes) = run_all(1000, 2);
        let failed = outcomes.iter().filter(|outcome| match outcome {
            Outcome::Failed(failed) => failed.error.code == "internal-error",
            _ => false,
        });
        assert_eq!(failed.map(|outcome| outcome.source().record).collect::<Vec<_>>(), [10, 510]);
    }

    #[test]
    fn a_sink_that_breaks_ends_the_run() {
        for jobs in [1, 2] {
            let (_folder, records) = records(100_000);
            let mut seen = 0;
            let run = run(records, echo, jobs, |_| {
                seen += 1;
                if seen == 10 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) }
            });
            assert_eq!((run, seen), (ControlFlow::Break("enough"), 10));
        }
    }
}
