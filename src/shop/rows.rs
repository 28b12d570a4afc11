//! Rows of a file that is written while they are read.

use std::vec::IntoIter;

use tokio::sync::mpsc::{self, Receiver, Sender};

/// Rows, for a thread that may block: it waits for pages. They come while the future beside them is polled, and only a few pages
/// are in memory; whoever reads them must not block the future's own thread. Rows that were read before the future fails are
/// not all.
#[derive(Debug)]
pub struct Rows<T> {
    pages: Receiver<Vec<T>>,
    page: IntoIter<T>,
}

pub(super) fn rows<T>() -> (Sender<Vec<T>>, Rows<T>) {
    let (sender, pages) = mpsc::channel(1);
    (sender, Rows { pages, page: Vec::new().into_iter() })
}

impl<T> Iterator for Rows<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        loop {
            if let Some(row) = self.page.next() {
                return Some(row);
            }
            self.page = self.pages.blocking_recv()?.into_iter();
        }
    }
}
