//! Several files of results as one: the parts of a scan that many machines shared, put together in its order.
//!
//! A part names its inputs in the order in which they were read, and leaves out those of which it took nothing. The order
//! of all is made from these; where it stays open, paths go by their names, as those of a folder do. Within an input,
//! records go by their numbers. So the result does not depend on the order in which the parts are named.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{Finished, HEAD, RUN, ResultsError, from};
use crate::outcome::Outcome;
use crate::path::shown;
use crate::posting::SourceRef;
use crate::source;

/// Records of a part that may wait for those of others.
const WAITING: usize = 256;

/// As [`super::read`], from several files at once, in the order of their inputs; for each file what it held besides, or
/// why it cannot be read, which costs the others nothing.
pub fn read_together<B>(
    paths: &[PathBuf],
    mut sink: impl FnMut(Outcome) -> ControlFlow<B>,
) -> ControlFlow<B, Vec<Result<Finished, ResultsError>>> {
    let opened = paths.iter().map(|path| {
        let mut part = Part::open(path)?;
        let inputs = part.inputs()?;
        Ok((part, inputs))
    });
    let (mut parts, mut inputs, mut finished) = (Vec::new(), Vec::new(), Vec::new());
    for opened in opened {
        match opened {
            Ok((part, named)) => {
                parts.push(part);
                inputs.push(named);
            }
            Err(error) => finished.push(Err(error)),
        }
    }
    let order = ordered(&inputs);
    thread::scope(|scope| {
        let (mut waiting, mut readers) = (Vec::new(), Vec::new());
        for part in &mut parts {
            let (sender, receiver) = sync_channel(WAITING);
            readers.push(scope.spawn(move || {
                let file = part.rewound()?;
                from(&part.shown, file, |outcome| match sender.send(outcome) {
                    Ok(()) => ControlFlow::Continue(()),
                    // Nobody wants more.
                    Err(_) => ControlFlow::Break(()),
                })
            }));
            waiting.push(Queue::new(receiver, &order));
        }
        let mut broken = None;
        while broken.is_none()
            && let Some(next) =
                waiting.iter_mut().filter(|queue| queue.head.is_some()).min_by_key(|queue| queue.key)
            && let Some(outcome) = next.take(&order)
        {
            broken = match sink(outcome) {
                ControlFlow::Break(value) => Some(value),
                ControlFlow::Continue(()) => None,
            };
        }
        drop(waiting);
        for reader in readers {
            match reader.join().unwrap_or_else(|panic| panic::resume_unwind(panic)) {
                Ok(ControlFlow::Continue(end)) => finished.push(Ok(end)),
                Ok(ControlFlow::Break(())) => {}
                Err(error) => finished.push(Err(error)),
            }
        }
        broken.map_or(ControlFlow::Continue(finished), ControlFlow::Break)
    })
}

/// A file of results that can be read twice.
struct Part {
    shown: String,
    file: File,
}

impl Part {
    /// Opens a file; what comes through a pipe is kept on disk.
    fn open(path: &Path) -> Result<Self, ResultsError> {
        let shown = shown(path);
        let opened = || {
            if shown == "-" {
                return spooled(io::stdin().lock());
            }
            if path.is_dir() {
                return Err(io::Error::other("it is a folder; name the files in it"));
            }
            let file = File::open(path)?;
            if file.metadata()?.is_file() { Ok(file) } else { spooled(file) }
        };
        match opened() {
            Ok(file) => Ok(Self { shown, file }),
            Err(error) => Err(ResultsError::Read { path: shown, reason: source::reason(&error) }),
        }
    }

    /// The file from its beginning.
    fn rewound(&mut self) -> Result<File, ResultsError> {
        let file = self.file.rewind().and_then(|()| self.file.try_clone());
        file.map_err(|error| ResultsError::Read { path: self.shown.clone(), reason: source::reason(&error) })
    }

    /// The inputs that the part names, each once, in order.
    fn inputs(&mut self) -> Result<Vec<Arc<str>>, ResultsError> {
        #[derive(Deserialize)]
        struct Placed {
            source: SourceRef,
        }
        let mut inputs = Inputs::default();
        let mut reader = BufReader::with_capacity(1 << 18, source::plain(self.rewound()?));
        let head = reader.fill_buf().unwrap_or_default();
        if String::from_utf8_lossy(&head[..head.len().min(HEAD)]).contains(RUN) {
            let file = self.rewound()?;
            let _ = from(&self.shown, file, |outcome| {
                inputs.add(&outcome.source().path);
                ControlFlow::<()>::Continue(())
            })?;
            return Ok(inputs.order);
        }
        let mut line = Vec::new();
        // Faults are told when the records are read.
        while (&mut reader).take(super::LINE).read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            if let Ok(placed) = serde_json::from_slice::<Placed>(&line) {
                inputs.add(&placed.source.path);
            }
            line.clear();
        }
        Ok(inputs.order)
    }
}

fn spooled(mut reader: impl Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(&mut reader, &mut file)?;
    Ok(file)
}

/// The inputs that one part names.
#[derive(Default)]
struct Inputs {
    order: Vec<Arc<str>>,
    seen: FxHashSet<Arc<str>>,
}

impl Inputs {
    fn add(&mut self, path: &Arc<str>) {
        if self.order.last() != Some(path) && self.seen.insert(Arc::clone(path)) {
            self.order.push(Arc::clone(path));
        }
    }
}

/// The place of every input in the order that fits all parts.
fn ordered(parts: &[Vec<Arc<str>>]) -> FxHashMap<Arc<str>, usize> {
    let mut behind: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    let mut before: FxHashMap<&str, usize> = FxHashMap::default();
    for part in parts {
        for path in part {
            before.entry(path).or_default();
        }
        for pair in part.windows(2) {
            behind.entry(&pair[0]).or_default().push(&pair[1]);
            *before.entry(&pair[1]).or_default() += 1;
        }
    }
    let key = |path: &&'_ str| (Path::new(*path).to_owned(), (*path).to_owned());
    let all: BTreeSet<_> = parts.iter().flatten().map(|path| key(&&**path)).collect();
    let mut open = all;
    let mut free: BTreeSet<_> = open.iter().filter(|(_, path)| before[path.as_str()] == 0).cloned().collect();
    let mut order = FxHashMap::default();
    // Parts of different scans may contradict each other: then the names alone count.
    while let Some(next) = free.pop_first().or_else(|| open.first().cloned()) {
        open.remove(&next);
        free.remove(&next);
        order.insert(Arc::from(next.1.as_str()), order.len());
        for path in behind.remove(next.1.as_str()).unwrap_or_default() {
            let left = before.entry(path).or_default();
            *left = left.saturating_sub(1);
            let key = key(&path);
            if *left == 0 && open.contains(&key) {
                free.insert(key);
            }
        }
    }
    order
}

/// The records of a part that are still to come.
struct Queue {
    receiver: Receiver<Outcome>,
    head: Option<Outcome>,
    /// Where the head belongs.
    key: (usize, u64),
}

impl Queue {
    fn new(receiver: Receiver<Outcome>, order: &FxHashMap<Arc<str>, usize>) -> Self {
        let mut queue = Self { receiver, head: None, key: (0, 0) };
        queue.take(order);
        queue
    }

    /// The head, in whose place the next record comes. What could not be read has no input, and stays behind the record
    /// before it.
    fn take(&mut self, order: &FxHashMap<Arc<str>, usize>) -> Option<Outcome> {
        let next = self.receiver.recv().ok();
        if let Some(source) = next.as_ref().map(Outcome::source)
            && let Some(place) = order.get(&source.path)
        {
            self.key = (*place, source.record);
        }
        std::mem::replace(&mut self.head, next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_come_in_the_order_that_fits_all_parts() {
        const CASES: &[(&[&[&str]], &str)] = &[
            (&[&["a", "b", "c"]], "a b c"),
            (&[&["a", "c"], &["b", "c"]], "a b c"),
            (&[&["z", "a"], &["z", "b"]], "z a b"),
            (&[&["c"], &["b"], &["a"]], "a b c"),
            (&[&["d/b", "d.txt"], &["d/a"]], "d/a d/b d.txt"),
            (&[&["a", "b"], &["b", "a"]], "a b"),
            (&[&["a", "b", "c"], &["c", "a"]], "a b c"),
            (&[], ""),
        ];
        for (parts, expected) in CASES {
            let mut parts: Vec<Vec<Arc<str>>> =
                parts.iter().map(|part| part.iter().map(|path| Arc::from(*path)).collect()).collect();
            for _ in 0..2 {
                let mut order: Vec<_> = ordered(&parts).into_iter().collect();
                order.sort_by_key(|(_, place)| *place);
                let order: Vec<_> = order.iter().map(|(path, _)| &**path).collect();
                assert_eq!(order.join(" "), *expected, "{parts:?}");
                parts.reverse();
            }
        }
    }
}
