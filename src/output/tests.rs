//! How outputs are named, opened and kept apart.

use super::*;
use crate::fixture;

fn output(text: &str) -> Output {
    text.parse().unwrap()
}

#[test]
fn an_output_is_a_format_and_maybe_a_file() {
    const CASES: &[(&str, Format, Option<&str>)] = &[
        ("table", Format::Table, None),
        ("csv=out.csv", Format::Csv, Some("out.csv")),
        ("jsonl=a=b.jsonl", Format::Jsonl, Some("a=b.jsonl")),
        ("json=-", Format::Json, None),
    ];
    for (text, format, file) in CASES {
        assert_eq!(output(text), Output { format: *format, file: file.map(PathBuf::from) });
    }
    assert_eq!(output("csv=out.csv").to_string(), "csv=out.csv");
}

#[test]
fn a_bad_output_says_what_to_write() {
    const CASES: &[(&str, &str)] = &[
        ("csv=", "\"csv=\" names no file: write csv=FILE, or csv alone for standard output"),
        ("yaml=x", "unknown format \"yaml\": give one of table, jsonl, "),
    ];
    for (text, message) in CASES {
        let error = text.parse::<Output>().unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn outputs_do_not_share_a_place() {
    const CASES: &[([&str; 2], &str)] = &[
        (
            ["table", "jsonl"],
            "table and jsonl both go to standard output: give one a file, such as jsonl=FILE",
        ),
        (["csv=a", "json=a"], "two outputs go to a: give each a file of its own"),
    ];
    for (texts, message) in CASES {
        let error = Outputs::open(&texts.map(output), &Options::default()).err().unwrap();
        assert_eq!(error.to_string(), *message);
    }
}

#[test]
fn one_file_spelled_in_two_ways_is_one_place() {
    let folder = tempfile::tempdir().unwrap();
    let (file, again) = (folder.path().join("out.csv"), folder.path().join("./x/../out.csv"));
    fs::create_dir(folder.path().join("x")).unwrap();
    let wanted = |file: &Path| Output { format: Format::Csv, file: Some(file.to_owned()) };
    let message = |second: &Path| {
        let both = [wanted(&file), wanted(second)];
        Outputs::open(&both, &Options::default()).err().map(|error| error.to_string())
    };
    assert!(message(&again).unwrap().starts_with("two outputs go to "));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path(), folder.path().join("link")).unwrap();
        assert!(message(&folder.path().join("link/out.csv")).is_some());
    }
    assert_eq!(message(&folder.path().join("other.csv")), None);
}

#[test]
fn an_output_never_replaces_an_input() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("a.csv"), "x").unwrap();
    let input = |typed: &str| Input::named(&root.join(typed)).unwrap();
    let refused = |file: &str, typed: &str| {
        refuse_inputs([root.join(file).as_path()], &[input(typed)]).err().map(|error| error.to_string())
    };
    let message = refused("./a.csv", "a.csv").unwrap();
    assert!(message.ends_with("a.csv is an input: name another file for the output"), "{message}");
    assert!(refused("a.csv", "*.csv").is_some());
    assert_eq!(refused("b.csv", "a.csv"), None);
    assert_eq!(refused("a.csv", ""), None, "a folder passes over what this run writes");
}

#[test]
fn a_file_has_its_name_only_when_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out.jsonl");
    let partial = folder.path().join("out.jsonl.partial");
    fs::write(&file, "old").unwrap();
    let wanted = [Output { format: Format::Jsonl, file: Some(file.clone()) }];
    let outcome = fixture::posting("Product Manager").outcome();

    let mut outputs = Outputs::open(&wanted, &Options::default()).unwrap();
    outputs.record(&outcome).unwrap();
    drop(outputs);
    assert_eq!(fs::read_to_string(&file).unwrap(), "old");
    assert!(fs::read_to_string(&partial).unwrap().ends_with("}\n"));

    let mut outputs = Outputs::open(&wanted, &Options::default()).unwrap();
    outputs.record(&outcome).unwrap();
    outputs.finish(&Summary::default()).unwrap();
    assert!(fs::read_to_string(&file).unwrap().contains("Product Manager"));
    assert!(partial.exists() && !folder.path().join("out.jsonl.2.partial").exists());

    let left = partial.clone();
    clear([file.as_path()], &[Input::named(&left).unwrap()]);
    assert!(partial.exists(), "what is read stays");
    clear([file.as_path()], &[]);
    assert!(!partial.exists());
}

#[test]
fn a_place_that_cannot_be_written_is_known_before_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("nowhere").join("out.csv");
    for (file, end) in [
        (missing.as_path(), "out.csv: its folder does not exist; create it first"),
        (folder.path(), "it is a folder; name a file in it"),
    ] {
        let wanted = [Output { format: Format::Csv, file: Some(file.to_owned()) }];
        let message = Outputs::open(&wanted, &Options::default()).err().unwrap().to_string();
        assert!(message.starts_with("cannot write ") && message.ends_with(end), "{message}");
    }
}

#[cfg(unix)]
#[test]
fn a_device_is_written_in_place_and_a_link_is_followed() {
    let (_, partial) = create(Path::new("/dev/null")).unwrap();
    assert!(partial.is_none());
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("out.csv"), folder.path().join("latest.csv"));
    fs::write(&file, "old").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let wanted = [Output { format: Format::Csv, file: Some(link.clone()) }];
    Outputs::open(&wanted, &Options::default()).unwrap().finish(&Summary::default()).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&file).unwrap().starts_with("id,title"));
}

/// Refuses every byte.
struct Refusing(io::ErrorKind);

impl Write for Refusing {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

fn refusing(format: Format, kind: io::ErrorKind) -> Outputs {
    let report = report::open(format, Box::new(Refusing(kind)), &Options::default());
    Outputs { open: vec![Open { place: "standard output".to_owned(), report: Some(report), partial: None }] }
}

#[test]
fn a_closed_pipe_is_quiet_and_a_full_disk_is_not() {
    let outcome = fixture::posting("Product Manager").outcome();
    for &format in Format::ALL {
        let mut outputs = refusing(format, io::ErrorKind::BrokenPipe);
        outputs.record(&outcome).unwrap();
        outputs.finish(&Summary::default()).unwrap();

        let mut outputs = refusing(format, io::ErrorKind::StorageFull);
        let error = outputs.record(&outcome).and_then(|()| outputs.finish(&Summary::default()));
        assert!(error.unwrap_err().to_string().starts_with("cannot write standard output: "), "{format}");
    }
    let mut outputs = refusing(Format::Jsonl, io::ErrorKind::BrokenPipe);
    assert!(!outputs.is_closed());
    outputs.record(&outcome).unwrap();
    assert!(outputs.is_closed());
}
