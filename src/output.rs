//! Where reports go: `-o FORMAT[=FILE]`, standard output or a file that appears whole or not at all.
//!
//! A file is written beside its place as `FILE.partial` (`FILE.2.partial` where that is taken) and renamed when
//! the run ends well; a run that does not leaves it, until a later one for the same file ends well. A reader that closes
//! the pipe has seen enough, which is no error.

mod partial;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use partial::Partial;

use crate::outcome::Outcome;
use crate::path::shown;
use crate::report::{self, Format, Options, Report, SummaryFormat};
use crate::source::Input;
use crate::summary::Summary;

/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 16;

/// One `-o`: a format, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output<F = Format> {
    /// How results are written.
    pub format: F,
    /// The file; standard output when there is none.
    pub file: Option<PathBuf>,
}

/// An `-o` that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError<E: std::error::Error + 'static> {
    /// The format has no such name.
    #[error(transparent)]
    Format(E),
    /// The file has no name.
    #[error("\"{format}=\" names no file: write {format}=FILE, or {format} alone for standard output")]
    NoFile {
        /// The format that was named.
        format: String,
    },
}

/// An output that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Two outputs share standard output.
    #[error("{first} and {second} both go to standard output: give one a file, such as {second}=FILE")]
    SharedStdout {
        /// The earlier one.
        first: String,
        /// The later one.
        second: String,
    },
    /// Two outputs share a file.
    #[error("two outputs go to {file}: give each a file of its own")]
    SharedFile {
        /// The file.
        file: String,
    },
    /// The system refused.
    #[error("cannot write {place}: {reason}")]
    Write {
        /// The file, or standard output.
        place: String,
        /// What the system said.
        reason: io::Error,
    },
    /// An output would replace what is read.
    #[error("the output {file} is an input: name another file for the output")]
    IsInput {
        /// The file.
        file: String,
    },
}

impl<E: std::error::Error + 'static, F: FromStr<Err = E> + fmt::Display> FromStr for Output<F> {
    type Err = ParseError<E>;

    fn from_str(text: &str) -> Result<Self, ParseError<E>> {
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        let format: F = name.parse().map_err(ParseError::Format)?;
        let Some(file) = file else { return Ok(Self { format, file: None }) };
        match file {
            "" => Err(ParseError::NoFile { format: format.to_string() }),
            "-" => Ok(Self { format, file: None }),
            _ => Ok(Self { format, file: Some(PathBuf::from(file)) }),
        }
    }
}

impl<F: fmt::Display> fmt::Display for Output<F> {
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
    /// None for standard output, a device or a pipe.
    partial: Option<Partial>,
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

    /// Takes back what was opened: there was nothing to write.
    pub fn discard(self) {
        for partial in self.open.into_iter().filter_map(|open| open.partial) {
            partial.discard();
        }
    }

    /// Writes what comes last, and leaves every file under the name of an unfinished one: the run did not come to its
    /// end. Gives those names.
    ///
    /// # Errors
    ///
    /// The system refuses; a reader that has gone is no error.
    pub fn leave(self, summary: &Summary) -> Result<Vec<String>, Error> {
        let mut left = Vec::new();
        for mut open in self.open {
            let partial = open.partial.take();
            open.finish(summary)?;
            left.extend(partial.map(|partial| shown(partial.path())));
        }
        Ok(left)
    }
}

/// Refuses two outputs in one place.
///
/// # Errors
///
/// Two outputs share a file, or standard output.
pub fn refuse_sharing<F: fmt::Display>(outputs: &[Output<F>]) -> Result<(), Error> {
    for (at, second) in outputs.iter().enumerate() {
        let Some(first) =
            outputs[..at].iter().find(|first| is_same(first.file.as_deref(), second.file.as_deref()))
        else {
            continue;
        };
        return Err(match &second.file {
            None => {
                Error::SharedStdout { first: first.format.to_string(), second: second.format.to_string() }
            }
            Some(file) => Error::SharedFile { file: shown(file) },
        });
    }
    Ok(())
}

/// Whether two outputs are one place, however their paths are spelled.
#[must_use]
pub fn is_same(first: Option<&Path>, second: Option<&Path>) -> bool {
    first == second || first.zip(second).is_some_and(|(first, second)| resolved(first) == resolved(second))
}

/// Refuses outputs that would replace a file which the run reads because it was named.
///
/// # Errors
///
/// One of the files is an input.
pub fn refuse_inputs<'f>(files: impl IntoIterator<Item = &'f Path>, inputs: &[Input]) -> Result<(), Error> {
    match files.into_iter().find(|file| inputs.iter().any(|input| input.names(&resolved(file)))) {
        Some(file) => Err(Error::IsInput { file: shown(file) }),
        None => Ok(()),
    }
}

/// The path without links and detours; of a file that is not there yet, that of its folder.
fn resolved(file: &Path) -> PathBuf {
    fs::canonicalize(file).unwrap_or_else(|_| {
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        match (fs::canonicalize(folder), file.file_name()) {
            (Ok(folder), Some(name)) => folder.join(name),
            _ => file.to_owned(),
        }
    })
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
            return Ok(Self { place: "standard output".to_owned(), report: Some(report), partial: None });
        };
        let place = shown(file);
        let (out, partial) = create(file).map_err(|reason| Error::Write { place: place.clone(), reason })?;
        let out = Box::new(BufWriter::with_capacity(BUFFER, out));
        let summary = options.summary.unwrap_or_else(|| SummaryFormat::of_file(file));
        let options = Options { color: false, summary: Some(summary), ..options.clone() };
        let report = report::open(output.format, out, &options);
        Ok(Self { place, report: Some(report), partial })
    }

    fn record(&mut self, outcome: &Outcome) -> Result<(), Error> {
        let Some(report) = &mut self.report else { return Ok(()) };
        match report.record(outcome) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.report = None;
                Ok(())
            }
            done => done.map_err(|reason| self.error(reason)),
        }
    }

    fn finish(mut self, summary: &Summary) -> Result<(), Error> {
        let Some(report) = self.report.take() else { return Ok(()) };
        match report.finish(summary) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            done => done.map_err(|reason| self.error(reason))?,
        }
        match self.partial.take() {
            Some(partial) => partial.finish().map_err(|reason| self.error(reason)),
            None => Ok(()),
        }
    }

    fn error(&self, reason: io::Error) -> Error {
        Error::Write { place: self.place.clone(), reason }
    }
}

/// Where a whole report goes, opened before there is anything to write.
#[derive(Debug)]
pub struct Place {
    name: String,
    /// None for standard output.
    file: Option<(File, Option<Partial>)>,
}

impl Place {
    /// Opens a file, or standard output when none is named.
    ///
    /// # Errors
    ///
    /// The system refuses.
    pub fn open(file: Option<&Path>) -> Result<Self, Error> {
        let name = file.map_or_else(|| "standard output".to_owned(), shown);
        let file = match file.map(create).transpose() {
            Ok(file) => file,
            Err(reason) => return Err(Error::Write { place: name, reason }),
        };
        Ok(Self { name, file })
    }

    /// Writes the report; a file then appears whole.
    ///
    /// # Errors
    ///
    /// The system refuses; a reader that has gone is no error.
    pub fn write(self, bytes: &[u8]) -> Result<(), Error> {
        let written = match self.file {
            None => {
                let mut out = io::stdout().lock();
                out.write_all(bytes).and_then(|()| out.flush())
            }
            Some((mut out, partial)) => {
                out.write_all(bytes).and_then(|()| partial.map_or(Ok(()), Partial::finish))
            }
        };
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(|reason| Error::Write { place: self.name, reason }),
        }
    }
}

/// Writes a whole report at once: to standard output, or to a file that appears whole or not at all.
///
/// # Errors
///
/// The system refuses; a reader that has gone is no error.
pub fn write(file: Option<&Path>, bytes: &[u8]) -> Result<(), Error> {
    Place::open(file)?.write(bytes)
}

/// Removes what earlier runs left unfinished beside these files. What another run writes stays, and so do inputs.
pub fn clear<'f>(files: impl IntoIterator<Item = &'f Path>, inputs: &[Input]) {
    for file in files {
        let is_input = |partial: &Path| inputs.iter().any(|input| input.names(&resolved(partial)));
        partial::clear(&resolved(file), is_input);
    }
}

/// Opens the place beside the file, or the file itself where it is a device or a pipe.
fn create(file: &Path) -> io::Result<(File, Option<Partial>)> {
    // A link is followed, so that the file it names is replaced and not the link.
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    match fs::metadata(&file) {
        Ok(known) if known.is_dir() => return Err(io::Error::other("it is a folder; name a file in it")),
        Ok(known) if !known.is_file() => return Ok((File::options().write(true).open(&file)?, None)),
        Ok(_) | Err(_) => {}
    }
    let (created, partial) = Partial::beside(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "its folder does not exist; create it first"),
        io::ErrorKind::AlreadyExists => {
            io::Error::new(error.kind(), "too many .partial files are beside it; remove them")
        }
        _ => error,
    })?;
    Ok((created, Some(partial)))
}

#[cfg(test)]
mod tests;
