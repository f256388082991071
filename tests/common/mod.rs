//! What several tests share: the sample postings and their labels.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use rolecall::source::{Input, Mapping, Options, Records};
use rolecall::{Analyzer, Posting, Settings};

/// One analyzer for all tests of a file.
pub(crate) static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(Settings::default()));

/// The postings of `samples/`, read as `rolecall scan samples` reads them.
pub(crate) static SAMPLES: LazyLock<Vec<Posting>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mapping = Arc::new(Mapping::default());
    let options = Options { mapping: Arc::clone(&mapping), ..Options::default() };
    let records = Records::new(vec![Input::named(&folder).unwrap()], options);
    records.map(|raw| raw.posting(&mapping).unwrap()).collect()
});
