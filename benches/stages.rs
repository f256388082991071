//! Bytes per second of every stage, over postings like those of `samples/`.
//!
//! The raw automaton is the floor: one Aho–Corasick pass over the same text with every form of the lexicon, as
//! `examples/automaton.rs` makes it over a file. `README.md` says what each line means.

use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rolecall::report::{self, Format};
use rolecall::sketch::Sketch;
use rolecall::source::{Input, Mapping, Options, Records};
use rolecall::{Analyzer, Document, Lexicon, Outcome, Posting, Settings};

/// The samples several times over, each copy with a word of its own, so that no two bodies are the same.
fn postings() -> Vec<Posting> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mapping = Arc::new(Mapping::default());
    let options = Options { mapping: Arc::clone(&mapping), ..Options::default() };
    let input = Input::named(&folder).expect("the samples stand beside the benches");
    let samples: Vec<Posting> =
        Records::new(vec![input], options).filter_map(|raw| raw.posting(&mapping).ok()).collect();
    let copy = |number: usize| {
        samples.iter().cloned().map(move |mut posting| {
            if let Some(last) = posting.parts.last_mut() {
                last.text.extend(["\n\nReference ", &number.to_string(), "\n"]);
            }
            posting
        })
    };
    (0..4).flat_map(copy).collect()
}

/// Postings of other trades only: what most of a job board is.
fn others(postings: &[Posting], analyzer: &Analyzer) -> Vec<Posting> {
    let other = |posting: &&Posting| {
        let verdict = analyzer.analyze(posting).verdict;
        verdict == rolecall::vocabulary::Ruling::OutOfScope
    };
    postings.iter().filter(other).cloned().collect()
}

/// The postings as a file of JSON Lines.
fn board(postings: &[Posting]) -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().expect("there is room for a file");
    for posting in postings {
        let body: Vec<&str> = posting.parts.iter().map(|part| part.text.as_str()).collect();
        let record =
            serde_json::json!({ "id": posting.id, "title": posting.title, "body": body.join("\n\n") });
        writeln!(file, "{record}").expect("there is room for a record");
    }
    file
}

fn bytes(postings: &[Posting]) -> u64 {
    postings.iter().map(|posting| posting.bytes() as u64).sum()
}

fn stages(criterion: &mut Criterion) {
    let analyzer = Analyzer::new(Settings::default());
    let postings = postings();
    let forms = analyzer.lexicon().surface_forms(|_| true);
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&forms).expect("the forms fit");

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(bytes(&postings))).sample_size(20);
    let board = board(&postings);
    let mapping = Arc::new(Mapping::default());
    group.bench_function("read: JSON Lines to postings", |bencher| {
        bencher.iter(|| {
            let options = Options { mapping: Arc::clone(&mapping), ..Options::default() };
            let input = Input::named(board.path()).expect("the file has just been written");
            let records = Records::new(vec![input], options);
            black_box(records.filter(|raw| raw.posting(&mapping).is_ok()).count())
        });
    });
    group.bench_function("raw automaton: every form", |bencher| {
        bencher.iter(|| {
            let texts = postings.iter().flat_map(|posting| &posting.parts).map(|part| &part.text);
            black_box(texts.map(|text| automaton.find_overlapping_iter(text).count()).sum::<usize>())
        });
    });
    group.bench_function("document: text, clauses, zones", |bencher| {
        bencher.iter(|| {
            for posting in &postings {
                black_box(Document::read(posting, analyzer.lexicon()));
            }
        });
    });
    group.bench_function("document, hits and actors: features", |bencher| {
        bencher.iter(|| {
            for posting in &postings {
                black_box(analyzer.features(posting));
            }
        });
    });
    group.bench_function("whole posting: verdict with evidence", |bencher| {
        bencher.iter(|| {
            for posting in &postings {
                black_box(analyzer.analyze(posting));
            }
        });
    });
    group.bench_function("whole posting as scan ends it: language too", |bencher| {
        bencher.iter(|| {
            for posting in &postings {
                black_box(analyzer.outcome(posting.clone()));
            }
        });
    });
    let documents: Vec<Document> =
        postings.iter().map(|posting| Document::read(posting, analyzer.lexicon())).collect();
    group.bench_function("copies: the sketch of a text", |bencher| {
        bencher.iter(|| {
            for document in &documents {
                black_box(Sketch::of_document(document));
            }
        });
    });
    let sparing = analyzer.clone().sparing_evidence();
    let outcomes: Vec<Outcome> = postings.iter().map(|posting| sparing.outcome(posting.clone())).collect();
    group.bench_function("write: outcomes to JSON Lines", |bencher| {
        bencher.iter(|| {
            let mut report =
                report::open(Format::Jsonl, Box::new(std::io::sink()), &report::Options::default());
            for outcome in &outcomes {
                report.record(outcome).expect("the sink takes everything");
            }
        });
    });
    group.finish();

    let others = others(&postings, &analyzer);
    let mut group = criterion.benchmark_group("other trades");
    group.throughput(Throughput::Bytes(bytes(&others))).sample_size(20);
    group.bench_function("whole posting: verdict as scan wants it", |bencher| {
        bencher.iter(|| {
            for posting in &others {
                black_box(sparing.analyze(posting));
            }
        });
    });
    group.finish();
}

fn startup(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("startup");
    group.sample_size(20);
    group.bench_function("lexicon", |bencher| bencher.iter(|| black_box(Lexicon::built_in())));
    group
        .bench_function("analyzer", |bencher| bencher.iter(|| black_box(Analyzer::new(Settings::default()))));
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/drafts/senior-pm-imaging.md");
    let draft = draft.to_string_lossy();
    for (name, arguments) in [
        ("process that does nothing", vec!["--version"]),
        ("process that checks one draft", vec!["check", &draft]),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut program = Command::new(env!("CARGO_BIN_EXE_rolecall"));
                black_box(program.args(&arguments).output().expect("Cargo has built the program"))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stages, startup);
criterion_main!(benches);
