//! Standard output as the commands for people use it: colour, width, and a reader that may leave early.

use std::io::{self, IsTerminal as _, Write};

use anyhow::{Context as _, Result, bail};
use rolecall::output::Output;

use super::Exit;

/// Whether standard output shows colour.
pub(super) fn color() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Columns of the terminal.
pub(super) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}

/// Refuses to write to a terminal what no person can read.
pub(super) fn refuse_binary(outputs: &[Output]) -> Result<()> {
    match outputs.iter().find(|output| output.file.is_none() && output.format.is_binary()) {
        Some(output) if io::stdout().is_terminal() => {
            bail!("{0} is nothing for a terminal: write {0}=FILE", output.format)
        }
        Some(_) | None => Ok(()),
    }
}

/// Writes to standard output all that `page` writes. A reader that closes the pipe has seen enough.
pub(super) fn print(page: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Exit> {
    let mut bytes = Vec::new();
    page(&mut bytes)?;
    let mut out = io::stdout().lock();
    let written = if color() {
        anstream::AutoStream::always(&mut out).write_all(&bytes).and_then(|()| out.flush())
    } else {
        out.write_all(&bytes).and_then(|()| out.flush())
    };
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Fine),
        written => written.map(|()| Exit::Fine).context("cannot write standard output"),
    }
}
