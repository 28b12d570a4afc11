//! For how long somebody waits for a file that is read on a thread of its own.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asked by a reader while it reads.
#[derive(Debug, Clone, Default)]
pub struct Patience(Arc<AtomicBool>);

/// Ends a patience when it is dropped.
#[derive(Debug)]
pub struct End(Patience);

impl Patience {
    pub fn ends_with_this(&self) -> End {
        End(self.clone())
    }

    /// Whether nobody waits any more.
    pub fn is_over(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// What is read through it ends with an error once nobody waits.
    pub(super) fn through<R>(&self, inner: R) -> Waited<R> {
        Waited { inner, patience: self.clone() }
    }

    fn lasts(&self) -> io::Result<()> {
        if self.is_over() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

impl Drop for End {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

pub(super) struct Waited<R> {
    inner: R,
    patience: Patience,
}

impl<R: Read> Read for Waited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.patience.lasts()?;
        self.inner.read(into)
    }
}

impl<R: BufRead> BufRead for Waited<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.patience.lasts()?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}
