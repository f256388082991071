//! Where reports go: `-o FORMAT[=FILE]`, standard output or a file that appears whole or not at all.
//!
//! A file is written beside its place as `FILE.partial` and renamed when the run ends well; a run
//! that does not leaves the `.partial`. A reader that closes the pipe has seen enough, which is no error.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::outcome::Outcome;
use crate::report::{self, Format, Options, Report, UnknownFormat};
use crate::summary::Summary;

/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 16;

/// One `-o`: a format, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How outcomes are written.
    pub format: Format,
    /// The file; standard output when there is none.
    pub file: Option<PathBuf>,
}

/// An `-o` that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// The format has no such name.
    #[error(transparent)]
    Format(#[from] UnknownFormat),
    /// The file has no name.
    #[error("\"{format}=\" names no file: write {format}=FILE, or {format} alone for standard output")]
    NoFile {
        /// The format that was named.
        format: Format,
    },
}

/// An output that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two outputs share standard output.
    #[error("{first} and {second} both go to standard output: give one a file, such as {second}=FILE")]
    SharedStdout {
        /// The earlier one.
        first: Format,
        /// The later one.
        second: Format,
    },
    /// Two outputs share a file.
    #[error("two outputs go to {file}: give each a file of its own")]
    SharedFile {
        /// The file.
        file: String,
    },
    /// The system refused.
    #[error("cannot write {place}: {source}")]
    Write {
        /// The file, or standard output.
        place: String,
        /// What the system said.
        source: io::Error,
    },
}

impl FromStr for Output {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let Some((name, file)) = text.split_once('=') else {
            return Ok(Self { format: text.parse()?, file: None });
        };
        let format = name.parse()?;
        match file {
            "" => Err(ParseError::NoFile { format }),
            "-" => Ok(Self { format, file: None }),
            _ => Ok(Self { format, file: Some(PathBuf::from(file)) }),
        }
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "{}={}", self.format, shown(file)),
            None => write!(f, "{}", self.format),
        }
    }
}

/// All reports of a run.
pub struct Outputs {
    open: Vec<Open>,
}

/// A report being written; none once its reader has gone.
struct Open {
    place: String,
    report: Option<Box<dyn Report + Send>>,
    rename: Option<Rename>,
}

/// What makes a finished file appear under its name.
struct Rename {
    partial: PathBuf,
    file: PathBuf,
}

impl Outputs {
    /// Opens every output before any work is done. Files are never coloured.
    ///
    /// # Errors
    ///
    /// Two outputs share a place, or the system does not let one be written.
    pub fn open(outputs: &[Output], options: &Options) -> Result<Self, Error> {
        refuse_sharing(outputs)?;
        let open = outputs.iter().map(|output| Open::new(output, options)).collect::<Result<_, _>>()?;
        Ok(Self { open })
    }

    /// Writes one outcome to every report.
    ///
    /// # Errors
    ///
    /// The system refuses; a reader that has gone is no error.
    pub fn record(&mut self, outcome: &Outcome) -> Result<(), Error> {
        self.open.iter_mut().try_for_each(|open| open.record(outcome))
    }

    /// Whether nobody reads any more, so that the run may end.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        !self.open.is_empty() && self.open.iter().all(|open| open.report.is_none())
    }

    /// Writes what comes last and gives every file its name.
    ///
    /// # Errors
    ///
    /// The system refuses; a reader that has gone is no error.
    pub fn finish(self, summary: &Summary) -> Result<(), Error> {
        self.open.into_iter().try_for_each(|open| open.finish(summary))
    }
}

/// Refuses two outputs in one place.
fn refuse_sharing(outputs: &[Output]) -> Result<(), Error> {
    for (at, second) in outputs.iter().enumerate() {
        let Some(first) = outputs[..at].iter().find(|first| first.file == second.file) else {
            continue;
        };
        return Err(match &second.file {
            None => Error::SharedStdout { first: first.format, second: second.format },
            Some(file) => Error::SharedFile { file: shown(file) },
        });
    }
    Ok(())
}

impl Open {
    fn new(output: &Output, options: &Options) -> Result<Self, Error> {
        let Some(file) = &output.file else {
            let out: Box<dyn Write + Send> = if options.color {
                Box::new(anstream::AutoStream::always(io::stdout()))
            } else {
                Box::new(io::stdout())
            };
            let out = Box::new(BufWriter::with_capacity(BUFFER, out));
            let report = report::open(output.format, out, options);
            return Ok(Self { place: "standard output".to_owned(), report: Some(report), rename: None });
        };
        let place = shown(file);
        let (out, rename) = create(file).map_err(|source| Error::Write { place: place.clone(), source })?;
        let out = Box::new(BufWriter::with_capacity(BUFFER, out));
        let report = report::open(output.format, out, &Options { color: false, ..options.clone() });
        Ok(Self { place, report: Some(report), rename })
    }

    fn record(&mut self, outcome: &Outcome) -> Result<(), Error> {
        let Some(report) = &mut self.report else { return Ok(()) };
        match report.record(outcome) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.report = None;
                Ok(())
            }
            done => done.map_err(|source| self.error(source)),
        }
    }

    fn finish(mut self, summary: &Summary) -> Result<(), Error> {
        let Some(report) = self.report.take() else { return Ok(()) };
        match report.finish(summary) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            done => done.map_err(|source| self.error(source))?,
        }
        match &self.rename {
            Some(Rename { partial, file }) => fs::rename(partial, file).map_err(|source| self.error(source)),
            None => Ok(()),
        }
    }

    fn error(&self, source: io::Error) -> Error {
        Error::Write { place: self.place.clone(), source }
    }
}

/// Writes a whole report at once: to standard output, or to a file that appears whole or not at all.
///
/// # Errors
///
/// The system refuses; a reader that has gone is no error.
pub fn write(file: Option<&Path>, bytes: &[u8]) -> Result<(), Error> {
    let place = file.map_or_else(|| "standard output".to_owned(), shown);
    let written = match file {
        None => io::stdout().lock().write_all(bytes),
        Some(file) => create(file).and_then(|(mut out, rename)| {
            out.write_all(bytes)?;
            rename.map_or(Ok(()), |Rename { partial, file }| fs::rename(partial, file))
        }),
    };
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|source| Error::Write { place, source }),
    }
}

/// Opens the place beside the file, or the file itself where it is a device or a pipe.
fn create(file: &Path) -> io::Result<(File, Option<Rename>)> {
    // A link is followed, so that the file it names is replaced and not the link.
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    match fs::metadata(&file) {
        Ok(known) if known.is_dir() => return Err(io::Error::other("it is a folder; name a file in it")),
        Ok(known) if !known.is_file() => return Ok((File::options().write(true).open(&file)?, None)),
        Ok(_) | Err(_) => {}
    }
    let mut partial = file.clone().into_os_string();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let created = File::create(&partial).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "its folder does not exist; create it first"),
        _ => error,
    })?;
    Ok((created, Some(Rename { partial, file })))
}

/// The path as printed, with `/` between folders.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
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
            (
                "yaml=x",
                "unknown format \"yaml\": give one of table, jsonl, json, csv, html, markdown, summary",
            ),
        ];
        for (text, message) in CASES {
            assert_eq!(text.parse::<Output>().unwrap_err().to_string(), *message);
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
        let (_, rename) = create(Path::new("/dev/null")).unwrap();
        assert!(rename.is_none());
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
        Outputs {
            open: vec![Open { place: "standard output".to_owned(), report: Some(report), rename: None }],
        }
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
}
