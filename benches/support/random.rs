//! Numbers that look random and are the same for the same seed.

/// `SplitMix64` (Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Each of the 2^32 numbers as likely as any other.
    pub(crate) fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(0)
    }

    /// From 0 to 1, without 1.
    pub(crate) fn unit(&mut self) -> f64 {
        f64::from(self.next()) / 2_f64.powi(32)
    }

    /// From 0 to `end`, without `end`.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        u32::try_from((u64::from(self.next()) * u64::from(end)) >> 32).unwrap_or(0)
    }

    /// Between two numbers.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// True in that share of the cases.
    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// One of some values.
    pub(crate) fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(u32::try_from(values.len()).unwrap_or(u32::MAX)) as usize]
    }
}

/// Things of which some are drawn more often than others.
pub(crate) struct Weights {
    /// Sums of the weights up to and with each thing.
    sums: Vec<f64>,
}

impl Weights {
    pub(crate) fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let sums = weights.into_iter().scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    /// The first of `count` things is drawn twice as often as the second, three times as often as the
    /// third, and so on (Zipf's law).
    pub(crate) fn zipf(count: u32) -> Self {
        Self::new((1..=count).map(|rank| 1.0 / f64::from(rank)))
    }

    /// The place of a thing.
    pub(crate) fn draw(&self, random: &mut Random) -> usize {
        let at = random.unit() * self.sums.last().copied().unwrap_or(0.0);
        self.sums.partition_point(|sum| *sum <= at).min(self.sums.len() - 1)
    }
}

/// Values with how often each is drawn.
pub(crate) struct Mix<T> {
    values: Vec<T>,
    weights: Weights,
}

impl<T: Copy> Mix<T> {
    pub(crate) fn new(parts: &[(T, f64)]) -> Self {
        let values = parts.iter().map(|(value, _)| *value).collect();
        Self { values, weights: Weights::new(parts.iter().map(|(_, weight)| *weight)) }
    }

    pub(crate) fn draw(&self, random: &mut Random) -> T {
        self.values[self.weights.draw(random)]
    }
}
