//! `rolecall lexicon`: lists, checks, exports and fits what the program looks for.

use std::fs;
use std::path::PathBuf;

use anstyle::AnsiColor;
use anyhow::{Context as _, Result, bail};
use clap::Subcommand;
use rolecall::config::Config;
use rolecall::lexicon::{Area, EMBEDDED, LexiconError, hygiene};
use rolecall::path::from_here;
use rolecall::report::terms;
use rolecall::{Analyzer, Lexicon, Settings, output, proof};

use super::options::Configured;
use super::{Exit, fit, lexicons, note, options, say, screen};

/// Options of `lexicon`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the areas with what they are about, their terms and weights
    List(List),
    /// Check the built-in lexicon, or that of a folder over it: syntax, examples, tidiness
    Check(Check),
    /// Write the built-in lexicon to a folder, to be changed there and used with --lexicons
    Export(Export),
    /// Fit the weights to labelled postings of your own, towards those in force
    Fit(Box<fit::Args>),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
With --forms every form is written out in all inflections and spellings, its words parted by spaces (a hyphen in a \
posting does as well). Forms with a gap, such as own .. roadmap, are found by their anchor, the rarest of their \
words; for them the spellings of that word are printed, and so for the few forms that can be written in thousands of \
ways.")]
struct List {
    /// Areas such as pmm/positioning, or whole roles such as pmm; all without any. Named areas show their forms
    #[arg(value_name = "AREA")]
    areas: Vec<String>,
    /// Print nothing but every matched form, one a line, sorted
    #[arg(long)]
    forms: bool,
    /// Lexicon files that replace those of the same name, or are added
    #[arg(long, value_name = "DIR")]
    lexicons: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 0: nothing to complain of; 2: complaints.")]
struct Check {
    /// A folder with lexicon files that replace those of the same name, or are added
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Export {
    /// The folder; made when it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
}

/// Runs a command on the lexicon.
pub(super) fn run(args: Args, configured: &Configured, quiet: bool) -> Result<Exit> {
    match args.command {
        Command::List(list) => list.run(configured),
        Command::Check(check) => check.run(quiet),
        Command::Export(export) => export.run(quiet),
        Command::Fit(args) => fit::run(*args, configured, quiet),
    }
}

impl List {
    fn run(&self, configured: &Configured) -> Result<Exit> {
        let mut typed = Config::default();
        typed.lexicons.extends = options::folders(self.lexicons.as_ref());
        let lexicon = lexicons::lexicon(&configured.resolver(typed)?.for_run()?.lexicons)?;
        for name in &self.areas {
            if !lexicon.areas().iter().any(|area| is_called(area, name)) {
                let advice = match lexicon.area_like(name) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "rolecall lexicon list prints them all".to_owned(),
                };
                bail!("no area is called \"{name}\": {advice}");
            }
        }
        let wanted =
            |area: &Area| self.areas.is_empty() || self.areas.iter().any(|name| is_called(area, name));
        if self.forms {
            let forms = lexicon.surface_forms(wanted);
            return screen::print(|out| forms.iter().try_for_each(|form| writeln!(out, "{form}")));
        }
        let (color, width) = (screen::color(), screen::width());
        let named = !self.areas.is_empty();
        screen::print(|out| terms::write(out, &lexicon, wanted, named, color, width))
    }
}

/// Whether `name` is the area's full name, the beginning of it up to a slash, or its last part.
fn is_called(area: &Area, name: &str) -> bool {
    let name = name.trim_end_matches('/');
    &*area.name == name
        || area.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
        || area.name.strip_suffix(name).is_some_and(|rest| rest.ends_with('/'))
}

impl Check {
    fn run(&self, quiet: bool) -> Result<Exit> {
        let files = match &self.folder {
            None => lexicons::built_in(),
            Some(folder) => lexicons::files(folder)?,
        };
        let own = |name: &str| self.folder.as_ref().is_none_or(|folder| folder.join(name).is_file());
        let mut complaints = complaints(&files, own);
        // A file of one's own may also break what the built-in ones prove.
        complaints.sort_by_key(|complaint| !own(complaint.file()));
        if complaints.is_empty() {
            if !quiet {
                note("no complaints: the lexicon compiles, its examples hold, and it is tidy");
            }
            return Ok(Exit::Fine);
        }
        let count = complaints.len();
        for complaint in complaints {
            let path = match &self.folder {
                Some(folder) if own(complaint.file()) => from_here(&folder.join(complaint.file())),
                _ => format!("{} (built in)", complaint.file()),
            };
            say("error", AnsiColor::Red, &format!("{}\n", complaint.in_file(path)));
        }
        let noun = if count == 1 { "complaint" } else { "complaints" };
        say("error", AnsiColor::Red, &format!("{count} {noun} about the lexicon"));
        Ok(Exit::Trouble)
    }
}

/// Everything wrong with a lexicon. A file that does not parse hides what the later checks would say.
fn complaints(files: &[(String, String)], own: impl Fn(&str) -> bool) -> Vec<LexiconError> {
    let analyzer = match Lexicon::compile(files)
        .and_then(|lexicon| Analyzer::with_lexicon(lexicon, Settings::default()))
    {
        Ok(analyzer) => analyzer,
        Err(fault) => return vec![*fault],
    };
    let tidy = hygiene::complaints(files, &analyzer.feature_names(), own);
    let proven = proof::prove(analyzer.lexicon(), files);
    let list =
        |found: Result<Vec<LexiconError>, Box<LexiconError>>| found.unwrap_or_else(|fault| vec![*fault]);
    [list(tidy), list(proven)].concat()
}

impl Export {
    fn run(&self, quiet: bool) -> Result<Exit> {
        let folder = from_here(&self.folder);
        fs::create_dir_all(&self.folder).with_context(|| format!("cannot make the folder {folder}"))?;
        let place = |name: &str| self.folder.join(name);
        let differs = |&&(name, text): &&(&str, &str)| {
            fs::read_to_string(place(name)).map_or(place(name).exists(), |there| there != text)
        };
        if !self.force
            && let Some((name, _)) = EMBEDDED.iter().find(differs)
        {
            bail!("{} is there already and differs: replace it with --force", from_here(&place(name)));
        }
        for (name, text) in EMBEDDED {
            output::write(Some(&place(name)), text.as_bytes())?;
        }
        if !quiet {
            note(&format!(
                "wrote {} files; change them, check them with rolecall lexicon check {folder}, and use them with \
                 --lexicons {folder}",
                EMBEDDED.len()
            ));
        }
        Ok(Exit::Fine)
    }
}
