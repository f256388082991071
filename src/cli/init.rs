//! `rolecall init`: writes a configuration to start from.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use rolecall::config::STARTER;
use rolecall::config::find::NAMES;
use rolecall::output;
use rolecall::path::from_here;

use super::{Exit, note};

/// Options of `init`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Every value in the file is the program's own and commented out: take out a # to change one.")]
pub(crate) struct Args {
    /// The folder that gets a rolecall.toml
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Replace a rolecall.toml that is there already
    #[arg(long)]
    force: bool,
}

/// Writes the configuration.
pub(super) fn run(args: &Args, quiet: bool) -> Result<Exit> {
    let [plain, hidden] = NAMES.map(|name| args.folder.join(name));
    let place = plain.strip_prefix(Path::new(".")).unwrap_or(&plain).to_owned();
    if hidden.exists() {
        bail!("{} is there already: change that one", from_here(&hidden));
    }
    if plain.exists() && !args.force {
        bail!("{} is there already: replace it with --force", from_here(&place));
    }
    output::write(Some(&place), STARTER.as_bytes())?;
    if !quiet {
        note(&format!(
            "wrote {}: every value in it is the program's own until you change one",
            from_here(&place)
        ));
    }
    Ok(Exit::Fine)
}
