//! Orders as a file: read from one moment of the database and written as they come, so that any number of them takes the same
//! memory.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use tempfile::NamedTempFile;

use super::days::Days;
use crate::chat::i18n::Texts;
use crate::chat::report::{ExportError, table_into, workbook_into};
use crate::cli::ConfigFile;
use crate::cli::exit::Failure;
use crate::cli::said::say;
use crate::cli::startup::Startup;
use crate::clock::Clock;
use crate::domain::Period;
use crate::shop::Shop;
use crate::store::{Store, folder_of};

const TICK: Duration = Duration::from_millis(100);

/// The options of `keydesk orders export`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Where to put them; its name ends in .csv or .xlsx.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    days: Days,
    /// Overwrite a file that is there.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    pub(super) config: ConfigFile,
}

#[derive(Clone, Copy)]
enum Format {
    Workbook,
    Table,
}

/// Writes the orders, and says how many lines they have.
pub async fn export(store: &Store, setting: &Startup, options: &Options) -> anyhow::Result<()> {
    let to = &options.file;
    let format = format(to)?;
    // A link that leads to no file is in the way as well.
    if to.symlink_metadata().is_ok() && !options.force {
        return Err(in_the_way(to));
    }
    let period = options.days.period(&setting.config)?;
    let shop = Shop::new(store.clone(), Clock::system(), setting.config.clone());
    let texts = Texts::new(setting.config.shop.default_language, setting.config.shop.time_zone);
    let (file, count) = written(&shop, period, format, texts, to).await?;
    let mut tx = store.begin().await?;
    shop.exported_by_command(&mut tx, period).await?;
    tx.commit().await?;
    let kept = if options.force { file.persist(to) } else { file.persist_noclobber(to) };
    kept.map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => in_the_way(to),
        _ => unwritable(to, &error.error),
    })?;
    let lines = if count == 1 { "line" } else { "lines" };
    say(&format!("{}: {count} {lines} of orders\n", to.display()))
}

fn format(to: &Path) -> anyhow::Result<Format> {
    let ending = to.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" => Ok(Format::Table),
        "xlsx" => Ok(Format::Workbook),
        _ => Err(Failure::data(format!("{} ends neither in .csv nor in .xlsx; name a file that does", to.display()))),
    }
}

/// The file under a name of its own until it is whole.
async fn written(
    shop: &Shop,
    period: Period,
    format: Format,
    texts: Texts,
    to: &Path,
) -> anyhow::Result<(NamedTempFile, u64)> {
    let folder = folder_of(to);
    let made = tempfile::Builder::new().prefix(".keydesk-").suffix(".part").tempfile_in(folder);
    let file = made.map_err(|error| unwritable(to, &error))?;
    let handle = file.reopen().map_err(|error| unwritable(to, &error))?;
    let bar = bar();
    let (rows, sending) = shop.rows(shop.store().read(), period);
    let counted = bar.wrap_iter(rows);
    let made_at = shop.clock().now();
    let writing = tokio::task::spawn_blocking(move || -> Result<File, ExportError> {
        let mut out = BufWriter::new(handle);
        match format {
            Format::Table => table_into(&mut out, counted, &texts)?,
            Format::Workbook => workbook_into(&mut out, counted, made_at, &texts)?,
        }
        out.flush()?;
        Ok(out.into_inner().map_err(io::IntoInnerError::into_error)?)
    });
    let (sent, made) = tokio::join!(sending, writing);
    let count = bar.position();
    bar.finish_and_clear();
    // What was written before reading failed is no export.
    sent?;
    let made = made.context("the file was not written")?.map_err(|error| cause(to, error))?;
    made.sync_all().map_err(|error| unwritable(to, &error))?;
    Ok((file, count))
}

fn cause(to: &Path, error: ExportError) -> anyhow::Error {
    let shown = to.display().to_string();
    anyhow::Error::new(error)
        .context(format!("{shown} cannot be written; look whether its disk, and that of TMPDIR, has room"))
}

fn in_the_way(to: &Path) -> anyhow::Error {
    Failure::data(format!("{} is there already; name another file, or overwrite it with --force", to.display()))
}

fn unwritable(to: &Path, reason: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("{} cannot be written ({reason}); name a file in a folder that you may write to", to.display())
}

/// Shows nothing unless standard error is a terminal.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} lines of orders: {human_pos}, {per_sec}");
    let bar = ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(TICK);
    bar
}
