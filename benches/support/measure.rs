//! Times of something done again and again: their median and their 99th percentile.

use std::time::Instant;

/// Seconds that each time took.
#[derive(Default)]
pub(crate) struct Times(Vec<f64>);

impl Times {
    /// Does something and keeps how long it took.
    pub(crate) fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.0.push(start.elapsed().as_secs_f64());
        done
    }

    /// The least time, in seconds, that at least so many hundredths of all do not exceed.
    pub(crate) fn percentile(&self, hundredths: usize) -> f64 {
        let mut seconds = self.0.clone();
        seconds.sort_by(f64::total_cmp);
        let rank = (seconds.len() * hundredths).div_ceil(100).max(1);
        seconds.get(rank - 1).copied().unwrap_or(0.0)
    }

    pub(crate) fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// "0.0123 ms, 99th percentile 0.0150 ms".
    pub(crate) fn words(&self) -> String {
        let [median, high] = [self.median(), self.percentile(99)].map(milliseconds);
        format!("{median:>9} ms  99th percentile {high:>9} ms")
    }
}

/// With so many decimals that three digits say something.
fn milliseconds(seconds: f64) -> String {
    let ms = seconds * 1e3;
    let decimals = match ms {
        ..0.1 => 4,
        ..10.0 => 3,
        _ => 1,
    };
    format!("{ms:.decimals$}")
}

/// Bytes of memory that the process holds now, where the system says so.
pub(crate) fn resident_bytes() -> Option<f64> {
    memory("self", "VmRSS:")
}

/// The most bytes of memory that a process has held so far, where the system says so.
pub(crate) fn peak_bytes(process: u32) -> Option<f64> {
    memory(&process.to_string(), "VmHWM:")
}

fn memory(process: &str, field: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}
