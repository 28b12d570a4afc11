//! Reading files that people sent on threads of their own: few at once, each for a bounded time.

use std::time::Duration;

use tokio::sync::Semaphore;

use super::report::Patience;

/// Files that are read at once; the others wait, and no machine is busy with nothing else.
const AT_ONCE: usize = 2;
/// How long a file may be read: the largest takes a second or two, and a delivery is broken off after less than a minute.
const LONGEST: Duration = Duration::from_secs(15);

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// Why a file was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It took longer than a file may.
    TooLong,
    /// The reader died of it.
    Broken,
}

/// Reads a file away from the tasks that others wait for. Whoever calls it holds no transaction meanwhile.
pub(super) async fn read_aside<T: Send + 'static>(
    read: impl FnOnce(&Patience) -> T + Send + 'static,
) -> Result<T, Unread> {
    read_within(LONGEST, read).await
}

async fn read_within<T: Send + 'static>(
    longest: Duration,
    read: impl FnOnce(&Patience) -> T + Send + 'static,
) -> Result<T, Unread> {
    // It is never closed.
    let place = PLACES.acquire().await.map_err(|_| Unread::Broken)?;
    let patience = Patience::default();
    // A thread cannot be broken off: it ends by itself once nobody waits for it, when this is dropped too.
    let _ends = patience.ends_with_this();
    let reading = tokio::task::spawn_blocking(move || {
        let read = read(&patience);
        drop(place);
        read
    });
    match tokio::time::timeout(longest, reading).await {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(error)) => {
            tracing::error!("a file could not be read: {error}");
            Err(Unread::Broken)
        }
        Err(_) => {
            tracing::warn!("a file was not read to its end within {longest:?}");
            Err(Unread::TooLong)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goes on for as long as somebody waits.
    fn endless(patience: &Patience) {
        while !patience.is_over() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[tokio::test]
    async fn what_is_read_too_long_ends_and_leaves_its_place_to_others() {
        for _ in 0..3 * AT_ONCE {
            assert_eq!(read_within(Duration::from_millis(20), endless).await, Err(Unread::TooLong));
        }
        assert_eq!(read_within(LONGEST, |_| 7).await, Ok(7));
    }

    #[tokio::test]
    async fn what_nobody_waits_for_any_more_ends() {
        for _ in 0..3 * AT_ONCE {
            let _ = tokio::time::timeout(Duration::from_millis(20), read_within(LONGEST, endless)).await;
        }
        assert_eq!(read_within(LONGEST, |_| 7).await, Ok(7));
    }

    #[tokio::test]
    async fn a_reader_that_dies_of_a_file_leaves_its_place_to_others() {
        for _ in 0..3 * AT_ONCE {
            let died: Result<(), Unread> = read_within(LONGEST, |_| panic!("a file")).await;
            assert_eq!(died, Err(Unread::Broken));
        }
        assert_eq!(read_within(LONGEST, |_| 7).await, Ok(7));
    }
}
