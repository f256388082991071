//! Parquet in and out, with files as pandas, Polars and `DuckDB` write them.
#![cfg(feature = "parquet")]

mod program;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Float64Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray, StructArray, builder::FixedSizeListBuilder, builder::Float32Builder, cast::AsArray,
};
use arrow_schema::{DataType, Field};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use program::{Ran, rolecall, rolecall_in};
use serde_json::{Value, json};

const BODIES: [Option<&str>; 3] =
    [Some("Own the product roadmap. Write user stories."), Some("Own the positioning."), None];

fn write(file: &Path, columns: Vec<(&str, ArrayRef)>, compression: Compression) {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, column)| (name, column, true)),
    )
    .unwrap();
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_max_row_group_row_count(Some(2))
        .set_dictionary_enabled(true)
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create(file).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

/// A board whose text columns have this type, over two row groups.
fn board(file: &Path, text: impl Fn(Vec<Option<&str>>) -> ArrayRef, compression: Compression) {
    let mut vectors = FixedSizeListBuilder::new(Float32Builder::new(), 2);
    for _ in 0..3 {
        vectors.values().append_slice(&[0.5, 0.25]);
        vectors.append(true);
    }
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("Job Description", text(BODIES.to_vec())),
        ("job_id", Arc::new(Int64Array::from(vec![71, 72, 73]))),
        ("Job Title", text(vec![Some("Product Manager"), Some("Product Marketing Manager"), Some("Cook")])),
        ("company", text(vec![Some("Northwind"), None, Some("Adatum")])),
        ("salary", Arc::new(Float64Array::from(vec![Some(1.5), None, Some(f64::NAN)]))),
        ("vector", Arc::new(vectors.finish())),
    ];
    write(file, columns, compression);
}

fn strings(values: Vec<Option<&str>>) -> ArrayRef {
    Arc::new(StringArray::from(values))
}

fn scan(folder: &Path, args: &[&str]) -> Ran {
    rolecall_in(folder, &[&["scan", "--evidence", "all", "--with-text"], args].concat(), b"")
}

fn records(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn text_of_every_type_and_packing_is_read_as_in_csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let zstd = Compression::ZSTD(ZstdLevel::default());
    board(&path("string.parquet"), strings, Compression::SNAPPY);
    board(&path("large.parquet"), |values| Arc::new(LargeStringArray::from(values)), zstd);
    board(&path("view.parquet"), |values| Arc::new(StringViewArray::from(values)), Compression::UNCOMPRESSED);
    let dictionary = |values: Vec<Option<&str>>| -> ArrayRef {
        Arc::new(values.into_iter().collect::<DictionaryArray<Int32Type>>())
    };
    board(&path("dictionary.parquet"), dictionary, Compression::GZIP(parquet::basic::GzipLevel::default()));
    board(&path("lz4.parquet"), strings, Compression::LZ4_RAW);
    for name in ["string", "large", "view", "dictionary", "lz4"] {
        let file = format!("{name}.parquet");
        let ran = scan(folder.path(), &[&file]);
        let all = records(&ran);
        assert_eq!((ran.code, all.len()), (0, 3), "{name}: {}", ran.err);
        let list = |field: &str| all.iter().map(|record| record[field].clone()).collect::<Vec<_>>();
        assert_eq!(list("outcome"), [json!("judged"), json!("judged"), json!("skipped")], "{name}");
        assert_eq!(list("id"), [json!("71"), json!("72"), json!("73")]);
        assert_eq!(list("title")[1], "Product Marketing Manager");
        assert_eq!(list("company")[..2], [json!("Northwind"), Value::Null]);
        assert_eq!(list("body")[0], BODIES[0].unwrap());
        for (number, record) in (1..).zip(&all) {
            assert_eq!(record["source"], json!({"path": file, "record": number, "line": null}));
        }
    }
}

#[test]
fn a_table_without_a_body_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    let columns: Vec<(&str, ArrayRef)> =
        vec![("Job Title", strings(vec![Some("Product Manager"); 3])), ("pay", strings(vec![Some("1"); 3]))];
    write(&folder.path().join("a.parquet"), columns, Compression::SNAPPY);
    let ran = scan(folder.path(), &["a.parquet"]);
    let all = records(&ran);
    let message = "no body among the fields Job Title, pay; name it with --map body=FIELD";
    assert_eq!((ran.code, all.len(), &all[0]["error"]["message"]), (2, 1, &json!(message)));
    let ran = scan(folder.path(), &["a.parquet", "--map", "body=pay"]);
    assert_eq!((ran.code, records(&ran).len()), (0, 3));
}

#[test]
fn nested_columns_and_mapped_names_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let inner = StructArray::from(vec![(
        Arc::new(Field::new("text", DataType::Utf8, true)),
        strings(vec![Some("Own the backlog.")]),
    )]);
    let columns: Vec<(&str, ArrayRef)> =
        vec![("description", Arc::new(inner)), ("beruf", strings(vec![Some("Product Manager")]))];
    write(&folder.path().join("a.parquet"), columns, Compression::SNAPPY);
    let all = records(&scan(folder.path(), &["a.parquet", "--map", "title=beruf"]));
    assert_eq!((&all[0]["title"], &all[0]["body"]), (&json!("Product Manager"), &json!("Own the backlog.")));
    let explained = rolecall_in(folder.path(), &["scan", "a.parquet", "--explain-input"], b"").out;
    assert_eq!(
        explained,
        "a.parquet: Parquet\n  because the first bytes are those of a Parquet file\n  body         description\n  \
         not read     beruf\n"
    );
}

#[test]
fn a_file_that_is_packed_or_piped_is_read_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.parquet");
    board(&file, strings, Compression::SNAPPY);
    let bytes = fs::read(&file).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&bytes).unwrap();
    fs::write(folder.path().join("a.parquet.gz"), packed.finish().unwrap()).unwrap();
    assert_eq!(records(&scan(folder.path(), &["a.parquet.gz"])).len(), 3);
    let ran = rolecall_in(folder.path(), &["scan", "-"], &bytes);
    assert_eq!(ran.out.lines().count(), 3, "{}", ran.err);
}

#[test]
fn a_broken_file_is_one_failed_record_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.parquet");
    board(&file, strings, Compression::SNAPPY);
    let whole = fs::read(&file).unwrap();
    fs::write(folder.path().join("b.md"), "# Product Manager\n\nOwn the roadmap.\n").unwrap();
    for length in [4, 8, 100, whole.len() / 2, whole.len() - 1] {
        fs::write(&file, &whole[..length]).unwrap();
        let ran = scan(folder.path(), &["a.parquet", "b.md"]);
        let all = records(&ran);
        assert_eq!((ran.code, all.len()), (2, 2), "{length}: {}", ran.out);
        assert_eq!(all[0]["error"]["code"], "invalid-parquet");
        assert_eq!((&all[0]["source"]["record"], &all[1]["outcome"]), (&json!(1), &json!("judged")));
    }
    // Damage anywhere costs records, and never the run.
    for at in (0..whole.len()).step_by(61) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        fs::write(&file, &damaged).unwrap();
        let ran = scan(folder.path(), &["a.parquet", "b.md"]);
        let all = records(&ran);
        assert!(matches!(ran.code, 0 | 2) && !ran.err.contains("panicked"), "byte {at}: {}", ran.err);
        assert_eq!(all.last().unwrap()["source"]["path"], "b.md", "byte {at}");
    }
}

#[test]
fn results_come_as_columns_and_lists() {
    let folder = tempfile::tempdir().unwrap();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let args = [samples, "-q", "-o", "parquet=r.parquet", "-o", "jsonl=r.jsonl", "-o", "csv=r.csv"];
    let _ = scan(folder.path(), &args);
    let lines: Vec<Value> = fs::read_to_string(folder.path().join("r.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(File::open(folder.path().join("r.parquet")).unwrap())
            .unwrap();
    let notes = builder.metadata().file_metadata().key_value_metadata().unwrap().clone();
    let note = |key: &str| notes.iter().find(|note| note.key == key).unwrap().value.clone().unwrap();
    assert_eq!(note("rolecall.schema"), "rolecall.posting/1");
    assert!(note("rolecall.lexicon").starts_with("sha256:"));
    let batches: Vec<RecordBatch> = builder.build().unwrap().map(Result::unwrap).collect();
    assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), lines.len());
    let batch = &batches[0];
    let text = |column: &str, row: usize| {
        let column = batch.column_by_name(column).unwrap().as_string::<i32>();
        column.is_valid(row).then(|| column.value(row).to_owned())
    };
    for (row, line) in lines.iter().enumerate().take(batch.num_rows()) {
        for column in
            ["id", "title", "company", "outcome", "verdict", "claimed", "described", "nearest", "body"]
        {
            assert_eq!(text(column, row).as_deref(), line[column].as_str(), "{column} {row}");
        }
        let list = |column: &str| batch.column_by_name(column).unwrap().as_list::<i32>().value(row);
        let count = |field: &str| line[field].as_array().map_or(0, Vec::len);
        assert_eq!((list("flags").len(), list("areas").len()), (count("flags"), count("areas")), "{row}");
        let evidence = list("evidence");
        assert_eq!(evidence.len(), count("evidence"));
        for at in 0..evidence.len() {
            let evidence = evidence.as_struct();
            let found = &line["evidence"][at];
            let clause = evidence.column_by_name("clause").unwrap().as_string::<i32>().value(at);
            assert_eq!(Some(clause), found["clause"].as_str());
            let start = evidence.column_by_name("start").unwrap();
            let start = start.as_primitive::<arrow_array::types::UInt64Type>().value(at);
            assert_eq!(Some(start), found["span"]["start"].as_u64());
        }
    }
    // The flat columns are those of the CSV.
    let header = fs::read_to_string(folder.path().join("r.csv")).unwrap().lines().next().unwrap().to_owned();
    let schema = batch.schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    assert!(header.split(',').all(|column| names.contains(&column)), "{header}");
    // What we wrote ourselves is passed over.
    fs::remove_file(folder.path().join("r.jsonl")).unwrap();
    fs::remove_file(folder.path().join("r.csv")).unwrap();
    let again = scan(folder.path(), &["."]);
    assert!(again.out.is_empty() && again.err.contains("written by rolecall itself"), "{}", again.err);
}

#[test]
fn many_rows_come_out_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let bodies: Vec<String> =
        (0..3000).map(|n| format!("Own the roadmap of product {n} and its backlog.")).collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("title", strings(vec![Some("Product Manager"); bodies.len()])),
        ("body", strings(bodies.iter().map(|body| Some(body.as_str())).collect())),
    ];
    write(&folder.path().join("a.parquet"), columns, Compression::SNAPPY);
    let run = |jobs: &str| {
        let ran = scan(folder.path(), &["a.parquet", "-q", "--jobs", jobs, "-o", "parquet=out.bin"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        fs::read(folder.path().join("out.bin")).unwrap()
    };
    assert!(run("1") == run("3"));
}

#[test]
fn the_help_names_the_format() {
    assert!(rolecall(&["scan", "-h"]).out.contains("csv, parquet,"));
}
