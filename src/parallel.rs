//! Threads: a bounded, ordered map. The one file that knows them.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

/// Bytes that may be in work at once; an object that counts, so that a test can trip it.
#[derive(Debug)]
struct Window {
    limit: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    used: usize,
    closed: bool,
}

impl Window {
    fn new(limit: usize) -> Window {
        Window {
            limit,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `bytes` fit; something larger than the whole window goes alone. False once the window is closed.
    fn enter(&self, bytes: usize) -> bool {
        let mut state = self.lock();
        while !state.closed && state.used > 0 && state.used + bytes > self.limit {
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.used += bytes;
        !state.closed
    }

    fn leave(&self, bytes: usize) {
        self.lock().used -= bytes;
        self.changed.notify_one();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }
}

/// Closes the window when it goes, by a panic too, so that nobody waits for one who is gone.
struct Closing<'a>(&'a Window);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Closes the window when a job panics: its bytes would never leave.
struct ClosingOnPanic<'a>(&'a Window);

impl Drop for ClosingOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.close();
        }
    }
}

/// The threads of a run.
#[derive(Debug)]
pub struct Threads {
    pool: rayon::ThreadPool,
    window_bytes: usize,
}

impl Threads {
    /// `count` worker threads (0: one per core), with at most `window_bytes` of input in work at once.
    ///
    /// # Errors
    /// One line if the threads cannot be started.
    pub fn new(count: usize, window_bytes: usize) -> Result<Threads, String> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
        let pool = pool.map_err(|error| format!("cannot start {count} threads: {error}"))?;
        Ok(Threads { pool, window_bytes })
    }

    /// How many work.
    pub fn count(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// `produce` gives jobs with their size in bytes, `work` does each on some thread, `consume` takes the results in
    /// the order of the jobs on the calling thread, each as soon as it and all before it are done. `consume` may break
    /// off; then no further job is produced.
    pub fn ordered<T: Send, R: Send>(
        &self,
        mut produce: impl FnMut() -> Option<(T, usize)> + Send,
        work: impl Fn(T) -> R + Sync,
        mut consume: impl FnMut(R) -> ControlFlow<()>,
    ) {
        let window = Window::new(self.window_bytes);
        let (work, window) = (&work, &window);
        self.pool.in_place_scope(|scope| {
            std::thread::scope(|side| {
                // Closed first when this body unwinds, before the side thread is waited for.
                let closing = Closing(window);
                let (done, results) = mpsc::channel();
                side.spawn(move || {
                    for index in 0u64.. {
                        let Some((job, bytes)) = produce() else { break };
                        if !window.enter(bytes) {
                            break;
                        }
                        let done = done.clone();
                        scope.spawn(move |_| {
                            let _guard = ClosingOnPanic(window);
                            // Who receives may have broken off: the result is then for nobody.
                            drop(done.send((index, work(job), bytes)));
                        });
                    }
                });
                let mut waiting = BTreeMap::new();
                let mut next = 0;
                'all: for (index, result, bytes) in results {
                    waiting.insert(index, (result, bytes));
                    while let Some((result, bytes)) = waiting.remove(&next) {
                        next += 1;
                        let flow = consume(result);
                        window.leave(bytes);
                        if flow.is_break() {
                            break 'all;
                        }
                    }
                }
                drop(closing);
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn run(threads: usize, jobs: usize) -> Vec<usize> {
        let mut next = 0..jobs;
        let mut out = Vec::new();
        Threads::new(threads, 50).unwrap().ordered(
            || next.next().map(|i| (i, i % 17)),
            |i| i * 3,
            |r| {
                out.push(r);
                ControlFlow::Continue(())
            },
        );
        out
    }

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let want: Vec<usize> = (0..1000).map(|i| i * 3).collect();
        for threads in [1, 2, 7] {
            assert_eq!(run(threads, 1000), want);
        }
    }

    #[test]
    fn no_more_than_the_window_is_in_work() {
        let (used, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut next = 0..300usize;
        Threads::new(4, 10).unwrap().ordered(
            || next.next().map(|i| (3 + i % 2, 3 + i % 2)),
            |bytes| {
                let now = used.fetch_add(bytes, Ordering::SeqCst) + bytes;
                most.fetch_max(now, Ordering::SeqCst);
                std::thread::yield_now();
                bytes
            },
            |bytes| {
                used.fetch_sub(bytes, Ordering::SeqCst);
                ControlFlow::Continue(())
            },
        );
        let most = most.load(Ordering::SeqCst);
        assert!((3..=10).contains(&most), "{most} bytes were in work");
    }

    #[test]
    fn breaking_off_stops_the_jobs() {
        let made = AtomicUsize::new(0);
        Threads::new(2, 10).unwrap().ordered(
            || Some((made.fetch_add(1, Ordering::SeqCst), 1)),
            |i| i,
            |i| {
                if i == 5 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        );
        assert!(made.load(Ordering::SeqCst) <= 5 + 10 + 2);
    }

    #[test]
    fn a_panic_in_a_job_is_passed_on_and_nobody_waits() {
        let mut next = 0..100;
        let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            Threads::new(2, 10).unwrap().ordered(
                || next.next().map(|i| (i, 5)),
                |i| assert!(i != 20, "job 20"),
                |()| ControlFlow::Continue(()),
            );
        }));
        assert!(ran.is_err());
    }
}
